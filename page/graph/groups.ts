import { CLOUDS } from '../../estate/catalog';
import { cloudTitle } from '../parts/cloud-title';
import type { Graph, GraphGroup, GraphNode } from './types';

/** A frame for each cloud that has a node, in catalog order: nodes name it as `cloud/<cloud>`. */
export function cloudGroups(nodes: readonly GraphNode[]): readonly GraphGroup[] {
  return CLOUDS.filter((cloud) => nodes.some(({ group }) => group === `cloud/${cloud}`)).map((cloud) => {
    return { id: `cloud/${cloud}`, title: cloudTitle(cloud), tone: cloud };
  });
}

/** A graph that says so where it has nothing to show. */
export function orNote(graph: Graph, note: string): Graph {
  if (graph.nodes.length > 0) return graph;
  const { columns: _, ...rest } = graph;
  return { ...rest, nodes: [{ id: 'nothing', title: note, lines: [], tone: 'other' }] };
}
