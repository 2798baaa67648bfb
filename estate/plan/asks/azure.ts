import type { ShardPlan, SitePlan } from '../types';
import { type Ask, clustersOf, isPreemptible, type NodesOf, networksOf, nodeCount, nodesOf } from './ask';

/** What a site of Azure needs: its network and its file systems. */
export function azureSiteAsks(site: SitePlan<'azure'>): readonly Ask[] {
  return [
    { site, subject: site.key, key: 'azure-networks', count: networksOf(site), noun: 'network', each: 1 },
    ...site.stores.flatMap((store): Ask[] => {
      if (store.kind !== 'lustre') return [];
      const fileSystem = { site, subject: store.key, count: 1, noun: 'file system' } as const;
      return [
        { ...fileSystem, key: 'azure-lustre-file-systems', each: 1 },
        { ...fileSystem, key: 'azure-lustre', each: store.size },
      ];
    }),
  ];
}

/** What one shard needs: its cluster, its node pools and their nodes. */
export function azureShardAsks(shard: ShardPlan<'azure'>): readonly Ask[] {
  const { site } = shard;
  const of = { site, subject: shard.key } as const;
  const pools = shard.pools.reduce((sum, { groups }) => sum + groups.length, clustersOf(shard));
  return [
    { ...of, key: 'azure-clusters', count: clustersOf(shard), noun: 'cluster', each: 1 },
    { ...of, key: 'azure-node-pools', count: pools, noun: 'node pool', each: 1 },
    { ...of, key: 'azure-cluster-nodes', count: nodeCount(shard), noun: 'node', each: 1 },
    // Pods live on an overlay: a node takes one address.
    { site, subject: site.key, key: 'azure-network-addresses', count: nodeCount(shard), noun: 'node', each: 1 },
    ...nodesOf(shard).flatMap(nodeAsks),
  ];
}

/** Share of the system nodes by which an upgrade exceeds their number; pools of accelerators never do. */
const SYSTEM_SURGE = 0.1;

/** Dedicated machines count too: a quota is how Azure allots them. */
function nodeAsks(nodes: NodesOf<'azure'>): readonly Ask[] {
  const { machine, shard, subject, pool } = nodes;
  const of = { site: shard.site, subject, each: machine.vcpus ?? 0 } as const;
  if (isPreemptible(nodes)) return [{ ...of, key: 'azure-spot-cores', count: nodes.nodes, noun: 'node' }];
  const surge = pool === undefined ? Math.ceil(nodes.nodes * SYSTEM_SURGE) : 0;
  return [
    { count: nodes.nodes, noun: 'node' },
    { count: surge, noun: 'upgrade node' },
  ].flatMap((need): Ask[] => [
    { ...of, ...need, key: 'azure-family', quota: machine.quotaFamily, unverified: machine.unverified },
    { ...of, ...need, key: 'azure-cores' },
  ]);
}
