import { NETWORK_RANGES } from '../catalog';
import { networkKey, reserveKey } from '../plan/blocks';
import { identityOf } from '../plan/identity';
import { nthName } from '../plan/names';
import type { ShardPlan, SitePlan } from '../plan/types';
import { catalogOf } from '../spec/catalog-of';
import { lookup } from '../spec/lookup';
import type { Path } from '../spec/positions';
import type { Cluster, Estate, Site } from '../spec/schema';
import { SIZE_KEYS } from '../spec/store-size';
import { counted } from '../spec/words';
import { formatCount } from '../units';
import { existingClusterFacts, existingNetworkFacts, existingStoreFacts } from './existing-facts';
import {
  cloudOf,
  few,
  nameFact,
  type Resolved,
  type ResolvedFact,
  shardLimitFacts,
  shardsOf,
  sourceOf,
  stacksFact,
  versionReason,
  zoneFact,
} from './fact';
import { budgetFacts, commitmentFacts, costFacts, limitFacts, policyFacts } from './money-facts';
import { accessFacts, ownedFacts, runnerFacts } from './owned-facts';
import { poolFacts } from './pool-facts';
import { providerFacts, releaseFacts } from './provider-facts';
import { alarmsFact, logsFact, UNOWNED_LOGS } from './watch-facts';

const SECTIONS: Readonly<Record<string, (resolved: Resolved, key: string) => readonly ResolvedFact[]>> = {
  accounts: accountFacts,
  sites: siteFacts,
  clusters: clusterFacts,
  stores: storeFacts,
  budgets: budgetFacts,
  commitments: commitmentFacts,
  policy: policyFacts,
  providers: providerFacts,
};

/** What the entry that a path lies in was resolved to; nothing for parts of the estate that are taken as written. */
export function resolvedFacts(resolved: Resolved, path: Path): readonly ResolvedFact[] {
  const [section = '', key, inner, pool, ...rest] = path.map(String);
  if (key === undefined) return [];
  const isPool = section === 'clusters' && inner === 'pools' && pool !== undefined;
  const own = isPool ? poolFacts(resolved, key, pool) : (lookup(SECTIONS, section)?.(resolved, key) ?? []);
  const entry = isPool ? path.slice(0, 4) : path.slice(0, 2);
  const facts = [...own, ...ownedFacts(resolved.estate, entry), ...costFacts(resolved, entry)];
  const member = isPool ? rest[0] : inner;
  return member === undefined ? facts : facts.filter(({ keys }) => keys.includes(member));
}

function accountFacts({ estate, plan }: Resolved, key: string): readonly ResolvedFact[] {
  const entry = lookup(estate.accounts, key);
  const account = entry && plan.accounts(entry.cloud).find((one) => one.key === identityOf(key, entry));
  if (entry === undefined || account === undefined) return [];
  return [
    nameFact(account.name, entry, estate),
    {
      what: 'sites',
      value: few(account.sites.map((site) => site.key)),
      because: 'sites that name it',
      keys: ['cloud'],
    },
    { what: 'regions', value: few(account.regions), because: 'the regions of its sites', keys: ['cloud'] },
    stacksFact([account.stacks.foundation], 'what exists once for each account'),
    ...releaseFacts(account),
    ...limitFacts({ estate, plan }, key),
  ];
}

function siteFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate, plan } = resolved;
  const entry = lookup(estate.sites, key);
  const cloud = cloudOf(resolved, key);
  const site: SitePlan | undefined =
    cloud && plan.sites(cloud).find((one) => entry && one.key === identityOf(key, entry));
  if (entry === undefined || cloud === undefined || site === undefined) return [];
  const region = lookup(catalogOf(estate).clouds[cloud].regions.rows, entry.region);
  return [
    nameFact(site.name, entry, estate),
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
    ...(entry.network.existing === undefined ? allocatedFacts(resolved, site, entry) : existingNetworkFacts(site)),
    egressFact(site),
    ...keyFacts(site, entry),
    ...runnerFacts(site),
    { what: 'shards', value: few(site.shards) || 'none', because: 'clusters at the site', keys: [] },
    stacksFact(
      [...(site.hasNetwork ? [site.stacks.network] : []), ...site.storageStacks.map(({ stack }) => stack)],
      'what exists once for each site',
    ),
  ];
}

/** How nodes leave the network. */
function egressFact({ network: { egress, existing } }: SitePlan): ResolvedFact {
  const said = typeof egress === 'object' ? `through ${egress.via}` : WAYS_OUT[egress];
  const because = `network.egress${existing === undefined ? '' : ', as it is in the network that exists'}`;
  return { what: 'way out', value: said, because, keys: ['network'] };
}

const WAYS_OUT = { nat: 'network address translation', none: 'none' } as const;

function keyFacts({ encryptionKey }: SitePlan, entry: Site): readonly ResolvedFact[] {
  if (encryptionKey === undefined) return [];
  const because = entry.encryptionKey === undefined ? 'encryptionKey of its account' : 'encryptionKey';
  return [{ what: 'key', value: encryptionKey.id, because, keys: ['encryptionKey'] }];
}

/** The network of a site that a stack makes. */
function allocatedFacts({ estate, plan }: Resolved, site: SitePlan, entry: Site): readonly ResolvedFact[] {
  const { cloud } = site;
  const supernet = estate.addressing.supernets[cloud];
  const { blocksPerNetwork } = catalogOf(estate).clouds[cloud].limits;
  const reserve = plan.addresses[reserveKey(site.key)];
  const { cidrs, subnets } = site.network;
  return [
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
  ];
}

function storeFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate, plan } = resolved;
  const entry = lookup(estate.stores, key);
  const cloud = entry && cloudOf(resolved, entry.site);
  if (entry === undefined || cloud === undefined) return [];
  const mounts = Object.entries(estate.clusters).filter(([, { mounts: mounted }]) => mounted.includes(key));
  const mountedBy: ResolvedFact = {
    what: 'mounted by',
    value: few(mounts.map(([name]) => name)) || 'no cluster',
    because: 'mounts of clusters',
    keys: ['site'],
  };
  if (entry.existing !== undefined) return [...existingStoreFacts(entry.existing.id), mountedBy];
  const id = identityOf(key, entry);
  const site = plan.sites(cloud).find((one: SitePlan) => one.stores.some((store) => store.key === id));
  const store = site?.stores.find((one) => one.key === id);
  if (site === undefined || store === undefined) return [];
  const common = [
    nameFact(store.name, entry, estate),
    mountedBy,
    stacksFact(
      [nthName(site.stacks.storage, store.stack ?? 1)],
      catalogOf(estate).clouds[cloud].storageStack === undefined
        ? 'the stores of a site share one'
        : 'stores of a site share one while it has room, and stay in theirs',
    ),
  ];
  if (store.kind === 'object' || entry.kind === 'object') return [...common, logsFact(estate, cloud, 'store', entry)];
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
    alarmsFact(estate, store.alarms, entry),
  ];
}

function clusterFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { estate } = resolved;
  const entry = lookup(estate.clusters, key);
  const shards = shardsOf(resolved, key);
  const [first] = shards;
  if (entry === undefined || first === undefined) return [];
  const { limits, kubernetes, title } = catalogOf(estate).clouds[first.cloud];
  return [
    nameFact(first.name, entry, estate),
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
    ...(entry.existing === undefined
      ? madeClusterFacts(estate, shards, entry)
      : existingClusterFacts(entry.existing.id)),
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

/** What a stack makes of a cluster besides its pools. */
function madeClusterFacts(estate: Estate, shards: readonly ShardPlan[], entry: Cluster): readonly ResolvedFact[] {
  const [first] = shards;
  if (first === undefined) return [];
  const { cloud } = first;
  const { title } = catalogOf(estate).clouds[cloud];
  const { machine, nodes } = first.systemPool;
  return [
    ...accessFacts(first),
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
    cloud === 'aws' && first.clusterName === undefined ? UNOWNED_LOGS : logsFact(estate, cloud, 'cluster', entry),
    alarmsFact(estate, first.alarms, entry),
  ];
}
