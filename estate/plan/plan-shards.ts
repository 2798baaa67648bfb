import type { Catalog, Cloud, MachineOf, SubnetRole } from '../catalog';
import { accessOf } from '../spec/access';
import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Cluster, Estate, Pool, Store } from '../spec/schema';
import { sharedRanges } from '../spec/shared-ranges';
import { groupBy, sortedEntries, type Tags } from '../units';
import { versionOf } from './chosen';
import { existingCluster } from './existing';
import type { GrantsPlan } from './grants/plan-grants';
import { clusterPath, estateIdentity, identityOf } from './identity';
import type { Layout } from './layout';
import type { LinksPlan } from './links/plan-links';
import type { Choice } from './lock';
import { planMaintenance } from './maintenance';
import { shardKey, stackName, tagsOf } from './names';
import type { ReplicationPlan } from './replication/types';
import type { PoolGroup, ShardGroups } from './shards';
import { mountsOf } from './stores';
import type { PoolPlan, RetiredGroup, ShardPlan, SitePlan } from './types';
import { watchOfCluster } from './watch';
import { zoneOf } from './zones';

/** What is the same for every part of one estate's plan. */
export interface PlanContext {
  readonly estate: Estate;
  readonly layout: Layout;
  readonly tags: Tags;
  readonly links: LinksPlan;
  readonly grants: GrantsPlan;
  readonly replications: readonly ReplicationPlan[];
  /** Entries by the site that they lie at. */
  readonly clusters: ReadonlyMap<string, readonly (readonly [string, Cluster])[]>;
  readonly stores: ReadonlyMap<string, readonly (readonly [string, Store])[]>;
}

/** Groups that the lock keeps in a shard although the estate file no longer has them. */
function retiredGroups<C extends Cloud>(cloud: C, shard: string, { estate, layout }: PlanContext): RetiredGroup<C>[] {
  const { machines } = catalogOf(estate).clouds[cloud];
  return sortedEntries(layout.lock.retired).flatMap(([path, entry]): RetiredGroup<C>[] => {
    if (entry.kind !== 'group' || entry.shard !== shard) return [];
    const [, , , pool = '', key = ''] = path.split('.');
    const { zone, capacity } = entry;
    const machine = machines[entry.machine];
    return [{ id: `${pool}-${key}`, pool, key, ...(machine && { machine }), ...(zone && { zone }), capacity }];
  });
}

/** The shards of one cluster. */
export function planShards<C extends Cloud>(
  cloud: C,
  key: string,
  cluster: Cluster,
  site: SitePlan<C>,
  /** Ranges of the site by their key, which names the shard that they belong to. */
  ranges: ReadonlyMap<string, string>,
  context: PlanContext,
): ShardPlan<C>[] {
  const { estate } = context;
  const id = identityOf(key, cluster);
  const catalog = catalogOf(estate);
  const { systemMachine, maintenance } = catalog.clouds[cloud];
  const held = context.layout.lock.chosen[clusterPath(key, cluster)];
  const { zones, named, vault, ownZone, systemNodesPerZone: nodesPerZone } = held ?? {};
  const kubernetesVersion = versionOf(estate, cluster, held);
  const { machine, nodes, ...pins } = cluster.systemPool;
  const levels = [site.account.ids, estate.sites[cluster.site], cluster];
  const access = accessOf(site.account.ids, estate.sites[cluster.site], cluster);
  const counts =
    cluster.existing !== undefined
      ? { nodes: 0 }
      : nodesPerZone === undefined
        ? { nodes }
        : { nodes: nodesPerZone * site.zones.length, nodesPerZone };
  return shardsOf(key, cluster, context).map(({ ordinal, groups }): ShardPlan<C> => {
    const shard = shardKey(id, ordinal);
    const shared = sharedRanges(estate);
    const range = (role: SubnetRole) => ranges.get(`${role}-${shard}`);
    const name = `${estateIdentity(estate)}-${shard}`;
    const grants = context.grants.ofShard(shard);
    return {
      cloud,
      key: shard,
      cluster: id,
      name,
      site,
      ...(cluster.existing && { existing: existingCluster(cloud, cluster.existing, site.account.ids) }),
      kubernetesVersion,
      ...(named && { clusterName: name }),
      ...(vault && { vault }),
      ...(ownZone && { ownZone }),
      ...(cluster.controlPlaneTier && { controlPlaneTier: cluster.controlPlaneTier }),
      ...(zones && { controlPlaneZones: zones }),
      podCidr: range('pods') ?? shared.pods,
      serviceCidr: range('services') ?? shared.clusterServices,
      access,
      ...(cluster.existing === undefined && watchOfCluster(estate, levels, cluster)),
      workload: cluster.workload,
      ...(Object.keys(cluster.addons).length > 0 && { addons: cluster.addons }),
      systemPool: { machine: machineOf(cloud, machine ?? systemMachine, catalog), ...counts, ...pins },
      ...planMaintenance(cluster.maintenance, maintenance),
      pools: planPools(cloud, cluster, groups, {
        estate,
        kubernetesVersion,
        tagsOf: (pool) => tagsOf(estate, 'cluster', id, [...levels, pool]),
        chosen: (pool) => context.layout.lock.chosen[`${clusterPath(key, cluster)}.pools.${pool}`],
      }),
      retired: retiredGroups(cloud, shard, context),
      mounts: mountsOf(cloud, cluster, site.account.ids, context),
      ...(grants && { grants }),
      tags: tagsOf(estate, 'cluster', id, levels),
      stacks: { cluster: stackName(estateIdentity(estate), shard, 'cluster') },
    };
  });
}

/** What the pools of one cluster share. */
interface PoolContext {
  readonly estate: Estate;
  readonly kubernetesVersion: string;
  readonly tagsOf: (pool: Pool) => Tags;
  /** What was chosen for a pool, by its identity. */
  readonly chosen: (pool: string) => Choice | undefined;
}

function planPools<C extends Cloud>(
  cloud: C,
  cluster: Cluster,
  groups: readonly PoolGroup[],
  { estate, kubernetesVersion, tagsOf, chosen }: PoolContext,
): PoolPlan<C>[] {
  const byPool = groupBy(groups, ({ pool }) => pool);
  return sortedEntries(cluster.pools).flatMap(([key, pool]) => {
    const id = identityOf(key, pool);
    const members = byPool.get(id);
    if (members === undefined) return [];
    const { groupNodes } = chosen(id) ?? {};
    return {
      key: id,
      machine: poolMachine(cloud, pool, catalogOf(estate)),
      zone: zoneOf(cloud, pool.zone, estate.sites[cluster.site]),
      kubernetesVersion: pool.kubernetes ?? kubernetesVersion,
      capacity: pool.capacity,
      ...(pool.topology && { topology: pool.topology }),
      ...(pool.image && { image: pool.image }),
      ...(pool.release && { release: pool.release }),
      ...(groupNodes !== undefined && { groupNodes }),
      labels: pool.labels,
      taints: pool.taints,
      tags: tagsOf(pool),
      groups: members.map(({ group }) => group),
    };
  });
}

/** The groups of a cluster by the shard that they live in. */
export function shardsOf(key: string, cluster: Cluster, { layout }: PlanContext): readonly ShardGroups[] {
  return layout.placements.get(identityOf(key, cluster))?.shards ?? [];
}

/** The row of the machine of a pool; of one in an UltraServer of another size, with that. */
export function poolMachine<C extends Cloud>(cloud: C, pool: Pool, catalog: Catalog): MachineOf[C] {
  const chosen = resolveMachine(catalog.clouds[cloud], pool);
  const row = machineOf(cloud, chosen?.type, catalog);
  if (chosen === undefined || chosen.scaleUpNodes === row.scaleUpNodes) return row;
  const { scaleUpNodes, groupNodes } = chosen;
  return Object.assign({ ...row }, { scaleUpNodes, groupNodes });
}

function machineOf<C extends Cloud>(cloud: C, type: string | undefined, { clouds }: Catalog): MachineOf[C] {
  const machine = type === undefined ? undefined : clouds[cloud].machines[type];
  if (machine === undefined)
    throw new Error(`no machine "${type}" at ${cloud}: the rules must refuse it before planning`);
  return machine;
}
