import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  addTags,
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  Identity,
  type INetwork,
  type NodePool,
} from '../../constructs/aws';
import type { GroupPlan, MountPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { capacityEvents, homeRegion } from './foundation';
import { siteStackProps } from './site-stack-props';
import type { StorageStack } from './storage';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps {
  readonly shard: ShardPlan<'aws'>;
  readonly network: INetwork;
  /** Stacks of the stores of the site. @default - the cluster mounts none */
  readonly storage?: readonly StorageStack[];
}

/** What decides which fabric nodes join. */
interface FabricMembers extends Pick<PoolPlan<'aws'>, 'key' | 'machine' | 'zone'> {
  readonly kind: PoolPlan['capacity']['kind'];
}

/** One EKS cluster: its key, fabrics, pools and the identity of its workloads. */
export class ClusterStack extends Stack {
  readonly encryptionKey: EncryptionKey;
  readonly cluster: Cluster;
  readonly identity: Identity;
  /** By zone; pools of on-demand machines have one of their own, by the key of the pool. */
  readonly fabrics = new Map<string, Fabric>();
  /** By the id of the group, `<pool>-<group>`. */
  readonly pools = new Map<string, NodePool>();

  private readonly shard: ShardPlan<'aws'>;
  private readonly network: INetwork;

  constructor(scope: Construct, id: string, { shard, network, storage = [] }: ClusterStackProps) {
    super(scope, id, { ...siteStackProps(shard.site), terminationProtection: true });
    this.shard = shard;
    this.network = network;
    const { name, tags } = shard;
    this.encryptionKey = new EncryptionKey(this, 'key', { name: `${name}-cluster`, tags });
    this.cluster = new Cluster(this, 'cluster', {
      name,
      network,
      version: shard.kubernetesVersion,
      serviceCidr: shard.serviceCidr,
      systemPool: {
        machine: shard.systemPool.machine,
        nodeCount: shard.systemPool.nodes,
        releaseVersion: shard.systemPool.release,
      },
      addonVersions: shard.addons,
      zones: shard.controlPlaneZones,
      encryptionKey: this.encryptionKey,
      clusterAdmins: shard.clusterAdmins,
      tags,
    });
    this.identity = new Identity(this, 'workload', { name, cluster: this.cluster, ...shard.workload, tags });
    for (const pool of shard.pools) this.addPool(pool);
    for (const { pool, machine, zone, capacity } of shard.retired) {
      // Its nodes go on running, and need their fabric and what that mounts.
      if (machine !== undefined && zone !== undefined)
        this.fabricOf({ key: pool, machine, zone, kind: capacity })?.retain();
    }
    for (const store of shard.mounts) this.mount(store, storage);
    if (shard.mounts.some(({ kind }) => kind === 'lustre')) {
      this.cluster.addAddon('aws-fsx-csi-driver').node.addDependency(this.cluster.systemPool);
    }
    this.forwardCapacityEvents();
    new CfnOutput(this.cluster, 'name', { value: this.cluster.clusterName });
  }

  private addPool(pool: PoolPlan<'aws'>): void {
    const fabric = this.fabricOf({ ...pool, kind: pool.capacity.kind });
    for (const group of pool.groups) this.pools.set(group.id, this.addGroup(pool, group, fabric));
  }

  private addGroup(pool: PoolPlan<'aws'>, group: GroupPlan, fabric: Fabric | undefined): NodePool {
    return this.cluster.addNodePool(group.id, {
      name: `${this.shard.name}-${group.id}`,
      machine: pool.machine,
      nodeCount: group.nodes,
      maxNodeCount: pool.groupNodes,
      zone: pool.zone,
      range: group.range,
      fabric,
      capacity: new Capacity(this, `capacity-${group.id}`, { kind: pool.capacity.kind, id: group.reservation }),
      labels: pool.labels,
      taints: pool.taints,
      version: pool.kubernetesVersion,
      releaseVersion: pool.release,
      tags: this.shard.tags,
    });
  }

  /** One fabric for the reserved machines of a zone; on-demand ones are packed pool by pool instead. */
  private fabricOf({ key, machine, zone, kind }: FabricMembers): Fabric | undefined {
    if (machine.efa === undefined) return undefined;
    const packed = kind === 'on-demand';
    const id = packed ? key : zone;
    const existing = this.fabrics.get(id);
    if (existing !== undefined) return existing;
    const fabric = new Fabric(this, `fabric-${id}`, {
      name: `${this.shard.name}-${id}`,
      network: this.network,
      zone,
      machine,
      placement: packed ? 'cluster' : 'none',
      tags: this.shard.tags,
    });
    this.fabrics.set(id, fabric);
    return fabric;
  }

  private mount(store: MountPlan<'aws'>, storage: readonly StorageStack[]): void {
    const { key } = store;
    if (store.kind === 'object') {
      const objectStores = storage.flatMap((stack) => stack.objectStores.get(key) ?? []);
      found(objectStores, key).grants.readWrite(this.identity);
      return;
    }
    const fileSystems = storage.flatMap((stack) => stack.fileSystems.get(key) ?? []);
    const fileSystem = found(fileSystems, key);
    fileSystem.allowClient(this, `mount-${key}`, this.cluster);
    for (const [fabricKey, fabric] of this.fabrics) {
      if (fabric.zone !== store.zone) continue;
      fileSystem.allowClient(this, `mount-${key}-${fabricKey}`, fabric);
    }
  }

  /** Events stay in their region; those of this shard's reservations go on to where the account's alerts are. */
  private forwardCapacityEvents(): void {
    const home = homeRegion(this.region);
    const ids = this.shard.pools
      .flatMap((pool) => pool.groups.flatMap(({ reservation }) => reservation ?? []))
      // What is in a resource group of reservations is not known here, and events do not name the group.
      .filter((id) => !id.startsWith('arn:'));
    if (home === this.region || ids.length === 0) return;
    const arn = this.formatArn({ service: 'events', region: home, resource: 'event-bus', resourceName: 'default' });
    const bus = EventBus.fromEventBusArn(this, 'alert-bus', arn);
    const rule = new Rule(this, 'capacity-events', {
      eventPattern: {
        source: ['aws.ec2'],
        detailType: capacityEvents(),
        detail: { 'capacity-reservation-id': [...new Set(ids)].sort() },
      },
      targets: [new EventBusTarget(bus)],
    });
    for (const made of [rule, bus]) addTags(made, this.shard.tags);
  }
}

function found<T>([store]: readonly T[], key: string): T {
  if (store === undefined) throw new Error(`store "${key}" is not in a storage stack of the site`);
  return store;
}
