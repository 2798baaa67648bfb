import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { layoutOf } from '../../../page/graph/layout';
import { GraphPicture, narrowestOf } from '../../../page/graph/picture';
import { stacksGraph } from '../../../page/graph/stacks';
import { HOSTILE_GRAPH, planOfFile } from '../../helpers/graphs';
import { textOf } from '../../helpers/page-tables';

const drawn = (graph: Parameters<typeof layoutOf>[0]) => render(h(GraphPicture, { placed: layoutOf(graph), id: 'it' }));

/** The texts of elements of one name, as they are read. */
const texts = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, text]) => textOf(text));

describe('a picture of a graph', () => {
  const plan = planOfFile('examples/minimal.yaml');
  const graph = stacksGraph(plan, (path) => ({ owner: `team of ${path}` }));
  const svg = drawn(graph);

  test('has a role, a name and a description of its own', () => {
    expect(svg).toMatch(/^<svg viewBox="0 0 \d+ \d+" role="img" aria-labelledby="it-title" aria-describedby="it-text"/);
    expect(svg).toContain(`<title id="it-title">${graph.title}</title><desc id="it-text">${graph.description}</desc>`);
  });

  test('has a box for each node, which can be filtered, and a line for each edge, each with what it is', () => {
    const titles = texts(svg, 'title');
    for (const { title, lines } of graph.nodes) expect(titles).toContain([title, ...lines].join('\n'));
    for (const { from, to } of graph.edges) expect(titles).toContain(`${from} → ${to}`);
    expect(svg).toContain('<g data-cloud="aws" data-site="oregon" data-owner="team of clusters.oregon">');
  });

  test('has heads of columns and of clouds', () => {
    expect(texts(svg, 'text')).toEqual(
      expect.arrayContaining(['foundation', 'network', 'cluster', 'AWS', 'Azure', 'Google Cloud', 'Oracle Cloud']),
    );
  });

  test('takes its colours from what surrounds it, and nothing from elsewhere', () => {
    expect(svg).not.toMatch(/#[0-9a-f]{3,6}\b|href|url\(|NaN|undefined/);
    for (const cloud of plan.clouds) expect(svg).toContain(`stroke="var(--${cloud})"`);
  });

  test('can be read at three quarters of its size', () => {
    const placed = layoutOf(graph);
    expect(narrowestOf(placed)).toBe(Math.ceil(placed.width * 0.75));
  });
});

test('names that look like markup are text', () => {
  const svg = drawn(HOSTILE_GRAPH);
  expect(svg).not.toMatch(/<b>/);
  const titles = texts(svg, 'title');
  expect(titles[0]).toBe(HOSTILE_GRAPH.title);
  for (const { title, lines } of HOSTILE_GRAPH.nodes) expect(titles).toContain([title, ...lines].join('\n'));
  const [node] = HOSTILE_GRAPH.nodes;
  expect(titles).toContain(`${node?.title} → end: ${HOSTILE_GRAPH.edges[0]?.label}`);
  expect(titles).toContain(`${node?.title} – subgraph`);
  expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(2);
  expect(svg.match(/stroke-dasharray="2 3"/g)).toHaveLength(1);
});
