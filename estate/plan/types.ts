import type { Catalog, Cloud, LustreTierOf, MachineOf, SubnetAllocation } from '../catalog';
import type { Access, Runner } from '../spec/access';
import type { Exchange } from '../spec/exchange';
import type { Account, Capacity, Cluster, StateSettings } from '../spec/schema';
import type { SizeUnit, Tags } from '../units';
import type { SupernetPlan } from './address-types';
import type {
  EgressPlan,
  ExistingClusterOf,
  ExistingFileSystemOf,
  ExistingNetworkOf,
  ExistingObjectStoreOf,
} from './existing-types';
import type { NeedsByCloud } from './foundation-types';
import type { AccountGrantsPlan, GrantHalfPlan, GrantPlan, ShardGrantsPlan } from './grants/types';
import type { GatewayPlan, HalfLinkPlan, LinkPlan } from './links/types';
import type { MaintenancePlan } from './maintenance';
import type { BudgetPlan, CommitmentPlan, GuardrailsPlan } from './money-types';
import type { StorageStackName } from './names';
import type { AccountTransfersPlan, ReplicationHalf, ReplicationPlan } from './replication/types';
import type { ClusterWatchPlan, FileSystemWatchPlan, ObjectStoreWatchPlan } from './watch-types';

/** The account of one cloud, as written in the estate file. */
export type AccountOf<C extends Cloud> = Extract<Account, { cloud: C }>;

/** The zone of something that lies in one: only Azure has regions without zones, where it is undefined. */
export interface ZoneOf {
  readonly aws: string;
  readonly azure: string | undefined;
  readonly google: string;
  readonly oracle: string;
}

/** An account, resolved: what exists once for it. */
export interface AccountPlan<C extends Cloud = Cloud> {
  readonly cloud: C;
  readonly key: string;
  /** First part of the names of its resources: `<estate>-<account>`. */
  readonly name: string;
  readonly ids: AccountOf<C>;
  /** Regions in which the estate has sites of this account, sorted. */
  readonly regions: readonly string[];
  /** Sites of this account, sorted by key: what it holds for each of them, such as a resource group on Azure. */
  readonly sites: readonly { readonly key: string; readonly name: string; readonly region: string }[];
  /** Machine types that its pools use, sorted by type, without system machines. */
  readonly machines: readonly MachineOf[C][];
  /** Regions in which it has a vault for keys of its sites and clusters, sorted; Oracle Cloud only. @default none */
  readonly vaultRegions?: readonly string[];
  /** Regions in which it has clusters with alarms, sorted. @default none */
  readonly alarmRegions?: readonly string[];
  /** How its nodes are told from other machines, Oracle Cloud only. @default by where they lie, as in earlier releases */
  readonly nodes?: 'tagged';
  /**
   * Release of the Terraform provider that its stacks are planned and applied with.
   * @default that which stacks pin by default: `PROVIDERS` in `estate/terraform-providers.ts`
   */
  readonly providerRelease?: string;
  /** Where alerts go. */
  readonly alertEmail: string;
  /** What it may cost in a month. @default none: nobody is told */
  readonly budget?: BudgetPlan;
  /** What it is limited to in its provider's own form. @default nothing */
  readonly guardrails?: GuardrailsPlan;
  /** What it does for grants from it and to it. @default there are none */
  readonly grants?: AccountGrantsPlan;
  /** What it does for transfers between buckets, Google Cloud only. @default there are none */
  readonly transfers?: AccountTransfersPlan;
  readonly tags: Tags;
  readonly stacks: { readonly foundation: string };
}

/** A site, resolved. */
export interface SitePlan<C extends Cloud = Cloud> {
  readonly cloud: C;
  readonly key: string;
  /** First part of the names of its resources: `<estate>-<site>`. */
  readonly name: string;
  readonly account: AccountPlan<C>;
  readonly region: string;
  /** Sorted; none in a region without zones. */
  readonly zones: readonly string[];
  /** Oracle's regional service gateway, from the estate file. */
  readonly serviceGateway?: { readonly serviceId: string; readonly cidrLabel: string };
  /** Power usage effectiveness of its data center. @default the average of its provider, from the catalog */
  readonly pue?: number;
  readonly network: {
    /** Routable blocks of the network; growth appends. */
    readonly cidrs: readonly string[];
    /** Every range of the network in the order of their keys; see the cloud's catalog for the roles. */
    readonly subnets: readonly SubnetAllocation[];
    /** How nodes reach the internet; of a network that exists, how they do there. */
    readonly egress: EgressPlan;
    /** DNS servers of machines in it. @default those of the cloud */
    readonly dnsServers?: readonly string[];
    /** What it is and where, with `subnets` by their ids. @default none: a stack makes it */
    readonly existing?: ExistingNetworkOf[C];
  };
  /** Where applies come from, Azure only. @default from inside the network */
  readonly runner?: Runner;
  /** Key that exists already and encrypts what lies at the site. @default each stack makes one */
  readonly encryptionKey?: ExistingKeyPlan;
  /** Where the key of its stores is made, Oracle Cloud only. @default in a vault of its own, as in earlier releases */
  readonly vault?: 'account';
  /** The gateway of its links. @default none: it has no links, or none that needs one */
  readonly gateway?: GatewayPlan<C>;
  /** Halves of links at the site that nothing is missing for, sorted by link. @default none */
  readonly links?: readonly HalfLinkPlan[];
  /** Rights of workloads of other sites to its stores that nothing is missing for, sorted by key. @default none */
  readonly grants?: readonly GrantHalfPlan[];
  /** ARNs of roles of other accounts that its workloads act as at stores of its region, sorted; AWS only. @default none */
  readonly storeRoles?: readonly string[];
  /** What the stacks of its stores make of replications, sorted by replication. @default none */
  readonly replications?: readonly ReplicationHalf[];
  /**
   * Stores that stacks here tell `stores` of the exchange of, sorted: on AWS their ARNs, which CloudFormation names, on Google
   * Cloud that what copies from them is let in. Known from the start, while the replications that ask for it may still wait.
   *
   * @default none
   */
  readonly tellsStores?: readonly string[];
  /** Range of the networks between accelerators, the same in every cluster. @default none: the cloud has no such range */
  readonly fabricCidr?: string;
  /** Keys of the shards at the site, sorted. */
  readonly shards: readonly string[];
  /** Stores that stacks make. */
  readonly stores: readonly StorePlan<C>[];
  /** Stores that exist already, sorted by key. */
  readonly existingStores: readonly ExistingStorePlan<C>[];
  /** Stores that left the estate file and are kept where they are, sorted by key. */
  readonly retired: readonly RetiredStore[];
  readonly tags: Tags;
  readonly stacks: { readonly network: string; readonly storage: string };
  /** Whether there is a stack of its network: none where that exists already. */
  readonly hasNetwork: boolean;
  /** Stacks of its stores, also of such as are kept: `stacks.storage`, and more where one does not take all of them. */
  readonly storageStacks: readonly StorageStackName[];
}

/** A managed Lustre file system, resolved. */
export interface FileSystemPlan<C extends Cloud = Cloud> extends FileSystemWatchPlan {
  readonly kind: 'lustre';
  readonly key: string;
  /** `<estate>-<store>`. */
  readonly name: string;
  readonly zone: ZoneOf[C];
  /** Size in the unit in which the provider sizes it. */
  readonly size: number;
  readonly unit: SizeUnit;
  /** Its performance tier: the row of the catalog, with the largest size that the provider has granted. */
  readonly tier: LustreTierOf[C];
  readonly existing?: undefined;
  /** Which of the stacks of its site it lies in, from 2 on. @default the first: most sites have one */
  readonly stack?: number;
  readonly tags: Tags;
}

/** An object store, resolved. */
export interface ObjectStorePlan extends ObjectStoreWatchPlan {
  readonly kind: 'object';
  readonly key: string;
  /** `<estate>-<store>`. */
  readonly name: string;
  readonly retainDays: number;
  /** Whether Object Storage copies to it, so that it has no versions; Oracle Cloud only. @default false */
  readonly isCopy?: true;
  readonly existing?: undefined;
  /** Which of the stacks of its site it lies in, from 2 on. @default the first: most sites have one */
  readonly stack?: number;
  readonly tags: Tags;
}

/** A store that left the estate file: its resources stay, and with them the ranges that they lie in. */
export interface RetiredStore {
  readonly kind: StorePlan['kind'];
  readonly key: string;
  /** `<estate>-<store>`. */
  readonly name: string;
  /** Zone of a file system. @default none: object stores have none */
  readonly zone?: string;
  /** Which of the stacks of its site it lies in, from 2 on. @default the first: most sites have one */
  readonly stack?: number;
}

/** A store that a stack makes, resolved. */
export type StorePlan<C extends Cloud = Cloud> = FileSystemPlan<C> | ObjectStorePlan;

/** A managed Lustre file system that exists already. */
export interface ExistingFileSystemPlan<C extends Cloud = Cloud> {
  readonly kind: 'lustre';
  readonly key: string;
  /** Its id or name, as its cloud knows it. */
  readonly name: string;
  readonly zone: ZoneOf[C];
  readonly existing: ExistingFileSystemOf[C];
}

/** An object store that exists already. */
export interface ExistingObjectStorePlan<C extends Cloud = Cloud> {
  readonly kind: 'object';
  readonly key: string;
  /** Its name, as its cloud knows it. */
  readonly name: string;
  readonly existing: ExistingObjectStoreOf[C];
}

/** A store that exists already. */
export type ExistingStorePlan<C extends Cloud = Cloud> = ExistingFileSystemPlan<C> | ExistingObjectStorePlan<C>;

/** A store that clusters may use: one that a stack makes, or one that exists already. */
export type MountPlan<C extends Cloud = Cloud> = StorePlan<C> | ExistingStorePlan<C>;

/** A key that exists already. */
export interface ExistingKeyPlan {
  /** ARN on AWS, resource id on Azure, name on Google Cloud, OCID on Oracle Cloud. */
  readonly id: string;
}

/** One managed Kubernetes cluster, resolved; or the pools that are added to one that exists already. */
export interface ShardPlan<C extends Cloud = Cloud> extends ClusterWatchPlan {
  readonly cloud: C;
  /** The cluster's key, for its first shard; `<cluster>-<n>` for those that growth appended. */
  readonly key: string;
  /** Key of the cluster in the estate file. */
  readonly cluster: string;
  /** First part of the names of its resources: `<estate>-<shard>`. */
  readonly name: string;
  readonly site: SitePlan<C>;
  /** The cluster that its pools are added to. @default none: its stack makes it */
  readonly existing?: ExistingClusterOf[C];
  /** Version of the control plane and the system pool, such as `1.35`. */
  readonly kubernetesVersion: string;
  /** Versions of add-ons by their names, AWS only. @default the service chooses when it installs them */
  readonly addons?: Readonly<Record<string, string>>;
  /** Its own name, known before it exists so that its logs have a group. @default the cloud or its stack chooses */
  readonly clusterName?: string;
  /** Where its key is made, Oracle Cloud only. @default in a vault of its own, as in earlier releases */
  readonly vault?: 'account';
  /** Its API server has a private DNS zone of its own, Azure only. @default that of the network, which clusters share */
  readonly ownZone?: true;
  /** Size of the control plane, AWS only. @default the service scales it by itself */
  readonly controlPlaneTier?: Cluster['controlPlaneTier'];
  /** Zones of the control plane, where the cloud fixes them at creation (AWS). @default the cloud chooses */
  readonly controlPlaneZones?: readonly string[];
  /** Range of the pods; every shard may have the same, unless its cloud wants them distinct in a network. */
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Who reaches it, and from where: what account, site and cluster say, sorted. */
  readonly access: Access;
  readonly workload: { readonly namespace: string; readonly serviceAccount: string };
  readonly systemPool: {
    readonly machine: MachineOf[C];
    /** In all zones together; 0 where the cluster exists already, with one of its own. */
    readonly nodes: number;
    /** Where the cloud counts them in each zone of the site. @default counted for the cluster */
    readonly nodesPerZone?: number;
    readonly image?: string;
    /** As in {@link PoolPlan}. */
    readonly release?: string;
  };
  /** Absent where the service changes nothing by itself. */
  readonly maintenance?: MaintenancePlan;
  readonly pools: readonly PoolPlan<C>[];
  /** Groups of held capacity that left the estate file and are kept where they run, sorted by id. */
  readonly retired: readonly RetiredGroup<C>[];
  /** Stores that its workloads may use, sorted by key; all lie at the shard's site. */
  readonly mounts: readonly MountPlan<C>[];
  /** The source side of grants. @default none begins at it */
  readonly grants?: ShardGrantsPlan;
  readonly tags: Tags;
  readonly stacks: { readonly cluster: string };
}

/** The part of a pool that lies in one shard. */
export interface PoolPlan<C extends Cloud = Cloud> {
  /** Key of the pool in the estate file. */
  readonly key: string;
  readonly machine: MachineOf[C];
  readonly zone: ZoneOf[C];
  /** Kubernetes version of its nodes: that of the cluster, unless the pool is held back. */
  readonly kubernetesVersion: string;
  readonly capacity: Capacity;
  readonly topology?: string;
  readonly image?: string;
  /** Release of the node image, AWS only. @default the latest of the Kubernetes version when nodes are made or updated */
  readonly release?: string;
  /**
   * Most nodes of one group, as it was when the pool was new; racks and slices have their own size.
   *
   * @default that of the machine
   */
  readonly groupNodes?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: Cluster['pools'][string]['taints'];
  /** Those of the shard, with what the pool says. */
  readonly tags: Tags;
  readonly groups: readonly GroupPlan[];
}

/** A group of held capacity that left the estate file: its nodes go on running, and with them what they stand on. */
export interface RetiredGroup<C extends Cloud = Cloud> {
  /** `<pool>-<key>`, as it was called. */
  readonly id: string;
  /** Key of the pool that it was part of. */
  readonly pool: string;
  readonly key: string;
  /** Machine type of its nodes. @default none: the catalog has no such row any more */
  readonly machine?: MachineOf[C];
  /** Zone of its nodes. @default none: the region has no zones */
  readonly zone?: string;
  readonly capacity: Capacity['kind'];
}

/** What is provisioned as one: a rack, a slice, or the nodes of one RDMA domain. */
export interface GroupPlan {
  /**
   * Stable inside the pool: an ordinal, or a hash of the reservation or fabric that it is bound to; for a slice with
   * its topology behind it.
   */
  readonly key: string;
  /** `<pool>-<key>`: names node pools and construct ids. */
  readonly id: string;
  /** Nodes in service; where an autoscaler sizes the group, the most. */
  readonly nodes: number;
  /** Fewest nodes, where an autoscaler sizes the group. @default - it has `nodes`, always */
  readonly minNodes?: number;
  /** Whether it has had another range since it was made: how many of it run is then left alone. AWS only. */
  readonly keepsSize?: boolean;
  /** Nodes of the rack with its spares; equal to `nodes` where nothing is held back. */
  readonly trays: number;
  /** Accelerators in service. */
  readonly accelerators: number;
  /** Reservation, capacity block, fabric or host group that it is bound to. */
  readonly reservation?: string;
  /**
   * Which of the ranges of its zone its nodes and their pods lie in, from 2 on (`SubnetAllocation.ordinal`).
   *
   * @default the first: most zones have one
   */
  readonly range?: number;
}

/** The plan of one cloud. */
export interface CloudPlan<C extends Cloud = Cloud> {
  /** Accounts that have a site, sorted by key. */
  readonly accounts: readonly AccountPlan<C>[];
  /** Sorted by key. */
  readonly sites: readonly SitePlan<C>[];
  /** Sorted by key. */
  readonly shards: readonly ShardPlan<C>[];
}

/** What is the same for the stacks of every cloud. */
interface CommonPlan {
  /** Name of the estate, as it is now; names of things keep the first one. */
  readonly name: string;
  readonly tags: Tags;
  /** Clouds that the estate uses, in catalog order. */
  readonly clouds: readonly Cloud[];
  readonly state: StateSettings;
  /** What foundations have to know of sites that the plan leaves out. @default what its sites say */
  readonly needs?: NeedsByCloud;
}

/** Everything that stacks are made from, as plain data: a process hands it to another one as JSON. */
export interface PlanData extends CommonPlan {
  readonly byCloud: { readonly [C in Cloud]: CloudPlan<C> };
}

/** What stacks are made from. */
export interface StacksPlan extends CommonPlan {
  /** Accounts of one cloud that have a site, sorted by key. */
  accounts<C extends Cloud>(cloud: C): readonly AccountPlan<C>[];
  /** Sites of one cloud, sorted by key. */
  sites<C extends Cloud>(cloud: C): readonly SitePlan<C>[];
  /** Shards of one cloud, sorted by key. */
  shards<C extends Cloud>(cloud: C): readonly ShardPlan<C>[];
}

/** The resolved estate: every number, name, address and group decided. */
export interface Plan extends StacksPlan {
  /** What of it stacks are made from. */
  readonly data: PlanData;
  readonly commitments: readonly CommitmentPlan[];
  /** Every link, with what its halves wait for, sorted by key. */
  readonly links: readonly LinkPlan[];
  /** Every grant, with what its edges wait for, sorted by key. */
  readonly grants: readonly GrantPlan[];
  /** Every replication, with what it waits for, sorted by key. */
  readonly replications: readonly ReplicationPlan[];
  /** What clouds have said after an apply of what pods use; empty where nothing was imported. */
  readonly told: Pick<Exchange, 'mounts' | 'buckets' | 'principals'>;
  /** Names of claims on stores by the key of the store, where the estate file says one. */
  readonly claims: Readonly<Record<string, string>>;
  /** Every allocated range by its key in the lock file. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Where the networks of each cloud are cut from, and how full that is; in catalog order. */
  readonly supernets: readonly SupernetPlan[];
  /** What it was planned with: the built-in catalog, with the estate's own rows in place. */
  readonly catalog: Catalog;
}
