import type { StorageContext } from '../../bundle/parts/storage';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import type { QueueSet } from '../../estate/plan/queue/types';
import type { Plan, ShardPlan } from '../../estate/plan/types';
import type { Exchange } from '../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../estate/spec/schema';
import { grantedEstate } from './granted';
import { planOf } from './linked';

/** The cluster of {@link storedEstate} on each cloud. */
export const CLUSTER_OF: Readonly<Record<Cloud, string>> = {
  aws: 'c-ohio',
  azure: 'c-eastus2',
  google: 'c-iowa',
  oracle: 'c-phoenix',
};

/** The file system that each of them mounts beside its object store, with sizes that are sold. */
const FILE_SYSTEMS = {
  'f-ohio': { site: 'ohio', zone: 'us-east-2a', capacityGiB: 38400, throughputMBpsPerTiB: 125 },
  'f-eastus2': { site: 'eastus2', zone: '1', capacityTiB: 48, throughputMBpsPerTiB: 125 },
  'f-iowa': { site: 'iowa', zone: 'us-central1-a', capacityGiB: 72000, throughputMBpsPerTiB: 125 },
  'f-phoenix': { site: 'phoenix', zone: 'Uocm:PHX-AD-1', capacityTB: 31.2, throughputMBpsPerTiB: 125 },
} as const;

/** An estate whose clusters mount a file system and an object store each, on all four clouds. */
export function storedEstate(grants: object = {}, changes: object = {}): Estate {
  const { clusters, stores, sites, ...estate } = JSON.parse(JSON.stringify(grantedEstate({})));
  const mounting = Object.fromEntries(
    Object.entries<object>(clusters).map(([key, cluster]) => {
      const site = key.slice(2);
      const mounts = `f-${site}` in FILE_SYSTEMS && key.startsWith('c-') ? [`f-${site}`, `s-${site}`] : [];
      return [
        key,
        { ...cluster, mounts, kubernetes: '1.35', workload: { namespace: 'training', serviceAccount: 'trainer' } },
      ];
    }),
  );
  const files = Object.fromEntries(
    Object.entries(FILE_SYSTEMS).map(([key, store]) => [key, { kind: 'lustre', ...store }]),
  );
  const zoned = {
    ...sites,
    ohio: { ...sites.ohio, zones: ['us-east-2a', 'us-east-2b'] },
    oregon: { ...sites.oregon, zones: ['us-west-2a', 'us-west-2b'] },
  };
  return estateSchema.parse({
    ...estate,
    sites: zoned,
    clusters: mounting,
    stores: { ...stores, ...files },
    grants,
    ...changes,
  });
}

/** What clouds have said of what pods of {@link storedEstate} use. */
export const STORED: Pick<Exchange, 'mounts' | 'buckets' | 'principals'> = {
  mounts: {
    'f-ohio': 'fs-0a1b2c3d4e5f60718.fsx.us-east-2.amazonaws.com@tcp:/abcdefgh',
    'f-eastus2': '10.16.18.4@tcp:/lustrefs',
    'f-iowa': '10.24.64.3@tcp:/l0a1b2c3',
    'f-phoenix': '10.32.16.5@tcp:/scratch',
  },
  buckets: { 's-ohio': 'arn:aws:s3:::atlas-ohio-storage-s1a2b3c4d-e5f6g7h8' },
  principals: { 'c-eastus2': { clientId: '44444444-4444-4444-4444-444444444444' } },
};

/** What storage of one cluster is made from; in its queue are two namespaces beside that of its workload. */
export function storageContext(
  plan: Plan,
  key: string,
  namespaces: readonly string[] = ['product', 'research', 'training'],
): StorageContext {
  const shards = CLOUDS.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  const shard = shards.find((each) => each.key === key);
  if (shard === undefined) throw new Error(`no shard "${key}"`);
  return { plan, shard, set: emptySet(key, namespaces) };
}

function emptySet(shard: string, namespaces: readonly string[]): QueueSet {
  const none = { topologies: [], flavors: [], cohorts: [], queues: [], localQueues: [], checks: [] };
  return { shard, role: 'alone', ...none, namespaces };
}

/** The same of the cluster of a cloud, of {@link storedEstate}, with what clouds have said. */
export function storedOn(cloud: Cloud, told: Partial<Exchange> = STORED, estate = storedEstate()): StorageContext {
  return storageContext(planOf(estate, told), CLUSTER_OF[cloud]);
}
