import type { Construct } from 'constructs';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  type ICluster,
  Identity,
  type IEncryptionKey,
  type INetwork,
  NodePool,
  ObjectStore,
} from '../../constructs/azure';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import { byKind } from '../../estate/by-kind';
import { hash8 } from '../../estate/name';
import type { CallerPlan } from '../../estate/plan/grants/types';
import { formerPoolPaths, ids, names, outputs } from '../../estate/plan/ids';
import { labelsOf } from '../../estate/plan/labels';
import type { GroupPlan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { formerlyAt, keepUnmanaged, tellExchange } from '../terraform';
import { alarmsTo } from './alarms';
import { type AzureStackProps, applyAfter, useAzure } from './azure-stack';
import { existingCluster, existingKey } from './existing';
import { addDirectGrant, type ObjectMount, storeAttributes } from './grants';
import { applyAfterNetwork, importNetwork } from './network';
import { CLUSTER_KEY_USERS, FORMER_CLUSTER_LOGS, formerCluster, formerKey, groupResources } from './retired';

/** Options of a {@link ClusterStack}. */
export interface ClusterStackProps extends AzureStackProps {
  /** The shard, with its pools. */
  readonly shard: ShardPlan<'azure'>;
}

/**
 * A shard: its cluster with the key of its secrets and disks, the identity of its workloads, and its pools. Of a cluster that
 * exists already only the last two.
 */
export class ClusterStack extends TerraformStack {
  /** The network of the site. */
  readonly network: INetwork;
  /** Absent where the cluster exists already. */
  readonly encryptionKey?: IEncryptionKey;
  /** The cluster, made or there already. */
  readonly cluster: ICluster;
  /** Identity of the workloads. */
  readonly identity: Identity;
  /** Node pools by the id of their group. */
  readonly pools = new Map<string, NodePool>();

  constructor(scope: Construct, id: string, { shard, state }: ClusterStackProps) {
    super(scope, id);
    const { site, name, tags } = shard;
    useAzure(this, site.account, state);
    applyAfterNetwork(this, site);
    applyAfter(this, site.stacks.storage);
    this.network = importNetwork(this, site);
    const existing = existingCluster(this, ids.cluster, shard, this.network);
    if (existing === undefined) {
      this.encryptionKey = this.keyOf(shard);
      const cluster = this.addCluster(shard, this.encryptionKey);
      this.cluster = cluster;
      this.keepPeople(cluster);
    } else {
      this.cluster = existing;
    }
    this.identity = new Identity(this, ids.workload, { name, cluster: this.cluster, ...shard.workload, tags });
    for (const each of shard.mounts) {
      // File systems let in their clients themselves.
      byKind(each, { lustre: () => undefined, object: (store) => this.grantMount(store, shard) });
    }
    this.addGrants(shard);
    for (const pool of shard.pools) this.addPool(pool, shard);
    keepUnmanaged(this, [
      ...groupResources(shard),
      ...(existing ? formerCluster(shard) : formerKey(site, CLUSTER_KEY_USERS)),
      ...(shard.logRetentionDays === undefined ? [FORMER_CLUSTER_LOGS] : []),
    ]);
    this.addOutputs();
  }

  /** Who enters a cluster did so by another address in earlier synthesis, one each for administrators and viewers. */
  private keepPeople(cluster: Cluster): void {
    for (const { node } of cluster.node.children) {
      const [, group] = /^enters-(.+)$/.exec(node.id) ?? [];
      const role = group === undefined ? undefined : cluster.node.findChild(node.id);
      if (role !== undefined)
        formerlyAt(
          role,
          [`viewer-${group}`, `admin-${group}`].map((id) => [ids.cluster, id]),
        );
    }
  }

  private keyOf(shard: ShardPlan<'azure'>): IEncryptionKey {
    const { site } = shard;
    const { tenantId } = site.account.ids;
    return (
      existingKey(this, ids.key, site, { access: 'private' }) ??
      new EncryptionKey(this, ids.key, {
        name: names.clusterKey(shard),
        network: this.network,
        tenantId,
        runner: site.runner,
        tags: shard.tags,
      })
    );
  }

  private addCluster(shard: ShardPlan<'azure'>, encryptionKey: IEncryptionKey): Cluster {
    return new Cluster(this, ids.cluster, {
      name: shard.name,
      network: this.network,
      subnetOwner: shard.key,
      tenantId: shard.site.account.ids.tenantId,
      version: shard.kubernetesVersion,
      podCidr: shard.podCidr,
      serviceCidr: shard.serviceCidr,
      systemPool: { machine: shard.systemPool.machine, nodeCount: shard.systemPool.nodes },
      encryptionKey,
      apiServerZone: shard.ownZone ? 'own' : 'network',
      clusterAdmins: shard.access.administrators.length === 0 ? undefined : shard.access.administrators,
      clusterViewers: shard.access.viewers,
      apiAccessCidrs: shard.access.ranges,
      maintenanceWindow: shard.maintenance?.window,
      maintenanceExclusions: shard.maintenance?.exclusions,
      policyAddon: shard.policyAddon,
      logRetentionDays: shard.logRetentionDays,
      alarms: alarmsTo(this, shard.alarms, {
        name: (owner) => names.clusterAlarms(shard, owner),
        resourceGroupName: names.siteGroup(shard.site),
        tags: shard.tags,
      }),
      tags: shard.tags,
    });
  }

  private grantMount(store: ObjectMount, { site }: ShardPlan<'azure'>): void {
    const attributes = storeAttributes(store, site);
    ObjectStore.fromObjectStoreAttributes(this, ids.mount(store.key), attributes).grants.readWrite(this.identity);
  }

  /** The source side of grants: who callers are, what they may use at this site, and what others have to know of them. */
  private addGrants(shard: ShardPlan<'azure'>): void {
    const { callers = [], direct = [], tellsIssuer = false } = shard.grants ?? {};
    const identities = new Map(callers.map((caller) => [caller.key, this.identityOf(caller, shard)]));
    for (const grant of direct) {
      const identity = identities.get(grant.caller);
      if (identity !== undefined) addDirectGrant(this, grant, { shard, identity });
    }
    for (const { key, namespace, serviceAccount, isWorkload } of callers) {
      const clientId = isWorkload ? undefined : identities.get(key)?.clientId;
      if (clientId === undefined) continue;
      const description = `Annotation azure.workload.identity/client-id of service account ${namespace}/${serviceAccount}`;
      new TerraformOutput(this, outputs.callerClientId(key), { value: clientId, description });
    }
    const principals = callers.flatMap(({ key, tells }): [string, string][] => {
      const identity = identities.get(key);
      return tells === undefined || identity === undefined ? [] : [[tells, identity.principalId]];
    });
    if (!tellsIssuer && principals.length === 0) return;
    tellExchange(this, shard.site, {
      ...(tellsIssuer && { issuers: { [shard.key]: this.cluster.oidcIssuerUrl } }),
      ...(principals.length > 0 && { principals: { [shard.key]: Object.fromEntries(principals) } }),
    });
  }

  /** Words of namespace and service account could be cut elsewhere in the name of an identity: a hash tells them apart. */
  private identityOf({ key, namespace, serviceAccount, isWorkload }: CallerPlan, shard: ShardPlan<'azure'>): Identity {
    if (isWorkload) return this.identity;
    const name = `${shard.name}-${hash8(`${namespace}/${serviceAccount}`)}`;
    const account = { namespace, serviceAccount };
    return new Identity(this, ids.caller(key), { name, cluster: this.cluster, ...account, tags: shard.tags });
  }

  private addPool(pool: PoolPlan<'azure'>, shard: ShardPlan<'azure'>): void {
    for (const group of pool.groups) this.pools.set(group.id, this.addGroup(pool, group, shard));
  }

  /** Spare trays of a rack stay free: a machine that fails is replaced by one of them, inside its NVLink domain. */
  private addGroup(pool: PoolPlan<'azure'>, group: GroupPlan, shard: ShardPlan<'azure'>): NodePool {
    const capacity = new Capacity(this, ids.capacity(group.id), { kind: pool.capacity.kind, id: group.reservation });
    const made = new NodePool(this, ids.pool(group.id), {
      cluster: this.cluster,
      name: names.pool('azure', shard, group.id),
      machine: pool.machine,
      nodeCount: group.nodes,
      minNodeCount: group.minNodes,
      version: pool.kubernetesVersion,
      zone: pool.zone,
      capacity,
      labels: labelsOf(pool, group),
      taints: pool.taints,
      tags: pool.tags,
    });
    formerlyAt(made, formerPoolPaths('azure', group.id));
    return made;
  }

  private addOutputs(): void {
    new TerraformOutput(this, outputs.clusterName, { value: this.cluster.clusterName });
    new TerraformOutput(this, outputs.oidcIssuerUrl, { value: this.cluster.oidcIssuerUrl });
    new TerraformOutput(this, outputs.workloadClientId, {
      value: this.identity.clientId,
      description: 'Annotation azure.workload.identity/client-id of the service account',
    });
  }
}
