import { type Catalog, CLOUDS, type Cloud, type MachineOf, type SubnetRole } from '../catalog';
import { EstateError } from '../diagnostics';
import { accessOf, runnerOf } from '../spec/access';
import { catalogOf } from '../spec/catalog-of';
import { EMPTY_EXCHANGE, type Exchange } from '../spec/exchange';
import { resolveMachine } from '../spec/machine';
import { ownerOf, ownTags, writtenTags } from '../spec/ownership';
import type { Account, Cluster, Estate, Pool, Site, Store } from '../spec/schema';
import { sharedRanges } from '../spec/shared-ranges';
import { compareKeys, deepFreeze, groupBy, sortedEntries, type Tags } from '../units';
import { versionOf } from './chosen';
import { planFrom } from './data';
import { existingCluster, existingKey, existingNetwork } from './existing';
import { planBudget, planGuardrails } from './guardrails';
import { accountPath, clusterPath, estateIdentity, identityOf, sitePath } from './identity';
import { checkLock, type Layout, planLayout } from './layout';
import { checkExchange } from './links/exchange-owner';
import { LinksPlan } from './links/plan-links';
import type { Choice, Lock } from './lock';
import { planMaintenance } from './maintenance';
import type { CommitmentPlan } from './money-types';
import { shardKey, stackName, storageStacks, tagsOf } from './names';
import { chosenRelease } from './provider-release';
import type { PoolGroup, ShardGroups } from './shards';
import { isExisting, isMade, mountsOf, planStore, retiredStores } from './stores';
import { planSupernets } from './supernets';
import type {
  AccountOf,
  AccountPlan,
  CloudPlan,
  Plan,
  PlanData,
  PoolPlan,
  RetiredGroup,
  ShardPlan,
  SitePlan,
} from './types';
import { hasAlarms, watchOfCluster } from './watch';
import { zoneOf } from './zones';

/** The files that a plan comes from, as messages name them. */
export interface PlanFiles {
  readonly estate: string;
  readonly lock: string;
  /** Whether they tell what was, to compare with: what has grown out of its range then is no error now. @default false */
  readonly isPast?: boolean;
}

/** What is the same for every part of one estate's plan. */
interface Context {
  readonly estate: Estate;
  readonly layout: Layout;
  readonly tags: Tags;
  readonly links: LinksPlan;
  /** Entries by the site that they lie at. */
  readonly clusters: ReadonlyMap<string, readonly (readonly [string, Cluster])[]>;
  readonly stores: ReadonlyMap<string, readonly (readonly [string, Store])[]>;
}

/**
 * Resolves an estate that has passed the rules to its plan.
 *
 * Nothing is allocated here: what the lock does not hold is an error that says how to write it.
 *
 * @throws EstateError when the lock is missing or stale, or when the estate does not fit its address space or limits
 */
export function resolve(
  estate: Estate,
  lock: Lock | undefined,
  files: PlanFiles,
  /** What clouds have said after an apply. */
  exchange: Exchange = { ...EMPTY_EXCHANGE, estate: estateIdentity(estate) },
): Plan {
  const layout = planLayout(estate, lock, [], files.isPast);
  const stale = checkLock(layout, lock, files);
  if (stale.length > 0) throw new EstateError(stale);
  checkExchange(exchange, estate);
  const links = new LinksPlan({
    estate,
    cidrsOf: (site) => layout.addresses.sites.get(site)?.cidrs ?? [],
    lock: layout.lock,
    exchange,
  });
  const context: Context = {
    estate,
    layout,
    links,
    tags: { ...ownTags(estate, []), ...writtenTags(estate, []) },
    clusters: groupBy(sortedEntries(estate.clusters), ([, { site }]) => site),
    stores: groupBy(sortedEntries(estate.stores), ([, { site }]) => site),
  };
  const byCloud: PlanData['byCloud'] = {
    aws: planCloud('aws', context),
    azure: planCloud('azure', context),
    google: planCloud('google', context),
    oracle: planCloud('oracle', context),
  };
  const data: PlanData = {
    name: estate.name,
    tags: context.tags,
    clouds: CLOUDS.filter((cloud) => byCloud[cloud].accounts.length > 0),
    state: estate.state,
    byCloud,
  };
  return deepFreeze({
    ...planFrom(data),
    data,
    commitments: planCommitments(estate),
    links: links.links,
    addresses: layout.addresses.addresses,
    supernets: planSupernets(estate, layout.addresses),
    catalog: catalogOf(estate),
  });
}

function planCloud<C extends Cloud>(cloud: C, context: Context): CloudPlan<C> {
  const { estate } = context;
  const accounts = new Map<string, AccountPlan<C>>();
  const sitesOf = groupBy(sortedEntries(estate.sites), ([, { account }]) => account);
  for (const [key, account] of sortedEntries(estate.accounts)) {
    const sites = sitesOf.get(key) ?? [];
    if (!isOf(account, cloud) || sites.length === 0) continue;
    accounts.set(key, planAccount(cloud, key, account, sites, context));
  }
  const sites = new Map<string, SitePlan<C>>();
  for (const [key, site] of sortedEntries(estate.sites)) {
    const account = accounts.get(site.account);
    if (account !== undefined) sites.set(key, planSite(cloud, key, site, account, context));
  }
  const shards = [...sites].flatMap(([key, site]) => {
    const ranges = new Map(site.network.subnets.map((subnet) => [subnet.key, subnet.cidr]));
    const clusters = context.clusters.get(key) ?? [];
    return clusters.flatMap(([name, cluster]) => planShards(cloud, name, cluster, site, ranges, context));
  });
  const byKey = (one: { readonly key: string }, other: { readonly key: string }) => compareKeys(one.key, other.key);
  return {
    accounts: [...accounts.values()].sort(byKey),
    sites: [...sites.values()].sort(byKey),
    shards: shards.sort(byKey),
  };
}

function planAccount<C extends Cloud>(
  cloud: C,
  key: string,
  ids: AccountOf<C>,
  sites: readonly (readonly [string, Site])[],
  context: Context,
): AccountPlan<C> {
  const { estate } = context;
  const id = identityOf(key, ids);
  const { vaults: vaultRegions, nodes } = context.layout.lock.chosen[accountPath(key, ids)] ?? {};
  const clusters = sites.flatMap(([site]) => context.clusters.get(site) ?? []);
  const alarmRegions = sites.flatMap(([name, site]) => {
    const here = context.clusters.get(name) ?? [];
    return here.some(([, cluster]) => hasAlarms([ids, site, cluster], cluster)) ? [site.region] : [];
  });
  const providerRelease = chosenRelease(estate, cloud);
  const budget = planBudget(estate, key, ids);
  const guardrails = planGuardrails(estate, key, cloud);
  const machines = new Map<string, MachineOf[C]>();
  for (const pool of clusters.flatMap(([, cluster]) => Object.values(cluster.pools))) {
    const machine = poolMachine(cloud, pool, catalogOf(estate));
    machines.set(machine.type, machine);
  }
  return {
    cloud,
    key: id,
    name: `${estateIdentity(estate)}-${id}`,
    ids,
    regions: [...new Set(sites.map(([, site]) => site.region))].sort(compareKeys),
    sites: sites
      .map(([name, site]) => {
        const siteId = identityOf(name, site);
        return { key: siteId, name: `${estateIdentity(estate)}-${siteId}`, region: site.region };
      })
      .sort((one, other) => compareKeys(one.key, other.key)),
    machines: [...machines.values()].sort((one, other) => compareKeys(one.type, other.type)),
    ...(vaultRegions && { vaultRegions }),
    ...(alarmRegions.length > 0 && { alarmRegions: [...new Set(alarmRegions)].sort(compareKeys) }),
    ...(nodes && { nodes }),
    ...(providerRelease && { providerRelease }),
    alertEmail: ownerOf(estate, [ids]).email,
    ...(budget && { budget }),
    ...(guardrails && { guardrails }),
    tags: tagsOf(estate, 'account', id, [ids]),
    stacks: { foundation: stackName(estateIdentity(estate), id, 'foundation') },
  };
}

function planSite<C extends Cloud>(
  cloud: C,
  key: string,
  site: Site,
  account: AccountPlan<C>,
  context: Context,
): SitePlan<C> {
  const { estate, layout } = context;
  const id = identityOf(key, site);
  const { cidrs, subnets, existing: brought = [] } = layout.addresses.sites.get(id) ?? { cidrs: [], subnets: [] };
  const { egress, dns, existing: written } = site.network;
  const encryptionKey = existingKey(site, account.ids);
  const { vault } = layout.lock.chosen[sitePath(key, site)] ?? {};
  const runner = runnerOf(account.ids, site);
  const shards = (context.clusters.get(key) ?? []).flatMap(([name, cluster]) =>
    shardsOf(name, cluster, context).map(({ ordinal }) => shardKey(identityOf(name, cluster), ordinal)),
  );
  const here = (context.stores.get(key) ?? [])
    .map(([name, store]) => planStore(cloud, name, store, account.ids, context))
    .sort((one, other) => compareKeys(one.key, other.key));
  const stores = here.filter(isMade);
  const existingStores = here.filter(isExisting);
  const retired = retiredStores(id, context);
  const stacks = {
    network: stackName(estateIdentity(estate), id, 'network'),
    storage: stackName(estateIdentity(estate), id, 'storage'),
  };
  const { fabrics } = sharedRanges(estate);
  const gateway = context.links.gatewayOf(cloud, id);
  const halves = context.links.halvesOf(id);
  return {
    cloud,
    key: id,
    name: `${estateIdentity(estate)}-${id}`,
    account,
    region: site.region,
    zones: [...site.zones].sort(compareKeys),
    ...(site.serviceGateway && { serviceGateway: site.serviceGateway }),
    ...(site.pue !== undefined && { pue: site.pue }),
    network: {
      cidrs,
      subnets,
      egress,
      ...(dns && { dnsServers: dns }),
      ...(written && { existing: existingNetwork(cloud, written, brought, account.ids) }),
    },
    ...(runner !== undefined && { runner }),
    ...(encryptionKey !== undefined && { encryptionKey: { id: encryptionKey } }),
    ...(vault && { vault }),
    ...(gateway && { gateway }),
    ...(halves.length > 0 && { links: halves }),
    ...(cloud === 'google' && { fabricCidr: fabrics.google }),
    ...(cloud === 'oracle' && { fabricCidr: fabrics.oracle }),
    shards: shards.sort(compareKeys),
    stores,
    existingStores,
    retired,
    tags: tagsOf(estate, 'site', id, [account.ids, site]),
    stacks,
    hasNetwork: written === undefined,
    storageStacks: storageStacks(stacks.storage, [...stores, ...retired]),
  };
}

/** Groups that the lock keeps in a shard although the estate file no longer has them. */
function retiredGroups<C extends Cloud>(cloud: C, shard: string, { estate, layout }: Context): RetiredGroup<C>[] {
  const { machines } = catalogOf(estate).clouds[cloud];
  return sortedEntries(layout.lock.retired).flatMap(([path, entry]): RetiredGroup<C>[] => {
    if (entry.kind !== 'group' || entry.shard !== shard) return [];
    const [, , , pool = '', key = ''] = path.split('.');
    const { zone, capacity } = entry;
    const machine = machines[entry.machine];
    return [{ id: `${pool}-${key}`, pool, key, ...(machine && { machine }), ...(zone && { zone }), capacity }];
  });
}

function planShards<C extends Cloud>(
  cloud: C,
  key: string,
  cluster: Cluster,
  site: SitePlan<C>,
  /** Ranges of the site by their key, which names the shard that they belong to. */
  ranges: ReadonlyMap<string, string>,
  context: Context,
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

function shardsOf(key: string, cluster: Cluster, { layout }: Context): readonly ShardGroups[] {
  return layout.placements.get(identityOf(key, cluster))?.shards ?? [];
}

/** The row of the machine of a pool; of one in an UltraServer of another size, with that. */
function poolMachine<C extends Cloud>(cloud: C, pool: Pool, catalog: Catalog): MachineOf[C] {
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

function isOf<C extends Cloud>(account: Account, cloud: C): account is AccountOf<C> {
  return account.cloud === cloud;
}

function planCommitments(estate: Estate): CommitmentPlan[] {
  return sortedEntries(estate.commitments).map(([key, commitment]) => ({ key, ...commitment }));
}
