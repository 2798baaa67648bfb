import { type Cloud, lustreTier } from '../../../estate/catalog';
import type { OracleMachine } from '../../../estate/catalog/oracle';
import { oracle } from '../../../estate/catalog/oracle';
import type {
  AccountPlan,
  FileSystemPlan,
  GroupPlan,
  ObjectStorePlan,
  PoolPlan,
  RetiredGroup,
  RetiredStore,
  ShardPlan,
  SitePlan,
  StacksPlan,
  StorePlan,
} from '../../../estate/plan/types';

/** A machine of the catalog that a test needs. */
export function machine(type: string): OracleMachine {
  const row = oracle.machines[type];
  if (row === undefined) throw new Error(`no machine ${type}`);
  return row;
}

/** The availability domain of the fixture. */
export const ZONE = 'Uocm:PHX-AD-1';

const tags = { estate: 'atlas', team: 'training', 'cost-center': 'cc-1042', 'managed-by': 'training-estate' };

/** A file system of 31.2 TB. */
export const SCRATCH: FileSystemPlan<'oracle'> = {
  kind: 'lustre',
  key: 'scratch',
  name: 'atlas-scratch',
  zone: ZONE,
  size: 31_200,
  unit: 'GB',
  tier: lustreTier('oracle', 500),
  tags,
};

/** A bucket. */
export const DATASETS: ObjectStorePlan = {
  kind: 'object',
  key: 'datasets',
  name: 'atlas-datasets',
  retainDays: 30,
  tags,
};

/** A group of a pool, by its ordinal. */
export function group(pool: string, ordinal: number, nodes: number, reservation?: string): GroupPlan {
  const key = String(ordinal);
  return {
    key,
    id: `${pool}-${key}`,
    nodes,
    trays: nodes,
    accelerators: nodes * 4,
    ...(reservation && { reservation }),
  };
}

/** OCID of a GPU memory fabric. */
export function fabricId(ordinal: number): string {
  return `ocid1.computegpumemoryfabric.oc1.phx.fabric${ordinal}`;
}

/** Two racks of GB300. */
export const RACKS: PoolPlan<'oracle'> = {
  key: 'train',
  machine: machine('BM.GPU.GB300.4'),
  zone: ZONE,
  capacity: { kind: 'dedicated', fabrics: [fabricId(1), fabricId(2)] },
  image: 'ocid1.image.oc1.phx.gpuarm',
  kubernetesVersion: '1.35',
  labels: { purpose: 'training' },
  taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }],
  tags: { ...tags, cluster: 'gpu' },
  groups: [group('train', 1, 16, fabricId(1)), group('train', 2, 16, fabricId(2))],
};

/** Hosts of MI355X, paid by use. */
export const HOSTS: PoolPlan<'oracle'> = {
  key: 'amd',
  machine: machine('BM.GPU.MI355X.8'),
  zone: ZONE,
  capacity: { kind: 'on-demand' },
  image: 'ocid1.image.oc1.phx.rocm',
  kubernetesVersion: '1.35',
  labels: {},
  taints: [],
  tags: { ...tags, cluster: 'gpu' },
  groups: [group('amd', 1, 8)],
};

/** What a test may vary of the fixture. */
export interface FixtureOptions {
  /** @default racks and hosts */
  readonly pools?: readonly PoolPlan<'oracle'>[];
  /** @default a file system and an object store */
  readonly stores?: readonly StorePlan<'oracle'>[];
  /** Stores that left the estate. @default none */
  readonly retiredStores?: readonly RetiredStore[];
  /** Groups that left the estate. @default none */
  readonly retiredGroups?: readonly RetiredGroup<'oracle'>[];
  /** Ranges that growth has appended for the nodes. @default none */
  readonly furtherNodes?: readonly string[];
  /** Whether keys are made in a vault of the account. @default false: each has one of its own, as in earlier releases */
  readonly sharesVault?: boolean;
  /** Whether nodes have a tag that tells them from other machines. @default false, as in earlier releases */
  readonly tagsNodes?: boolean;
  /** Tags of the tenancy's own. @default none */
  readonly ignoredTags?: readonly string[];
  /** @default the usual tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A plan of one Oracle site with one cluster. */
export function planFixture(options: FixtureOptions = {}): StacksPlan {
  const pools = options.pools ?? [RACKS, HOSTS];
  const stores = options.stores ?? [SCRATCH, DATASETS];
  const own = options.tags ?? tags;
  const account: AccountPlan<'oracle'> = {
    cloud: 'oracle',
    key: 'main',
    name: 'atlas-main',
    ids: {
      cloud: 'oracle',
      tenancyId: 'ocid1.tenancy.oc1..atlas',
      compartmentId: 'ocid1.compartment.oc1..train',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'atlasns',
      clusterAdmins: ['Default/trainers'],
      ...(options.ignoredTags && { ignoredTags: [...options.ignoredTags] }),
    },
    regions: ['us-phoenix-1'],
    sites: [{ key: 'phoenix', name: 'atlas-phoenix', region: 'us-phoenix-1' }],
    machines: pools.map((pool) => pool.machine),
    alertEmail: 'training@example.com',
    ...(options.sharesVault && { vaultRegions: ['us-phoenix-1'] }),
    ...(options.tagsNodes && { nodes: 'tagged' }),
    tags: own,
    stacks: { foundation: 'atlas-main-foundation' },
  };
  const site: SitePlan<'oracle'> = {
    cloud: 'oracle',
    key: 'phoenix',
    name: 'atlas-phoenix',
    account,
    region: 'us-phoenix-1',
    zones: [ZONE],
    serviceGateway: {
      serviceId: 'ocid1.service.oc1.phx.all',
      cidrLabel: 'all-phx-services-in-oracle-services-network',
    },
    network: {
      egress: 'nat',
      cidrs: ['10.192.0.0/16'],
      subnets: [
        { key: 'control-plane-gpu', role: 'control-plane', cidr: '10.192.32.0/28', owner: 'gpu' },
        { key: 'load-balancers-gpu', role: 'load-balancers', cidr: '10.192.33.0/26', owner: 'gpu' },
        { key: 'nodes-gpu', role: 'nodes', cidr: '10.192.0.0/19', owner: 'gpu' },
        ...(options.furtherNodes ?? []).map((cidr, index) => {
          return { key: `nodes-gpu-${index + 2}`, role: 'nodes', cidr, owner: 'gpu' } as const;
        }),
        { key: 'storage-scratch', role: 'storage', cidr: '10.192.128.0/17', owner: 'scratch' },
      ],
    },
    shards: ['gpu'],
    stores,
    existingStores: [],
    ...(options.sharesVault && { vault: 'account' }),
    hasNetwork: true,
    retired: options.retiredStores ?? [],
    tags: own,
    stacks: { network: 'atlas-phoenix-network', storage: 'atlas-phoenix-storage' },
    storageStacks: [{ stack: 'atlas-phoenix-storage', ordinal: 1 }],
  };
  const shard: ShardPlan<'oracle'> = {
    cloud: 'oracle',
    key: 'gpu',
    cluster: 'gpu',
    name: 'atlas-gpu',
    site,
    kubernetesVersion: '1.35',
    ...(options.sharesVault && { vault: 'account' }),
    podCidr: '100.64.0.0/10',
    serviceCidr: '172.20.0.0/16',
    access: { administrators: account.ids.clusterAdmins, viewers: [], ranges: [] },
    workload: { namespace: 'training', serviceAccount: 'training' },
    systemPool: { machine: machine('VM.Standard.E5.Flex'), nodes: 3, image: 'ocid1.image.oc1.phx.cpu' },
    pools,
    mounts: stores,
    retired: options.retiredGroups ?? [],
    tags: { ...own, cluster: 'gpu' },
    stacks: { cluster: 'atlas-gpu-cluster' },
  };
  return {
    name: 'atlas',
    tags: own,
    clouds: ['oracle'],
    state: { kind: 'local' },
    accounts: only('oracle', account),
    sites: only('oracle', site),
    shards: only('oracle', shard),
  };
}

/** A lookup by cloud that knows one thing of one cloud. */
function only<T>(cloud: Cloud, value: T) {
  // The plan's lookups are generic in the cloud; a fixture of one cloud has nothing for the others.
  return (asked: Cloud): never[] => (asked === cloud ? ([value] as never[]) : []);
}
