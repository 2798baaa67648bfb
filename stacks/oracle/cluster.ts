import type { Construct } from 'constructs';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import { TerraformOutput, type TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import {
  Autoscaler,
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  type FileSystem,
  type ICluster,
  Identity,
  type IEncryptionKey,
  type INetwork,
  type IObjectStore,
  type IVault,
  NodePool,
  NodeTemplate,
  type ObjectStore,
  resourceTags,
} from '../../constructs/oracle';
import { byKind } from '../../estate/by-kind';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { oracleFabric } from '../../estate/plan/fabrics';
import { formerPoolPaths, ids, names, outputs } from '../../estate/plan/ids';
import { labelsOf, rackLabelOf, sharedLabelsOf } from '../../estate/plan/labels';
import type { GroupPlan, MountPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { formerlyAt, formerlyCalled, keepUnmanaged, useBackend } from '../terraform';
import { alarmsTo } from './alarms';
import { costTags, nodeTags } from './cost-tags';
import {
  existingCluster,
  existingFileSystem,
  existingKey,
  existingNetwork,
  objectStoresOf,
  vaultFor,
} from './existing';
import { addShardGrants } from './grants';
import { clusterPolicy } from './policies';
import { useHomeProvider, useProvider } from './provider';
import {
  FORMER_CLUSTER_LOGS,
  FORMER_KEY_ID,
  FORMER_WORKLOAD_ID,
  formerCluster,
  formerKey,
  groupResources,
} from './retired';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps {
  /** The shard. */
  readonly shard: ShardPlan<'oracle'>;
  /** Network of the site. @default - one that exists already, as the plan says */
  readonly network?: INetwork;
  /** Vault of the key of the cluster. @default - one of its own, as in earlier releases */
  readonly vault?: IVault;
  /** File systems of the site by the key of their store. @default - none */
  readonly fileSystems?: Readonly<Record<string, FileSystem>>;
  /** Object stores of the site by the key of their store. @default - none */
  readonly objectStores?: Readonly<Record<string, ObjectStore>>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

type Place = Pick<PoolPlan<'oracle'>, 'machine' | 'zone'>;

/**
 * One managed Kubernetes cluster with its key, its fabrics, its pools and the identity of its workloads; of a cluster that
 * exists already only the last three.
 */
export class ClusterStack extends TerraformStack {
  /** Network of the site, made by its stack or there already. */
  readonly network: INetwork;
  /** Key of secrets and boot volumes; absent where the cluster exists already and its site brings no key. */
  readonly encryptionKey?: IEncryptionKey;
  /** The cluster, which may exist already. */
  readonly cluster: ICluster;
  /** Identity of the workloads that the estate file names. */
  readonly identity: Identity;
  /** Node pools by the id of their group. */
  readonly pools = new Map<string, NodePool>();
  /** RDMA networks by availability domain and machine type. */
  readonly fabrics = new Map<string, Fabric>();

  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    const { shard } = props;
    const { site, existing } = shard;
    useProvider(this, site.account, site.region);
    useBackend(this, props.state);
    this.network = props.network ?? existingNetwork(this, ids.network, site);
    const homeProvider = useHomeProvider(this, site.account);
    const broughtKey = existingKey(this, ids.key, site);
    const parts = { network: this.network, encryptionKey: broughtKey, homeProvider };
    const broughtCluster = existingCluster(this, ids.cluster, shard, parts);
    if (broughtCluster === undefined) {
      this.encryptionKey = broughtKey ?? this.addKey(props);
      this.cluster = this.addCluster(shard, this.encryptionKey, homeProvider);
    } else {
      this.encryptionKey = broughtKey;
      this.cluster = broughtCluster;
      this.letJoin(shard, homeProvider);
    }
    this.identity = new Identity(this, ids.workload, {
      name: shard.name,
      cluster: this.cluster,
      namespace: shard.workload.namespace,
      serviceAccount: shard.workload.serviceAccount,
      tags: shard.tags,
      costTags: costTags(site.account, shard.tags),
    });
    const storeOf = objectStoresOf(this, props.objectStores ?? {}, [...site.existingStores, ...shard.mounts]);
    for (const store of shard.mounts) this.addMount(store, { ...props, storeOf });
    addShardGrants(this, { shard, cluster: this.cluster, workload: this.identity, storeOf });
    formerlyCalled(this.identity, FORMER_WORKLOAD_ID);
    for (const pool of shard.pools) this.addPool(pool, shard);
    this.addAutoscaler(shard, homeProvider);
    for (const { machine, zone } of shard.retired) if (machine !== undefined) this.keepServing(machine, zone, shard);
    keepUnmanaged(this, [
      ...groupResources(shard),
      ...(existing ? formerCluster(shard) : formerKey(site)),
      ...(shard.logRetentionDays === undefined ? FORMER_CLUSTER_LOGS : []),
    ]);
    new TerraformOutput(this, outputs.clusterId, { value: this.cluster.clusterId });
  }

  private addKey({ shard, vault }: ClusterStackProps): EncryptionKey {
    const { account } = shard.site;
    const key = new EncryptionKey(this, ids.key, {
      name: names.clusterKey(shard),
      compartmentId: account.ids.compartmentId,
      vault: vaultFor(shard, vault),
      tags: shard.tags,
      costTags: costTags(account, shard.tags),
    });
    formerlyCalled(key, FORMER_KEY_ID);
    return key;
  }

  private addCluster(shard: ShardPlan<'oracle'>, key: IEncryptionKey, homeProvider: TerraformProvider): Cluster {
    const { account, fabricCidr } = shard.site;
    const cluster = new Cluster(this, ids.cluster, {
      name: shard.name,
      network: this.network,
      compartmentId: account.ids.compartmentId,
      subnetOwner: shard.key,
      tenancyId: account.ids.tenancyId,
      version: shard.kubernetesVersion,
      podCidr: shard.podCidr,
      serviceCidr: shard.serviceCidr,
      rdmaCidr: fabricCidr,
      encryptionKey: key,
      clusterAdmins: shard.access.administrators,
      clusterViewers: shard.access.viewers,
      apiAccessCidrs: shard.access.ranges,
      linkedCidrs: shard.site.gateway?.reached,
      logRetentionDays: shard.logRetentionDays,
      alarms: alarmsTo(this, shard.alarms, {
        name: (owner) => names.clusterAlarms(shard, owner),
        compartmentId: account.ids.compartmentId,
        tags: shard.tags,
        costTags: costTags(account, shard.tags),
      }),
      homeProvider,
      systemPool: {
        machine: shard.systemPool.machine,
        nodeCount: shard.systemPool.nodes,
        image: requireImage(`systemPool of cluster "${shard.cluster}"`, shard.systemPool.image),
      },
      tags: shard.tags,
      costTags: costTags(account, shard.tags),
    });
    new TerraformOutput(this, outputs.clusterEndpoint, { value: cluster.privateEndpoint });
    if (cluster.loadBalancersGroup !== undefined) {
      new TerraformOutput(this, outputs.loadBalancersGroupId, { value: cluster.loadBalancersGroup.groupId });
    }
    return cluster;
  }

  /** Nodes of racks join by themselves: where the cluster lies in another compartment, that has to allow it. */
  private letJoin(shard: ShardPlan<'oracle'>, provider: TerraformProvider): void {
    const policy = clusterPolicy(shard);
    if (policy === undefined) return;
    const freeformTags = resourceTags(shard.tags);
    new IdentityPolicy(this, ids.joinsCluster, { ...policy, freeformTags, provider });
  }

  /** The node pools of one pool of the estate file: one for each group. */
  private addPool(pool: PoolPlan<'oracle'>, shard: ShardPlan<'oracle'>): void {
    const image = requireImage(`pool "${pool.key}" of cluster "${shard.cluster}"`, pool.image);
    const common = {
      machine: pool.machine,
      zone: pool.zone,
      version: pool.kubernetesVersion,
      image,
      fabric: this.fabricFor(pool, shard),
      taints: pool.taints,
      tags: pool.tags,
      costTags: costTags(shard.site.account, pool.tags),
      nodeTags: nodeTags(shard.site.account),
    };
    const racks = pool.machine.attachment === 'gpu-memory-cluster';
    const name = names.template(shard, pool.key);
    const nodeCount = pool.groups.reduce((sum, { nodes }) => sum + nodes, 0);
    const templateId = shard.existing === undefined ? ids.template(pool.key) : ids.joinedTemplate(pool.key);
    const template = racks
      ? new NodeTemplate(this, templateId, {
          ...common,
          name,
          nodeCount,
          cluster: this.cluster,
          labels: sharedLabelsOf(pool),
          rackLabel: rackLabelOf(pool),
        })
      : undefined;
    for (const group of pool.groups) {
      const made = new NodePool(this, ids.pool(group.id), {
        ...common,
        cluster: this.cluster,
        labels: labelsOf(pool, group),
        template,
        name: names.pool('oracle', shard, group.id),
        nodeCount: group.nodes,
        minNodeCount: group.minNodes,
        capacity: this.capacityOf(pool, group),
      });
      formerlyAt(made, formerPoolPaths('oracle', group.id));
      this.pools.set(group.id, made);
    }
  }

  /** The add-on that sizes the pools with a range; pools of a cluster that exists have none. */
  private addAutoscaler(shard: ShardPlan<'oracle'>, homeProvider: TerraformProvider): void {
    const groups = shard.pools.flatMap((pool) => pool.groups.filter(({ minNodes }) => minNodes !== undefined));
    const pools = groups.flatMap(({ id }) => this.pools.get(id) ?? []);
    if (pools.length === 0 || !(this.cluster instanceof Cluster)) return;
    new Autoscaler(this, ids.autoscaler, {
      name: shard.name,
      cluster: this.cluster,
      pools,
      networkCompartmentId: this.network.compartmentId,
      homeProvider,
      tags: shard.tags,
      costTags: costTags(shard.site.account, shard.tags),
    });
  }

  private capacityOf({ capacity }: PoolPlan<'oracle'>, group: GroupPlan): Capacity {
    return new Capacity(this, ids.capacity(group.id), { kind: capacity.kind, id: group.reservation });
  }

  /** The RDMA network that the pools of one machine type share in an availability domain. */
  private fabricFor({ machine, zone }: Place, shard: ShardPlan<'oracle'>): Fabric | undefined {
    const { key } = oracleFabric({ machine, zone }) ?? {};
    if (key === undefined) return undefined;
    const known = this.fabrics.get(key);
    if (known !== undefined) return known;
    const fabric = new Fabric(this, ids.fabric(key), {
      name: names.fabric(shard, key),
      network: this.network,
      compartmentId: this.cluster.compartmentId,
      zone,
      machine,
      tags: shard.tags,
      costTags: costTags(shard.site.account, shard.tags),
    });
    this.fabrics.set(key, fabric);
    return fabric;
  }

  /** What nodes that left the estate and run on need of the cluster. */
  private keepServing(machine: OracleMachine, zone: string | undefined, shard: ShardPlan<'oracle'>): void {
    if (zone !== undefined) this.fabricFor({ machine, zone }, shard);
    this.cluster.admit(machine, 0);
  }

  private addMount(
    store: MountPlan<'oracle'>,
    {
      fileSystems = {},
      storeOf,
    }: Pick<ClusterStackProps, 'fileSystems'> & { readonly storeOf: (key: string) => IObjectStore | undefined },
  ): void {
    byKind(store, {
      lustre: (mount) => {
        const { key, existing } = mount;
        const made = existing === undefined ? fileSystems[key] : existingFileSystem(this, ids.existing(key), mount);
        made?.allowClient(this, ids.mount(key), this.cluster);
      },
      object: ({ key }) => {
        storeOf(key)?.grants.readWrite(this.identity);
      },
    });
  }
}

function requireImage(where: string, image: string | undefined): string {
  if (image === undefined)
    throw new Error(`${where} has no image, and Oracle Cloud has no default; give an image OCID`);
  return image;
}
