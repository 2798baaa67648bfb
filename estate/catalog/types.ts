import type { SizeUnit } from '../units';

/** The four clouds, in the order in which they are listed everywhere. */
export const CLOUDS = ['aws', 'azure', 'google', 'oracle'] as const;

/** A cloud provider. */
export type Cloud = (typeof CLOUDS)[number];

/** What applies the stacks of a cloud. */
export const ENGINES: Readonly<Record<Cloud, 'cloudformation' | 'terraform'>> = {
  aws: 'cloudformation',
  azure: 'terraform',
  google: 'terraform',
  oracle: 'terraform',
};

/** Where a fact comes from. Every catalog row carries it; a test refuses a row without. */
export interface Sourced {
  /** URL or named document of the provider or of its software. */
  readonly source: string;
  /** Month in which the source was read, YYYY-MM. */
  readonly checked: string;
  /** Set when the fact could not be verified: says what is assumed. */
  readonly unverified?: string;
}

/** How machines are obtained. */
export const CAPACITY_KINDS = [
  'on-demand',
  'spot',
  'reservation',
  'capacity-block',
  'flex-start',
  'dedicated',
] as const;

/** One way to obtain machines; the catalog says which ones a machine type can be had by. */
export type CapacityKind = (typeof CAPACITY_KINDS)[number];

/** CPU architecture of a machine, which decides its images. */
export type Architecture = 'x86_64' | 'arm64';

/** A kind of accelerator, the same on every cloud. */
export interface Accelerator extends Sourced {
  /** Key in estate files, such as `gb300`. */
  readonly name: string;
  readonly vendor: 'nvidia' | 'amd' | 'google' | 'aws' | 'own';
  /** Name in reports, such as `GB300`. */
  readonly title: string;
  /** The resource name under which Kubernetes counts it, such as `nvidia.com/gpu`. */
  readonly resourceName: string;
  /** Power of one under full load, W, as an estate says of its own. @default that of `power` */
  readonly watts?: number;
  /** What it draws, with the system around it; every built-in accelerator has it. @default unknown */
  readonly power?: PowerFigure;
}

/** What an accelerator and the system around it draw under full load. */
export interface PowerFigure extends Sourced {
  /** One accelerator alone, W. @default - its maker publishes no figure */
  readonly watts?: number;
  /** The system that it comes in, with processors, network, cooling and conversion losses. @default none published */
  readonly system?: {
    readonly name: string;
    /** What it is: a node, or a whole rack with its switch trays. */
    readonly kind: 'node' | 'rack';
    readonly accelerators: number;
    readonly watts: number;
  };
}

/** What is known of a machine type on any cloud. */
export interface MachineBase extends Sourced {
  readonly cloud: Cloud;
  /** The provider's name for it, such as `p6-b300.48xlarge`. */
  readonly type: string;
  /** Accelerator key; absent for CPU machines. */
  readonly accelerator?: string;
  /** Accelerators of one node. */
  readonly accelerators: number;
  /**
   * Memory of one accelerator as the provider states it (providers write GB and mean GiB); programs see a little less.
   * Absent for CPU machines and where it is not published.
   */
  readonly acceleratorMemoryGiB?: number;
  /** Chosen when a pool names only this accelerator. @default false */
  readonly preferred?: boolean;
  /** Absent where it is not published. */
  readonly vcpus?: number;
  /** Memory of the host. Absent where it is not published. */
  readonly memoryGiB?: number;
  readonly architecture: Architecture;
  /** Nodes of one scale-up (NVLink, NeuronLink) domain: 18 for an NVL72 rack, 1 where the node is the domain. */
  readonly scaleUpNodes: number;
  /**
   * Most nodes that are provisioned as one group: one rack for rack machines, else the size of one RDMA domain or the
   * provider's limit of nodes a pool.
   */
  readonly groupNodes: number;
  /** Where `groupNodes` comes from. @default the source of the row */
  readonly groupSource?: Sourced;
  /** Slice topologies that can be ordered, for machines that come in slices (TPU). */
  readonly topologies?: readonly string[];
  /** Fabric bandwidth of one node, Gbit/s; 0 where there is no RDMA or ICI fabric. */
  readonly scaleOutGbps: number;
  /** Local NVMe of one node, GB; 0 where none is known of. */
  readonly localNvmeGB: number;
  /** Ways in which it can be obtained. */
  readonly capacity: readonly CapacityKind[];
  /** Sold to everybody, or only after the provider allows it. */
  readonly availability: 'public' | 'restricted';
  /** Regions where it was seen; indicative, never a reason to refuse. */
  readonly regions?: readonly string[];
  /** Zones that have it, where it is sold in some zones of its regions only; indicative too. @default not known */
  readonly zones?: readonly string[];
  /**
   * Facts that the provider does not publish and without which no pool can be planned: their fields hold nothing
   * (absent, or 0). An estate that knows them states them under `catalog:`.
   * @default none
   */
  readonly unpublished?: readonly string[];
  /** Power of one node under full load with everything in it, W. @default that of its accelerators */
  readonly nodeWatts?: number;
  /** Resource under which Kubernetes counts its accelerators. @default that of the accelerator's catalog row */
  readonly resourceName?: string;
  /** Maker of its accelerators, as the accelerator's catalog row has it. @default not known, or a CPU machine */
  readonly vendor?: Accelerator['vendor'];
}

/** Machines of one type that are sold as one scale-up domain of a size of its own: an UltraServer of AWS. */
export interface UltraServer extends Sourced {
  /** The provider's name for it, such as `u-p6e-gb200x36`. */
  readonly type: string;
  /** Its machine type. */
  readonly machine: string;
  /** Machines of one. */
  readonly nodes: number;
}

/** An accelerator or machine that a provider sells and that has no row, with the reason. */
export interface WithheldRow extends Sourced {
  readonly cloud: Cloud;
  /** Accelerator key. */
  readonly accelerator: string;
  /** Why there is no row, as part of a sentence. */
  readonly reason: string;
}

/** One performance tier of a managed Lustre file system. */
export interface LustreTier extends Sourced {
  readonly throughputMBpsPerTiB: number;
  /** Smallest size, in the unit of the cloud's Lustre catalog. */
  readonly min: number;
  readonly max: number;
  /** Sizes grow in these steps; each step holds for sizes up to `upTo` (counted from 0, or from `from`). */
  readonly steps: readonly { readonly upTo: number; readonly step: number }[];
}

/** Managed Lustre of one cloud. */
export interface LustreCatalog<T extends LustreTier = LustreTier> {
  /** The unit in which the provider sizes it. */
  readonly unit: SizeUnit;
  readonly tiers: readonly T[];
}

/** A number that a provider limits, with the reason it is planned with. */
export interface Limit extends Sourced {
  readonly value: number;
}

/** Limits of what lies in one cluster or network. */
export interface Limits {
  /** Nodes of one managed Kubernetes cluster. */
  readonly nodesPerShard: Limit;
  /** Node pools of one managed Kubernetes cluster, without the system pool. */
  readonly poolsPerShard: Limit;
  /** Address blocks of one network. */
  readonly blocksPerNetwork: Limit;
  /** Object stores that the workloads of one cluster may use. @default no limit is known */
  readonly objectMounts?: Limit;
}

/** What counts toward the limits of one stack. */
export interface StackCounts {
  readonly resources: number;
  readonly outputs: number;
  readonly bytes: number;
}

/** How many stores one stack has room for, where the service that applies stacks limits them. */
export interface StackRoom extends Sourced {
  /** What the service takes in one stack. */
  readonly limits: StackCounts;
  /** Part of the limits that new stores may fill. A store cannot move, and a later release may make more of each. */
  readonly share: number;
  /** Most that a stack without stores has. */
  readonly empty: StackCounts;
  /** Most that a store adds, by its kind. */
  readonly perStore: Readonly<Record<'lustre' | 'object', StackCounts>>;
}

/** What subnets are for; the roles of one cloud are the rows of its catalog. */
export const SUBNET_ROLES = [
  'public',
  'control-plane',
  'nodes',
  'pods',
  'services',
  'load-balancers',
  'endpoints',
  'storage',
  'gateway',
] as const;

/** What a subnet is for. */
export type SubnetRole = (typeof SUBNET_ROLES)[number];

/** What the addresses of a Lustre file system's servers depend on. */
export interface FileSystemSize {
  /** In the unit of the cloud's Lustre catalog. */
  readonly size: number;
  readonly throughputMBpsPerTiB: number;
}

/** What takes addresses of a range. */
export interface RangeContents {
  /** Addresses that nothing below may take: those that the provider keeps of each subnet, and room for what else comes. */
  readonly kept: number;
  /** Addresses that are planned for a node. @default none: no nodes lie in it */
  readonly perNode?: (machine: MachineBase) => number;
  /** Addresses that a node cannot do without. @default as many as are planned for it */
  readonly leastPerNode?: (machine: MachineBase) => number;
  /** Addresses of the servers of a Lustre file system. @default none: no file systems lie in it */
  readonly perFileSystem?: (fileSystem: FileSystemSize) => number;
  /** Times their size to which file systems may grow in a new range. @default 1 */
  readonly growth?: number;
}

/** What is made at a site and needs ranges: clusters, pools (also of clusters that exist), stores, their keys, gateways. */
export type RangeUser = 'cluster' | 'pool' | 'file-system' | 'object-store' | 'key' | 'gateway';

/** A range that the plan allocates for each thing of a kind. */
export interface SubnetRow extends Sourced {
  readonly role: SubnetRole;
  /** One for the site, for each of its zones, for each shard or Lustre file system at it, or for the gateway of its links. */
  readonly per: 'site' | 'zone' | 'shard' | 'file-system' | 'gateway';
  /** Prefix length; shorter where what the range holds needs more addresses. */
  readonly prefix: number;
  /** What its addresses are for. @default nothing is counted: its size is enough for every plan */
  readonly holds?: RangeContents;
  /**
   * Whether further ranges are added when one is full, since a range cannot grow: `nodes-us-east-1a-2`.
   *
   * @default false
   */
  readonly appends?: boolean;
  /** What cannot be made without it in a network that exists already. */
  readonly neededBy: readonly RangeUser[];
  /** Shortest prefix that the service takes: what needs more addresses fits into no range. @default any */
  readonly shortestPrefix?: number;
  /** Whether nothing else may lie in one. @default false: things of a kind may share a subnet that exists */
  readonly alone?: boolean;
  /** Longest prefix that the service takes, for subnets that exist already. @default only what it holds counts */
  readonly longestPrefix?: number;
  /** `routable`: unique in the estate; `pods`, `services`: reused by every site. */
  readonly space: 'routable' | 'pods' | 'services';
}

/** A finished range of addresses, as constructs take it. */
export interface SubnetAllocation {
  /** Stable key inside the network, such as `nodes-us-east-2b` or `nodes-ohio-b200`. */
  readonly key: string;
  readonly role: SubnetRole;
  readonly cidr: string;
  /** Zone it lies in, for ranges that belong to one. */
  readonly zone?: string;
  /** Shard or file system that it belongs to, for ranges that belong to one. */
  readonly owner?: string;
  /** Which of several ranges of its role and place it is, from 2 on. @default the first */
  readonly ordinal?: number;
}

/** How far the nodes of a cluster may be behind its control plane; they are never ahead of it. */
export interface VersionSkew extends Sourced {
  /** In minor versions. */
  readonly behind: number;
}

/** Kubernetes versions that a provider offers. */
export interface KubernetesVersions extends Sourced {
  /** Minor versions, oldest first, such as `1.35`. */
  readonly offered: readonly string[];
  /** What a version that is not among them has to be, since the service takes nothing else: a minor version or a release. */
  readonly newer: 'minor' | 'release';
  readonly preferred: string;
  /**
   * Whole releases of the offered versions, where the service takes them besides: it answers with whole ones, so nodes
   * are kept at nothing less.
   *
   * @default none are taken besides `offered`
   */
  readonly releases?: { readonly pattern: RegExp; readonly example: string };
  readonly skew: VersionSkew;
}

/** A zone that lies away from its region. */
export interface RemoteZone {
  /** The zone that it hangs on; on AWS the id of the zone, since letters differ by account. @default not known */
  readonly parent?: string;
}

/** What is known of one region; what is not stated is not known, and nothing is refused by it. */
export interface RegionRow extends Sourced {
  /**
   * Its zones as the provider writes them (`us-east-2a`, `1`, `us-central1-f`), on Oracle Cloud without the prefix of
   * the tenancy (`PHX-AD-1`). Empty where a region has none.
   *
   * @default not known, so that only the form of a zone is checked
   */
  readonly zones?: readonly string[];
  /**
   * Zones away from the region that hang on one of its zones, by name: Local Zones of AWS, AI zones of Google Cloud.
   *
   * @default none known of
   */
  readonly remoteZones?: Readonly<Record<string, RemoteZone>>;
  /**
   * Types of resources that it does not offer, as the provider's tool names them (`AWS::EC2::SubnetCidrReservation`).
   *
   * @default none known of
   */
  readonly lacks?: readonly string[];
  /** Short name of the region inside ids and names of its services, such as `phx` of Oracle Cloud. @default its name */
  readonly key?: string;
  /** Group of regions that share tenancies, such as `oc1` of Oracle Cloud. @default not known */
  readonly realm?: string;
}

/** The regions of one cloud. */
export interface RegionCatalog extends Sourced {
  readonly names: readonly string[];
  /** What is known of single regions, by name. */
  readonly rows: Readonly<Record<string, RegionRow>>;
}

/** Days of a week, as estate files write them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** A weekly time in which a service may change a cluster, UTC. */
export interface MaintenanceWindow {
  /** From Monday to Sunday. */
  readonly days: readonly Weekday[];
  /** Time of the day at which it opens, such as `04:00`. */
  readonly startTime: string;
  readonly hours: number;
}

/** A time in which a service changes neither the minor version nor the nodes of a cluster. */
export interface MaintenanceExclusion {
  readonly name: string;
  /** RFC 3339 time. */
  readonly startTime: string;
  /** RFC 3339 time. @default open: until the minor version of the cluster is no longer supported */
  readonly endTime?: string;
}

/** A service that changes clusters by itself, in windows that its users choose. */
export interface MaintenanceOffer extends Sourced {
  readonly offered: true;
  /** Used where an estate names none. */
  readonly window: MaintenanceWindow;
  /** Used where an estate names none. */
  readonly exclusions: readonly MaintenanceExclusion[];
  /** Days of one window. */
  readonly mostDays: number;
  readonly fewestHours: number;
  readonly mostHours: number;
  /** Exclusions of one cluster. @default no limit is known */
  readonly mostExclusions?: number;
  /** Whether an exclusion may have no end. */
  readonly openExclusions: boolean;
}

/** A service that changes nothing by itself, or at times that nobody chooses. */
export interface NoMaintenanceOffer extends Sourced {
  readonly offered: false;
  /** Why there is nothing to say, as a sentence. */
  readonly reason: string;
  /** What to do in its place. */
  readonly instead: string;
}

/** What a managed Kubernetes service lets its users say about when it changes a cluster. */
export type MaintenanceCatalog = MaintenanceOffer | NoMaintenanceOffer;

/** Everything the catalog knows of one cloud. */
export interface CloudCatalog<M extends MachineBase = MachineBase, T extends LustreTier = LustreTier> {
  readonly cloud: Cloud;
  /** Name in reports, such as `Google Cloud`. */
  readonly title: string;
  /** Machine types by the provider's name. */
  readonly machines: Readonly<Record<string, M>>;
  /** UltraServers by the provider's name. @default none: the domain of a machine has one size */
  readonly ultraServers?: Readonly<Record<string, UltraServer>>;
  /** CPU machine of system pools, by the provider's name. */
  readonly systemMachine: string;
  /** What the nodes of a system pool are counted for. @default for the whole cluster */
  readonly systemNodes?: { readonly per: 'zone' } & Sourced;
  readonly lustre: LustreCatalog<T>;
  /** Room of one stack of stores; a site with more of them has several. @default one stack takes any number */
  readonly storageStack?: StackRoom;
  readonly limits: Limits;
  readonly subnets: readonly SubnetRow[];
  readonly kubernetes: KubernetesVersions;
  readonly maintenance: MaintenanceCatalog;
  /** Regions in which the provider operates; used to refuse typing mistakes. */
  readonly regions: RegionCatalog;
}
