import { render } from 'preact-render-to-string';
import { DataTable, type PageColumn } from '../../../page/parts/table';

interface Row {
  readonly name: string;
  readonly count: number;
  readonly share?: number | null;
  readonly parts?: readonly string[];
}

const COLUMNS: readonly PageColumn<Row>[] = [
  { title: 'Name', key: 'name', value: ({ name }) => name, copies: true },
  { title: 'Count', key: 'count', value: ({ count }) => count },
  { title: 'Share', key: 'share', value: ({ share }) => share, shown: ({ share }) => (share ? `${share} %` : 'none') },
  { title: 'Parts', value: ({ parts }) => parts },
];

const table = (rows: readonly Row[]) =>
  render(
    <DataTable
      title="Things"
      view="things"
      rows={rows}
      columns={COLUMNS}
      facets={({ name }) => ({ cloud: 'aws', site: name, owner: 'team' })}
    />,
  );

test('names its view, its columns and the property that each of them prints', () => {
  const text = table([]);
  expect(text).toContain('<table data-view="things"><caption>Things</caption>');
  expect(
    [...text.matchAll(/<th scope="col"(?: data-key="(\w+)")?>(\w+)</g)].map(([, key, title]) => [title, key]),
  ).toEqual([
    ['Name', 'name'],
    ['Count', 'count'],
    ['Share', 'share'],
    ['Parts', undefined],
  ]);
});

test('names each row by its first cell, and keeps a value that is printed in another way', () => {
  const text = table([
    { name: 'one', count: 12345, share: 50, parts: ['a', 'b'] },
    { name: 'two', count: 2, share: null },
  ]);
  const body = text.slice(text.indexOf('<tbody>'));
  expect(body).toContain(
    '<tr data-cloud="aws" data-site="one" data-owner="team"><th scope="row"><code class="copy">one',
  );
  expect(body).toContain('<td class="num" data-value="12345">12,345</td>');
  expect(body).toContain('<td class="num">2</td>');
  expect(body).toContain('<td class="num" data-value="50">50 %</td><td>a, b</td>');
  expect(body).toContain('<td class="num" data-value>none</td><td></td>');
});

test('reads whatever is written as text', () => {
  const name = `<b onclick="x">"'&`;
  const text = table([{ name, count: 1, parts: [name] }]);
  expect(text).not.toContain('<b');
  expect(text).toContain("&lt;b onclick=&quot;x&quot;>&quot;'&amp;");
});
