import type { AwsMachine, QuotaKey } from '../../catalog';
import { AWS_LUSTRE_SERVER, isRegionalZone } from '../../catalog/aws';
import { AWS_NODE_UPDATE } from '../../catalog/aws-limits';
import { networkInterfacesOf, rootVolumeGiBOf } from '../../catalog/aws-machines';
import { forwardedReservations } from '../alerts';
import { type FabricPlan, fabricsOf } from '../fabrics';
import type { AccountPlan, ShardPlan, SitePlan } from '../types';
import {
  type Ask,
  autoscalersOf,
  clustersOf,
  fileSystemsOf,
  gatewaysOf,
  type NodesOf,
  networksOf,
  nodesOf,
  nodesOfGroup,
  objectStoresOf,
  poolCount,
  withSurge,
} from './ask';

const ON_DEMAND: Readonly<Record<AwsMachine['quotaFamily'], QuotaKey>> = {
  P4: 'aws-on-demand-p',
  P5: 'aws-on-demand-p',
  P6: 'aws-on-demand-p',
  G: 'aws-on-demand-g',
  Trn: 'aws-on-demand-trn',
  Standard: 'aws-on-demand-standard',
};
const SPOT: Readonly<Record<AwsMachine['quotaFamily'], QuotaKey>> = {
  P4: 'aws-spot-p4',
  P5: 'aws-spot-p5',
  P6: 'aws-spot-p6',
  G: 'aws-spot-g',
  Trn: 'aws-spot-trn',
  Standard: 'aws-spot-standard',
};

/** Network interfaces that EKS puts into the VPC for the control plane of one cluster, at most. */
const CONTROL_PLANE_INTERFACES = 4;

/** Units of address usage that the pods of one node take: the address of their interface and two prefixes. */
const POD_ADDRESS_USAGE = 3;

/** Services that a network without a way out reaches by endpoints of its own. */
const SERVICE_ENDPOINTS = 10;

/** Roles of a network: its flow logs, and what closes its default security group. */
const NETWORK_ROLES = 2;

/** Roles of a cluster: its own, that of its nodes, and that of what gives pods their addresses. */
const CLUSTER_ROLES = 3;

/** Roles of a transfer: that of its bucket, and the one whose tokens the other end lets in. */
const TRANSFER_ROLES = 2;
/** Buckets of an object store: one for its objects, one for the log of requests. */
const BUCKETS = 2;

/**
 * What an account of AWS needs once: the role by which its budget stops new capacity, that by which it comes to sign for its
 * roles, and the issuers that it trusts.
 */
export function awsAccountAsks(account: AccountPlan<'aws'>): readonly Ask[] {
  const { budget, grants } = account;
  const of = { site: { region: account.regions[0] ?? '', account }, subject: account.key, each: 1 } as const;
  return [
    { ...of, key: 'aws-roles', count: budget?.stopsCapacity === true ? 1 : 0, noun: 'budget' },
    { ...of, key: 'aws-roles', count: grants?.outbound === true ? 1 : 0, noun: 'issuer of the account' },
    { ...of, key: 'aws-identity-providers', count: grants?.trusts.length ?? 0, noun: 'trusted issuer' },
  ];
}

/** What a site of AWS needs: its network and its stores. */
export function awsSiteAsks(site: SitePlan<'aws'>): readonly Ask[] {
  const stores = { site, subject: site.key, each: BUCKETS, noun: 'object store' } as const;
  return [
    ...networkAsks(site),
    ...linkAsks(site),
    ...fileSystemsOf(site).flatMap((store): Ask[] => {
      const fileSystem = { site, subject: store.key, count: 1, noun: 'file system' } as const;
      const servers = 1 + Math.ceil(store.size / AWS_LUSTRE_SERVER.sizeGiB);
      return [
        { ...fileSystem, key: 'aws-lustre', each: store.size },
        { ...fileSystem, key: 'aws-lustre-file-systems', each: 1 },
        { ...fileSystem, key: 'aws-security-groups', each: 1 },
        // Its servers let each other in.
        { ...fileSystem, key: 'aws-security-group-rules', each: 1 },
        { ...fileSystem, key: 'aws-network-interfaces', each: servers, unverified: AWS_LUSTRE_SERVER.unverified },
      ];
    }),
    { ...stores, key: 'aws-buckets', count: objectStoresOf(site).length },
    { site, subject: site.key, key: 'aws-roles', count: site.grants?.length ?? 0, noun: 'grant', each: 1 },
    ...replicationAsks(site),
  ];
}

/** Buckets that S3 copies from have a role each; a task of DataSync has one for its bucket, and one that it shows. */
function replicationAsks(site: SitePlan<'aws'>): readonly Ask[] {
  const halves = site.replications ?? [];
  const copied = halves.filter(({ engine, end }) => engine === 'native' && end === 'source');
  const tasks = halves.filter(({ engine, runs }) => engine === 'datasync' && runs);
  const roles = { site, subject: site.key, key: 'aws-roles' } as const;
  return [
    { ...roles, count: new Set(copied.map(({ store }) => store)).size, noun: 'store that is copied', each: 1 },
    { ...roles, count: tasks.length, noun: 'transfer', each: TRANSFER_ROLES },
  ];
}

function networkAsks(site: SitePlan<'aws'>): readonly Ask[] {
  const { cidrs, subnets, egress } = site.network;
  const networks = { site, subject: site.key, count: networksOf(site), noun: 'network' } as const;
  // Local Zones, whose names go on after the region's with a hyphen, hold neither NAT gateways nor control planes.
  const regional = subnets.filter(({ zone }) => zone?.startsWith(`${site.region}-`) === false);
  const ofRole = (wanted: string) => regional.filter(({ role }) => role === wanted);
  const nat = gatewaysOf(site) > 0 ? ofRole('public').flatMap(({ zone }) => zone ?? []) : [];
  const made = [
    ...subnets.filter(({ role }) => role !== 'public' && role !== 'control-plane'),
    ...ofRole('control-plane'),
    ...ofRole('public').slice(0, nat.length),
  ].length;
  const pods = subnets.filter(({ role }) => role === 'pods').length;
  const doors = ofRole('control-plane').length;
  const gateways = { ...networks, count: nat.length, noun: 'NAT gateway', each: 1 };
  const endpoints = { ...networks, count: egress === 'none' ? networks.count : 0 };
  const transit = typeof egress === 'object' ? networks.count : 0;
  return [
    { ...networks, key: 'aws-vpcs', each: 1 },
    { ...networks, key: 'aws-vpc-blocks', count: networks.count * (cidrs.length + pods), noun: 'block', each: 1 },
    { ...networks, key: 'aws-subnets', count: networks.count * made, noun: 'subnet', each: 1 },
    { ...networks, key: 'aws-route-tables', count: networks.count * made, noun: 'subnet', each: 1 },
    { ...networks, key: 'aws-internet-gateways', count: gatewaysOf(site), each: 1 },
    ...nat.map((zone): Ask => ({ ...gateways, key: 'aws-nat-gateways', count: 1, zone })),
    { ...gateways, key: 'aws-elastic-ips' },
    { ...gateways, key: 'aws-network-interfaces' },
    { ...networks, key: 'aws-gateway-endpoints', each: 1 },
    { ...endpoints, key: 'aws-interface-endpoints', each: SERVICE_ENDPOINTS },
    { ...endpoints, key: 'aws-security-groups', noun: 'endpoint group', each: 1 },
    { ...endpoints, key: 'aws-network-interfaces', noun: 'closed network', each: SERVICE_ENDPOINTS * doors },
    { ...networks, key: 'aws-network-interfaces', count: transit * doors, noun: 'transit interface', each: 1 },
    { ...networks, key: 'aws-security-groups', noun: 'default group', each: 1, byService: true },
    { ...networks, key: 'aws-roles', each: NETWORK_ROLES },
  ];
}

/** What the links of a site need: its gateway, an interface of it in each zone, and what each half is made of. */
function linkAsks(site: SitePlan<'aws'>): readonly Ask[] {
  if (site.gateway === undefined) return [];
  const gateways = { site, subject: site.key, count: 1, noun: 'gateway' } as const;
  const zones = site.zones.filter(isRegionalZone).length;
  const halves = (site.links ?? []).map((link): Ask[] => {
    const of = { site, subject: link.key } as const;
    const connections = new Set(link.tunnels.map(({ connection }) => connection)).size;
    const isAsked = link.kind === 'peering' && link.isOrigin;
    return [
      { ...of, key: 'aws-customer-gateways', count: connections, noun: 'connection', each: 1 },
      { ...of, key: 'aws-vpn-connections', count: connections, noun: 'connection', each: 1 },
      // A function asks EC2 what CloudFormation does not say, or accepts a peering.
      { ...of, key: 'aws-roles', count: isAsked ? 0 : 1, noun: 'link', each: 1 },
    ];
  });
  return [
    { ...gateways, key: 'aws-transit-gateways', each: 1 },
    { ...gateways, key: 'aws-network-interfaces', each: zones },
    ...halves.flat(),
  ];
}

/** What one shard needs: its cluster, its fabrics, its node groups and their nodes. */
export function awsShardAsks(shard: ShardPlan<'aws'>): readonly Ask[] {
  const of = { site: shard.site, subject: shard.key } as const;
  const clusters = { ...of, count: clustersOf(shard), noun: 'cluster' } as const;
  const groups = { ...of, count: poolCount(shard), noun: 'node group', each: 1 } as const;
  const fabrics = fabricsOf('aws', shard);
  const packed = fabrics.filter(({ pool }) => pool !== undefined);
  return [
    { ...clusters, key: 'aws-eks-clusters', each: 1 },
    { ...clusters, key: 'aws-network-interfaces', noun: 'control plane', each: CONTROL_PLANE_INTERFACES },
    { ...clusters, key: 'aws-security-groups', noun: 'control plane', each: 1 },
    { ...clusters, key: 'aws-security-groups', each: 1, byService: true },
    { ...clusters, key: 'aws-roles', each: CLUSTER_ROLES },
    { ...of, key: 'aws-roles', count: 1, noun: 'workload role', each: 1 },
    { ...of, key: 'aws-roles', count: callersOf(shard), noun: 'caller role', each: 1 },
    { ...of, key: 'aws-roles', count: autoscalersOf(shard), noun: 'autoscaler', each: 1 },
    { ...clusters, key: 'aws-roles', count: shard.alarms === undefined ? 0 : clusters.count, noun: 'watch', each: 1 },
    {
      ...of,
      key: 'aws-roles',
      count: forwardedReservations(shard).length > 0 ? 1 : 0,
      noun: 'event role',
      each: 1,
    },
    { ...of, key: 'aws-security-groups', count: fabrics.length, noun: 'fabric', each: 1 },
    { ...of, key: 'aws-placement-groups', count: packed.length, noun: 'fabric', each: 1 },
    ...mountAsks(shard, fabrics),
    { ...groups, key: 'aws-eks-node-groups' },
    { ...groups, key: 'aws-launch-templates' },
    { ...groups, key: 'aws-launch-templates', noun: 'EKS template', byService: true, unverified: COPIES },
    { ...groups, key: 'aws-auto-scaling-groups', byService: true },
    ...shard.pools.flatMap((pool) =>
      pool.groups.map(
        (group): Ask => ({
          site: shard.site,
          subject: `${shard.key}/${pool.key}/${group.key}`,
          key: 'aws-eks-nodes',
          count: nodesOfGroup(group),
          noun: 'node',
          each: 1,
        }),
      ),
    ),
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

/** Service accounts besides the workload that grants give a role. */
function callersOf({ grants }: ShardPlan<'aws'>): number {
  return grants?.callers.filter(({ isWorkload }) => !isWorkload).length ?? 0;
}

const COPIES = 'that EKS keeps a template of its own for each node group';

/** Rules for whoever mounts a file system, in its group and in that of whoever does: the cluster, and fabrics of its zone. */
function mountAsks(shard: ShardPlan<'aws'>, fabrics: readonly FabricPlan[]): readonly Ask[] {
  const { site } = shard;
  const rules = { site, key: 'aws-security-group-rules', noun: 'client', each: 1 } as const;
  return shard.mounts.flatMap((mount): Ask[] => {
    if (mount.kind !== 'lustre') return [];
    const clients = [
      shard.key,
      ...fabrics.filter(({ zone }) => zone === mount.zone).map(({ key }) => `${shard.key}/${key}`),
    ];
    return [
      { ...rules, subject: mount.key, count: clients.length },
      ...clients.map((subject): Ask => ({ ...rules, subject, count: 1, noun: 'file system' })),
    ];
  });
}

/** Nodes that an update adds for a while: none of accelerators, which have no room for one more. */
function surgeOf({ shard, pool, machine, groups }: NodesOf<'aws'>): number {
  if (machine.accelerators > 0) return 0;
  const { perZone, unavailablePercent } = AWS_NODE_UPDATE;
  const zones = pool === undefined ? (shard.controlPlaneZones ?? shard.site.zones).length : 1;
  const sizes = groups.filter((size) => size > 0);
  return sizes.reduce((sum, size) => sum + Math.max(perZone * zones, Math.ceil((size * unavailablePercent) / 100)), 0);
}

function nodeAsks(nodes: NodesOf<'aws'>): readonly Ask[] {
  const { shard, subject, pool, machine } = nodes;
  const kind = pool?.capacity.kind ?? 'on-demand';
  const keys = kind === 'spot' ? SPOT : ON_DEMAND;
  const interfaces = networkInterfacesOf(machine);
  return withSurge(nodes.nodes, surgeOf(nodes)).flatMap((need): Ask[] => {
    const of = { site: shard.site, subject, ...need } as const;
    const usage = { ...of, subject: shard.site.key, noun: `${machine.type} ${need.noun}` };
    return [
      kind === 'capacity-block'
        ? { ...of, key: 'aws-capacity-blocks', each: 1 }
        : { ...of, key: keys[machine.quotaFamily], each: machine.vcpus ?? 0 },
      { ...of, key: 'aws-network-interfaces', each: interfaces },
      { ...usage, key: 'aws-address-usage', each: interfaces + POD_ADDRESS_USAGE },
      { ...of, key: 'aws-volumes', each: rootVolumeGiBOf(machine) },
    ];
  });
}
