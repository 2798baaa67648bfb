import type { Cloud } from '../catalog';
import { sortedEntries, type Tags } from '../units';
import { lookup } from './lookup';
import type { Path } from './positions';
import type { Estate } from './schema';

/** Who answers for something. */
export interface Owner {
  readonly team: string;
  readonly email: string;
  readonly costCenter?: string;
}

/** An entry that may have an owner and tags of its own. */
export interface Owned {
  readonly owner?: string;
  readonly tags?: Tags;
}

/** An entry with what it lies in, the outermost first. */
export interface OwnedEntry {
  readonly path: Path;
  readonly entry: Owned;
  /** What it lies in and the entry itself; of an account, site or store that does not exist nothing. */
  readonly levels: readonly Owned[];
  /** @default what it lies in does not exist, so its cloud is not known */
  readonly cloud?: Cloud;
}

/** Everything in an estate that may have an owner and tags of its own. */
export function ownedEntries(estate: Estate): readonly OwnedEntry[] {
  const accounts = entriesOf('accounts', estate.accounts, (account) => ({ levels: [], cloud: account.cloud }));
  const sites = entriesOf('sites', estate.sites, ({ account }) => accounts.get(account));
  const clusters = entriesOf('clusters', estate.clusters, ({ site }) => sites.get(site));
  const pools = Object.entries(estate.clusters).flatMap(([key, { pools }]) => [
    ...entriesOf(`clusters.${key}.pools`, pools, () => clusters.get(key)).values(),
  ]);
  const stores = entriesOf('stores', estate.stores, ({ site }) => sites.get(site));
  return [...accounts.values(), ...sites.values(), ...clusters.values(), ...pools, ...stores.values()];
}

/** The entries of a section with what they lie in. */
function entriesOf<T extends Owned>(
  section: string,
  entries: Readonly<Record<string, T>>,
  outerOf: (entry: T) => Pick<OwnedEntry, 'levels' | 'cloud'> | undefined,
): Map<string, OwnedEntry> {
  const owned = Object.entries(entries).map(([key, entry]): [string, OwnedEntry] => {
    const { levels, cloud } = outerOf(entry) ?? { levels: [] };
    const path = [...section.split('.'), key];
    return [key, { path, entry, levels: [...levels, entry], ...(cloud && { cloud }) }];
  });
  return new Map(owned);
}

/** Key of who answers for an entry, which lies in the entries before it; undefined where it is who answers for all. */
export function ownerKeyOf({ owners }: Estate, levels: readonly Owned[]): string | undefined {
  const named = levels.findLast(({ owner }) => owner !== undefined)?.owner;
  return named === undefined || lookup(owners, named) === undefined ? undefined : named;
}

/** Who answers for an entry, which lies in the entries before it: the innermost owner that is named. */
export function ownerOf(estate: Estate, levels: readonly Owned[]): Owner {
  const { owner: whole, owners } = estate;
  const key = ownerKeyOf(estate, levels);
  const found = key === undefined ? undefined : lookup(owners, key);
  if (found === undefined) return whole;
  const { costCenter = whole.costCenter, ...rest } = found;
  return { ...rest, ...(costCenter !== undefined && { costCenter }) };
}

/** Tags that an estate gives itself: what it is and who answers. */
export function ownTags(estate: Estate, levels: readonly Owned[]): Tags {
  const { team, costCenter } = ownerOf(estate, levels);
  return {
    estate: estate.name,
    team,
    ...(costCenter !== undefined && { 'cost-center': costCenter }),
    'managed-by': 'training-estate',
  };
}

/** Tags that are written for an entry, in the order of their keys: inner ones win. */
export function writtenTags(estate: Estate, levels: readonly Owned[]): Tags {
  const merged = Object.assign({}, estate.tags, ...levels.map(({ tags }) => tags));
  return Object.fromEntries(sortedEntries<string>(merged));
}
