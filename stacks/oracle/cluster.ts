import type { Construct } from 'constructs';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  type FileSystem,
  Identity,
  type INetwork,
  NodePool,
  NodeTemplate,
  type ObjectStore,
} from '../../constructs/oracle';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { oracleFabric } from '../../estate/plan/fabrics';
import { formerPoolPaths, ids, names, outputs } from '../../estate/plan/ids';
import type { GroupPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { formerlyAt, formerlyCalled, keepUnmanaged, useBackend } from '../terraform';
import { costTags } from './cost-tags';
import { useHomeProvider, useProvider } from './provider';
import { FORMER_KEY_ID, FORMER_WORKLOAD_ID, groupResources } from './retired';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps {
  readonly shard: ShardPlan<'oracle'>;
  readonly network: INetwork;
  /** File systems of the site by the key of their store. @default - none */
  readonly fileSystems?: Readonly<Record<string, FileSystem>>;
  /** Object stores of the site by the key of their store. @default - none */
  readonly objectStores?: Readonly<Record<string, ObjectStore>>;
  readonly state: StateSettings;
}

type Place = Pick<PoolPlan<'oracle'>, 'machine' | 'zone'>;

/** One managed Kubernetes cluster with its key, its fabrics, its pools and the identity of its workloads. */
export class ClusterStack extends TerraformStack {
  readonly encryptionKey: EncryptionKey;
  readonly cluster: Cluster;
  /** Identity of the workloads that the estate file names. */
  readonly identity: Identity;
  /** Node pools by the id of their group. */
  readonly pools = new Map<string, NodePool>();
  /** RDMA networks by availability domain and machine type. */
  readonly fabrics = new Map<string, Fabric>();

  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    const { shard, network } = props;
    const { account } = shard.site;
    useBackend(this, props.state);
    useProvider(this, account, shard.site.region);
    this.encryptionKey = new EncryptionKey(this, ids.key, {
      name: names.clusterKey(shard),
      compartmentId: account.ids.compartmentId,
      tags: shard.tags,
      costTags: costTags(account),
    });
    formerlyCalled(this.encryptionKey, FORMER_KEY_ID);
    this.cluster = new Cluster(this, ids.cluster, {
      name: shard.name,
      network,
      subnetOwner: shard.key,
      tenancyId: account.ids.tenancyId,
      version: shard.kubernetesVersion,
      podCidr: shard.podCidr,
      serviceCidr: shard.serviceCidr,
      rdmaCidr: shard.site.fabricCidr,
      encryptionKey: this.encryptionKey,
      clusterAdmins: shard.clusterAdmins,
      homeProvider: useHomeProvider(this, account),
      systemPool: {
        machine: shard.systemPool.machine,
        nodeCount: shard.systemPool.nodes,
        image: requireImage(`systemPool of cluster "${shard.cluster}"`, shard.systemPool.image),
      },
      tags: shard.tags,
      costTags: costTags(account),
    });
    this.identity = new Identity(this, ids.workload, {
      name: shard.name,
      cluster: this.cluster,
      namespace: shard.workload.namespace,
      serviceAccount: shard.workload.serviceAccount,
      tags: shard.tags,
      costTags: costTags(account),
    });
    for (const { key } of shard.mounts) this.addMount(key, props);
    formerlyCalled(this.identity, FORMER_WORKLOAD_ID);
    for (const pool of shard.pools) this.addPool(pool, props);
    for (const { machine, zone } of shard.retired) if (machine !== undefined) this.keepServing(machine, zone, props);
    keepUnmanaged(this, groupResources(shard));
    new TerraformOutput(this, outputs.clusterId, { value: this.cluster.clusterId });
    new TerraformOutput(this, outputs.clusterEndpoint, { value: this.cluster.privateEndpoint });
  }

  /** The node pools of one pool of the estate file: one for each group. */
  private addPool(pool: PoolPlan<'oracle'>, props: ClusterStackProps): void {
    const { shard } = props;
    const image = requireImage(`pool "${pool.key}" of cluster "${shard.cluster}"`, pool.image);
    const common = {
      machine: pool.machine,
      zone: pool.zone,
      version: pool.kubernetesVersion,
      image,
      fabric: this.fabricFor(pool, props),
      labels: pool.labels,
      taints: pool.taints,
      tags: shard.tags,
      costTags: costTags(shard.site.account),
    };
    const racks = pool.machine.attachment === 'gpu-memory-cluster';
    const name = names.template(shard, pool.key);
    const nodeCount = pool.groups.reduce((sum, { nodes }) => sum + nodes, 0);
    const template = racks
      ? new NodeTemplate(this, ids.template(pool.key), { ...common, name, nodeCount, cluster: this.cluster })
      : undefined;
    for (const group of pool.groups) {
      const made = new NodePool(this, ids.pool(group.id), {
        ...common,
        cluster: this.cluster,
        template,
        name: names.pool('oracle', shard, group.id),
        nodeCount: group.nodes,
        capacity: this.capacityOf(pool, group),
      });
      formerlyAt(made, formerPoolPaths('oracle', group.id));
      this.pools.set(group.id, made);
    }
  }

  private capacityOf({ capacity }: PoolPlan<'oracle'>, group: GroupPlan): Capacity {
    return new Capacity(this, ids.capacity(group.id), { kind: capacity.kind, id: group.reservation });
  }

  /** The RDMA network that the pools of one machine type share in an availability domain. */
  private fabricFor({ machine, zone }: Place, { shard, network }: ClusterStackProps): Fabric | undefined {
    const { key } = oracleFabric({ machine, zone }) ?? {};
    if (key === undefined) return undefined;
    const known = this.fabrics.get(key);
    if (known !== undefined) return known;
    const fabric = new Fabric(this, ids.fabric(key), {
      name: names.fabric(shard, key),
      network,
      zone,
      machine,
      tags: shard.tags,
      costTags: costTags(shard.site.account),
    });
    this.fabrics.set(key, fabric);
    return fabric;
  }

  /** What nodes that left the estate and run on need of the cluster. */
  private keepServing(machine: OracleMachine, zone: string | undefined, props: ClusterStackProps): void {
    if (zone !== undefined) this.fabricFor({ machine, zone }, props);
    this.cluster.addDevicePlugin(machine);
  }

  private addMount(key: string, { fileSystems = {}, objectStores = {} }: ClusterStackProps): void {
    const fileSystem = fileSystems[key];
    if (fileSystem !== undefined) fileSystem.allowClient(this, ids.mount(key), this.cluster);
    objectStores[key]?.grants.readWrite(this.identity);
  }
}

function requireImage(where: string, image: string | undefined): string {
  if (image === undefined)
    throw new Error(`${where} has no image, and Oracle Cloud has no default; give an image OCID`);
  return image;
}
