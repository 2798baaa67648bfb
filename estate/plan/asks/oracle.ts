import { oracleBootVolumeGB, oracleSurge } from '../../catalog/oracle';
import { OWN_TAGS, UNCOUNTED_TAGS } from '../../catalog/tags';
import { fabricsOf } from '../fabrics';
import type { AccountPlan, MountPlan, ShardPlan, SitePlan } from '../types';
import {
  type Ask,
  autoscalersOf,
  clustersOf,
  fileSystemsOf,
  keysOf,
  type NodesOf,
  networksOf,
  nodeCount,
  nodesOf,
  withSurge,
} from './ask';

const CERTAINTY = {
  documented: undefined,
  seen: 'the name of the limit, which was seen in public code',
  assumed: 'the name of the limit, which follows the pattern of the documented ones; correct it under catalog.machines',
} as const;

/** Policies that every account has, and those of accounts with accelerators and with racks. */
const ACCOUNT_POLICIES = 3;
const RACK_POLICIES = 2;

/** Rules of a file system for its own servers; one way in and one out, as for each client. */
const SERVER_RULES = 4;
const CLIENT_RULES = 2;

/** What a tenancy needs once for an account: policies and tags, and a vault in each region. */
export function oracleAccountAsks(account: AccountPlan<'oracle'>): readonly Ask[] {
  const { key: subject, regions, machines, vaultRegions = [] } = account;
  const of = { site: { region: regions[0] ?? '', account }, subject } as const;
  const accelerated = machines.some(({ accelerators }) => accelerators > 0) ? 1 : 0;
  const racked = machines.some(({ attachment }) => attachment === 'gpu-memory-cluster') ? RACK_POLICIES : 0;
  const policies = ACCOUNT_POLICIES + regions.length + accelerated + racked;
  const tags = Object.keys(account.tags).filter((tag) => OWN_TAGS.includes(tag));
  const counted = tags.filter((tag) => !UNCOUNTED_TAGS.has(tag));
  return [
    { ...of, key: 'oracle-policies', count: policies, noun: 'policy', each: 1 },
    { ...of, key: 'oracle-tag-defaults', count: tags.length, noun: 'tag', each: 1 },
    { ...of, key: 'oracle-cost-tags', count: counted.length, noun: 'tag', each: 1 },
    ...vaultRegions.map(
      (region): Ask => ({
        site: { region, account },
        subject,
        key: 'oracle-vaults',
        count: 1,
        noun: 'account vault',
        each: 1,
      }),
    ),
  ];
}

/** What a site of Oracle Cloud needs: its network, its file systems and their key. */
export function oracleSiteAsks(site: SitePlan<'oracle'>): readonly Ask[] {
  const of = { site, subject: site.key } as const;
  const keys = site.stores.length + site.retired.length > 0 ? keysOf(site) : 0;
  return [
    { ...of, key: 'oracle-networks', count: networksOf(site), noun: 'network', each: 1 },
    { ...of, key: 'oracle-subnets', count: networksOf(site) * site.network.subnets.length, noun: 'subnet', each: 1 },
    ...keyAsks(of, keys, site.vault),
    { ...of, key: 'oracle-policies', count: site.grants?.length ?? 0, noun: 'grant', each: 1 },
    { ...of, key: 'oracle-policies', count: copiedFrom(site), noun: 'replication from another region', each: 1 },
    ...linkAsks(site),
    ...fileSystemsOf(site).flatMap(({ key: subject, zone, size }): Ask[] => [
      { site, subject, key: 'oracle-lustre', zone, count: 1, noun: 'file system', each: size },
      { site, subject, key: 'oracle-security-rules', count: 1, noun: 'file system', each: SERVER_RULES },
    ]),
  ];
}

/** Replications to a site that Object Storage of a region does which the foundation of the account does not let in. */
function copiedFrom({ replications = [], account }: SitePlan<'oracle'>): number {
  const foreign = replications.filter(({ engine, end, peer }) => {
    return engine === 'native' && end === 'destination' && !account.regions.includes(peer.region);
  });
  return foreign.length;
}

/** A gateway where there are links, and for each address that tunnels lead to a device and a connection. */
function linkAsks(site: SitePlan<'oracle'>): readonly Ask[] {
  const { key: subject, gateway, links = [] } = site;
  const ends = links.flatMap(({ key: link, tunnels }) => {
    const count = new Set(tunnels.map(({ peerOutside }) => peerOutside)).size;
    const end = { site, subject: link, count, noun: 'address of a peer', each: 1 } as const;
    return [{ ...end, key: 'oracle-vpn-devices' } as const, { ...end, key: 'oracle-vpn-connections' } as const];
  });
  return [
    { site, subject, key: 'oracle-gateways', count: gateway === undefined ? 0 : 1, noun: 'gateway of links', each: 1 },
    ...ends,
  ];
}

/** A key, and its vault where it has one of its own, as in earlier releases. */
function keyAsks(of: Pick<Ask, 'site' | 'subject'>, keys: number, vault: 'account' | undefined): readonly Ask[] {
  const vaults = vault === undefined ? keys : 0;
  return [
    { ...of, key: 'oracle-keys', count: keys, noun: 'key', each: 1 },
    { ...of, key: 'oracle-vaults', count: vaults, noun: 'own vault', each: 1 },
  ];
}

/** What one shard needs: its cluster, its fabrics and its nodes. */
export function oracleShardAsks(shard: ShardPlan<'oracle'>): readonly Ask[] {
  const { site, vault } = shard;
  const of = { site, subject: shard.key } as const;
  const racked = shard.pools.filter(({ machine }) => machine.attachment === 'gpu-memory-cluster');
  return [
    { ...of, key: 'oracle-clusters', count: clustersOf(shard), noun: 'cluster', each: 1 },
    { ...of, key: 'oracle-cluster-nodes', count: nodeCount(shard), noun: 'node', each: 1 },
    // Pods live on an overlay: a node takes one address.
    { site, subject: site.key, key: 'oracle-network-addresses', count: nodeCount(shard), noun: 'node', each: 1 },
    ...keyAsks(of, clustersOf(shard) * keysOf(site), vault),
    { ...of, key: 'oracle-policies', count: policyCount(shard), noun: 'policy', each: 1 },
    { ...of, key: 'oracle-instance-configurations', count: racked.length, noun: 'rack pool', each: 1 },
    ...fabricsOf('oracle', shard).map(
      ({ zone }): Ask => ({ ...of, key: 'oracle-compute-clusters', zone, count: 1, noun: 'fabric', each: 1 }),
    ),
    ...shard.mounts.flatMap((mount) => mountAsks(shard, mount)),
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

/** Policies of a cluster: of its roles, its autoscaler, each service account in each compartment with object stores of it, its racks. */
function policyCount(shard: ShardPlan<'oracle'>): number {
  const { access, existing, mounts, pools, site, grants } = shard;
  const { compartmentId } = site.account.ids;
  const roles = [access.administrators, access.viewers].filter((principals) => principals.length > 0).length;
  const placeOf = (store: MountPlan<'oracle'> | undefined) =>
    store?.kind === 'object' ? [store.existing?.compartmentId ?? compartmentId] : [];
  const stores = new Map([...site.stores, ...site.existingStores].map((store) => [store.key, store]));
  const workload = grants?.callers.find(({ isWorkload }) => isWorkload)?.key;
  const places = [
    ...mounts.flatMap((mount) => placeOf(mount).map((place) => `workload/${place}`)),
    ...(grants?.direct ?? []).flatMap(({ store, caller }) =>
      placeOf(stores.get(store)).map((place) => `${caller === workload ? 'workload' : `caller-${caller}`}/${place}`),
    ),
  ];
  const racked = pools.some(({ machine }) => machine.attachment === 'gpu-memory-cluster');
  const joins = racked && existing !== undefined && existing.compartmentId !== compartmentId;
  return clustersOf(shard) * roles + autoscalersOf(shard) + new Set(places).size + (joins ? 1 : 0);
}

/** Rules for a cluster and a file system that it mounts, in the groups of both; of one that exists, in that of the cluster. */
function mountAsks({ key: subject, site }: ShardPlan<'oracle'>, mount: MountPlan<'oracle'>): readonly Ask[] {
  if (mount.kind !== 'lustre') return [];
  const rules = { site, key: 'oracle-security-rules', each: CLIENT_RULES } as const;
  const subnets = site.network.existing?.subnets ?? site.network.subnets;
  const ranges = subnets.filter(({ role, owner = subject }) => role === 'nodes' && owner === subject).length;
  return [
    { ...rules, subject, count: 1, noun: 'file system' },
    { ...rules, subject: mount.key, count: mount.existing === undefined ? ranges : 0, noun: 'node range' },
  ];
}

/** Limits of machines hold in an availability domain; the nodes of the cluster itself are spread over all of them. */
function nodeAsks(nodes: NodesOf<'oracle'>): readonly Ask[] {
  const { shard, subject, pool, machine } = nodes;
  const { zones } = shard.site;
  const here = pool === undefined ? Math.ceil(nodes.nodes / zones.length) : nodes.nodes;
  const needs = withSurge(here, surgeOf(nodes));
  return (pool === undefined ? zones : [pool.zone]).flatMap((zone) =>
    needs.flatMap((need): Ask[] => {
      const of = { site: shard.site, subject, zone, ...need } as const;
      return [
        ...limitAsks(nodes).map((limit): Ask => ({ ...of, ...limit })),
        { ...of, key: 'oracle-block-storage', each: oracleBootVolumeGB(machine) },
      ];
    }),
  );
}

/** Nodes that an upgrade adds: those of a reservation are replaced in place, those with accelerators not at all. */
function surgeOf({ pool, machine, groups }: NodesOf<'oracle'>): number {
  if (machine.accelerator !== undefined || pool?.capacity.kind === 'reservation') return 0;
  return groups.reduce((sum, size) => sum + (size === 0 ? 0 : oracleSurge(size)), 0);
}

/** Accelerators bring the CPUs and memory of their host with them. */
function limitAsks({
  pool,
  machine,
}: NodesOf<'oracle'>): readonly Pick<Ask, 'key' | 'quota' | 'each' | 'unverified'>[] {
  const reserved = pool?.capacity.kind === 'reservation';
  const { name, certainty } = machine.limit;
  const limit = {
    quota: reserved ? name.replace(/-count$/, '-reserved-count') : name,
    unverified: reserved ? 'the name of the limit for nodes in reservations' : CERTAINTY[certainty],
  };
  if (machine.accelerator !== undefined) return [{ ...limit, key: 'oracle-machine', each: machine.accelerators }];
  const memory = { ...limit, quota: limit.quota.replace('-core-', '-memory-') };
  return [
    { ...limit, key: 'oracle-cores', each: machine.ocpus },
    { ...memory, key: 'oracle-memory', each: machine.memoryGiB ?? 0 },
  ];
}
