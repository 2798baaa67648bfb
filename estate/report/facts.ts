import {
  CLOUDS,
  type Cloud,
  type KubernetesVersions,
  type Limit,
  type Limits,
  NETWORK_RANGES,
  type Sourced,
} from '../catalog';
import { networkKey, reserveKey } from '../plan/blocks';
import { identityOf } from '../plan/identity';
import { nthName } from '../plan/names';
import type { Plan, ShardPlan, SitePlan } from '../plan/types';
import { catalogOf } from '../spec/catalog-of';
import { lookup } from '../spec/lookup';
import type { Path } from '../spec/positions';
import type { Estate } from '../spec/schema';
import { SIZE_KEYS } from '../spec/store-size';
import { counted } from '../spec/words';
import { formatCount } from '../units';
import { poolFacts } from './pool-facts';

/** Something that an entry of an estate was resolved to, and what decided it. */
export interface ResolvedFact {
  readonly what: string;
  readonly value: string;
  /** What decided it: a key of the file, a default, the lock file, a row of the catalog. */
  readonly because: string;
  /** Where the row of the catalog comes from, and when it was read. */
  readonly source?: string;
  /** Keys of the entry that it follows from: it is shown where one of them is explained, and for the whole entry. */
  readonly keys: readonly string[];
}

/** An estate with its plan, while an entry of it is explained. */
export interface Resolved {
  readonly estate: Estate;
  readonly plan: Plan;
}

const SECTIONS: Readonly<Record<string, (resolved: Resolved, key: string) => readonly ResolvedFact[]>> = {
  accounts: accountFacts,
  sites: siteFacts,
  clusters: clusterFacts,
  stores: storeFacts,
};

/** What the entry that a path lies in was resolved to; nothing for parts of the estate that are taken as written. */
export function resolvedFacts(resolved: Resolved, path: Path): readonly ResolvedFact[] {
  const [section = '', key, inner, pool, ...rest] = path.map(String);
  if (key === undefined) return [];
  const isPool = section === 'clusters' && inner === 'pools' && pool !== undefined;
  const facts = isPool ? poolFacts(resolved, key, pool) : (lookup(SECTIONS, section)?.(resolved, key) ?? []);
  const member = isPool ? rest[0] : inner;
  return member === undefined ? facts : facts.filter(({ keys }) => keys.includes(member));
}

/** A row's source as it is shown. */
export function sourceOf({ source, checked, unverified }: Sourced): { readonly source: string } {
  return { source: `${source} (${checked})${unverified === undefined ? '' : `; unverified: ${unverified}`}` };
}

/** The shards of a cluster, in their order. */
export function shardsOf({ estate, plan }: Resolved, key: string): readonly ShardPlan[] {
  const cluster = lookup(estate.clusters, key);
  const id = cluster && identityOf(key, cluster);
  return CLOUDS.flatMap((cloud) => plan.shards(cloud).filter((shard: ShardPlan) => shard.cluster === id));
}

/** The cloud of a site. */
export function cloudOf({ estate }: Resolved, site: string): Cloud | undefined {
  return lookup(estate.accounts, lookup(estate.sites, site)?.account ?? '')?.cloud;
}

/** Names, cut to a few. */
export function few(names: readonly string[]): string {
  const most = 6;
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} … (${names.length} in all)`;
}

/** The limits that split a cluster, each with its own source. */
export function shardLimitFacts(
  { nodesPerShard, poolsPerShard }: Limits,
  keys: readonly string[],
): readonly ResolvedFact[] {
  const fact = (what: string, value: string, limit: Limit) => ({
    what,
    value,
    because: 'the limit of one shard',
    ...sourceOf(limit),
    keys,
  });
  return [
    fact('most nodes', counted(nodesPerShard.value, 'node'), nodesPerShard),
    fact('most pools', counted(poolsPerShard.value, 'node pool'), poolsPerShard),
  ];
}

/** What decided a version: the file, the lock file, which keeps what was chosen once, or the catalog. */
function versionReason(
  written: string | undefined,
  version: string,
  kubernetes: KubernetesVersions,
  title: string,
): Pick<ResolvedFact, 'because' | 'source'> {
  if (written !== undefined) return { because: 'kubernetes' };
  if (version !== kubernetes.preferred) return { because: 'the lock file, which keeps the version of what runs' };
  return { because: `the version that the catalog prefers on ${title}`, ...sourceOf(kubernetes) };
}

function nameFact(name: string, entry: { readonly renamedFrom?: string }): ResolvedFact {
  const because =
    entry.renamedFrom === undefined ? 'the estate and the key' : 'the estate and the former key, which the entry keeps';
  return { what: 'name', value: name, because, keys: ['renamedFrom'] };
}

/** Where something lies that is in one zone. */
export function zoneFact(placed: { readonly zone?: string }, entry: { readonly zone?: string }): ResolvedFact {
  const found = { what: 'zone', keys: ['zone'] };
  if (placed.zone === undefined) return { ...found, value: 'none', because: 'the region of the site has no zones' };
  return { ...found, value: placed.zone, because: entry.zone === undefined ? 'the only zone of the site' : 'zone' };
}

function stacksFact(stacks: readonly string[], because: string): ResolvedFact {
  return { what: stacks.length === 1 ? 'stack' : 'stacks', value: few(stacks), because, keys: [] };
}

function accountFacts({ estate, plan }: Resolved, key: string): readonly ResolvedFact[] {
  const entry = lookup(estate.accounts, key);
  const account = entry && plan.accounts(entry.cloud).find((one) => one.key === identityOf(key, entry));
  if (entry === undefined || account === undefined) return [];
  return [
    nameFact(account.name, entry),
    {
      what: 'sites',
      value: few(account.sites.map((site) => site.key)),
      because: 'sites that name it',
      keys: ['cloud'],
    },
    { what: 'regions', value: few(account.regions), because: 'the regions of its sites', keys: ['cloud'] },
    stacksFact([account.stacks.foundation], 'what exists once for each account'),
  ];
}

function siteFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate, plan } = resolved;
  const entry = lookup(estate.sites, key);
  const cloud = cloudOf(resolved, key);
  const site: SitePlan | undefined =
    cloud && plan.sites(cloud).find((one) => entry && one.key === identityOf(key, entry));
  if (entry === undefined || cloud === undefined || site === undefined) return [];
  const supernet = estate.addressing.supernets[cloud];
  const { blocksPerNetwork } = catalogOf(estate).clouds[cloud].limits;
  const reserve = plan.addresses[reserveKey(site.key)];
  const { cidrs, subnets } = site.network;
  const region = lookup(catalogOf(estate).clouds[cloud].regions.rows, entry.region);
  return [
    nameFact(site.name, entry),
    ...(region?.zones === undefined
      ? []
      : [
          {
            what: 'zones there are',
            value: few([...region.zones, ...Object.keys(region.remoteZones ?? {})]) || 'none',
            because: `what the catalog knows of ${entry.region}`,
            ...sourceOf(region),
            keys: ['region', 'zones'],
          },
        ]),
    {
      what: 'network',
      value: few(cidrs),
      because:
        entry.cidr === undefined
          ? `the lock file, "${networkKey(site.key, 1)}"`
          : 'cidr, and the lock file for further blocks',
      keys: ['cidr', 'reserveBlocks'],
    },
    ...(reserve === undefined
      ? []
      : [
          {
            what: 'kept for growth',
            value: reserve,
            because: 'reserveBlocks, and the lock file',
            keys: ['reserveBlocks'],
          },
        ]),
    {
      what: 'supernet',
      value: supernet ?? NETWORK_RANGES.supernets[cloud].cidr,
      because: supernet === undefined ? `the default of ${cloud}` : `addressing.supernets.${cloud}`,
      ...(supernet === undefined && sourceOf(NETWORK_RANGES.supernets[cloud])),
      keys: ['cidr', 'region'],
    },
    {
      what: 'most blocks',
      value: formatCount(blocksPerNetwork.value),
      because: 'the limit of the cloud for one network',
      ...sourceOf(blocksPerNetwork),
      keys: ['cidr', 'reserveBlocks'],
    },
    {
      what: 'ranges',
      value: few(subnets.map((subnet) => `${subnet.key} ${subnet.cidr}`)),
      because: 'zones, shards and file systems of the site, and the lock file',
      keys: ['zones'],
    },
    { what: 'shards', value: few(site.shards) || 'none', because: 'clusters at the site', keys: [] },
    stacksFact(
      [...(site.hasNetwork ? [site.stacks.network] : []), ...site.storageStacks.map(({ stack }) => stack)],
      'what exists once for each site',
    ),
  ];
}

function storeFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate, plan } = resolved;
  const entry = lookup(estate.stores, key);
  const cloud = entry && cloudOf(resolved, entry.site);
  if (entry === undefined || cloud === undefined) return [];
  const id = identityOf(key, entry);
  const site = plan.sites(cloud).find((one: SitePlan) => one.stores.some((store) => store.key === id));
  const store = site?.stores.find((one) => one.key === id);
  if (site === undefined || store === undefined) return [];
  const mounts = Object.entries(estate.clusters).filter(([, { mounts: mounted }]) => mounted.includes(key));
  const common = [
    nameFact(store.name, entry),
    {
      what: 'mounted by',
      value: few(mounts.map(([name]) => name)) || 'no cluster',
      because: 'mounts of clusters',
      keys: ['site'],
    },
    stacksFact(
      [nthName(site.stacks.storage, store.stack ?? 1)],
      catalogOf(estate).clouds[cloud].storageStack === undefined
        ? 'the stores of a site share one'
        : 'stores of a site share one while it has room, and stay in theirs',
    ),
  ];
  if (store.kind === 'object' || entry.kind === 'object') return common;
  const { title } = catalogOf(estate).clouds[cloud];
  const { tier } = store;
  const written = Object.keys(SIZE_KEYS).filter((name) => Object.hasOwn(entry, name));
  return [
    ...common,
    {
      what: 'size',
      value: `${formatCount(store.size)} ${store.unit}`,
      because: `${written.join(', ')}, in the unit of ${title}`,
      keys: [...Object.keys(SIZE_KEYS)],
    },
    {
      what: 'tier',
      value: `${tier.throughputMBpsPerTiB} MB/s for each TiB: ${formatCount(tier.min)} to ${formatCount(tier.max)} ${store.unit}`,
      because: `the tier of ${title} with this throughput`,
      ...sourceOf(tier),
      keys: ['throughputMBpsPerTiB', ...Object.keys(SIZE_KEYS)],
    },
    zoneFact(store, entry),
  ];
}

function clusterFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate } = resolved;
  const entry = lookup(estate.clusters, key);
  const shards = shardsOf(resolved, key);
  const [first] = shards;
  if (entry === undefined || first === undefined) return [];
  const { limits, kubernetes, title } = catalogOf(estate).clouds[first.cloud];
  const { machine, nodes } = first.systemPool;
  return [
    nameFact(first.name, entry),
    {
      what: 'kubernetes',
      value: first.kubernetesVersion,
      ...versionReason(entry.kubernetes, first.kubernetesVersion, kubernetes, title),
      keys: ['kubernetes'],
    },
    {
      what: 'shards',
      value: few(shards.map((shard) => shard.key)),
      because: 'what one holds at most, and the lock file',
      keys: ['pools'],
    },
    ...shardLimitFacts(limits, ['pools']),
    {
      what: 'system pool',
      value: `${counted(nodes, 'node')} of ${machine.type} in each shard`,
      because: entry.systemPool.machine === undefined ? `the system machine of ${title}` : 'systemPool.machine',
      ...sourceOf(machine),
      keys: ['systemPool'],
    },
    {
      what: 'pods',
      value: few(shards.map(({ podCidr }) => podCidr)),
      because: 'the lock file, or the range that all clusters share',
      keys: ['site'],
    },
    {
      what: 'services',
      value: few(shards.map(({ serviceCidr }) => serviceCidr)),
      because: 'the lock file, or the range that all clusters share',
      keys: ['site'],
    },
    {
      what: 'stores',
      value: few(first.mounts.map((store) => store.key)) || 'none',
      because: 'mounts',
      keys: ['mounts'],
    },
    stacksFact(
      shards.map(({ stacks }) => stacks.cluster),
      'one for each shard',
    ),
  ];
}
