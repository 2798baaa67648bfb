import fc from 'fast-check';
import { layoutOf } from '../../../page/graph/layout';
import { networkGraph } from '../../../page/graph/network';
import type { Box, Placed, PlacedGroup, Point } from '../../../page/graph/placed';
import { racksGraph } from '../../../page/graph/racks';
import { stacksGraph } from '../../../page/graph/stacks';
import type { Graph, GraphNode } from '../../../page/graph/types';
import { ESTATE_FILES, HOSTILE_GRAPH, planOfFile } from '../../helpers/graphs';

const isInside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const contains = ({ x, y, width, height }: Box, point: Point) =>
  point.x > x + 0.5 && point.x < x + width - 0.5 && point.y > y + 0.5 && point.y < y + height - 0.5;

/** What is wrong with the places of things. */
function faultsOf({ groups, nodes, edges, width, height }: Placed): readonly string[] {
  const whole = { x: 0, y: 0, width, height };
  const boxes = new Map<string | undefined, Box>(groups.map((placed) => [placed.group.id, placed]));
  const outside = [...nodes, ...groups].filter((box) => !isInside(box, whole));
  const escaped = [
    ...nodes.filter((placed) => !isInside(placed, boxes.get(placed.node.group) ?? whole)),
    ...groups.filter((placed) => !isInside(placed, boxes.get(placed.group.parent) ?? whole)),
  ];
  const areNested = (one: PlacedGroup, other: PlacedGroup) =>
    one.group.parent === other.group.id || other.group.parent === one.group.id;
  const laned = groups.flatMap((one, index) =>
    groups.slice(index + 1).filter((other) => !areNested(one, other) && overlap(one, other)),
  );
  const loose = nodes.filter(({ node }) => node.group === undefined);
  const inside = loose.filter((node) => groups.some((group) => overlap(node, group)));
  const laid = nodes.flatMap((one, index) => nodes.slice(index + 1).filter((other) => overlap(one, other)));
  const ranks = new Map(nodes.map(({ node, x, width: wide }) => [node.rank, x + wide / 2]));
  const askew = nodes.filter(({ node, x, width: wide }) => {
    return node.rank !== undefined && Math.abs((ranks.get(node.rank) ?? 0) - x - wide / 2) > 0.5;
  });
  const crossed = edges.filter(({ points }) => points.some((point) => nodes.some((node) => contains(node, point))));
  return [
    ...outside.map(() => 'outside'),
    ...escaped.map(() => 'escaped'),
    ...laned.map(({ group }) => `over ${group.id}`),
    ...inside.map(({ node }) => `in a frame of others: ${node.id}`),
    ...laid.map(({ node }) => `over ${node.id}`),
    ...askew.map(({ node }) => `not in its column: ${node.id}`),
    ...crossed.map(({ edge }) => `through a node: ${edge.from} ${edge.to}`),
  ];
}

const VIEWS = { stacks: stacksGraph, network: networkGraph, racks: racksGraph };
const CASES = ESTATE_FILES.flatMap((path) =>
  Object.entries(VIEWS).map(([view, graphOf]) => [view, path, graphOf] as const),
);

test.each(CASES)(
  '%s of %s have a place for everything: in its frame, in its column, and none over another',
  (_view, path, graphOf) => {
    const graph = graphOf(planOfFile(path));
    const placed = layoutOf(graph);
    expect(faultsOf(placed)).toEqual([]);
    expect([placed.nodes.length, placed.edges.length]).toEqual([graph.nodes.length, graph.edges.length]);
    expect(layoutOf(graph)).toEqual(placed);
  },
);

/** Graphs of any nodes in any columns, with any edges, some of them in frames. */
const graphs = () =>
  fc
    .record({
      nodes: fc.array(fc.record({ rank: fc.nat(3), group: fc.option(fc.nat(3)), lines: fc.nat(3) }), {
        minLength: 1,
        maxLength: 12,
      }),
      ends: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 14 }),
    })
    .map(({ nodes: drawn, ends }): Graph => {
      const nodes = drawn.map(({ rank, group, lines }, index): GraphNode => {
        const texts = Array.from({ length: lines }, (_, line) => `line ${line}`);
        return {
          id: `${index}`,
          title: `node ${index}`,
          lines: texts,
          tone: 'other',
          rank,
          ...(group !== null && { group: `g${group}` }),
        };
      });
      const used = [...new Set(nodes.flatMap(({ group }) => group ?? []))].sort();
      const pairs = ends.filter(([from, to]) => from !== to && from < nodes.length && to < nodes.length);
      return {
        title: '',
        description: '',
        direction: 'right',
        columns: ['a', 'b', 'c', 'd'],
        groups: used.map((id) => ({ id, title: `frame ${id}`, tone: 'other' })),
        nodes,
        edges: pairs.map(([from, to]) => ({ from: `${from}`, to: `${to}` })),
      };
    });

test('whatever nodes there are in whatever frames and columns, frames are lanes of their own', () => {
  fc.assert(
    fc.property(graphs(), (graph) => {
      const faults = faultsOf(layoutOf(graph)).filter((fault) => !fault.startsWith('through a node'));
      expect(faults).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('groups of one name of JavaScript and nested ones are frames as all others', () => {
  const placed = layoutOf(HOSTILE_GRAPH);
  expect(faultsOf(placed)).toEqual([]);
  expect(placed.groups.map(({ group }) => group.id)).toEqual(HOSTILE_GRAPH.groups.map(({ id }) => id));
  const [label] = placed.edges.flatMap((edge) => edge.label ?? []);
  expect(label?.text).toMatch(/^label <b>/);
});

test('a graph that leads down has its edges down, around circles too', () => {
  const node = (id: string) => ({ id, title: id, lines: [], tone: 'other' as const, group: 'all' });
  const graph: Graph = {
    title: 'circle',
    description: '',
    direction: 'down',
    groups: [{ id: 'all', title: 'all of them, with a title that is wider than any of them', tone: 'other' }],
    nodes: [node('a'), node('b'), node('c')],
    edges: [
      { from: 'a', to: 'b', label: 'then' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
    ],
  };
  const placed = layoutOf(graph);
  expect(faultsOf(placed)).toEqual([]);
  const [a, b, c] = placed.nodes.map(({ y }) => y);
  expect(a).toBeLessThan(b ?? 0);
  expect(b).toBeLessThan(c ?? 0);
  expect(placed.groups[0]?.title).toBe(graph.groups[0]?.title);
});

test('texts that are too long are cut, and boxes stay readable', () => {
  const title = 'a-name-that-somebody-made-far-too-long-'.repeat(5);
  const node = { id: 'long', title, lines: [title], tone: 'other' as const };
  const [box] = layoutOf({
    title: '',
    description: '',
    direction: 'right',
    groups: [],
    nodes: [node],
    edges: [],
  }).nodes;
  expect(box?.width).toBeLessThan(320);
  expect(box?.title).toMatch(/^a-name.*…$/);
  expect(box?.lines).toEqual([expect.stringMatching(/^a-name.*…$/)]);
});

test('an empty graph has no size worth mentioning', () => {
  const placed = layoutOf({ title: '', description: '', direction: 'right', groups: [], nodes: [], edges: [] });
  expect([placed.width, placed.height]).toEqual([16, 16]);
});

test('the stacks of the largest example are laid out in half a second', () => {
  const graph = stacksGraph(planOfFile('examples/frontier.yaml'));
  layoutOf(graph);
  const start = process.cpuUsage();
  layoutOf(graph);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(0.5);
});
