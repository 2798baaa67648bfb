import { ownedEntries } from '../ownership';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

type Section = 'accounts' | 'sites' | 'stores' | 'owners';

const NOUNS = { accounts: 'account', sites: 'site', stores: 'store', owners: 'owner' } as const;

/** Accounts, sites, stores and owners that are named exist. */
export const unknownReference: Rule = {
  code: 'UnknownReference',
  severity: 'error',
  summary: 'accounts, sites, stores and owners that are named exist',
  why: 'a site without its account, or a cluster without its site, cannot be placed anywhere',
  check(estate, report) {
    const look = (section: Section, named: string, path: Path): void => {
      const finding = missing(estate, section, named, path);
      if (finding !== undefined) report(finding);
    };
    for (const { path, entry } of ownedEntries(estate)) {
      if (entry.owner !== undefined) look('owners', entry.owner, [...path, 'owner']);
    }
    for (const [key, { account }] of Object.entries(estate.sites)) look('accounts', account, ['sites', key, 'account']);
    for (const [key, { site }] of Object.entries(estate.stores)) look('sites', site, ['stores', key, 'site']);
    for (const [key, { site, mounts }] of Object.entries(estate.clusters)) {
      look('sites', site, ['clusters', key, 'site']);
      for (const [index, store] of mounts.entries()) look('stores', store, ['clusters', key, 'mounts', index]);
    }
  },
};

/** The section that a reference leads to, by the path of the reference. */
export function referencedSection(path: string): Section {
  if (path.endsWith('.account')) return 'accounts';
  if (path.endsWith('.owner')) return 'owners';
  return path.endsWith('.site') ? 'sites' : 'stores';
}

/** What is said about a reference to an entry that does not exist. */
export function noSuchEntry(section: Section, named: string, keys: readonly string[], renamed?: string) {
  const suggestion = renamed ? `; it is now called ${quote(renamed)}` : didYouMean(named, keys);
  const hint = keys.length === 0 ? `there are no ${section} yet; add it below "${section}:"` : listOf(section, keys);
  return { message: `there is no ${NOUNS[section]} ${quote(named)}${suggestion}`, hint };
}

function missing(estate: Estate, section: Section, named: string, path: Path): Finding | undefined {
  const entries: Readonly<Record<string, object>> = estate[section];
  if (Object.hasOwn(entries, named)) return undefined;
  const renamed = Object.entries(entries).find(
    ([, entry]) => 'renamedFrom' in entry && entry.renamedFrom === named,
  )?.[0];
  return { path, value: named, ...noSuchEntry(section, named, Object.keys(entries), renamed) };
}

function listOf(section: Section, keys: readonly string[]): string {
  const shown = keys.slice(0, 12).join(', ');
  return `${section}: ${shown}${keys.length > 12 ? ` … (${keys.length} in all)` : ''}`;
}
