import { azurePrivateDns } from '../../catalog/azure';
import type { AccountPlan, ShardPlan, SitePlan } from '../types';
import {
  type Ask,
  clustersOf,
  fileSystemsOf,
  gatewaysOf,
  isPreemptible,
  keysOf,
  type NodesOf,
  networksOf,
  nodeCount,
  nodesOf,
  objectStoresOf,
  poolCount,
  withSurge,
} from './ask';

/** Share of the system nodes by which an upgrade exceeds their number; other pools never do. */
const SYSTEM_SURGE = 0.1;

/** Public addresses of the NAT gateway of a cluster's nodes, and of that of all file systems of a network. */
const NODE_ADDRESSES = 16;
const FILE_SYSTEM_ADDRESSES = 2;

/** Public addresses of a gateway for tunnels: one for each of its instances. */
const LINK_ADDRESSES = 2;

/** Private endpoints of an object store: its objects, and their folders. */
const STORE_ENDPOINTS = 2;

/** Roles of a cluster on its disks, on its key, and on what it is put into. */
const DISK_ROLES = 1;
const KEY_ROLES = 3;
const NETWORK_ROLES = 3;

/** Roles of who administers a cluster, and of who looks at it: to find it, and to see what runs there. */
const ADMINISTRATOR_ROLES = 1;
const VIEWER_ROLES = 2;

/** What a subscription needs once: resource groups, and zones of names that its networks share. */
export function azureAccountAsks(account: AccountPlan<'azure'>, sites: readonly SitePlan<'azure'>[]): readonly Ask[] {
  const of = { site: { region: account.regions[0] ?? '', account }, subject: account.key, each: 1 } as const;
  const regions = new Set(sites.filter(({ hasNetwork }) => hasNetwork).map(({ region }) => region));
  const zones = new Set(
    azurePrivateDns.flatMap(({ zone }) => [...regions].map((region) => zone.replace('{region}', region))),
  );
  return [
    { ...of, key: 'azure-resource-groups', count: 1 + account.sites.length, noun: 'resource group' },
    { ...of, key: 'azure-private-dns-zones', count: zones.size, noun: 'zone' },
  ];
}

/** What a site of Azure needs: its network, its stores and their key. */
export function azureSiteAsks(site: SitePlan<'azure'>): readonly Ask[] {
  const of = { site, subject: site.key } as const;
  const fileSystems = fileSystemsOf(site);
  const objectStores = objectStoresOf(site);
  const vaults = site.stores.length + site.retired.length > 0 ? keysOf(site) : 0;
  const endpoints = [
    { ...of, count: vaults, noun: 'vault', each: 1 },
    { ...of, count: objectStores.length, noun: 'object store', each: STORE_ENDPOINTS },
  ] as const;
  return [
    ...networkAsks(site),
    ...fileSystems.flatMap((store): Ask[] => {
      const fileSystem = { site, subject: store.key, count: 1, noun: 'file system' } as const;
      return [
        { ...fileSystem, key: 'azure-lustre-file-systems', each: 1 },
        { ...fileSystem, key: 'azure-lustre', each: store.size },
      ];
    }),
    { ...of, key: 'azure-key-vaults', count: vaults, noun: 'vault', each: 1 },
    { ...of, key: 'azure-storage-accounts', count: objectStores.length, noun: 'object store', each: 1 },
    { ...of, key: 'azure-role-assignments', count: keysOf(site) * site.stores.length, noun: 'store', each: 1 },
    { ...of, key: 'azure-role-assignments', count: grantees(site), noun: 'grant', each: 1 },
    ...endpoints.flatMap((endpoint): Ask[] => [
      { ...endpoint, key: 'azure-private-endpoints' },
      { ...endpoint, key: 'azure-network-interfaces', byService: true },
    ]),
  ];
}

/** Who is let in at stores: the identity of a grant, or each caller whom Azure knows. */
function grantees({ grants = [] }: SitePlan<'azure'>): number {
  const counts = grants.map(({ identityName, callers }) => (identityName === undefined ? callers.length : 1));
  return counts.reduce((sum, count) => sum + count, 0);
}

function networkAsks(site: SitePlan<'azure'>): readonly Ask[] {
  const { subnets, egress } = site.network;
  const networks = { site, subject: site.key, count: networksOf(site), noun: 'network' } as const;
  const made = subnets.filter(({ role }) => role !== 'gateway');
  const nodes = gatewaysOf(site) * subnets.filter(({ role }) => role === 'nodes').length;
  const files = subnets.some(({ role }) => role === 'storage') ? gatewaysOf(site) : 0;
  const gateways = [
    { ...networks, count: nodes, noun: 'cluster gateway', addresses: NODE_ADDRESSES },
    { ...networks, count: files, noun: 'file system gateway', addresses: FILE_SYSTEM_ADDRESSES },
  ] as const;
  const tunnels = site.gateway?.kinds.includes('vpn') ? 1 : 0;
  const routed = typeof egress === 'object' ? networks.count : 0;
  return [
    { ...networks, key: 'azure-networks', each: 1 },
    { ...networks, key: 'azure-security-groups', count: networks.count * made.length, noun: 'subnet', each: 1 },
    { ...networks, key: 'azure-route-tables', count: routed, each: 1 },
    { ...networks, key: 'azure-public-addresses', count: tunnels, noun: 'gateway of links', each: LINK_ADDRESSES },
    ...gateways.flatMap(({ addresses, ...gateway }): Ask[] => [
      { ...gateway, key: 'azure-nat-gateways', each: 1 },
      { ...gateway, key: 'azure-public-addresses', each: addresses },
    ]),
  ];
}

/** What one shard needs: its cluster, its node pools and their nodes. */
export function azureShardAsks(shard: ShardPlan<'azure'>): readonly Ask[] {
  const { site, ownZone } = shard;
  const of = { site, subject: shard.key } as const;
  const pools = { ...of, count: poolCount(shard), noun: 'node pool', each: 1 } as const;
  const clusters = { ...of, count: clustersOf(shard), noun: 'cluster', each: 1 } as const;
  const vaults = { ...clusters, count: clusters.count * keysOf(site), noun: 'cluster vault' };
  return [
    { ...clusters, key: 'azure-clusters' },
    { ...pools, key: 'azure-node-pools' },
    { ...pools, key: 'azure-scale-sets', byService: true },
    { ...of, key: 'azure-cluster-nodes', count: nodeCount(shard), noun: 'node', each: 1 },
    // Pods live on an overlay: a node takes one address.
    { site, subject: site.key, key: 'azure-network-addresses', count: nodeCount(shard), noun: 'node', each: 1 },
    { ...clusters, key: 'azure-resource-groups', noun: 'node resource group', byService: true },
    { ...clusters, key: 'azure-security-groups', noun: 'node security group', byService: true },
    { ...clusters, key: 'azure-private-dns-zones', count: ownZone ? clusters.count : 0 },
    { ...vaults, key: 'azure-key-vaults' },
    { ...vaults, key: 'azure-private-endpoints', subject: site.key },
    { ...vaults, key: 'azure-network-interfaces', byService: true },
    ...roleAsks(shard),
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

function roleAsks(shard: ShardPlan<'azure'>): readonly Ask[] {
  const { site, access, mounts } = shard;
  const of = { site, subject: shard.key, key: 'azure-role-assignments' } as const;
  const clusters = clustersOf(shard);
  const viewers = access.viewers.filter((viewer) => !access.administrators.includes(viewer));
  const stores = mounts.filter(({ kind }) => kind === 'object');
  return [
    { ...of, count: clusters, noun: 'cluster', each: DISK_ROLES + KEY_ROLES * keysOf(site) + placeRoles(shard) },
    { ...of, count: clusters * access.administrators.length, noun: 'administrator', each: ADMINISTRATOR_ROLES },
    { ...of, count: clusters * viewers.length, noun: 'viewer', each: VIEWER_ROLES },
    { ...of, count: reservationGroups(shard), noun: 'reservation group', each: 1 },
    { ...of, count: stores.length, noun: 'object store', each: 1 },
    { ...of, count: shard.grants?.direct.length ?? 0, noun: 'grant', each: 1 },
  ];
}

/** Roles on the network and its names: those of another subscription are its owner's to give. */
function placeRoles({ site, ownZone }: ShardPlan<'azure'>): number {
  const { existing } = site.network;
  const { subscriptionId } = site.account.ids;
  const isOurs = (owner: string | undefined) => owner === undefined || owner === subscriptionId;
  const names = ownZone === true || isOurs(existing?.privateDns.subscriptionId);
  return (isOurs(existing?.subscriptionId) ? NETWORK_ROLES : 0) + (names ? 1 : 0);
}

/** Resource groups with reservations of the pools; whoever owns a cluster that exists may give the role himself. */
function reservationGroups({ pools, existing }: ShardPlan<'azure'>): number {
  if (existing !== undefined && existing.principalId === undefined) return 0;
  const ids = pools.flatMap(({ capacity, groups }) =>
    capacity.kind === 'reservation' ? groups.flatMap(({ reservation }) => reservation ?? []) : [],
  );
  return new Set(ids.map((id) => id.split('/providers/')[0])).size;
}

/** Dedicated machines count too: a quota is how Azure allots them. */
function nodeAsks(nodes: NodesOf<'azure'>): readonly Ask[] {
  const { machine, shard, subject, pool } = nodes;
  const surge = pool === undefined ? Math.ceil(nodes.nodes * SYSTEM_SURGE) : 0;
  return withSurge(nodes.nodes, surge).flatMap((need): Ask[] => {
    const of = { site: shard.site, subject, ...need } as const;
    const cores = { ...of, each: machine.vcpus ?? 0 };
    return [
      ...(isPreemptible(nodes)
        ? [{ ...cores, key: 'azure-spot-cores' } as const]
        : ([
            { ...cores, key: 'azure-family', quota: machine.quotaFamily, unverified: machine.unverified },
            { ...cores, key: 'azure-cores' },
          ] as const)),
      { ...of, key: 'azure-virtual-machines', each: 1 },
      { ...of, key: 'azure-network-interfaces', each: 1 },
    ];
  });
}
