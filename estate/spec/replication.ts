import { REPLICATION_ROWS, type ReplicationMode, type ReplicationRow } from '../catalog/replication';
import { lookup } from './lookup';
import type { Account, Estate, Site, Store } from './schema';

/** A replication as the estate file has it. */
export type Replication = Estate['replication'][string];

/** A store with where it lies. */
export interface PlacedStore {
  readonly key: string;
  readonly store: Store;
  readonly siteKey: string;
  readonly site: Site;
  readonly account: Account;
}

/** A store by its key, with its site and account; undefined where one of them does not exist. */
export function placedStore(estate: Estate, key: string): PlacedStore | undefined {
  const store = lookup(estate.stores, key);
  const site = store && lookup(estate.sites, store.site);
  const account = site && lookup(estate.accounts, site.account);
  if (store === undefined || site === undefined || account === undefined) return undefined;
  return { key, store, siteKey: store.site, site, account };
}

/** Both stores of a replication; undefined where one of them does not exist. */
export function endsOf(estate: Estate, { from, to }: Replication): readonly [PlacedStore, PlacedStore] | undefined {
  const [source, destination] = [placedStore(estate, from), placedStore(estate, to)];
  return source === undefined || destination === undefined ? undefined : [source, destination];
}

/** The ways between two stores, whatever a replication asks for: the first is chosen where it asks for none. */
export function waysBetween(source: PlacedStore, destination: PlacedStore): readonly ReplicationRow[] {
  return REPLICATION_ROWS.filter((row) => {
    const isBetween = row.from === source.account.cloud && row.to === destination.account.cloud;
    return isBetween && reaches(row, source, destination);
  });
}

/** The way that a replication takes; undefined where there is none that does what it asks for. */
export function wayOf(estate: Estate, replication: Replication): ReplicationRow | undefined {
  const ends = endsOf(estate, replication);
  if (ends === undefined) return undefined;
  const { engine, mode, prefix } = replication;
  return waysBetween(...ends).find(
    (row) =>
      (engine === 'auto' || row.engine === engine) &&
      (mode === undefined || row.modes.includes(mode)) &&
      (prefix === undefined || row.prefixes !== false),
  );
}

function reaches({ within }: ReplicationRow, { account: one }: PlacedStore, { account: other }: PlacedStore): boolean {
  if (within === undefined || one.cloud !== 'oracle' || other.cloud !== 'oracle') return true;
  return one.tenancyId === other.tenancyId;
}

/** When a replication copies. */
export function modeOf({ mode }: Replication, row: ReplicationRow): ReplicationMode {
  return mode ?? row.modes[0] ?? 'schedule';
}

/** Hours between two runs of a schedule that says none. */
export const DEFAULT_HOURS = 24;

/** Hours between two runs that a schedule of cron keeps. */
export const CRON_HOURS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 24, 168];

/** Keys of the sites at which a cluster can run what copies. */
export function runnerSites(row: ReplicationRow, [source, destination]: readonly [PlacedStore, PlacedStore]): string[] {
  if (row.runsAt === 'source') return [source.siteKey];
  return row.runsAt === 'destination' ? [destination.siteKey] : [...new Set([source.siteKey, destination.siteKey])];
}
