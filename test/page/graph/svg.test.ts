import { svgText } from '../../../page/graph/svg';
import { GRAPH_VIEWS, type Graph } from '../../../page/graph/types';
import { graphText } from '../../../page/graph/views';
import { PALETTE } from '../../../page/palette';
import { ESTATE_FILES, HOSTILE_GRAPH, planOfFile } from '../../helpers/graphs';
import { xmlFault } from '../../helpers/xml';

describe.each(GRAPH_VIEWS)('%s as a file of SVG', (view) => {
  const svg = graphText(view, 'svg', planOfFile('examples/linked.yaml'));

  test('is one element with a size, a name and a ground', () => {
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox="0 0 [\d.]+ [\d.]+" role="img"/,
    );
    expect(svg).toMatch(/<rect width="[\d.]+" height="[\d.]+" fill="#ffffff" data-fill="ground"><\/rect>/);
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(svg).toMatch(/<\/svg>$/);
  });

  test('has its colours with it: those of light ground, and those of dark where the system is', () => {
    const body = svg.slice(svg.indexOf('</style>'));
    expect(body).not.toContain('var(');
    for (const [, property, color, name] of body.matchAll(/ (fill|stroke)="(#\w+)" data-\1="([\w-]+)"/g)) {
      const found = Object.entries(PALETTE).find(([each]) => each === name);
      expect([name, color]).toEqual([name, found?.[1].light]);
      expect(svg).toContain(`[data-${property}=${name}]{${property}:var(--${name})}`);
    }
    expect(svg).toContain(`--aws:${PALETTE.aws.light}`);
    expect(svg).toMatch(/@media \(prefers-color-scheme:dark\)\{:root\{[^}]*--aws:#f5a35c/);
  });

  test('asks for nothing', () => {
    expect(svg).not.toMatch(/<script|<image|<foreignObject|href="[^#]|url\(|@import|NaN|undefined/);
  });
});

test.each(ESTATE_FILES.flatMap((path) => GRAPH_VIEWS.map((view) => [view, path] as const)))(
  '%s of %s is XML',
  (view, path) => {
    expect(xmlFault(graphText(view, 'svg', planOfFile(path)))).toBeUndefined();
  },
);

test('texts that are empty, and names that look like markup, are XML too', () => {
  expect(xmlFault(svgText(HOSTILE_GRAPH))).toBeUndefined();
  const node = { id: '', title: '', lines: [''], tone: 'other' as const, site: '', owner: '' };
  const graph: Graph = { title: '', description: '', direction: 'right', groups: [], nodes: [node], edges: [] };
  expect(xmlFault(svgText({ ...graph, edges: [{ from: '', to: '' }] }))).toBeUndefined();
});

test('texts with characters that XML has not are XML, with a sign in their place', () => {
  const svg = svgText({ ...HOSTILE_GRAPH, title: 'one\u0001two\ud800three\ufffe ]]> four' });
  expect(xmlFault(svg)).toBeUndefined();
  expect(svg).toContain('one\ufffdtwo\ufffdthree\ufffd ]]&gt; four');
});

test.each([
  '<a>\u0001</a>',
  '<a>]]></a>',
  '<a b>',
  '<a b="1" b="2"></a>',
  '<a></b>',
  '<a>&b;</a>',
  '<a><b></a>',
  '<a/><a/>',
  'x<a/>',
])('%s is no XML', (text) => {
  expect(xmlFault(text)).toBeDefined();
});

test('names that look like markup stay text, also such as look like our own attributes', () => {
  const name = 'fill="var(--aws)" style="fill:var(--bad)" </svg>';
  const svg = svgText({ ...HOSTILE_GRAPH, title: name });
  expect(svg).toContain('fill=&quot;var(--aws)&quot; style=&quot;fill:var(--bad)&quot; &lt;/svg>');
  expect(svg.match(/<\/svg>/g)).toHaveLength(1);
});

test('racks are drawn to scale where there are any, and said to be none where not', () => {
  expect(graphText('racks', 'svg', planOfFile('examples/minimal.yaml'))).toContain('<use href="#racks-');
  expect(graphText('racks', 'svg', planOfFile('examples/circuits.yaml'))).toContain('>the estate has no pools</text>');
});
