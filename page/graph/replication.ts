import type { ReplicationEnd } from '../../estate/plan/replication/types';
import type { Plan } from '../../estate/plan/types';
import { type ReplicationRow, replicationRows } from '../../estate/report/replication';
import { counted } from '../../estate/spec/words';
import { compareKeys, formatCount } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { sortedEdges } from './edges';
import { orNote } from './groups';
import type { Graph, GraphEdge, GraphNode } from './types';

/**
 * Stores whose data exists twice: from each that is read, by what copies it, to each that is written.
 *
 * @param facets who answers for an entry; where it lies is known anyway
 */
export function replicationGraph(plan: Plan, facets: EstatePage['facets'] = () => ({})): Graph {
  const rows = replicationRows(plan);
  const ends = plan.replications.flatMap(({ source, destination }) => [source, destination]);
  const stores = [...new Map(ends.map((end) => [end.store, end])).values()].sort((one, other) =>
    compareKeys(one.store, other.store),
  );
  const nodes = [...stores.map((end) => storeNode(end, facets)), ...rows.map(replicationNode)];
  const graph: Graph = {
    title: 'Replications between stores',
    description: describe(stores.length, rows),
    direction: 'right',
    groups: [],
    nodes,
    edges: sortedEdges(rows.flatMap(edgesOf), nodes),
  };
  return orNote(graph, 'the estate has no replications');
}

function storeNode({ store, site, cloud }: ReplicationEnd, facets: EstatePage['facets']): GraphNode {
  return {
    ...facets(`stores.${store}`),
    id: `store/${store}`,
    title: store,
    lines: [`${site}, ${cloudTitle(cloud)}`],
    tone: cloud,
    cloud,
    site,
  };
}

function replicationNode(row: ReplicationRow): GraphNode {
  const { replication, engine, everyHours, runsAt, volumeTiB, dailyTiB, pending } = row;
  const when = everyHours === undefined ? 'as objects come' : `every ${everyHours} h`;
  const sizes = [
    ...(volumeTiB === undefined ? [] : [`${formatCount(volumeTiB)} TiB`]),
    ...(dailyTiB === undefined ? [] : [`${formatCount(dailyTiB)} TiB a day`]),
  ];
  const isWaiting = pending.length > 0;
  return {
    id: `replication/${replication}`,
    title: replication,
    lines: [
      `${engine} at ${runsAt}, ${when}`,
      ...(sizes.length > 0 ? [sizes.join(', then ')] : []),
      ...(isWaiting ? [`waits for ${counted(pending.length, 'output')}`] : []),
    ],
    tone: isWaiting ? 'warn' : 'other',
    ...(isWaiting && { line: 'dashed' }),
  };
}

function edgesOf({ replication, from, to, pending }: ReplicationRow): readonly GraphEdge[] {
  const line = pending.length > 0 ? 'dashed' : 'solid';
  const id = `replication/${replication}`;
  return [
    { from: `store/${from}`, to: id, line, heads: 'none' },
    { from: id, to: `store/${to}`, line },
  ];
}

function describe(stores: number, rows: readonly ReplicationRow[]): string {
  const waiting = rows.filter(({ pending }) => pending.length > 0).length;
  return [
    `${counted(rows.length, 'replication')} between ${counted(stores, 'store')}.`,
    ...(waiting > 0 ? [`Dashed: ${counted(waiting, 'replication')} that cannot copy yet.`] : []),
  ].join(' ');
}
