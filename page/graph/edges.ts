import { compareKeys, groupBy } from '../../estate/units';
import type { GraphEdge, GraphNode } from './types';

/** Edges in the order of the nodes that they begin at, then of those that they end at, then of what they say. */
export function sortedEdges(edges: readonly GraphEdge[], nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  const placeOf = (id: string) => places.get(id) ?? nodes.length;
  return [...edges].sort(
    (one, other) =>
      placeOf(one.from) - placeOf(other.from) ||
      placeOf(one.to) - placeOf(other.to) ||
      compareKeys(one.label ?? '', other.label ?? ''),
  );
}

/** Edges without those that follow from others: what is reached by a longer way has no line of its own. */
export function reducedEdges<E extends Pick<GraphEdge, 'from' | 'to'>>(edges: readonly E[]): readonly E[] {
  const next = groupBy(edges, ({ from }) => from);
  const reach = new Map<string, ReadonlySet<string>>();
  const reached = (from: string): ReadonlySet<string> => {
    const known = reach.get(from);
    if (known !== undefined) return known;
    // A circle ends where it began.
    reach.set(from, new Set());
    const found = new Set((next.get(from) ?? []).flatMap(({ to }) => [to, ...reached(to)]));
    reach.set(from, found);
    return found;
  };
  return edges.filter(({ from, to }) =>
    (next.get(from) ?? []).every((other) => other.to === to || !reached(other.to).has(to)),
  );
}

/** Edges with the same ends once. */
export function uniqueEdges<E extends Pick<GraphEdge, 'from' | 'to'>>(edges: readonly E[]): readonly E[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}
