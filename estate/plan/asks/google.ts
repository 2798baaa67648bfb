import type { GoogleMachine } from '../../catalog';
import type { ShardPlan, SitePlan } from '../types';
import {
  type Ask,
  clustersOf,
  fileSystemsOf,
  gatewaysOf,
  isPreemptible,
  type NodesOf,
  networksOf,
  nodesOf,
  withSurge,
} from './ask';

/** Nodes that an upgrade adds to a pool without accelerators; pools with them have no room for one more. */
const SURGE = 1;

/** Rules that GKE makes for a cluster: for its pods, its nodes, and its control plane. */
const CLUSTER_RULES = 5;

/** Roles of the nodes of a cluster, and of one who administers it. */
const NODE_ROLES = 2;
const ADMINISTRATOR_ROLES = 2;

/** What a site of Google Cloud needs: its network, addresses and file systems. */
export function googleSiteAsks(site: SitePlan<'google'>): readonly Ask[] {
  const networks = { site, subject: site.key, count: networksOf(site), noun: 'network', each: 1 } as const;
  const ranges = networksOf(site) * site.network.subnets.filter(({ role }) => role === 'storage').length;
  return [
    { ...networks, key: 'google-networks' },
    { ...networks, key: 'google-firewalls' },
    { ...networks, key: 'google-global-addresses', count: ranges, noun: 'file system range' },
    { ...networks, key: 'google-routers', count: gatewaysOf(site), noun: 'router' },
    { ...networks, key: 'google-addresses', count: gatewaysOf(site), noun: 'NAT', byService: true },
    ...linkAsks(site),
    ...fileSystemsOf(site).map(
      ({ key, zone, size }): Ask => ({
        site,
        subject: key,
        key: 'google-lustre',
        zone,
        count: 1,
        noun: 'file system',
        each: size,
      }),
    ),
  ];
}

/** What its links need. In the network of another project they lie there, and its owner asks for them. */
function linkAsks(site: SitePlan<'google'>): readonly Ask[] {
  const { gateway, links = [], account, network } = site;
  const owner = network.existing?.projectId ?? account.ids.projectId;
  if (gateway === undefined || owner !== account.ids.projectId) return [];
  const of = { site, subject: site.key, each: 1 } as const;
  const tunnels = links.flatMap((link) => link.tunnels);
  const peers = links.filter(({ kind, peer }) => kind === 'vpn' && peer.cloud !== 'google');
  const routers = gateway.kinds.filter((kind) => kind !== 'peering');
  return [
    { ...of, key: 'google-vpn-gateways', count: gateway.kinds.includes('vpn') ? 1 : 0, noun: 'gateway' },
    { ...of, key: 'google-routers', count: routers.length, noun: 'gateway router' },
    { ...of, key: 'google-peer-gateways', count: peers.length, noun: 'peer' },
    { ...of, key: 'google-vpn-tunnels', count: tunnels.length, noun: 'tunnel' },
  ];
}

/**
 * What one shard needs: its cluster, its data networks and its nodes.
 *
 * GKE makes a cluster with a pool that is gone before there are others: it has one node in each zone, of the machine of the
 * system pool, which has as many, and so asks for nothing of its own.
 */
export function googleShardAsks(shard: ShardPlan<'google'>): readonly Ask[] {
  const { site, access, logRetentionDays } = shard;
  const of = { site, subject: shard.key } as const;
  const clusters = { ...of, count: clustersOf(shard), noun: 'cluster', each: 1 } as const;
  const people = ({ length }: readonly string[]) =>
    ({ ...clusters, key: 'google-grants', count: clusters.count * length }) as const;
  return [
    { ...clusters, key: 'google-clusters' },
    { ...of, key: 'google-subnetworks', count: networksOf(site), noun: 'node subnet', each: 1 },
    { ...of, key: 'google-policies', count: policyCount(shard), noun: 'placement', each: 1 },
    { ...clusters, key: 'google-service-accounts' },
    { ...clusters, key: 'google-log-buckets', count: logRetentionDays === undefined ? 0 : clusters.count },
    { ...clusters, key: 'google-custom-roles', count: access.administrators.length > 0 ? clusters.count : 0 },
    { ...clusters, key: 'google-grants', each: NODE_ROLES },
    { ...people(access.administrators), noun: 'administrator', each: ADMINISTRATOR_ROLES },
    { ...people(access.viewers), noun: 'viewer' },
    { ...clusters, key: 'google-firewalls', each: CLUSTER_RULES, byService: true, unverified: RULES },
    { ...of, key: 'google-firewalls', count: doors(shard), noun: 'mount', each: 1 },
    ...fabricAsks(shard),
    ...nodesOf(shard).flatMap((nodes) => [...groupAsks(nodes), ...nodeAsks(nodes)]),
  ];
}

const RULES = 'how many rules GKE makes for a cluster';

/** Rules that let a cluster in to the file systems that it mounts; the owner of one that exists may do it himself. */
function doors({ mounts, site }: ShardPlan<'google'>): number {
  const { existing, subnets } = site.network;
  const ranges = (existing?.subnets ?? subnets).filter(({ role }) => role === 'storage');
  return mounts.filter((mount) => mount.kind === 'lustre' && (mount.existing === undefined || ranges.length > 0))
    .length;
}

/** Pools of one topology share the policy of their cluster; slices of one host stand alone. */
function policyCount({ pools }: ShardPlan<'google'>): number {
  const topologies = pools.flatMap(({ machine: { placement }, topology, groups }) => {
    if (placement?.kind === 'rack') return placement.topology;
    return placement?.workloadPolicy === true && groups.some(({ nodes }) => nodes > 1) ? (topology ?? []) : [];
  });
  return new Set(topologies).size;
}

/** Pools of one zone with the same layout share the networks of one fabric. */
function fabricAsks(shard: ShardPlan<'google'>): readonly Ask[] {
  const fabrics = new Map<string, NonNullable<GoogleMachine['fabric']>>();
  for (const { zone, machine } of shard.pools) {
    if (machine.fabric !== undefined) fabrics.set(`${zone}-${machine.fabric.name}`, machine.fabric);
  }
  return [...fabrics].flatMap(([name, { gvnicNetworks, rdmaInterfaces, networkProfile }]): Ask[] => {
    const of = { site: shard.site, subject: `${shard.key}/${name}`, count: 1, noun: 'fabric' } as const;
    // On bare metal Google makes the only subnet of the RDMA network.
    const rails = networkProfile === 'vpc-roce' ? rdmaInterfaces : 0;
    return [
      { ...of, key: 'google-networks', each: gvnicNetworks + (networkProfile === undefined ? 0 : 1) },
      { ...of, key: 'google-subnetworks', each: gvnicNetworks + rails },
      { ...of, key: 'google-firewalls', each: gvnicNetworks },
    ];
  });
}

/** GKE keeps the nodes of a pool as an instance group with its template, in each of its zones. */
function groupAsks({ shard, subject, pool, groups }: NodesOf<'google'>): readonly Ask[] {
  const zones = pool === undefined ? shard.site.zones.length : 1;
  const of = { site: shard.site, subject, count: groups.length * zones, noun: 'zonal pool', each: 1 } as const;
  return [
    { ...of, key: 'google-instance-groups', byService: true },
    { ...of, key: 'google-instance-templates', byService: true },
  ];
}

function nodeAsks(nodes: NodesOf<'google'>): readonly Ask[] {
  const { machine, groups, pool } = nodes;
  const surges = machine.accelerator === undefined && pool?.capacity.kind !== 'flex-start';
  const surge = surges ? SURGE * groups.filter((size) => size > 0).length : 0;
  return withSurge(nodes.nodes, surge).flatMap((need) => machineAsks(nodes, need));
}

function machineAsks(nodes: NodesOf<'google'>, need: Pick<Ask, 'count' | 'noun' | 'byService'>): readonly Ask[] {
  const { machine, shard, subject } = nodes;
  const { quota, bootDisk, accelerator, localNvmeGB } = machine;
  const of = { site: shard.site, subject, ...need } as const;
  const preemptible = isPreemptible(nodes);
  // Only GPUs keep their family apart in the preemptible quota; the others have an id for each family.
  const dimension = preemptible && quota.dimension?.name !== 'gpu_family' ? undefined : quota.dimension;
  return [
    {
      ...of,
      key: accelerator === undefined ? 'google-cpu' : 'google-machine',
      quota: preemptible ? quota.preemptibleId : quota.id,
      each: accelerator === undefined ? (machine.vcpus ?? 0) : machine.accelerators,
      unit: accelerator === undefined ? 'vCPU' : machine.gpu === undefined ? 'TPU chip' : 'GPU',
      ...(dimension && { dimension: `${dimension.name}=${dimension.value}` }),
      ...(quota.unverified && { unverified: quota.unverified }),
    },
    { ...of, key: 'google-instances', each: 1 },
    { ...of, key: bootDisk.type === 'hyperdisk-balanced' ? 'google-hyperdisk' : 'google-ssd', each: bootDisk.sizeGB },
    {
      ...of,
      key: 'google-local-ssd',
      each: localNvmeGB,
      ...(preemptible ? { quota: PREEMPTIBLE_SSD } : { dimension: `vm_family=${familyOf(machine)}` }),
    },
  ];
}

const PREEMPTIBLE_SSD = 'PREEMPTIBLE-LOCAL-SSD-GB-per-project-region';

/** The family is what the name of a machine type begins with. */
function familyOf({ type }: GoogleMachine): string {
  const [family = type] = type.split('-');
  return family.toUpperCase();
}
