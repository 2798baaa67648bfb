import { type AwsMachine, CATALOG, type Cloud, lustreTier, type SubnetAllocation } from '../../../estate/catalog';
import { isRegionalZone } from '../../../estate/catalog/aws';
import { storageStacks } from '../../../estate/plan/names';
import type {
  AccountPlan,
  FileSystemPlan,
  GroupPlan,
  ObjectStorePlan,
  PoolPlan,
  ShardPlan,
  SitePlan,
  StacksPlan,
  StorePlan,
} from '../../../estate/plan/types';

/** A machine of the catalog. */
export function machine(type: string): AwsMachine {
  const row = CATALOG.aws.machines[type];
  if (row === undefined) throw new Error(`no machine "${type}" in the catalog`);
  return row;
}

export const TAGS = {
  estate: 'atlas',
  'cost-center': 'cc-1042',
  team: 'frontier-training',
  'managed-by': 'training-estate',
};

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1-dfw-2a'];

/** Ranges of the zones of the fixture, or of others. */
export function subnets(zones: readonly string[] = ZONES): SubnetAllocation[] {
  return zones.flatMap((zone, index): SubnetAllocation[] => [
    { key: `control-plane-${zone}`, role: 'control-plane', zone, cidr: `10.64.${240 + index}.0/24` },
    { key: `nodes-${zone}`, role: 'nodes', zone, cidr: `10.64.${index * 32}.0/19` },
    { key: `pods-${zone}`, role: 'pods', zone, cidr: `100.${64 + index}.0.0/16` },
    { key: `public-${zone}`, role: 'public', zone, cidr: `10.64.${230 + index}.0/24` },
  ]);
}

export const account: AccountPlan<'aws'> = {
  cloud: 'aws',
  key: 'main',
  name: 'atlas-main',
  ids: { cloud: 'aws', accountId: '111122223333', clusterAdmins: [] },
  sites: [{ key: 'dallas', name: 'atlas-dallas', region: 'us-east-1' }],
  regions: ['us-east-1'],
  machines: [],
  alertEmail: 'frontier-training@example.com',
  tags: TAGS,
  stacks: { foundation: 'atlas-main-foundation' },
};

export const scratch: FileSystemPlan<'aws'> = {
  kind: 'lustre',
  key: 'scratch',
  name: 'atlas-scratch',
  zone: 'us-east-1-dfw-2a',
  size: 9600,
  unit: 'GiB',
  tier: lustreTier('aws', 1000),
  tags: TAGS,
};

export const datasets: ObjectStorePlan = {
  kind: 'object',
  key: 'datasets',
  name: 'atlas-datasets',
  retainDays: 90,
  tags: TAGS,
};

/** A site of the fixture; `stores` and the rest can be changed. */
export function site(changes: Partial<SitePlan<'aws'>> = {}): SitePlan<'aws'> {
  const { stores = [datasets, scratch], retired = [] } = changes;
  return {
    cloud: 'aws',
    key: 'dallas',
    name: 'atlas-dallas',
    account,
    region: 'us-east-1',
    zones: ZONES,
    network: { egress: 'nat' as const, cidrs: ['10.64.0.0/16'], subnets: subnets() },
    shards: ['dallas-gb200'],
    stores,
    existingStores: [],
    hasNetwork: true,
    retired,
    tags: TAGS,
    stacks: { network: 'atlas-dallas-network', storage: 'atlas-dallas-storage' },
    storageStacks: storageStacks('atlas-dallas-storage', [...stores, ...retired]),
    ...changes,
  };
}

/** A rack or the nodes of one domain. */
export function group(pool: string, key: string, nodes: number, reservation?: string): GroupPlan {
  return { key, id: `${pool}-${key}`, nodes, trays: nodes, accelerators: nodes * 4, reservation };
}

/** A pool of GB200 racks, each with its capacity block. */
export function rackPool(groups: readonly GroupPlan[]): PoolPlan<'aws'> {
  return {
    key: 'train',
    machine: machine('p6e-gb200.36xlarge'),
    zone: 'us-east-1-dfw-2a',
    capacity: { kind: 'capacity-block', ids: ['cr-0'], window: { start: '2026-12-01', end: '2027-05-31' } },
    kubernetesVersion: '1.35',
    labels: {},
    taints: [],
    tags: { ...TAGS, cluster: 'dallas-gb200' },
    groups,
  };
}

/** A pool of 8-GPU machines on demand. */
export function onDemandPool(nodes: number): PoolPlan<'aws'> {
  return {
    key: 'dev',
    machine: machine('p5.48xlarge'),
    zone: 'us-east-1a',
    capacity: { kind: 'on-demand' },
    kubernetesVersion: '1.35',
    labels: { purpose: 'dev' },
    taints: [{ key: 'dev', value: 'yes', effect: 'NoExecute' }],
    tags: { ...TAGS, cluster: 'dallas-gb200' },
    groups: [group('dev', '1', nodes)],
  };
}

/** A shard of the fixture with the given pools. */
export function shard(
  pools: readonly PoolPlan<'aws'>[],
  at: SitePlan<'aws'> = site(),
  mounts: readonly StorePlan<'aws'>[] = at.stores,
): ShardPlan<'aws'> {
  return {
    cloud: 'aws',
    key: 'dallas-gb200',
    cluster: 'dallas-gb200',
    name: 'atlas-dallas-gb200',
    site: at,
    kubernetesVersion: '1.35',
    controlPlaneZones: at.zones.filter(isRegionalZone).slice(0, 2),
    podCidr: '100.64.0.0/10',
    serviceCidr: '172.20.0.0/16',
    access: { administrators: ['arn:aws:iam::111122223333:role/platform'], viewers: [], ranges: [] },
    workload: { namespace: 'training', serviceAccount: 'training' },
    systemPool: { machine: machine('m7i.4xlarge'), nodes: 3 },
    pools,
    mounts,
    retired: [],
    tags: { ...TAGS, cluster: 'dallas-gb200' },
    stacks: { cluster: 'atlas-dallas-gb200-cluster' },
  };
}

export const RACKS = [group('train', '1', 18, 'cr-0aaaaaaaaaaaaaaa1'), group('train', '2', 16, 'cr-0aaaaaaaaaaaaaaa2')];

interface Parts<C extends Cloud> {
  readonly accounts: readonly AccountPlan<C>[];
  readonly sites: readonly SitePlan<C>[];
  readonly shards: readonly ShardPlan<C>[];
}

const NOTHING = { accounts: [], sites: [], shards: [] };

/** A plan with only AWS in it. */
export function plan(shards: readonly ShardPlan<'aws'>[], sites: readonly SitePlan<'aws'>[] = [site()]): StacksPlan {
  const parts: { readonly [C in Cloud]: Parts<C> } = {
    aws: { accounts: [account], sites, shards },
    azure: NOTHING,
    google: NOTHING,
    oracle: NOTHING,
  };
  return {
    name: 'atlas',
    tags: TAGS,
    clouds: ['aws'],
    state: { kind: 'local' },
    accounts: <C extends Cloud>(cloud: C): readonly AccountPlan<C>[] => parts[cloud].accounts,
    sites: <C extends Cloud>(cloud: C): readonly SitePlan<C>[] => parts[cloud].sites,
    shards: <C extends Cloud>(cloud: C): readonly ShardPlan<C>[] => parts[cloud].shards,
  };
}
