import { CLOUDS, type Cloud, type MachineOf } from '../catalog';
import { EstateError } from '../diagnostics';
import { runnerOf } from '../spec/access';
import { catalogOf } from '../spec/catalog-of';
import { EMPTY_EXCHANGE, type Exchange } from '../spec/exchange';
import { ownerOf, ownTags, writtenTags } from '../spec/ownership';
import type { Account, Estate, Site } from '../spec/schema';
import { sharedRanges } from '../spec/shared-ranges';
import { compareKeys, deepFreeze, groupBy, sortedEntries } from '../units';
import { planFrom } from './data';
import { existingKey, existingNetwork } from './existing';
import { GrantsPlan } from './grants/plan-grants';
import { planBudget, planGuardrails } from './guardrails';
import { accountPath, estateIdentity, identityOf, sitePath } from './identity';
import { checkLock, planLayout } from './layout';
import { checkExchange } from './links/exchange-owner';
import { LinksPlan } from './links/plan-links';
import type { Lock } from './lock';
import type { CommitmentPlan } from './money-types';
import { shardKey, stackName, storageStacks, tagsOf } from './names';
import { type PlanContext, planShards, poolMachine, shardsOf } from './plan-shards';
import { chosenRelease } from './provider-release';
import {
  planReplications,
  replicationsAt,
  toldStores,
  transfersOf,
  withReplications,
} from './replication/plan-replication';
import { isExisting, isMade, planStore, retiredStores } from './stores';
import { planSupernets } from './supernets';
import type { AccountOf, AccountPlan, CloudPlan, Plan, PlanData, SitePlan } from './types';
import { hasAlarms } from './watch';

/** The files that a plan comes from, as messages name them. */
export interface PlanFiles {
  readonly estate: string;
  readonly lock: string;
  /** Whether they tell what was, to compare with: what has grown out of its range then is no error now. @default false */
  readonly isPast?: boolean;
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
  const stackOf = (store: string) => layout.lock.chosen[`stores.${store}`]?.stack ?? 1;
  const replications = planReplications({ estate, exchange, stackOf });
  const context: PlanContext = {
    estate,
    layout,
    links,
    grants: new GrantsPlan({
      estate,
      shardsOf: (cluster) => layout.placements.get(cluster)?.shards.map(({ ordinal }) => ordinal) ?? [],
      stackOf,
      exchange,
    }),
    replications,
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
    grants: context.grants.grants,
    replications,
    told: { mounts: exchange.mounts, buckets: exchange.buckets, principals: exchange.principals },
    claims: claimsOf(estate),
    addresses: layout.addresses.addresses,
    supernets: planSupernets(estate, layout.addresses),
    catalog: catalogOf(estate),
  });
}

function claimsOf({ stores }: Estate): Plan['claims'] {
  const named = sortedEntries(stores).flatMap(([key, store]): [string, string][] =>
    store.claim === undefined ? [] : [[identityOf(key, store), store.claim]],
  );
  return Object.fromEntries(named);
}

function planCloud<C extends Cloud>(cloud: C, context: PlanContext): CloudPlan<C> {
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
  context: PlanContext,
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
  const grants = withReplications(context.grants.ofAccount(id), context.replications, id);
  const transfers = transfersOf(context.replications, id);
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
    ...(grants && { grants }),
    ...(transfers && { transfers }),
    tags: tagsOf(estate, 'account', id, [ids]),
    stacks: { foundation: stackName(estateIdentity(estate), id, 'foundation') },
  };
}

function planSite<C extends Cloud>(
  cloud: C,
  key: string,
  site: Site,
  account: AccountPlan<C>,
  context: PlanContext,
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
  const grants = context.grants.ofSite(id);
  const storeRoles = context.grants.storeRolesOf(id);
  const replications = replicationsAt(context.replications, id);
  const tellsStores = toldStores(context.replications, id);
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
    ...(grants.length > 0 && { grants }),
    ...(storeRoles.length > 0 && { storeRoles }),
    ...(replications.length > 0 && { replications }),
    ...(tellsStores.length > 0 && { tellsStores }),
    ...(cloud === 'google' && { fabricCidr: fabrics.google }),
    ...(cloud === 'oracle' && { fabricCidr: fabrics.oracle }),
    shards: shards.sort(compareKeys),
    stores,
    existingStores,
    retired,
    tags: tagsOf(estate, 'site', id, [account.ids, site]),
    stacks,
    hasNetwork: written === undefined,
    storageStacks: storageStacks(stacks.storage, [...stores, ...retired, ...grants, ...replications]),
  };
}

function isOf<C extends Cloud>(account: Account, cloud: C): account is AccountOf<C> {
  return account.cloud === cloud;
}

function planCommitments(estate: Estate): CommitmentPlan[] {
  return sortedEntries(estate.commitments).map(([key, commitment]) => ({ key, ...commitment }));
}
