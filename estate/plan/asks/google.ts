import type { GoogleMachine } from '../../catalog';
import type { ShardPlan, SitePlan } from '../types';
import { type Ask, clustersOf, gatewaysOf, isPreemptible, type NodesOf, networksOf, nodesOf } from './ask';

/** What a site of Google Cloud needs: its network, addresses and file systems. */
export function googleSiteAsks(site: SitePlan<'google'>): readonly Ask[] {
  const of = { site, subject: site.key } as const;
  return [
    { ...of, key: 'google-networks', count: networksOf(site), noun: 'network', each: 1 },
    { ...of, key: 'google-routers', count: gatewaysOf(site), noun: 'router', each: 1 },
    { ...of, key: 'google-addresses', count: gatewaysOf(site), noun: 'NAT', each: 1 },
    ...site.stores.flatMap((store): Ask[] =>
      store.kind === 'lustre'
        ? [
            {
              site,
              subject: store.key,
              key: 'google-lustre',
              zone: store.zone,
              count: 1,
              noun: 'file system',
              each: store.size,
            },
          ]
        : [],
    ),
  ];
}

/** What one shard needs: its cluster, its data networks and its nodes. */
export function googleShardAsks(shard: ShardPlan<'google'>): readonly Ask[] {
  const of = { site: shard.site, subject: shard.key } as const;
  return [
    { ...of, key: 'google-clusters', count: clustersOf(shard), noun: 'cluster', each: 1 },
    { ...of, key: 'google-subnetworks', count: networksOf(shard.site), noun: 'node subnet', each: 1 },
    { ...of, key: 'google-policies', count: policyCount(shard), noun: 'placement', each: 1 },
    ...fabricAsks(shard),
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
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
    ];
  });
}

function nodeAsks(nodes: NodesOf<'google'>): readonly Ask[] {
  const { machine, shard, subject } = nodes;
  const { quota, bootDisk, accelerator } = machine;
  const of = { site: shard.site, subject, count: nodes.nodes, noun: 'node' } as const;
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
    { ...of, key: bootDisk.type === 'hyperdisk-balanced' ? 'google-hyperdisk' : 'google-ssd', each: bootDisk.sizeGB },
  ];
}
