import type { Construct } from 'constructs';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Identity,
  type INetwork,
  LIMITS,
  type NodePool,
  ObjectStore,
  physicalName,
} from '../../constructs/azure';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import type { GroupPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { keepUnmanaged } from '../terraform';
import { type AzureStackProps, applyAfter, useAzure } from './azure-stack';
import { importNetwork } from './network';
import { siteGroupName } from './resource-groups';
import { groupResources } from './retired';

/** Properties of ClusterStack. */
export interface ClusterStackProps extends AzureStackProps {
  readonly shard: ShardPlan<'azure'>;
}

/** A shard: its cluster with the key of its secrets and disks, the identity of its workloads, and its pools. */
export class ClusterStack extends TerraformStack {
  readonly network: INetwork;
  readonly encryptionKey: EncryptionKey;
  readonly cluster: Cluster;
  readonly identity: Identity;
  /** Node pools by the id of their group. */
  readonly pools = new Map<string, NodePool>();

  constructor(scope: Construct, id: string, { shard, state }: ClusterStackProps) {
    super(scope, id);
    const { site, name, tags } = shard;
    const { tenantId } = site.account.ids;
    useAzure(this, site.account, state);
    applyAfter(this, site.stacks.network, site.stacks.storage);
    this.network = importNetwork(this, site);
    this.encryptionKey = new EncryptionKey(this, 'key', {
      name: `${name}-cluster`,
      network: this.network,
      tenantId,
      tags,
    });
    this.cluster = new Cluster(this, 'cluster', {
      name,
      network: this.network,
      subnetOwner: shard.key,
      tenantId,
      version: shard.kubernetesVersion,
      podCidr: shard.podCidr,
      serviceCidr: shard.serviceCidr,
      systemPool: { machine: shard.systemPool.machine, nodeCount: shard.systemPool.nodes },
      encryptionKey: this.encryptionKey,
      clusterAdmins: shard.clusterAdmins.length === 0 ? undefined : shard.clusterAdmins,
      maintenanceWindow: shard.maintenance?.window,
      maintenanceExclusions: shard.maintenance?.exclusions,
      tags,
    });
    this.identity = new Identity(this, 'workload', { name, cluster: this.cluster, ...shard.workload, tags });
    this.grantMounts(shard);
    for (const pool of shard.pools) this.addPool(pool, shard);
    keepUnmanaged(this, groupResources(shard));
    this.addOutputs();
  }

  private grantMounts({ mounts, site }: ShardPlan<'azure'>): void {
    const { subscriptionId } = site.account.ids;
    for (const store of mounts.filter(({ kind }) => kind === 'object')) {
      const accountName = physicalName([store.name], LIMITS.storageAccount, subscriptionId);
      const attributes = { accountName, subscriptionId, resourceGroupName: siteGroupName(site) };
      ObjectStore.fromObjectStoreAttributes(this, `mount-${store.key}`, attributes).grants.readWrite(this.identity);
    }
  }

  private addPool(pool: PoolPlan<'azure'>, shard: ShardPlan<'azure'>): void {
    for (const group of pool.groups) this.pools.set(group.id, this.addGroup(pool, group, shard));
  }

  /** Spare trays of a rack stay free: a machine that fails is replaced by one of them, inside its NVLink domain. */
  private addGroup(pool: PoolPlan<'azure'>, group: GroupPlan, shard: ShardPlan<'azure'>): NodePool {
    const capacity = new Capacity(this, `${group.id}-capacity`, { kind: pool.capacity.kind, id: group.reservation });
    return this.cluster.addNodePool(group.id, {
      name: group.id,
      machine: pool.machine,
      nodeCount: group.nodes,
      version: pool.kubernetesVersion,
      zone: pool.zone,
      capacity,
      labels: pool.labels,
      taints: pool.taints,
      tags: shard.tags,
    });
  }

  private addOutputs(): void {
    new TerraformOutput(this, 'cluster-name', { value: this.cluster.clusterName });
    new TerraformOutput(this, 'oidc-issuer-url', { value: this.cluster.oidcIssuerUrl });
    new TerraformOutput(this, 'workload-client-id', {
      value: this.identity.clientId,
      description: 'Annotation azure.workload.identity/client-id of the service account',
    });
  }
}
