import { instance, type Viz } from '@viz-js/viz';
import { dotText } from '../../../page/graph/dot';
import { GRAPH_VIEWS, type Graph } from '../../../page/graph/types';
import { graphOf } from '../../../page/graph/views';
import { ESTATE_FILES, HOSTILE_GRAPH, planOfFile } from '../../helpers/graphs';

let viz: Viz;
beforeAll(async () => {
  viz = await instance();
});

/** A text of XML, as it is read. */
function readText(text = ''): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** What Graphviz draws: the texts in each node, edge and frame. */
function drawn(graph: Graph) {
  const { output, errors } = viz.render(dotText(graph), { format: 'svg' });
  // What it is built without it says of characters; nothing else is worth a word.
  expect(errors.filter(({ message }) => !message.includes('non-ASCII character'))).toEqual([]);
  const parts = (output ?? '').split(/(?=<g id="(?:clust|node|edge)\d+")/).slice(1);
  const of = (kind: string) =>
    parts
      .filter((part) => part.startsWith(`<g id="${kind}`))
      .map((part) => [...part.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => readText(text)));
  return { nodes: of('node').sort(), edges: of('edge'), frames: of('clust') };
}

const expected = ({ nodes, edges, groups }: Graph) => ({
  nodes: nodes.map(({ title, lines }) => [title, ...lines]).sort(),
  edges: edges.map(({ label }) => label ?? []).map((label) => [label].flat()),
  frames: groups.map(({ title }) => [title]),
});

test.each(ESTATE_FILES.flatMap((path) => GRAPH_VIEWS.map((view) => [view, path] as const)))(
  'Graphviz draws every node, line and frame of %s of %s, and says nothing',
  (view, path) => {
    const graph = graphOf(view, planOfFile(path));
    expect(drawn(graph)).toEqual(expected(graph));
  },
);

test('joins the ends that edges have, in columns, by ids that are keys of the estate', () => {
  const graph = graphOf('stacks', planOfFile('examples/queue.yaml'));
  const { objects = [], edges = [] } = JSON.parse(viz.renderString(dotText(graph), { format: 'json' }));
  const named = edges.map((edge: { head: number; tail: number }) => [objects[edge.tail].name, objects[edge.head].name]);
  expect(named).toEqual(graph.edges.map(({ from, to }) => [from, to]));
  expect(dotText(graph)).toContain('"orbit-aws-foundation" -> "orbit-virginia-network" [minlen="2"]');
  expect(dotText(graph)).toContain(
    '"orbit-aws-azure-virginia-link" -> "orbit-aws-azure-eastus2-link" [style="dashed", constraint="false"]',
  );
});

test('names that look like markup are text', () => {
  const { nodes, edges, frames } = drawn(HOSTILE_GRAPH);
  expect({ nodes, edges: [...edges].sort(), frames }).toEqual({
    ...expected(HOSTILE_GRAPH),
    edges: [[], [HOSTILE_GRAPH.edges[0]?.label]],
  });
});

test('draws lines as they are said to be', () => {
  const text = dotText(HOSTILE_GRAPH);
  expect(text).toMatch(/-> "graph" \[style="dotted", dir="none", color="#1b7a3d"\]$/m);
  expect(text).toMatch(/^ {4}"__proto__" \[label="end\\l", color="#0b5cad", tooltip="end", style="rounded,dashed"\]$/m);
  expect(dotText({ ...HOSTILE_GRAPH, direction: 'down' })).toContain('rankdir="TB"');
});
