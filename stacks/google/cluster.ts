import { Construct } from 'constructs';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import {
  type AdminGrant,
  bucketNameOf,
  Capacity,
  Cluster,
  Fabric,
  FileSystem,
  type ICluster,
  Identity,
  type IEncryptionKey,
  type INetwork,
  LIMITS,
  NodePool,
  ObjectStore,
  physicalName,
} from '../../constructs/google';
import { GOOGLE_RELEASE, type GoogleMachine, googleFabricRanges } from '../../estate/catalog/google';
import { googleFabric } from '../../estate/plan/fabrics';
import { formerPoolPaths, ids, names, outputs, poolPath } from '../../estate/plan/ids';
import { labelsOf } from '../../estate/plan/labels';
import type { GroupPlan, MountPlan, PoolPlan, RetiredGroup, ShardPlan, StorePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { type FormerResource, formerlyAt, formerlyCalled, keepUnmanaged } from '../terraform';
import { alarmsTo } from './alarms';
import { FORMER_CLUSTER_LOGS, formerCluster, formerKey, keyOf, siteNetwork } from './existing';
import { useGoogle } from './google-stack';
import { addShardGrants } from './grants';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps {
  /** The shard. */
  readonly shard: ShardPlan<'google'>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * One shard: its cluster and key, the identity of its workloads, its fabrics and its pools; of a cluster that exists
 * already, only what is added to it.
 */
export class ClusterStack extends TerraformStack {
  /** Network of the site, which another stack makes or that exists already. */
  readonly network: INetwork;
  /** Key of the cluster and its disks; none where the cluster exists already and the site has no key. */
  readonly encryptionKey?: IEncryptionKey;
  /** The cluster, which may exist already. */
  readonly cluster: ICluster;
  /** What its workloads act as. */
  readonly identity: Identity;
  /** By zone and layout, such as `us-central1-a-roce-4`. */
  readonly fabrics = new Map<string, Fabric>();
  /** By the id of the group. */
  readonly pools = new Map<string, NodePool>();
  private readonly shard: ShardPlan<'google'>;
  /** None where the cluster exists already: they are its owner's. */
  private readonly admins: readonly AdminGrant[] = [];

  constructor(scope: Construct, id: string, { shard, state }: ClusterStackProps) {
    super(scope, id);
    this.shard = shard;
    const { name, site, existing, tags } = shard;
    const { ids: accountIds, providerRelease: release } = site.account;
    useGoogle(this, { projectId: accountIds.projectId, region: site.region, release, state });
    this.network = siteNetwork(this, site);
    if (existing === undefined) {
      const encryptionKey = keyOf(this, names.clusterKey(shard), tags, site);
      const cluster = this.addCluster(encryptionKey);
      this.encryptionKey = encryptionKey;
      this.cluster = cluster;
      this.admins = cluster.adminGrants;
      new TerraformOutput(this, outputs.clusterEndpoint, { value: cluster.endpoint });
    } else {
      if (site.encryptionKey !== undefined) this.encryptionKey = keyOf(this, name, tags, site);
      this.cluster = this.joinCluster(existing);
    }
    this.identity = new Identity(this, ids.workload, { name, cluster: this.cluster, ...shard.workload, tags });
    for (const pool of shard.pools) this.addPool(pool);
    for (const store of shard.mounts) this.mount(store);
    addShardGrants(this, { shard, cluster: this.cluster, workload: this.identity });
    for (const group of shard.retired) this.holdUp(group);
    keepUnmanaged(this, [
      ...this.formerNodes(),
      ...this.formerMounts(),
      ...this.formerAdmins(),
      ...(existing === undefined ? [] : formerCluster(shard.access)),
      ...((existing ?? site.encryptionKey) ? formerKey(['container', 'compute', 'logging']) : []),
      ...(shard.logRetentionDays === undefined ? FORMER_CLUSTER_LOGS : []),
    ]);
    new TerraformOutput(this, outputs.clusterName, { value: this.cluster.clusterName });
  }

  private addCluster(encryptionKey: IEncryptionKey): Cluster {
    const { shard } = this;
    const { machine, nodesPerZone, nodes } = shard.systemPool;
    return new Cluster(this, ids.cluster, {
      name: shard.name,
      network: this.network,
      subnetOwner: shard.key,
      projectId: shard.site.account.ids.projectId,
      projectNumber: shard.site.account.ids.projectNumber,
      version: shard.kubernetesVersion,
      podCidr: shard.podCidr,
      serviceCidr: shard.serviceCidr,
      systemPool: { machine, nodesPerZone: nodesPerZone ?? nodes },
      encryptionKey,
      clusterAdmins: shard.access.administrators,
      clusterViewers: shard.access.viewers,
      apiAccessCidrs: shard.access.ranges,
      securityGroup: shard.site.account.ids.securityGroup,
      binaryAuthorization: shard.binaryAuthorization,
      logRetentionDays: shard.logRetentionDays,
      alarms: alarmsTo(this, shard.alarms, {
        name: (owner) => names.clusterAlarms(shard, owner),
        projectId: shard.site.account.ids.projectId,
        tags: shard.tags,
      }),
      maintenanceWindow: shard.maintenance?.window,
      maintenanceExclusions: shard.maintenance?.exclusions,
      tags: shard.tags,
    });
  }

  private joinCluster({ id, nodeServiceAccount }: NonNullable<ShardPlan<'google'>['existing']>): ICluster {
    const { site, key } = this.shard;
    const [pods] = this.network.subnetsFor('pods', { owner: key });
    return Cluster.fromClusterAttributes(this, ids.cluster, {
      clusterName: id,
      projectId: site.account.ids.projectId,
      projectNumber: site.account.ids.projectNumber,
      region: site.region,
      zones: site.zones,
      nodeServiceAccount,
      encryptionKey: this.encryptionKey,
      podCidr: pods?.cidr,
    });
  }

  private addPool(pool: PoolPlan<'google'>): void {
    const fabric = this.fabricFor(pool);
    for (const group of pool.groups) this.addGroup(pool, group, fabric);
  }

  private addGroup(pool: PoolPlan<'google'>, group: GroupPlan, fabric: Fabric | undefined): void {
    const { machine, zone, topology, taints, capacity, kubernetesVersion } = pool;
    const node = new NodePool(this, ids.pool(group.id), {
      cluster: this.cluster,
      name: names.pool('google', this.shard, group.id),
      machine,
      nodeCount: group.nodes,
      minNodeCount: group.minNodes,
      zone,
      topology,
      version: GOOGLE_RELEASE.pattern.test(kubernetesVersion) ? kubernetesVersion : undefined,
      fabric,
      capacity: new Capacity(this, ids.capacity(group.id), {
        kind: capacity.kind,
        projectId: this.cluster.projectId,
        id: group.reservation,
        ...(capacity.kind === 'flex-start' && { maxRunHours: capacity.maxRunHours, queued: capacity.queued }),
      }),
      labels: labelsOf(pool, group),
      taints,
      tags: pool.tags,
    });
    this.pools.set(group.id, node);
    // A pool never changes its name: the plan that would replace a protected slice is refused, where one that has lost
    // sight of it would destroy it.
    formerlyAt(node, formerPoolPaths('google', group.id));
  }

  /** What a group stands on that left the estate and goes on running: its fabric, its policy, the cluster as it needs it. */
  private holdUp({ machine, zone, key }: RetiredGroup<'google'>): void {
    if (machine === undefined || zone === undefined) return;
    this.fabricFor({ machine, zone });
    this.cluster.admit(machine, 0);
    const { placement } = machine;
    const [slice] = /\d+x\d+(x\d+)?$/.exec(key) ?? [];
    if (placement?.kind === 'rack') this.cluster.workloadPolicy(placement.topology);
    else if (placement?.workloadPolicy === true && slice !== undefined) this.cluster.workloadPolicy(slice);
  }

  private formerNodes(): FormerResource[] {
    const former = (id: string) => formerPoolPaths('google', id).map((path) => [...path, 'Resource']);
    const moved = new Set([...this.pools.keys()].flatMap(former).map(String));
    return this.shard.retired
      .flatMap(({ id }) => [[...poolPath('google', id), 'Resource'], ...former(id)])
      .filter((path) => !moved.has(String(path)))
      .map((path) => ({ type: 'google_container_node_pool', path }));
  }

  /** Clients of a store that left the estate keep their way to it, whichever cluster it was that mounted it. */
  private formerMounts(): FormerResource[] {
    const mounts: Readonly<Record<StorePlan['kind'], (id: string) => FormerResource>> = {
      lustre: (id) => ({ type: 'google_compute_firewall', path: [id, 'client-nodes'] }),
      object: (id) => ({ type: 'google_storage_bucket_iam_member', path: [id, `read-write-${this.identity.key}`] }),
    };
    return this.shard.site.retired
      .filter((store) => this.shard.mounts.every(({ key }) => key !== store.key))
      .flatMap(({ kind, key }) => [ids.mount(key), formerMountId(key)].map((id) => mounts[kind](id)));
  }

  /** Grants had the ids that they were spelled by, each its own; of several spellings, one grant is left to be managed. */
  private formerAdmins(): FormerResource[] {
    return this.admins.flatMap(({ grant, id, spelledIds }) => {
      const former = spelledIds.filter((spelled) => spelled !== id);
      const moved = former.length === spelledIds.length ? former.slice(0, 1) : [];
      for (const spelled of moved) formerlyCalled(grant, spelled);
      return former
        .slice(moved.length)
        .map((spelled) => ({ type: 'google_project_iam_member', path: [ids.cluster, spelled] }));
    });
  }

  /** Machines of one zone with the same interfaces share their networks. */
  private fabricFor(member: { readonly machine: GoogleMachine; readonly zone: string }): Fabric | undefined {
    const { key } = googleFabric(member) ?? {};
    if (key === undefined) return undefined;
    const fabric =
      this.fabrics.get(key) ??
      new Fabric(this, ids.fabric(key), {
        ...member,
        name: names.fabric(this.shard, key),
        network: this.network,
        projectId: this.cluster.projectId,
        ranges: googleFabricRanges(this.shard.site.fabricCidr),
      });
    this.fabrics.set(key, fabric);
    return fabric;
  }

  private mount(store: MountPlan<'google'>): void {
    const { key, name } = store;
    if (store.kind === 'object') {
      const bucketName = store.existing?.id ?? bucketNameOf(name, this.cluster.projectId);
      ObjectStore.fromBucketName(this, ids.mount(key), bucketName).grants.readWrite(this.identity);
    } else {
      this.mountFileSystem(store);
    }
    formerlyCalled(this.node.findChild(ids.mount(key)), formerMountId(key));
  }

  private mountFileSystem({ key, name, existing }: Extract<MountPlan<'google'>, { kind: 'lustre' }>): void {
    const place = new Construct(this, ids.mount(key));
    const fileSystem = FileSystem.fromFileSystemAttributes(place, 'file-system', {
      instanceName: existing?.id ?? physicalName([name], LIMITS.fileSystem),
      network: this.network,
      mountPoint: existing?.mountAddress,
    });
    // Whoever brings a file system without the range of its servers lets clients in himself.
    if (existing !== undefined && this.network.subnetsFor('storage').length === 0) return;
    const { cidr } = this.network.subnetFor('nodes', this.shard.key);
    fileSystem.allowClient(place, 'client-nodes', { name: names.mount(this.shard, key), cidr });
  }
}

/** The id that mounts had when they were called like the store. */
function formerMountId(store: string): string {
  return ids.store(store);
}
