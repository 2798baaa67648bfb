import { groupBy } from '../../estate/units';
import { fitText, textWidth } from '../parts/text-width';
import { arrange, type Route, type Size } from './arrange';
import { asLanes } from './lanes';
import type { Box, Placed, PlacedColumn, PlacedEdge, PlacedGroup, PlacedNode, Point } from './placed';
import { aside, routeOf } from './route';
import { SIZES } from './sizes';
import type { Graph, GraphEdge, GraphNode } from './types';

/** Gives everything in a graph a place and its texts a width; the same graph always comes out the same. */
export function layoutOf(graph: Graph): Placed {
  const texts = graph.nodes.map(textsOf);
  const labels = graph.edges.map(({ label }) => (label === undefined ? undefined : labelOf(label)));
  const arranged = arrange(graph, sizesOf(graph, texts), labels);
  const nodes = graph.nodes.flatMap((node, index): PlacedNode[] => {
    const [box, text] = [arranged.nodes[index], texts[index]];
    return box === undefined || text === undefined ? [] : [{ node, ...text, ...box }];
  });
  const groups = graph.groups.flatMap((group, index): PlacedGroup[] => {
    const box = arranged.groups[index];
    if (box === undefined || box.width === 0) return [];
    return [{ group, ...box, title: fitTitle(group.title, box.width - 2 * SIZES.padX) }];
  });
  const laid =
    graph.columns && graph.direction === 'right' ? asLanes(groups, nodes) : { groups, nodes, moved: NOTHING };
  const boxes = new Map(laid.nodes.map((box) => [box.node.id, box]));
  const edges = graph.edges.flatMap((edge, index): PlacedEdge[] => {
    const [text, from, to] = [labels[index], boxes.get(edge.from), boxes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const way = arranged.edges[index];
    const { points, middle } = way ? movedWay(way, edge, laid.moved) : aside(from, to, graph.direction);
    const label = text && { ...text, ...cornerOf(middle, text) };
    return [
      {
        edge,
        points: routeOf({ points, from, to, ...(label && { label }) }, laid.nodes, graph.direction),
        ...(label && { label }),
      },
    ];
  });
  return framed(graph, { groups: laid.groups, nodes: laid.nodes, edges });
}

const NOTHING: ReadonlyMap<string, number> = new Map();

/** The way of an edge whose ends have moved down: as it was where both did alike, else straight from one to the other. */
function movedWay(way: Route, { from, to }: GraphEdge, moved: ReadonlyMap<string, number>): Route {
  const [one, other] = [moved.get(from) ?? 0, moved.get(to) ?? 0];
  const down = (point: Point, by: number) => ({ x: point.x, y: point.y + by });
  const middle = down(way.middle, (one + other) / 2);
  if (one === other) return { points: way.points.map((point) => down(point, one)), middle };
  return {
    points: way.points.flatMap((point, at, all) =>
      at === 0 ? down(point, one) : at === all.length - 1 ? down(point, other) : [],
    ),
    middle,
  };
}

type Texts = Pick<PlacedNode, 'title' | 'lines'>;

function textsOf({ title, lines }: GraphNode): Texts {
  return {
    title: fitTitle(title, SIZES.mostText),
    lines: lines.map((line) => fitText(line, SIZES.text, SIZES.mostText)),
  };
}

function labelOf(label: string): Size & { readonly text: string } {
  const text = fitText(label, SIZES.text, SIZES.mostText);
  return { text, width: textWidth(text, SIZES.text) + 8, height: SIZES.lineHeight };
}

/** How much wider than others bold texts are. */
const BOLD = 1.08;

function titleWidth(title: string): number {
  return textWidth(title, SIZES.title) * BOLD;
}

function fitTitle(title: string, room: number): string {
  return fitText(title, SIZES.title, room / BOLD);
}

/** Sizes of nodes: those of one column are equally wide, and none is narrower than the title of its group. */
function sizesOf({ nodes, groups }: Graph, texts: readonly Texts[]): readonly Size[] {
  const heads = new Map(groups.map(({ id, title }) => [id, titleWidth(title)]));
  const sizes = texts.map(({ title, lines }, index): Size => {
    const widths = [
      heads.get(nodes[index]?.group ?? '') ?? 0,
      titleWidth(title),
      ...lines.map((line) => textWidth(line, SIZES.text)),
    ];
    return {
      width: Math.ceil(Math.max(...widths) + 2 * SIZES.padX),
      height: (lines.length + 1) * SIZES.lineHeight + 2 * SIZES.padY,
    };
  });
  const byColumn = groupBy(
    nodes.map(({ rank }, index) => ({ rank, width: sizes[index]?.width ?? 0 })),
    ({ rank }) => String(rank),
  );
  const widest = new Map([...byColumn].map(([rank, own]) => [rank, Math.max(...own.map(({ width }) => width))]));
  return sizes.map((size, index) => {
    const { rank } = nodes[index] ?? {};
    return rank === undefined ? size : { ...size, width: widest.get(String(rank)) ?? size.width };
  });
}

function cornerOf(middle: Point, { width, height }: Size): Point {
  return { x: middle.x - width / 2, y: middle.y - height / 2 };
}

/** Everything moved so that it begins at the margin, below the heads of columns, and how large that is. */
function framed(graph: Graph, { groups, nodes, edges }: Pick<Placed, 'groups' | 'nodes' | 'edges'>): Placed {
  const boxes: readonly Box[] = [...groups, ...nodes, ...edges.flatMap(({ label }) => label ?? [])];
  const points = [...boxes, ...edges.flatMap((edge) => edge.points)];
  const ends = [...boxes.map((box) => ({ x: box.x + box.width, y: box.y + box.height })), ...points];
  const least = (values: readonly number[]) => values.reduce((one, other) => Math.min(one, other), Infinity);
  const head = graph.columns === undefined ? 0 : SIZES.head;
  const [left, top] = [least(points.map(({ x }) => x)), least(points.map(({ y }) => y))];
  const right = -least(ends.map(({ x }) => -x));
  const bottom = -least(ends.map(({ y }) => -y));
  const move = <P extends Point>(point: P): P => {
    return { ...point, x: point.x - left + SIZES.margin, y: point.y - top + SIZES.margin + head };
  };
  const moved = nodes.map(move);
  return {
    graph,
    width: Math.ceil(Math.max(right - left, 0) + 2 * SIZES.margin),
    height: Math.ceil(Math.max(bottom - top, 0) + 2 * SIZES.margin + head),
    groups: groups.map(move),
    nodes: moved,
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(move),
      ...(edge.label && { label: move(edge.label) }),
    })),
    columns: headsOf(graph.columns ?? [], moved),
  };
}

function headsOf(columns: readonly string[], nodes: readonly PlacedNode[]): readonly PlacedColumn[] {
  return columns.flatMap((title, rank) => {
    const own = nodes.find(({ node }) => node.rank === rank);
    return own === undefined ? [] : [{ title, x: own.x + own.width / 2, y: SIZES.head / 2 }];
  });
}
