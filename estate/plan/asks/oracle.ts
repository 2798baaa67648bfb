import { oracleSurge } from '../../catalog/oracle';
import type { ShardPlan, SitePlan } from '../types';
import { type Ask, clustersOf, type NodesOf, networksOf, nodeCount, nodesOf } from './ask';

const CERTAINTY = {
  documented: undefined,
  seen: 'the name of the limit, which was seen in public code',
  assumed: 'the name of the limit, which follows the pattern of the documented ones; correct it under catalog.machines',
} as const;

/** What a site of Oracle Cloud needs: its network and its file systems. */
export function oracleSiteAsks(site: SitePlan<'oracle'>): readonly Ask[] {
  return [
    { site, subject: site.key, key: 'oracle-networks', count: networksOf(site), noun: 'network', each: 1 },
    ...site.stores.flatMap((store): Ask[] =>
      store.kind === 'lustre'
        ? [
            {
              site,
              subject: store.key,
              key: 'oracle-lustre',
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

/** What one shard needs: its cluster and its nodes. */
export function oracleShardAsks(shard: ShardPlan<'oracle'>): readonly Ask[] {
  const { site } = shard;
  const of = { site, subject: shard.key } as const;
  return [
    { ...of, key: 'oracle-clusters', count: clustersOf(shard), noun: 'cluster', each: 1 },
    { ...of, key: 'oracle-cluster-nodes', count: nodeCount(shard), noun: 'node', each: 1 },
    // Pods live on an overlay: a node takes one address.
    { site, subject: site.key, key: 'oracle-network-addresses', count: nodeCount(shard), noun: 'node', each: 1 },
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

/** Limits of machines hold in an availability domain; the nodes of the cluster itself are spread over all of them. */
function nodeAsks({ shard, subject, pool, machine, nodes }: NodesOf<'oracle'>): readonly Ask[] {
  const { zones } = shard.site;
  const reserved = pool?.capacity.kind === 'reservation';
  const { name, certainty } = machine.limit;
  const gpus = machine.accelerator !== undefined;
  const unverified = reserved ? 'the name of the limit for nodes in reservations' : CERTAINTY[certainty];
  const here = pool === undefined ? Math.ceil(nodes / zones.length) : nodes;
  // Nodes of a reservation are replaced in place, those with accelerators not at all.
  const counts = gpus || reserved || nodes === 0 ? [here] : [here, oracleSurge(nodes)];
  return (pool === undefined ? zones : [pool.zone]).flatMap((zone) =>
    counts.map((count, index) => ({
      site: shard.site,
      subject,
      zone,
      key: gpus ? 'oracle-machine' : 'oracle-cores',
      quota: reserved ? name.replace(/-count$/, '-reserved-count') : name,
      count,
      noun: index === 0 ? 'node' : 'upgrade node',
      each: gpus ? machine.accelerators : machine.ocpus,
      ...(unverified && { unverified }),
    })),
  );
}
