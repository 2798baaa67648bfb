import { assumptionRows } from '../../../estate/report/assumptions/assumption-rows';
import { SOURCES } from '../../../page/sections/sources';
import { readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = ['frontier', 'queue', 'minimal', 'linked', 'existing', 'circuits', 'portfolio'];
const HOSTILE = '<img src=x onerror=alert(1)>"&';

describe.each(EXAMPLES)('the sources of %s', (example) => {
  const page = pageOf(example);
  const html = bodyOf(SOURCES, page);
  const rows = assumptionRows(page.estate, page.plan);

  test('list everything that is assumed, once', () => {
    const cells = readTables(html).flatMap((table) => table.rows);
    expect(cells).toEqual(
      rows.map(({ what, figure, assumed, source, checked, uses }) => [
        what,
        figure,
        assumed,
        source,
        checked,
        uses.join(', '),
      ]),
    );
    expect(textOf(html)).toContain(`${rows.length} figures of this estate are assumed, estimated or its own: `);
  });

  test('lead to pages on the web, and to nothing else', () => {
    const targets = [...(html ?? '').matchAll(/<a href="([^"]*)"([^>]*)>/g)];
    expect(targets.length).toBeGreaterThan(0);
    for (const [, href, more] of targets) {
      expect(href).toMatch(/^https:\/\/[^\s]+[^.,;)]$/);
      expect(more).toBe(' rel="noreferrer"');
    }
  });
});

test('says where prices come from, and when they were read', () => {
  const { rows } = tableOf(bodyOf(SOURCES, pageOf('portfolio')), 'Prices: what is assumed');
  const { estate } = pageOf('portfolio');
  expect(rows.map((row) => row[3])).toEqual(
    expect.arrayContaining(estate.prices?.rows.map(({ source }) => source) ?? []),
  );
  expect(rows.every((row) => /^\d{4}-\d\d-\d\d$/.test(row[4] ?? ''))).toBe(true);
});

test('takes sources of an estate as text, and makes a link of none but https', () => {
  const page = pageOf('portfolio');
  const { prices } = page.estate;
  if (prices === undefined) throw new Error('the example has prices');
  const sources = [HOSTILE, 'javascript:alert(1)', 'http://example.com/', `https://example.com/a"b${HOSTILE}`];
  const rows = sources.flatMap((source) => prices.rows.slice(0, 1).map((row) => ({ ...row, source })));
  const html = bodyOf(SOURCES, pageFrom({ ...page.estate, prices: { ...prices, rows } })) ?? '';
  expect(html).not.toContain('<img');
  expect(html).not.toContain('href="javascript:');
  expect(html).not.toContain('href="http:');
  expect(html).toContain('<a href="https://example.com/a" rel="noreferrer">');
  expect(textOf(html)).toContain(HOSTILE);
});
