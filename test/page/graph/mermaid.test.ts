import { MERMAID_LIMITS, mermaidText } from '../../../page/graph/mermaid';
import { GRAPH_VIEWS, type Graph } from '../../../page/graph/types';
import { graphOf } from '../../../page/graph/views';
import { ESTATE_FILES, HOSTILE_GRAPH, planOfFile } from '../../helpers/graphs';

/** A text between quotes, as Mermaid shows it: its numbers are characters. */
function readLabel(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** What a text of Mermaid says, line by line. */
function read(text: string) {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)];
  return {
    nodes: new Map(
      all(/^ *(n_\w+)\["([^"]*)"\]$/gm).map(([, id = '', label = '']) => [id, label.split('\n').map(readLabel)]),
    ),
    frames: new Map(
      all(/^ *subgraph (g_\w+)\["([^"]*)"\]$/gm).map(([, id = '', label = '']) => [id, readLabel(label)]),
    ),
    edges: all(/^ {2}(n_\w+) (-->|---|-\.->|-\.-)(?:\|"([^"]*)"\|)? (n_\w+)$/gm).map(([, from, arrow, label, to]) => {
      return { from, to, arrow, ...(label !== undefined && { label: readLabel(label) }) };
    }),
    classes: all(/^ {2}class ([\w,]+) (\w+)$/gm).flatMap(([, ids = '', name]) =>
      ids.split(',').map((id) => `${id} ${name}`),
    ),
  };
}

const CASES = ESTATE_FILES.flatMap((path) => GRAPH_VIEWS.map((view) => [view, path] as const));

test.each(CASES)(
  '%s of %s have every node, line and frame, each line of the text is known, and it is not too much',
  (view, path) => {
    const graph = graphOf(view, planOfFile(path));
    const text = mermaidText(graph);
    const { nodes, frames, edges } = read(text);
    expect([...nodes.values()].sort()).toEqual(graph.nodes.map(({ title, lines }) => [title, ...lines]).sort());
    expect([...frames.values()]).toEqual(graph.groups.map(({ title }) => title));
    const titleOf = (id = '') => nodes.get(id)?.[0];
    const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
    expect(edges.map(({ from, to }) => [titleOf(from), titleOf(to)])).toEqual(
      graph.edges.map(({ from, to }) => [titles.get(from), titles.get(to)]),
    );
    const known =
      /^(flowchart LR| {2}acc(Title|Descr): [^#;%{}<>&"`]+| +subgraph g_.*| +end| +n_\w+\["[^"]*"\]| {2}n_\w+ -\S+ n_\w+| {2}class(Def)? [\w, :#.-]+)$/;
    expect(
      text
        .replace(/"[^"]*"/g, '""')
        .split('\n')
        .filter((line) => !known.test(line)),
    ).toEqual([]);
    expect(edges.length).toBeLessThan(MERMAID_LIMITS.edges);
    expect(text.length).toBeLessThan(MERMAID_LIMITS.characters);
  },
);

describe('a graph of names that look like markup', () => {
  const text = mermaidText(HOSTILE_GRAPH);
  const { nodes, frames, edges } = read(text);

  test('has them as text', () => {
    expect([...nodes.values()]).toEqual(HOSTILE_GRAPH.nodes.map(({ title, lines }) => [title, ...lines]));
    expect([...frames.values()]).toEqual(HOSTILE_GRAPH.groups.map(({ title }) => title));
    expect(edges.map(({ label, arrow }) => [arrow, label])).toEqual([
      ['-.->', HOSTILE_GRAPH.edges[0]?.label],
      ['-.-', undefined],
    ]);
  });

  test('has no words of the language but its own, and nothing between quotes that could end them or begin markup', () => {
    const quoted = [...text.matchAll(/"([^"]*)"/g)].map(([, label = '']) => label);
    for (const label of quoted) expect(label).toMatch(/^([\p{L}\p{N} \n]|#\d+;)*$/u);
    expect(text.match(/^ *end$/gm)).toHaveLength(2);
    expect([...nodes.keys()].every((id) => /^n_\w+$/.test(id))).toBe(true);
  });

  test('leads down where it is said to', () => {
    expect(mermaidText({ ...HOSTILE_GRAPH, direction: 'down' })).toMatch(/^flowchart TD\n/);
  });

  test('has the colours of its lines by their numbers', () => {
    expect(text).toMatch(/^ {2}linkStyle 1 stroke:#3d9c5d$/m);
  });
});

test('keys that would share a name have one each, whatever their order', () => {
  const node = (id: string) => ({ id, title: id, lines: [], tone: 'other' as const });
  const graph = (...ids: readonly string[]): Graph => {
    return { title: '', description: '', direction: 'right', groups: [], nodes: ids.map(node), edges: [] };
  };
  const namesOf = (each: Graph) => [...read(mermaidText(each)).nodes].map(([id, [title]]) => [title, id]).sort();
  const names = namesOf(graph('a-b', 'a_b', 'a.b', 'c'));
  expect(new Set(names.map(([, id]) => id)).size).toBe(4);
  expect(names).toEqual(namesOf(graph('c', 'a.b', 'a_b', 'a-b')));
  expect(names.at(-1)).toEqual(['c', 'n_c']);
});

test('nodes have the class of their tone, frames one of their own, and what waits is dashed', () => {
  const text = mermaidText(graphOf('stacks', planOfFile('examples/queue.yaml')));
  expect(read(text).classes).toEqual(
    expect.arrayContaining([
      'n_orbit_aws_foundation aws',
      'n_orbit_aws_azure_virginia_link aws',
      'n_orbit_aws_azure_virginia_link waits',
      'n_orbit_hub_cluster azure',
      'g_cloud_aws frame',
    ]),
  );
  expect(read(text).classes).not.toContain('n_orbit_aws_foundation waits');
  expect(text).toMatch(/^ {2}classDef aws stroke:#c66e25,stroke-width:2px$/m);
});
