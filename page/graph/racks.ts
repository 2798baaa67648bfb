import type { Cloud } from '../../estate/catalog';
import { allShards } from '../../estate/plan/all-shards';
import type { GroupPlan, Plan, PoolPlan, ShardPlan, SitePlan } from '../../estate/plan/types';
import { type CapacityRow, capacityRows } from '../../estate/report/views';
import { poolUnit } from '../../estate/spec/machine';
import { counted } from '../../estate/spec/words';
import { formatCount, groupBy } from '../../estate/units';
import { sortedEdges, uniqueEdges } from './edges';
import { cloudGroups, orNote } from './groups';
import type { Graph, GraphEdge, GraphNode } from './types';

const COLUMNS = ['site', 'cluster', 'pool', 'racks and groups'];

/** What pools are provisioned in, with groups of the same size as one: an estate has thousands of racks. */
export function racksGraph(plan: Plan): Graph {
  const shards = allShards(plan);
  const clusters = [...groupBy(shards, ({ cluster }) => cluster).values()];
  const pools = capacityRows(plan).map((row) => ({ row, groups: groupsOf(row, shards) }));
  const sites = new Map(shards.map(({ site }) => [site.key, site]));
  const nodes = [
    ...[...sites.values()].map(siteNode),
    ...clusters.flatMap(clusterNode),
    ...pools.map(({ row }) => poolNode(row, plan)),
    ...pools.flatMap(({ groups }) => groups),
  ];
  const edges = [
    ...shards.map(({ site, cluster }): GraphEdge => ({ from: `site/${site.key}`, to: `cluster/${cluster}` })),
    ...pools.map(({ row }): GraphEdge => ({ from: `cluster/${row.cluster}`, to: poolId(row) })),
    ...pools.flatMap(({ row, groups }) => groups.map(({ id }): GraphEdge => ({ from: poolId(row), to: id }))),
  ];
  const known = `${counted(pools.length, 'pool')} of ${counted(clusters.length, 'cluster')}`;
  const graph: Graph = {
    title: 'Racks and groups of pools',
    description: `${known} with what they are provisioned in. Racks and groups of one size are one box.`,
    direction: 'right',
    columns: COLUMNS,
    groups: cloudGroups(nodes),
    nodes,
    edges: sortedEdges(uniqueEdges(edges), nodes),
  };
  return orNote(graph, 'the estate has no pools');
}

function siteNode({ key, cloud, region }: SitePlan): GraphNode {
  return { ...inCloud(cloud, key), id: `site/${key}`, title: key, lines: key === region ? [] : [region], rank: 0 };
}

function clusterNode(shards: readonly ShardPlan[]): readonly GraphNode[] {
  const [first] = shards;
  if (first === undefined) return [];
  const { cluster, cloud, site } = first;
  return [
    {
      ...inCloud(cloud, site.key),
      id: `cluster/${cluster}`,
      title: cluster,
      lines: [counted(shards.length, 'shard')],
      rank: 1,
    },
  ];
}

function poolId({ cluster, pool }: CapacityRow): string {
  return `pool/${cluster}.${pool}`;
}

function poolNode(row: CapacityRow, { catalog }: Plan): GraphNode {
  const { cloud, site, pool, machine, accelerator, accelerators, nodes, capacity } = row;
  const title = catalog.accelerators[accelerator]?.title ?? accelerator;
  const size = accelerator === '' ? counted(nodes, 'CPU node') : `${formatCount(accelerators)} ${title}`;
  return { ...inCloud(cloud, site), id: poolId(row), title: pool, lines: [machine, `${size}, ${capacity}`], rank: 2 };
}

/** One node for all groups of a pool that have the same size. */
function groupsOf(row: CapacityRow, shards: readonly ShardPlan[]): readonly GraphNode[] {
  const pools = shards.flatMap(({ cluster, pools: own }): readonly PoolPlan[] =>
    cluster === row.cluster ? own.filter(({ key }) => key === row.pool) : [],
  );
  const groups = pools.flatMap((pool) => pool.groups.map((group) => ({ pool, group })));
  const alike = groupBy(groups, ({ group: { trays, nodes } }) => `${trays}-${nodes}`);
  return [...alike].flatMap(([size, own]): GraphNode[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { machine, topology } = first.pool;
    const unit = poolUnit(machine);
    return [
      {
        ...inCloud(row.cloud, row.site),
        id: `groups/${row.cluster}.${row.pool}/${size}`,
        title: counted(own.length, unit === 'node' ? 'group' : unit),
        lines: sizeLines(
          own.map(({ group }) => group),
          topology,
        ),
        rank: 3,
      },
    ];
  });
}

/** `of 18 nodes, 16 in service, 2 spare`: what groups of the same size are made of. */
function sizeLines(groups: readonly GroupPlan[], topology: string | undefined): readonly string[] {
  const [{ trays, nodes } = { trays: 0, nodes: 0 }] = groups;
  const isSized = groups.some(({ minNodes }) => minNodes !== undefined);
  const least = groups.reduce((sum, { minNodes = 0 }) => sum + minNodes, 0);
  const parts = [
    `of ${isSized ? 'up to ' : ''}${counted(trays, 'node')}`,
    ...(trays > nodes ? [`${formatCount(nodes)} in service`, `${formatCount(trays - nodes)} spare`] : []),
    ...(isSized ? [`at least ${formatCount(least)} in all`] : []),
    ...(topology === undefined ? [] : [topology]),
  ];
  return [parts.join(', ')];
}

function inCloud(cloud: Cloud, site: string): Pick<GraphNode, 'cloud' | 'site' | 'tone' | 'group'> {
  return { cloud, site, tone: cloud, group: `cloud/${cloud}` };
}
