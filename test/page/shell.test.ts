import { createHash } from 'node:crypto';
import type { Section } from '../../page/parts/section';
import { htmlDocument } from '../../page/shell';

const SECTIONS: readonly Section<string>[] = [
  { id: 'first', title: 'First', body: (page) => `of ${page}` },
  { id: 'none', title: 'None', body: () => undefined },
  { id: 'last', title: 'Last', body: () => 'end' },
];

const html = (owners: readonly string[] = [], title = 'Estate mini', clouds = ['google', 'aws']) =>
  htmlDocument({
    title,
    subtitle: 'sub',
    page: 'mini',
    sections: SECTIONS,
    filters: { clouds, sites: ['b', 'a-10', 'a-2'], owners },
    footer: 'foot',
  });

test('has each chapter that has something to tell, in order, and links to it', () => {
  const text = html();
  expect([...text.matchAll(/<li><a href="#(\w+)">(\w+)<\/a>/g)].map(([, id, title]) => [id, title])).toEqual([
    ['first', 'First'],
    ['last', 'Last'],
  ]);
  expect([...text.matchAll(/<section id="(\w+)" aria-labelledby="(\w+-title)"><h2 id="\2">(\w+)<\/h2>/g)]).toHaveLength(
    2,
  );
  expect(text).toContain('of mini');
});

test('asks for nothing, and runs its own script only', () => {
  const text = html();
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(text) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  expect(script).toContain('form.filters');
  expect(text).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(text.match(/<script|<link|<img|<iframe|@import|url\(/g)).toEqual(['<script']);
});

test('offers what there is to choose from, in order', () => {
  const text = html(['one', 'two']);
  const values = (name: string) =>
    [
      ...(new RegExp(`<select name="${name}">(.*?)</select>`).exec(text)?.[1] ?? '').matchAll(
        /<option value(?:="([^"]*)")?>/g,
      ),
    ].map(([, value = '']) => value);
  expect(values('site')).toEqual(['', 'a-2', 'a-10', 'b']);
  expect(values('owner')).toEqual(['', 'one', 'two']);
  expect(values('cloud')).toEqual(['', 'aws', 'google']);
});

test('offers no choice between one thing', () => {
  const text = html(['one'], 'Estate mini', ['aws']);
  expect(text).not.toContain('<select name="owner">');
  expect(text).not.toContain('<select name="cloud">');
});

test('reads a name that looks like markup as text, everywhere', () => {
  const text = html(['</select><b>', 'x'], '</title><b>');
  expect(text).not.toContain('<b>');
  expect(text.match(/&lt;\/title>&lt;b>/g)).toHaveLength(2);
  expect(text.match(/&lt;\/select>&lt;b>/g)).toHaveLength(2);
});
