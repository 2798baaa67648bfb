import type { AwsMachine, QuotaKey } from '../../catalog';
import { networkInterfacesOf, rootVolumeGiBOf } from '../../catalog/aws-machines';
import type { ShardPlan, SitePlan } from '../types';
import { type Ask, clustersOf, gatewaysOf, type NodesOf, networksOf, nodesOf, nodesOfGroup } from './ask';

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

/** What a site of AWS needs: its network and its file systems. */
export function awsSiteAsks(site: SitePlan<'aws'>): readonly Ask[] {
  const of = { site, subject: site.key } as const;
  const { cidrs, subnets } = site.network;
  // Local Zones, whose names go on after the region's with a hyphen, hold no NAT gateways.
  const nat = subnets.flatMap(({ role, zone }) =>
    gatewaysOf(site) > 0 && role === 'public' && zone?.startsWith(`${site.region}-`) === false ? zone : [],
  );
  const pods = subnets.filter(({ role }) => role === 'pods').length;
  const gateways = { ...of, count: nat.length, noun: 'NAT gateway', each: 1 };
  return [
    { ...of, key: 'aws-vpcs', count: networksOf(site), noun: 'network', each: 1 },
    { ...of, key: 'aws-vpc-blocks', count: networksOf(site) * (cidrs.length + pods), noun: 'block', each: 1 },
    ...nat.map((zone): Ask => ({ ...gateways, key: 'aws-nat-gateways', count: 1, zone })),
    { ...gateways, key: 'aws-elastic-ips' },
    { ...gateways, key: 'aws-network-interfaces' },
    ...site.stores.flatMap((store): Ask[] => {
      if (store.kind !== 'lustre') return [];
      const fileSystem = { site, subject: store.key, count: 1, noun: 'file system' } as const;
      return [
        { ...fileSystem, key: 'aws-lustre', each: store.size },
        { ...fileSystem, key: 'aws-lustre-file-systems', each: 1 },
      ];
    }),
  ];
}

/** What one shard needs: its cluster, its node groups and their nodes. */
export function awsShardAsks(shard: ShardPlan<'aws'>): readonly Ask[] {
  const of = { site: shard.site, subject: shard.key } as const;
  const groups = shard.pools.flatMap((pool) => pool.groups.map((group) => ({ pool, group })));
  return [
    { ...of, key: 'aws-eks-clusters', count: clustersOf(shard), noun: 'cluster', each: 1 },
    {
      ...of,
      key: 'aws-network-interfaces',
      count: clustersOf(shard),
      noun: 'control plane',
      each: CONTROL_PLANE_INTERFACES,
    },
    { ...of, key: 'aws-eks-node-groups', count: groups.length + clustersOf(shard), noun: 'node group', each: 1 },
    ...groups.map(
      ({ pool, group }): Ask => ({
        site: shard.site,
        subject: `${shard.key}/${pool.key}/${group.key}`,
        key: 'aws-eks-nodes',
        count: nodesOfGroup(group),
        noun: 'node',
        each: 1,
      }),
    ),
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

function nodeAsks({ shard, subject, pool, machine, nodes }: NodesOf<'aws'>): readonly Ask[] {
  const of = { site: shard.site, subject, count: nodes, noun: 'node' } as const;
  const kind = pool?.capacity.kind ?? 'on-demand';
  const interfaces = networkInterfacesOf(machine);
  const always: readonly Ask[] = [
    { ...of, key: 'aws-network-interfaces', each: interfaces },
    {
      ...of,
      key: 'aws-address-usage',
      subject: shard.site.key,
      noun: `${machine.type} node`,
      each: interfaces + POD_ADDRESS_USAGE,
    },
    { ...of, key: 'aws-volumes', each: rootVolumeGiBOf(machine) },
  ];
  if (kind === 'capacity-block') return [{ ...of, key: 'aws-capacity-blocks', each: 1 }, ...always];
  const keys = kind === 'spot' ? SPOT : ON_DEMAND;
  return [{ ...of, key: keys[machine.quotaFamily], each: machine.vcpus ?? 0 }, ...always];
}
