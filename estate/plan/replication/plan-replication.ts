import { partitionOf } from '../../catalog/aws-regions';
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
import { bucketOf } from '../buckets';
import { audienceOfPool, poolOf } from '../grants/names';
import type { AccountGrantsPlan } from '../grants/types';
import { accountIdOf, estateIdentity, identityOf } from '../identity';
import type { PendingFact } from '../links/types';
import { nthName, stackName } from '../names';
import { dataSyncRole, storeRole } from './names';
import type {
  AccountTransfersPlan,
  ReplicationCaller,
  ReplicationEnd,
  ReplicationHalf,
  ReplicationPlan,
} from './types';

/** What replications are planned from. */
export interface ReplicationInputs {
  readonly estate: Estate;
  /** What clouds have said after an apply. */
  readonly exchange: Pick<Exchange, 'stores' | 'accounts'>;
  /** Which of the stacks of its site a store lies in, by its identity, from 1. */
  readonly stackOf: (store: string) => number;
}

/** Every replication of an estate, resolved, sorted by key. */
export function planReplications(inputs: ReplicationInputs): readonly ReplicationPlan[] {
  const { estate } = inputs;
  return sortedEntries(estate.replication)
    .flatMap(([key, replication]): ReplicationPlan[] => {
      const ends = endsOf(estate, replication);
      const row = wayOf(estate, replication);
      if (ends === undefined || row === undefined) return [];
      return [planReplication(inputs, { key, replication, ends, row })];
    })
    .sort((one, other) => compareKeys(one.key, other.key));
}

function planReplication(
  inputs: ReplicationInputs,
  {
    key,
    replication,
    ends,
    row,
  }: {
    readonly key: string;
    readonly replication: Replication;
    readonly ends: readonly [PlacedStore, PlacedStore];
    readonly row: ReplicationRow;
  },
): ReplicationPlan {
  const { estate } = inputs;
  const id = identityOf(key, replication);
  const mode = modeOf(replication, row);
  const [source, destination] = [endPlan(inputs, ends[0]), endPlan(inputs, ends[1])];
  const caller = callerOf(inputs, { name: `${estateIdentity(estate)}-${id}`, row, source, destination });
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
    ...(caller !== undefined && { caller }),
    ...(row.engine === 'rclone' &&
      cluster !== undefined &&
      runnerSites(row, ends).includes(site ?? '') && { shard: identityOf(cluster, estate.clusters[cluster] ?? {}) }),
    gbps: row.gbps,
    ...(volumeTiB !== undefined && { volumeTiB }),
    ...(dailyTiB !== undefined && { dailyTiB }),
    pending: pendingOf(estate, { engine: row.engine, source, destination, caller }),
  };
}

/** The role of AWS that a service copies as; undefined where none does. */
function callerOf(
  { estate, exchange }: ReplicationInputs,
  {
    name,
    row,
    source,
    destination,
  }: Pick<ReplicationPlan, 'name' | 'source' | 'destination'> & { readonly row: ReplicationRow },
): ReplicationCaller | undefined {
  if (row.engine === 'native' && source.cloud === 'aws') return storeRole(source.name, source);
  if (row.engine !== 'datasync') return undefined;
  const [aws, google] = source.cloud === 'aws' ? [source, destination] : [destination, source];
  const key = `account-${aws.account}`;
  const pool = poolOf(estateIdentity(estate), key);
  const issuer = exchange.accounts[aws.account]?.issuer;
  return {
    ...dataSyncRole(name, aws),
    trust: {
      key,
      pool,
      audience: audienceOfPool(google.accountNumber ?? '', pool),
      ...(issuer !== undefined && { issuer }),
    },
  };
}

/**
 * What a replication waits for: buckets of AWS have names that CloudFormation gives, so that who is no part of their stack
 * has to be told, and who lets in a role of AWS has to know who signs for its account.
 */
function pendingOf(
  estate: Estate,
  {
    engine,
    source,
    destination,
    caller,
  }: Pick<ReplicationPlan, 'engine' | 'source' | 'destination'> & { readonly caller: ReplicationCaller | undefined },
): readonly PendingFact[] {
  const name = estateIdentity(estate);
  const stores = toldEnds({ engine, source, destination })
    .filter(({ bucket, id }) => (engine === 'transfer' ? id : bucket) === undefined)
    .map(({ site, store, stack }): PendingFact => {
      return { path: `stores.${store}`, from: nthName(stackName(name, site, 'storage'), stack) };
    });
  if (caller?.trust === undefined || caller.trust.issuer !== undefined) return stores;
  const account = caller.trust.key.replace(/^account-/, '');
  return [...stores, { path: `accounts.${account}.issuer`, from: stackName(name, account, 'foundation') }];
}

/**
 * Ends whose stacks tell what they have made, whether anybody knows it already or not: what CloudFormation has named, and
 * on Google Cloud that a job of another stack is let in, which the service tries when the job is made.
 */
function toldEnds({
  engine,
  source,
  destination,
}: Pick<ReplicationPlan, 'engine' | 'source' | 'destination'>): readonly ReplicationEnd[] {
  if (engine === 'transfer') return source.site === destination.site ? [] : [source];
  const asked = engine === 'rclone' ? [source, destination] : engine === 'native' ? [destination] : [];
  return asked.filter(({ cloud, exists }) => cloud === 'aws' && exists === undefined);
}

/** What an account does for transfers between buckets of Google Cloud; undefined where there are none. */
export function transfersOf(plans: readonly ReplicationPlan[], account: string): AccountTransfersPlan | undefined {
  const own = plans.filter(({ engine }) => engine === 'transfer');
  const jobs = own.some(({ destination }) => destination.account === account);
  const events = own.some(({ source, mode }) => source.account === account && mode === 'event');
  return jobs || events ? { jobs, events } : undefined;
}

/** Stores at a site that the exchange is told of, sorted. */
export function toldStores(plans: readonly ReplicationPlan[], site: string): readonly string[] {
  const told = plans.flatMap(toldEnds).filter((end) => end.site === site);
  return [...new Set(told.map(({ store }) => store))].sort(compareKeys);
}

/** What an account does for grants, with what it does for replications: it trusts, or shows its roles to others. */
export function withReplications(
  grants: AccountGrantsPlan | undefined,
  plans: readonly ReplicationPlan[],
  account: string,
): AccountGrantsPlan | undefined {
  const own = plans.flatMap(({ source, destination, caller }) => {
    if (caller?.trust === undefined) return [];
    return [source, destination]
      .filter((end) => end.account === account)
      .map(({ cloud }) => ({ cloud, trust: caller.trust }));
  });
  if (own.length === 0) return grants;
  const trusts = new Map((grants?.trusts ?? []).map((trust) => [trust.key, trust]));
  for (const { cloud, trust } of own) {
    if (cloud !== 'google' || trust?.issuer === undefined || trusts.has(trust.key)) continue;
    const { key, pool, audience, issuer } = trust;
    trusts.set(key, { key, issuer, audience, pool });
  }
  const outbound = grants?.outbound === true || own.some(({ cloud }) => cloud === 'aws');
  if (trusts.size === 0 && !outbound) return undefined;
  return { trusts: [...trusts.values()].sort((one, other) => compareKeys(one.key, other.key)), outbound };
}

function endPlan(
  { estate, exchange: { stores }, stackOf }: ReplicationInputs,
  { key, store, siteKey, site, account }: PlacedStore,
): ReplicationEnd {
  const id = identityOf(key, store);
  const isKnown = account.cloud === 'aws' && store.existing !== undefined;
  const told = isKnown ? knownOf(store, account, site.region) : stores[id];
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
    stack: stackOf(id),
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

/** What is known of a bucket of AWS that exists already, as others are told of. */
function knownOf(store: Store, { cloud }: Account, region: string): Exchange['stores'][string] | undefined {
  const { id, encryptionKey } = existingPart(store);
  if (cloud !== 'aws' || id === undefined) return undefined;
  const arn = `arn:${partitionOf(region)}:s3:::${id}`;
  return { id: arn, ...(encryptionKey !== undefined && { encryptionKey }) };
}

/**
 * What stacks of stores at a site make, sorted by replication: nothing where a cluster copies, and nothing of what waits,
 * but what a job of Google Cloud waits for.
 */
export function replicationsAt(plans: readonly ReplicationPlan[], site: string): readonly ReplicationHalf[] {
  return plans.flatMap((plan) => {
    const { key, name, engine, mode, everyHours, prefix, source, destination, runsAt, caller, pending } = plan;
    if (engine === 'rclone') return [];
    return (['source', 'destination'] as const).flatMap((end): ReplicationHalf[] => {
      if (pending.length > 0 && !(engine === 'transfer' && end === 'source')) return [];
      const [own, peer] = end === 'source' ? [source, destination] : [destination, source];
      // How a bucket of AWS replicates, and whom it lets in, is a part of the bucket itself.
      if (own.site !== site || (own.exists === true && own.cloud === 'aws' && engine === 'native')) return [];
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
          stack: own.stack,
          ...(caller !== undefined && { caller }),
          peer,
        },
      ];
    });
  });
}
