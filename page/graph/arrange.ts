import { Graph as DagreGraph, type EdgeLabel, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import type { Box, Point } from './placed';
import { SIZES } from './sizes';
import type { Graph, GraphEdge } from './types';

/** Width and height of something. */
export type Size = Pick<Box, 'width' | 'height'>;

/** Where the library puts things, each list in the order in which the graph has them. */
export interface Arranged {
  readonly groups: readonly Box[];
  readonly nodes: readonly Box[];
  /** Undefined where both ends stand in one column: the library knows no such edges. */
  readonly edges: readonly (Route | undefined)[];
}

/** The way of an edge. */
export interface Route {
  readonly points: readonly Point[];
  /** Middle of its label. */
  readonly middle: Point;
}

type Sheet = DagreGraph<GraphLabel, NodeLabel, EdgeLabel>;

/** Where nodes of later columns begin that nothing leads to; never drawn. */
const HIDDEN = 'hidden';

/**
 * Lays a graph out with dagre; the same graph always comes out the same.
 *
 * Ids are handed over as numbers: the library keeps them in plain objects, where words such as `constructor` mean something.
 *
 * @param nodes sizes of the nodes
 * @param labels sizes of the labels of edges
 */
export function arrange(graph: Graph, nodes: readonly Size[], labels: readonly (Size | undefined)[]): Arranged {
  const ids = new Map([
    ...graph.groups.map(({ id }, index) => [id, `g${index}`] as const),
    ...graph.nodes.map(({ id }, index) => [id, `n${index}`] as const),
  ]);
  const idOf = (key: string) => ids.get(key) ?? HIDDEN;
  const columnsOver = columnsOf(graph);
  const sheet = sheetOf(graph, idOf, nodes, labels);
  layout(sheet, {
    customOrder: (inner: Sheet, order: (inner: Sheet) => void) => {
      makeRoom(inner, graph.direction);
      order(inner);
    },
  });
  return {
    groups: graph.groups.map(({ id }) => roomOf(boxOf(sheet, idOf(id)), graph.direction)),
    nodes: graph.nodes.map(({ id }) => boxOf(sheet, idOf(id))),
    edges: graph.edges.map((edge, index) => {
      const columns = columnsOver(edge);
      if (columns === 0) return undefined;
      const [one, other] = columns < 0 ? [edge.to, edge.from] : [edge.from, edge.to];
      const { points = [], x = 0, y = 0 } = sheet.edge(idOf(one), idOf(other), String(index));
      return { points: columns < 0 ? points.toReversed() : points, middle: { x, y } };
    }),
  };
}

/** The graph as the library takes it. */
function sheetOf(
  graph: Graph,
  idOf: (key: string) => string,
  nodes: readonly Size[],
  labels: readonly (Size | undefined)[],
): Sheet {
  const sheet: Sheet = new DagreGraph({ compound: true, multigraph: true });
  const { gap, columnGap, margin } = SIZES;
  const rankdir = graph.direction === 'right' ? 'LR' : 'TB';
  sheet.setGraph({ rankdir, nodesep: gap, edgesep: gap, ranksep: columnGap, marginx: margin, marginy: margin });
  const add = (id: string, parent: string | undefined, size: Size = { width: 0, height: 0 }) => {
    sheet.setNode(idOf(id), { ...size });
    if (parent !== undefined) sheet.setParent(idOf(id), idOf(parent));
  };
  for (const { id, parent } of graph.groups) add(id, parent);
  graph.nodes.forEach(({ id, group }, index) => {
    add(id, group, nodes[index]);
  });
  const columnsOver = columnsOf(graph);
  const edges = graph.edges.map((edge, index) => ({ ...edge, name: String(index), size: labels[index] }));
  // Of those that could stand anywhere the library puts the last one first.
  for (const { from, to, name, size } of edges.reverse()) {
    const columns = columnsOver({ from, to });
    if (columns === 0) continue;
    const [one, other] = columns < 0 ? [to, from] : [from, to];
    sheet.setEdge(idOf(one), idOf(other), { minlen: Math.abs(columns), labelpos: 'c', ...size }, name);
  }
  holdColumns(graph, sheet, idOf);
  return sheet;
}

/**
 * Keeps nodes in their columns by edges that nobody sees: behind the first one of their group, or behind where everything
 * begins.
 *
 * The library draws nodes of a group together, also those that no edge within it holds apart.
 */
function holdColumns(graph: Graph, sheet: Sheet, idOf: (key: string) => string): void {
  const columnsOver = columnsOf(graph);
  const groupOf = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  const held = new Set(
    graph.edges.flatMap((edge) => {
      const columns = columnsOver(edge);
      const [from, to] = columns < 0 ? [edge.to, edge.from] : [edge.from, edge.to];
      const group = groupOf.get(to);
      return columns !== 0 && (group === undefined || group === groupOf.get(from)) ? [to] : [];
    }),
  );
  const ranked = graph.nodes.flatMap(({ id, group, rank }) => (rank === undefined ? [] : [{ id, group, rank }]));
  const firsts = new Map<string, (typeof ranked)[number]>();
  for (const node of ranked.toSorted((one, other) => one.rank - other.rank))
    if (node.group !== undefined && !firsts.has(node.group)) firsts.set(node.group, node);
  if (ranked.length > 0) sheet.setNode(HIDDEN, { width: 0, height: 0 });
  for (const { id, group = '', rank } of ranked.filter((node) => !held.has(node.id))) {
    const first = firsts.get(group);
    if (first !== undefined && first.rank < rank)
      sheet.setEdge(idOf(first.id), idOf(id), { minlen: rank - first.rank });
    else sheet.setEdge(HIDDEN, idOf(id), { minlen: rank + 1 });
  }
}

/** Over how many columns an edge leads: less than 0 to the left, and 1 at least where an end stands in none. */
function columnsOf({ nodes }: Graph): (edge: Pick<GraphEdge, 'from' | 'to'>) => number {
  const ranks = new Map(nodes.map(({ id, rank }) => [id, rank]));
  return ({ from, to }) => {
    const [begin, end] = [ranks.get(from), ranks.get(to)];
    return begin === undefined || end === undefined ? 1 : end - begin;
  };
}

/** Gives the borders of groups the size of their heads and feet, before things are placed between them. */
function makeRoom(inner: Sheet, direction: Graph['direction']): void {
  const { head, foot } = SIZES;
  for (const id of inner.nodes()) {
    const { borderTop, borderLeft = [], borderRight = [] } = inner.node(id);
    // What is drawn from left to right is turned after this: left is above.
    const [left, right] = direction === 'right' ? [head, foot] : [foot, foot];
    const side = direction === 'right' ? 'height' : 'width';
    for (const border of borderLeft) if (border !== undefined) inner.node(border)[side] = left;
    for (const border of borderRight) if (border !== undefined) inner.node(border)[side] = right;
    if (direction === 'down' && borderTop !== undefined) inner.node(borderTop).height = head;
  }
}

/** The frame of a group with its head and foot: the library gives the lines through the middle of its borders. */
function roomOf({ x, y, width, height }: Box, direction: Graph['direction']): Box {
  const [head, foot] = [SIZES.head / 2, SIZES.foot / 2];
  return direction === 'right'
    ? { x, y: y - head, width, height: height + head + foot }
    : { x: x - foot, y: y - head, width: width + 2 * foot, height: height + head };
}

function boxOf(sheet: Sheet, id: string): Box {
  const { x = 0, y = 0, width, height } = sheet.node(id);
  return { x: x - width / 2, y: y - height / 2, width, height };
}
