import { grantedCluster } from '../grants';
import { ownedEntries } from '../ownership';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

type Section = 'accounts' | 'sites' | 'clusters' | 'stores' | 'owners';

const NOUNS = { accounts: 'account', sites: 'site', clusters: 'cluster', stores: 'store', owners: 'owner' } as const;

/** Accounts, sites, clusters, stores and owners that are named exist. */
export const unknownReference: Rule = {
  code: 'UnknownReference',
  severity: 'error',
  summary: 'accounts, sites, clusters, stores and owners that are named exist',
  why: 'a site without its account, or a cluster without its site, cannot be placed anywhere',
  check(estate, report) {
    const look = (section: Section, named: string, path: Path, on?: 'key'): void => {
      const finding = missing(estate, section, named, path);
      if (finding !== undefined) report({ ...finding, ...(on && { on }) });
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
    for (const [key, { from, to, cluster }] of Object.entries(estate.replication)) {
      look('stores', from, ['replication', key, 'from']);
      look('stores', to, ['replication', key, 'to']);
      if (cluster !== undefined) look('clusters', cluster, ['replication', key, 'cluster']);
    }
    for (const [key, grant] of Object.entries(estate.grants)) {
      const from = typeof grant.from === 'string' ? ['from'] : ['from', 'cluster'];
      look('clusters', grantedCluster(grant), ['grants', key, ...from]);
      look('stores', grant.to, ['grants', key, 'to']);
    }
    for (const [key, { between, via }] of Object.entries(estate.links)) {
      for (const [index, site] of between.entries()) look('sites', site, ['links', key, 'between', index]);
      if (via !== undefined) look('sites', via, ['links', key, 'via']);
    }
    for (const [section, named, path] of moneyReferences(estate)) look(section, named, path);
    for (const [section, named, path] of keysByEntry(estate)) look(section, named, path, 'key');
  },
};

/** What prices, commitments, budgets and policy name. */
function moneyReferences({ prices, commitments, budgets, policy }: Estate): readonly [Section, string, Path][] {
  return [
    ...(prices?.rows ?? []).flatMap(({ account, store }, index): [Section, string, Path][] => [
      ...(account === undefined ? [] : [named('accounts', account, ['prices', 'rows', index, 'account'])]),
      ...(store === undefined ? [] : [named('stores', store, ['prices', 'rows', index, 'store'])]),
    ]),
    ...Object.entries(commitments).flatMap(([key, { accounts = [] }]) =>
      accounts.map((account, index) => named('accounts', account, ['commitments', key, 'accounts', index])),
    ),
    ...Object.entries(budgets).flatMap(([key, { owner }]) =>
      owner === undefined ? [] : [named('owners', owner, ['budgets', key, 'owner'])],
    ),
    ...(policy.residency ?? []).flatMap(({ stores }, index) =>
      stores.map((store, at) => named('stores', store, ['policy', 'residency', index, 'stores', at])),
    ),
  ];
}

/** Keys by which budgets and policy say something of an entry. */
function keysByEntry({ budgets, policy: { maxMegawatts, enforce } }: Estate): readonly [Section, string, Path][] {
  return [
    ...Object.keys(budgets).map((key) => named('accounts', key, ['budgets', key])),
    ...Object.keys(enforce ?? {}).map((key) => named('accounts', key, ['policy', 'enforce', key])),
    ...(['accounts', 'sites'] as const).flatMap((section) =>
      Object.keys(maxMegawatts?.[section] ?? {}).map((key) =>
        named(section, key, ['policy', 'maxMegawatts', section, key]),
      ),
    ),
  ];
}

function named(section: Section, key: string, path: Path): [Section, string, Path] {
  return [section, key, path];
}

/** The section that a reference leads to, by the path of the reference. */
export function referencedSection(path: string): Section {
  if (/\.account$|\.accounts\.[^.]+$|^budgets\.[^.]+$|^policy\.enforce\./.test(path)) return 'accounts';
  if (path.startsWith('policy.maxMegawatts.sites.') || path.startsWith('links.')) return 'sites';
  if (path.endsWith('.owner')) return 'owners';
  if (/^replication\.[^.]+\.cluster$|^grants\.[^.]+\.from(\.cluster)?$/.test(path)) return 'clusters';
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
