import { type Cloud, lustreTier } from '../../../estate/catalog';
import { GOOGLE_MACHINES, type GoogleMachine } from '../../../estate/catalog/google-machines';
import type {
  AccountPlan,
  FileSystemPlan,
  GroupPlan,
  ObjectStorePlan,
  PoolPlan,
  ShardPlan,
  SitePlan,
  StacksPlan,
} from '../../../estate/plan/types';

/** A machine of the catalog. */
export function machine(type: string): GoogleMachine {
  const found = GOOGLE_MACHINES[type];
  if (found === undefined) throw new Error(`the catalog has no machine "${type}"`);
  return found;
}

export const TAGS = { estate: 'atlas', 'managed-by': 'training-estate', team: 'frontier' };

export const account: AccountPlan<'google'> = {
  cloud: 'google',
  key: 'main',
  name: 'atlas-main',
  ids: {
    cloud: 'google',
    projectId: 'atlas-train',
    projectNumber: '123456789012',
    clusterAdmins: ['platform@example.com'],
  },
  regions: ['us-central1'],
  sites: [{ key: 'iowa', name: 'atlas-iowa', region: 'us-central1' }],
  machines: [machine('a4x-highgpu-4g')],
  alertEmail: 'frontier@example.com',
  tags: TAGS,
  stacks: { foundation: 'atlas-main-foundation' },
};

export const scratch: FileSystemPlan<'google'> = {
  kind: 'lustre',
  key: 'scratch',
  name: 'atlas-scratch',
  zone: 'us-central1-a',
  size: 36000,
  unit: 'GiB',
  tier: lustreTier('google', 500),
  tags: TAGS,
};

export const data: ObjectStorePlan = { kind: 'object', key: 'data', name: 'atlas-data', retainDays: 30, tags: TAGS };

/** The site, with or without further properties. */
export function newSite(props: Partial<SitePlan<'google'>> = {}): SitePlan<'google'> {
  return {
    cloud: 'google',
    key: 'iowa',
    name: 'atlas-iowa',
    account,
    region: 'us-central1',
    zones: ['us-central1-a', 'us-central1-b', 'us-central1-c'],
    network: {
      egress: 'nat',
      cidrs: ['10.160.0.0/16'],
      subnets: [
        { key: 'nodes-train', role: 'nodes', cidr: '10.160.0.0/19', owner: 'train' },
        { key: 'nodes-train-2', role: 'nodes', cidr: '10.160.64.0/19', owner: 'train-2' },
        { key: 'pods-train', role: 'pods', cidr: '100.64.0.0/14', owner: 'train' },
        { key: 'pods-train-2', role: 'pods', cidr: '100.68.0.0/14', owner: 'train-2' },
        { key: 'services-train', role: 'services', cidr: '172.20.0.0/20', owner: 'train' },
        { key: 'services-train-2', role: 'services', cidr: '172.20.16.0/20', owner: 'train-2' },
        { key: 'storage', role: 'storage', cidr: '10.160.32.0/20' },
      ],
    },
    shards: ['train', 'train-2'],
    stores: [data, scratch],
    existingStores: [],
    hasNetwork: true,
    retired: [],
    tags: TAGS,
    stacks: { network: 'atlas-iowa-network', storage: 'atlas-iowa-storage' },
    storageStacks: [{ stack: 'atlas-iowa-storage', ordinal: 1 }],
    ...props,
  };
}

/** A group of nodes; racks name the sub-block that they are bound to. */
export function newGroup(pool: string, key: string, nodes: number, reservation?: string): GroupPlan {
  return { key, id: `${pool}-${key}`, nodes, trays: nodes, accelerators: nodes * 4, reservation };
}

/** Racks of GB200, each bound to a sub-block. */
export function newRacks(count: number): GroupPlan[] {
  const block = 'projects/atlas-train/reservations/gb200/reservationBlocks/b1/reservationSubBlocks';
  return Array.from({ length: count }, (_, index) => newGroup('racks', `r${index}`, 18, `${block}/s${index}`));
}

/** A pool of a machine type. */
export function newPool(key: string, type: string, groups: GroupPlan[], props: Partial<PoolPlan<'google'>> = {}) {
  const pool: PoolPlan<'google'> = {
    key,
    machine: machine(type),
    zone: 'us-central1-a',
    capacity: { kind: 'reservation', ids: groups.flatMap(({ reservation }) => reservation ?? []) },
    kubernetesVersion: '1.35',
    labels: {},
    taints: [],
    tags: TAGS,
    groups,
    ...props,
  };
  return pool;
}

/** A shard with two racks and a TPU slice, unless said otherwise. */
export function newShard(props: Partial<ShardPlan<'google'>> = {}): ShardPlan<'google'> {
  return {
    cloud: 'google',
    key: 'train',
    cluster: 'train',
    name: 'atlas-train',
    site: newSite(),
    kubernetesVersion: '1.35',
    podCidr: '100.64.0.0/14',
    serviceCidr: '172.20.0.0/20',
    access: { administrators: account.ids.clusterAdmins, viewers: [], ranges: [] },
    workload: { namespace: 'training', serviceAccount: 'runner' },
    systemPool: { machine: machine('e2-standard-16'), nodes: 3, nodesPerZone: 1 },
    pools: [
      newPool('racks', 'a4x-highgpu-4g', newRacks(2)),
      newPool('slices', 'tpu7x-standard-4t', [newGroup('slices', 'r9', 16, 'tpu')], { topology: '4x4x4' }),
    ],
    mounts: [data, scratch],
    retired: [],
    tags: TAGS,
    stacks: { cluster: 'atlas-train-cluster' },
    ...props,
  };
}

interface Parts<C extends Cloud> {
  readonly accounts: readonly AccountPlan<C>[];
  readonly sites: readonly SitePlan<C>[];
  readonly shards: readonly ShardPlan<C>[];
}

const NOTHING = { accounts: [], sites: [], shards: [] };

/** A plan of these sites and shards. */
export function newPlan(sites: readonly SitePlan<'google'>[], shards: readonly ShardPlan<'google'>[]): StacksPlan {
  const parts: { readonly [C in Cloud]: Parts<C> } = {
    aws: NOTHING,
    azure: NOTHING,
    google: { accounts: [account], sites, shards },
    oracle: NOTHING,
  };
  return {
    name: 'atlas',
    tags: TAGS,
    clouds: ['google'],
    state: { kind: 'local' },
    accounts: <C extends Cloud>(cloud: C): readonly AccountPlan<C>[] => parts[cloud].accounts,
    sites: <C extends Cloud>(cloud: C): readonly SitePlan<C>[] => parts[cloud].sites,
    shards: <C extends Cloud>(cloud: C): readonly ShardPlan<C>[] => parts[cloud].shards,
  };
}
