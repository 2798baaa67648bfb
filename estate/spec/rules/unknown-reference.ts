import type { Path } from '../positions';
import type { Estate } from '../schema';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

type Section = 'accounts' | 'sites' | 'stores';

const NOUNS = { accounts: 'account', sites: 'site', stores: 'store' } as const;

/** Accounts, sites and stores that are named exist. */
export const unknownReference: Rule = {
  code: 'UnknownReference',
  severity: 'error',
  summary: 'accounts, sites and stores that are named exist',
  why: 'a site without its account, or a cluster without its site, cannot be placed anywhere',
  check(estate, report) {
    const look = (section: Section, named: string, path: Path): void => {
      const finding = missing(estate, section, named, path);
      if (finding !== undefined) report(finding);
    };
    for (const [key, { account }] of Object.entries(estate.sites)) look('accounts', account, ['sites', key, 'account']);
    for (const [key, { site }] of Object.entries(estate.stores)) look('sites', site, ['stores', key, 'site']);
    for (const [key, { site, mounts }] of Object.entries(estate.clusters)) {
      look('sites', site, ['clusters', key, 'site']);
      for (const [index, store] of mounts.entries()) look('stores', store, ['clusters', key, 'mounts', index]);
    }
  },
};

function missing(estate: Estate, section: Section, named: string, path: Path): Finding | undefined {
  const entries: Readonly<Record<string, { readonly renamedFrom?: string }>> = estate[section];
  if (Object.hasOwn(entries, named)) return undefined;
  const keys = Object.keys(entries);
  const renamed = Object.entries(entries).find(([, { renamedFrom }]) => renamedFrom === named);
  const suggestion = renamed ? `; it is now called ${quote(renamed[0])}` : didYouMean(named, keys);
  const hint = keys.length === 0 ? `there are no ${section} yet; add it below "${section}:"` : listOf(section, keys);
  return { path, value: named, message: `there is no ${NOUNS[section]} ${quote(named)}${suggestion}`, hint };
}

function listOf(section: Section, keys: readonly string[]): string {
  const shown = keys.slice(0, 12).join(', ');
  return `${section}: ${shown}${keys.length > 12 ? ` … (${keys.length} in all)` : ''}`;
}
