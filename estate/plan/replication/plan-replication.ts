import { AZURE_STORE_CONTAINER } from '../../catalog/azure-names';
import type { ReplicationRow } from '../../catalog/replication';
import type { Exchange } from '../../spec/exchange';
import {
  DEFAULT_HOURS,
  endsOf,
  modeOf,
  type PlacedStore,
  type Replication,
  runnerSites,
  wayOf,
} from '../../spec/replication';
import type { Account, Estate, Store } from '../../spec/schema';
import { compareKeys, sortedEntries } from '../../units';
import { estateIdentity, identityOf } from '../identity';
import { made } from '../ids';
import type { PendingFact } from '../links/types';
import type { ReplicationEnd, ReplicationHalf, ReplicationPlan } from './types';

/** Every replication of an estate, resolved, sorted by key. */
export function planReplications(
  estate: Estate,
  exchange: Pick<Exchange, 'stores'>,
  /** Name of the stack of a store, by its key in the estate file. */
  stackOf: (store: string) => string,
): readonly ReplicationPlan[] {
  return sortedEntries(estate.replication)
    .flatMap(([key, replication]): ReplicationPlan[] => {
      const ends = endsOf(estate, replication);
      const row = wayOf(estate, replication);
      if (ends === undefined || row === undefined) return [];
      return [planReplication(estate, exchange, { key, replication, ends, row, stackOf })];
    })
    .sort((one, other) => compareKeys(one.key, other.key));
}

function planReplication(
  estate: Estate,
  exchange: Pick<Exchange, 'stores'>,
  {
    key,
    replication,
    ends,
    row,
    stackOf,
  }: {
    readonly key: string;
    readonly replication: Replication;
    readonly ends: readonly [PlacedStore, PlacedStore];
    readonly row: ReplicationRow;
    readonly stackOf: (store: string) => string;
  },
): ReplicationPlan {
  const id = identityOf(key, replication);
  const mode = modeOf(replication, row);
  const [source, destination] = [endPlan(estate, exchange, ends[0]), endPlan(estate, exchange, ends[1])];
  const { prefix, volumeTiB, dailyTiB, cluster } = replication;
  const site = cluster === undefined ? undefined : estate.clusters[cluster]?.site;
  const runsAt = row.runsAt === 'either' ? (site === ends[0].siteKey ? 'source' : 'destination') : row.runsAt;
  return {
    key: id,
    name: `${estateIdentity(estate)}-${id}`,
    engine: row.engine,
    mode,
    ...(mode === 'schedule' && { everyHours: replication.everyHours ?? DEFAULT_HOURS }),
    ...(prefix !== undefined && { prefix }),
    source,
    destination,
    runsAt,
    ...(row.engine === 'rclone' &&
      cluster !== undefined &&
      runnerSites(row, ends).includes(site ?? '') && { shard: identityOf(cluster, estate.clusters[cluster] ?? {}) }),
    gbps: row.gbps,
    ...(volumeTiB !== undefined && { volumeTiB }),
    ...(dailyTiB !== undefined && { dailyTiB }),
    pending: pendingOf(row, source, destination, {
      source: stackOf(replication.from),
      destination: stackOf(replication.to),
    }),
  };
}

/** Buckets of AWS have names that CloudFormation gives: who is no part of their stack has to be told. */
function pendingOf(
  { engine }: ReplicationRow,
  source: ReplicationEnd,
  destination: ReplicationEnd,
  stacks: { readonly source: string; readonly destination: string },
): readonly PendingFact[] {
  const fact = ({ store }: ReplicationEnd, from: string): PendingFact => ({ path: `stores.${store}`, from });
  const isUnnamed = ({ cloud, bucket }: ReplicationEnd) => cloud === 'aws' && bucket === undefined;
  return [
    ...(engine === 'rclone' && isUnnamed(source) ? [fact(source, stacks.source)] : []),
    ...((engine === 'rclone' || source.cloud === destination.cloud) && isUnnamed(destination)
      ? [fact(destination, stacks.destination)]
      : []),
  ];
}

function endPlan(
  estate: Estate,
  { stores }: Pick<Exchange, 'stores'>,
  { key, store, siteKey, site, account }: PlacedStore,
): ReplicationEnd {
  const id = identityOf(key, store);
  const told = stores[id];
  const name = store.existing?.id ?? `${estateIdentity(estate)}-${id}`;
  const bucket = store.existing?.id ?? bucketOf(account, { name }) ?? told?.id.split(':').at(-1);
  const { container = AZURE_STORE_CONTAINER, namespace, compartmentId } = existingPart(store);
  return {
    cloud: account.cloud,
    site: identityOf(siteKey, site),
    region: site.region,
    account: identityOf(site.account, account),
    accountId: accountIdOf(account),
    ...(account.cloud === 'google' && { accountNumber: account.projectNumber }),
    store: id,
    name,
    ...(store.existing !== undefined && { exists: true as const }),
    ...(bucket !== undefined && { bucket }),
    ...(account.cloud === 'azure' && { container }),
    ...(account.cloud === 'oracle' && {
      namespace: namespace ?? account.objectStorageNamespace,
      compartmentId: compartmentId ?? account.compartmentId,
    }),
    ...(told !== undefined && { id: told.id }),
    ...(told?.encryptionKey !== undefined && { encryptionKey: told.encryptionKey }),
  };
}

function existingPart(
  store: Store,
): NonNullable<Extract<Store, { kind: 'object' }>['existing']> | Record<string, never> {
  return store.kind === 'object' ? (store.existing ?? {}) : {};
}

/** The name of the bucket that a stack makes; undefined where CloudFormation gives one. */
function bucketOf(account: Account, store: { readonly name: string }): string | undefined {
  switch (account.cloud) {
    case 'aws':
      return undefined;
    case 'azure':
      return made.azureStore(store, account.subscriptionId);
    case 'google':
      return made.googleStore(store, account.projectId);
    case 'oracle':
      return made.oracleStore(store, account.objectStorageNamespace);
  }
}

function accountIdOf(account: Account): string {
  switch (account.cloud) {
    case 'aws':
      return account.accountId;
    case 'azure':
      return account.subscriptionId;
    case 'google':
      return account.projectId;
    case 'oracle':
      return account.tenancyId;
  }
}

/** What stacks of stores at a site make, sorted by replication: nothing of what waits, and nothing where a cluster copies. */
export function replicationsAt(plans: readonly ReplicationPlan[], site: string): readonly ReplicationHalf[] {
  return plans.flatMap((plan) => {
    const { key, name, engine, mode, everyHours, prefix, source, destination, runsAt, pending } = plan;
    if (engine === 'rclone' || pending.length > 0) return [];
    return (['source', 'destination'] as const).flatMap((end): ReplicationHalf[] => {
      const [own, peer] = end === 'source' ? [source, destination] : [destination, source];
      if (own.site !== site || own.exists === true) return [];
      return [
        {
          key,
          name,
          engine,
          mode,
          ...(everyHours !== undefined && { everyHours }),
          ...(prefix !== undefined && { prefix }),
          end,
          runs: runsAt === end,
          store: own.store,
          peer,
        },
      ];
    });
  });
}
