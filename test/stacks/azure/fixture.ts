import { lustreTier } from '../../../estate/catalog';
import { type AzureMachine, azure } from '../../../estate/catalog/azure';
import type {
  AccountPlan,
  GroupPlan,
  PoolPlan,
  ShardPlan,
  SitePlan,
  StacksPlan,
  StorePlan,
} from '../../../estate/plan/types';
import type { Tags } from '../../../estate/units';

const TAGS: Tags = { estate: 'atlas', team: 'frontier-training', 'cost-center': 'cc-1042', 'managed-by': 'estate' };

/** What a test may change of the estate that it looks at. */
export interface Shape {
  readonly groups?: readonly Partial<GroupPlan>[];
  readonly machine?: string;
  readonly capacity?: PoolPlan<'azure'>['capacity'];
  readonly tags?: Tags;
  readonly zones?: readonly string[];
  readonly stores?: readonly StorePlan<'azure'>[];
  readonly runner?: SitePlan<'azure'>['runner'];
  readonly ownZone?: true;
  readonly access?: Partial<ShardPlan<'azure'>['access']>;
}

/** A machine of the catalog. */
export function machine(type: string): AzureMachine {
  const found = azure.machines[type];
  if (found === undefined) throw new Error(`no machine ${type}`);
  return found;
}

/** Groups of one rack each. */
export function racks(count: number, nodes = 18): GroupPlan[] {
  return Array.from({ length: count }, (_, index) => group(String(index + 1), nodes));
}

function group(key: string, nodes: number): GroupPlan {
  return { key, id: `train-${key}`, nodes, trays: nodes, accelerators: nodes * 4 };
}

/** An object store and a file system. */
export const STORES: readonly StorePlan<'azure'>[] = [
  { kind: 'object', key: 'datasets', name: 'atlas-datasets', retainDays: 90, tags: { ...TAGS, store: 'datasets' } },
  {
    kind: 'lustre',
    key: 'scratch',
    name: 'atlas-scratch',
    zone: '1',
    size: 128,
    unit: 'TiB',
    tier: lustreTier('azure', 500),
    tags: { ...TAGS, store: 'scratch' },
  },
];

/** A GB300 site with one shard, two racks and two stores, as the planner would hand it over. */
export function fixture(shape: Shape = {}): StacksPlan {
  const { tags = TAGS, stores = STORES } = shape;
  const account: AccountPlan<'azure'> = {
    cloud: 'azure',
    key: 'azure-gb',
    name: 'atlas-azure-gb',
    ids: {
      cloud: 'azure',
      subscriptionId: '11111111-2222-4333-8444-555555555555',
      tenantId: '99999999-8888-4777-8666-555555555555',
      clusterAdmins: ['aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'],
    },
    regions: ['eastus2'],
    sites: [{ key: 'virginia', name: 'atlas-virginia', region: 'eastus2' }],
    machines: [machine('Standard_ND128isr_GB300_v6')],
    alertEmail: 'alerts@example.com',
    tags: { ...tags, account: 'azure-gb' },
    stacks: { foundation: 'atlas-azure-gb-foundation' },
  };
  const site: SitePlan<'azure'> = {
    cloud: 'azure',
    key: 'virginia',
    name: 'atlas-virginia',
    account,
    region: 'eastus2',
    ...(shape.runner && { runner: shape.runner }),
    zones: shape.zones ?? ['1'],
    network: {
      egress: 'nat',
      cidrs: ['10.128.0.0/16'],
      subnets: [
        { key: 'control-plane-gb300', role: 'control-plane', cidr: '10.128.33.0/27', owner: 'gb300' },
        { key: 'endpoints', role: 'endpoints', cidr: '10.128.32.0/24' },
        { key: 'nodes-gb300', role: 'nodes', cidr: '10.128.0.0/19', owner: 'gb300' },
        { key: 'storage-scratch', role: 'storage', cidr: '10.128.34.0/23', owner: 'scratch' },
      ],
    },
    shards: ['gb300'],
    stores,
    existingStores: [],
    hasNetwork: true,
    retired: [],
    tags: { ...tags, site: 'virginia' },
    stacks: { network: 'atlas-virginia-network', storage: 'atlas-virginia-storage' },
    storageStacks: [{ stack: 'atlas-virginia-storage', ordinal: 1 }],
  };
  const pool: PoolPlan<'azure'> = {
    key: 'train',
    machine: machine(shape.machine ?? 'Standard_ND128isr_GB300_v6'),
    zone: '1',
    capacity: shape.capacity ?? { kind: 'dedicated' },
    kubernetesVersion: '1.36',
    labels: { tier: 'frontier' },
    taints: [],
    tags: { ...tags, cluster: 'gb300' },
    groups: shape.groups?.map((part, index) => ({ ...group(String(index + 1), 18), ...part })) ?? racks(2),
  };
  const shard: ShardPlan<'azure'> = {
    cloud: 'azure',
    key: 'gb300',
    cluster: 'gb300',
    name: 'atlas-gb300',
    site,
    kubernetesVersion: '1.36',
    ...(shape.ownZone && { ownZone: shape.ownZone }),
    podCidr: '100.64.0.0/10',
    serviceCidr: '172.20.0.0/16',
    access: { administrators: account.ids.clusterAdmins, viewers: [], ranges: [], ...shape.access },
    workload: { namespace: 'training', serviceAccount: 'trainer' },
    systemPool: { machine: machine(azure.systemMachine), nodes: 3 },
    pools: [pool],
    mounts: stores,
    retired: [],
    tags: { ...tags, cluster: 'gb300' },
    stacks: { cluster: 'atlas-gb300-cluster' },
  };
  const only = <T>(cloud: string, value: T): T[] => (cloud === 'azure' ? [value] : []);
  return {
    name: 'atlas',
    tags,
    clouds: ['azure'],
    state: { kind: 'local' },
    accounts: (cloud) => only(cloud, account) as never,
    sites: (cloud) => only(cloud, site) as never,
    shards: (cloud) => only(cloud, shard) as never,
  };
}
