import { ControlPlaneScalingTier } from 'aws-cdk-lib/aws-eks-v2';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  type AlarmOptions,
  Autoscaler,
  addTags,
  Capacity,
  Cluster,
  Fabric,
  type ICluster,
  Identity,
  type IEncryptionKey,
  type IFileSystem,
  type INetwork,
  type IObjectStore,
  type NodePool,
} from '../../constructs/aws';
import { homeRegion } from '../../estate/catalog/aws-regions';
import { forwardedReservations } from '../../estate/plan/alerts';
import { awsFabric, awsMountId, type FabricMember } from '../../estate/plan/fabrics';
import { awsOutputs, ids, names } from '../../estate/plan/ids';
import { labelsOf } from '../../estate/plan/labels';
import type { GroupPlan, MountPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { alarmsTo } from './alarms';
import { existingCluster, existingFileSystem, existingKeyOf, existingObjectStore, keyOf, networkOf } from './existing';
import { capacityEvents } from './foundation';
import { addShardGrants } from './grants';
import { siteStackProps } from './site-stack-props';
import type { StorageStack } from './storage';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps {
  /** The cluster, or the pools of one that exists already. */
  readonly shard: ShardPlan<'aws'>;
  /** The network that a stack has made. @default - the one of the site that exists already */
  readonly network?: INetwork;
  /** Stacks of the stores of the site. @default - the cluster mounts none */
  readonly storage?: readonly StorageStack[];
}

type ObjectStoreMount = Extract<MountPlan<'aws'>, { kind: 'object' }>;
type FileSystemMount = Extract<MountPlan<'aws'>, { kind: 'lustre' }>;

/**
 * One EKS cluster: its key, fabrics, pools and the identity of its workloads. Of a cluster that exists already only the
 * fabrics, pools and identity.
 */
export class ClusterStack extends Stack {
  /** Encrypts secrets and disks; none for a cluster that exists already, unless one does for the site too. */
  readonly encryptionKey?: IEncryptionKey;
  /** The cluster, made here or elsewhere. */
  readonly cluster: ICluster;
  /** What its workloads act as. */
  readonly identity: Identity;
  /** By zone; pools of on-demand machines have one of their own, by the key of the pool. */
  readonly fabrics = new Map<string, Fabric>();
  /** By the id of the group, `<pool>-<group>`. */
  readonly pools = new Map<string, NodePool>();

  private readonly shard: ShardPlan<'aws'>;
  private readonly network: INetwork;
  private readonly objectStores = new Map<string, IObjectStore>();

  constructor(scope: Construct, id: string, { shard, network, storage = [] }: ClusterStackProps) {
    super(scope, id, { ...siteStackProps(shard.site), terminationProtection: true });
    this.shard = shard;
    this.network = networkOf(this, shard.site, network);
    const { name, tags } = shard;
    if (shard.existing === undefined) {
      this.encryptionKey = keyOf(this, shard.site, { name: names.clusterKey(shard), tags });
      this.cluster = this.addCluster(this.encryptionKey);
    } else {
      this.encryptionKey = existingKeyOf(this, shard.site);
      this.cluster = existingCluster(this, shard.existing, this.network, this.encryptionKey);
    }
    this.identity = new Identity(this, ids.workload, { name, cluster: this.cluster, ...shard.workload, tags });
    for (const pool of shard.pools) this.addPool(pool);
    this.addAutoscaler();
    for (const { pool, machine, zone, capacity } of shard.retired) {
      // Its nodes go on running, and need their fabric and what that mounts.
      if (machine !== undefined && zone !== undefined)
        this.fabricOf({ key: pool, machine, zone, kind: capacity })?.retain();
    }
    for (const store of shard.mounts) this.mount(store, storage);
    addShardGrants(this, {
      shard,
      cluster: this.cluster,
      workload: this.identity,
      storeOf: (key) => this.storeOfSite(key, storage),
    });
    this.addStoreDrivers();
    this.forwardCapacityEvents();
    new CfnOutput(this.cluster, awsOutputs.clusterName, { value: this.cluster.clusterName });
  }

  private addCluster(encryptionKey: IEncryptionKey): Cluster {
    const { shard, network } = this;
    const { machine, nodes, release } = shard.systemPool;
    return new Cluster(this, ids.cluster, {
      name: shard.name,
      clusterName: shard.clusterName,
      network,
      version: shard.kubernetesVersion,
      serviceCidr: shard.serviceCidr,
      systemPool: { machine, nodeCount: nodes, releaseVersion: release },
      addonVersions: shard.addons,
      controlPlaneTier: shard.controlPlaneTier && CONTROL_PLANE_TIERS[shard.controlPlaneTier],
      zones: shard.controlPlaneZones,
      encryptionKey,
      clusterAdmins: shard.access.administrators,
      clusterViewers: shard.access.viewers,
      apiAccessCidrs: shard.access.ranges,
      logRetentionDays: shard.logRetentionDays,
      alarms: this.alarms(encryptionKey),
      tags: shard.tags,
    });
  }

  private alarms(encryptionKey: IEncryptionKey | undefined): AlarmOptions | undefined {
    const { shard } = this;
    if (encryptionKey === undefined) return undefined;
    const { tags } = shard;
    return alarmsTo(this, shard.alarms, { name: (owner) => names.clusterAlarms(shard, owner), encryptionKey, tags });
  }

  private addPool(pool: PoolPlan<'aws'>): void {
    const fabric = this.fabricOf({ ...pool, kind: pool.capacity.kind });
    for (const group of pool.groups) this.pools.set(group.id, this.addGroup(pool, group, fabric));
  }

  /** What sizes the pools with a range; of a cluster that exists already it is its owner's. */
  private addAutoscaler(): void {
    const groups = this.shard.pools.flatMap((pool) => pool.groups.filter(({ minNodes }) => minNodes !== undefined));
    const pools = groups.flatMap(({ id }) => this.pools.get(id) ?? []);
    if (pools.length === 0) return;
    for (const pool of pools) new CfnOutput(pool, awsOutputs.group, { value: pool.nodePoolName });
    if (this.shard.existing !== undefined) return;
    const { name, tags } = this.shard;
    new Autoscaler(this, ids.autoscaler, { name, cluster: this.cluster, pools, tags });
  }

  private addGroup(pool: PoolPlan<'aws'>, group: GroupPlan, fabric: Fabric | undefined): NodePool {
    return this.cluster.addNodePool(ids.poolInCluster(group.id), {
      name: names.pool('aws', this.shard, group.id),
      machine: pool.machine,
      nodeCount: group.nodes,
      minNodeCount: group.minNodes,
      keepsSize: group.keepsSize,
      maxNodeCount: pool.groupNodes,
      zone: pool.zone,
      range: group.range,
      fabric,
      capacity: this.capacityOf(pool, group),
      labels: labelsOf(pool, group),
      taints: pool.taints,
      version: pool.kubernetesVersion,
      releaseVersion: pool.release,
      tags: pool.tags,
    });
  }

  private capacityOf({ capacity }: PoolPlan<'aws'>, group: GroupPlan): Capacity {
    return new Capacity(this, ids.capacity(group.id), {
      kind: capacity.kind,
      id: group.reservation,
      placementGroup: capacity.kind === 'reservation' ? capacity.placementGroup : undefined,
      alarms: this.isFirstOf(group) ? this.alarms(this.encryptionKey) : undefined,
    });
  }

  /** Groups of one reservation are told of once. */
  private isFirstOf({ id, reservation }: GroupPlan): boolean {
    const groups = this.shard.pools.flatMap((pool) => pool.groups);
    return reservation !== undefined && groups.find((group) => group.reservation === reservation)?.id === id;
  }

  /** One fabric for the reserved machines of a zone; on-demand ones are packed pool by pool instead. */
  private fabricOf(member: FabricMember<'aws'>): Fabric | undefined {
    const planned = awsFabric(this.shard, member);
    if (planned === undefined) return undefined;
    const { key, zone, pool } = planned;
    const existing = this.fabrics.get(key);
    if (existing !== undefined) return existing;
    const fabric = new Fabric(this, ids.fabric(key), {
      name: names.fabric(this.shard, key),
      network: this.network,
      zone,
      machine: member.machine,
      placement: pool === undefined ? 'none' : 'cluster',
      tags: this.shard.tags,
    });
    this.fabrics.set(key, fabric);
    return fabric;
  }

  /** What mounts stores as volumes; what runs on a cluster of somebody else is their choice. */
  private addStoreDrivers(): void {
    const { cluster, shard } = this;
    if (!(cluster instanceof Cluster)) return;
    for (const kind of STORE_KINDS) {
      if (!shard.mounts.some((store) => store.kind === kind)) continue;
      cluster.addAddon(STORE_DRIVERS[kind]).node.addDependency(cluster.systemPool);
    }
  }

  private mount(store: MountPlan<'aws'>, storage: readonly StorageStack[]): void {
    const { key } = store;
    if (store.kind === 'object') {
      this.objectStore(store, storage).grants.readWrite(this.identity);
      return;
    }
    const fileSystem = this.fileSystem(store, storage);
    fileSystem.allowClient(this, ids.mount(key), this.cluster);
    for (const [fabricKey, fabric] of this.fabrics) {
      if (fabric.zone !== store.zone) continue;
      fileSystem.allowClient(this, awsMountId(this.shard, key, fabricKey), fabric);
    }
  }

  private objectStore(store: ObjectStoreMount, storage: readonly StorageStack[]): IObjectStore {
    const { key } = store;
    const known =
      this.objectStores.get(key) ??
      (store.existing !== undefined
        ? existingObjectStore(this, store)
        : found(
            storage.flatMap(({ objectStores }) => objectStores.get(key) ?? []),
            key,
          ));
    this.objectStores.set(key, known);
    return known;
  }

  private storeOfSite(wanted: string, storage: readonly StorageStack[]): IObjectStore {
    const { stores, existingStores } = this.shard.site;
    const store = [...stores, ...existingStores].find(({ key }) => key === wanted);
    if (store?.kind !== 'object') throw new Error(`store "${wanted}" is no object store of the site`);
    return this.objectStore(store, storage);
  }

  private fileSystem(store: FileSystemMount, storage: readonly StorageStack[]): IFileSystem {
    if (store.existing !== undefined) return existingFileSystem(this, store);
    return found(
      storage.flatMap(({ fileSystems }) => fileSystems.get(store.key) ?? []),
      store.key,
    );
  }

  /**
   * Events stay in their region; those of this shard's reservations go on to where the account's alerts are. Warnings of
   * single machines name no reservation and stay behind: that of their block comes before.
   */
  private forwardCapacityEvents(): void {
    const reservations = forwardedReservations(this.shard);
    if (reservations.length === 0) return;
    const region = homeRegion(this.region);
    const arn = this.formatArn({ service: 'events', region, resource: 'event-bus', resourceName: 'default' });
    const bus = EventBus.fromEventBusArn(this, 'alert-bus', arn);
    const rule = new Rule(this, 'capacity-events', {
      eventPattern: {
        source: ['aws.ec2'],
        detailType: capacityEvents(),
        detail: { 'capacity-reservation-id': reservations },
      },
      targets: [new EventBusTarget(bus)],
    });
    for (const made of [rule, bus]) addTags(made, this.shard.tags);
  }
}

const CONTROL_PLANE_TIERS = {
  standard: ControlPlaneScalingTier.STANDARD,
  xl: ControlPlaneScalingTier.TIER_XL,
  '2xl': ControlPlaneScalingTier.TIER_2XL,
  '4xl': ControlPlaneScalingTier.TIER_4XL,
  '8xl': ControlPlaneScalingTier.TIER_8XL,
} as const;

/**
 * The add-on for each kind of store, in the order in which they came to be.
 *
 * None has a role: that of FSx makes file systems, which the estate does, and that of S3 asks with the role of the pod
 * where a volume says `authenticationSource: pod`. A role of its own would open every mounted bucket to every pod.
 */
const STORE_DRIVERS = { lustre: 'aws-fsx-csi-driver', object: 'aws-mountpoint-s3-csi-driver' } as const;
const STORE_KINDS = ['lustre', 'object'] as const;

function found<T>([store]: readonly T[], key: string): T {
  if (store === undefined) throw new Error(`store "${key}" is not in a storage stack of the site`);
  return store;
}
