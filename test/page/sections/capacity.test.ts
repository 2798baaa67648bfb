import { capacityRows, capacityTotals, formatTotals } from '../../../estate/report/views';
import { CAPACITY } from '../../../page/sections/capacity';
import { estateOf } from '../../helpers/estates';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = ['frontier', 'queue', 'minimal', 'existing', 'linked', 'portfolio'];

/** Fields of the treemap: what is read where a pointer rests, with their areas in square pixels. */
function fieldsOf(html = ''): readonly { readonly title: string; readonly area: number }[] {
  const marks = /<rect [^>]*width="(\d+)" height="(\d+)"[^>]*><title>([^<]*: [^<]*)<\/title>/g;
  return [...html.matchAll(marks)].map(([, width, height, title = '']) => {
    return { title, area: Number(width) * Number(height) };
  });
}

describe.each(EXAMPLES)('the capacity of %s', (example) => {
  const page = pageOf(example);
  const html = bodyOf(CAPACITY, page);

  test('lists the pools of the view in full', () => {
    expect(
      readTables(html)
        .filter(({ view }) => view === 'capacity')
        .map(keyedRows),
    ).toEqual([asCells(capacityRows(page.plan))]);
  });

  test('says the totals that texts say', () => {
    expect(textOf(html)).toContain(`${formatTotals(page.plan)}. In all `);
  });

  test('has a field and a row for every pool with accelerators', () => {
    const drawn = capacityRows(page.plan).filter(({ accelerators }) => accelerators > 0);
    expect(
      fieldsOf(html)
        .map(({ title }) => title.replace(/:.*/, ''))
        .sort(),
    ).toEqual(drawn.map(({ cluster, pool }) => `${cluster} ${pool}`).sort());
    expect(tableOf(html, 'Accelerators of each pool').rows.map((row) => row.at(-1))).toEqual(
      drawn.map(({ accelerators }) => String(accelerators)),
    );
  });
});

test('adds accelerators up by kind and cloud', () => {
  const page = pageOf('frontier');
  const { columns, rows } = tableOf(bodyOf(CAPACITY, page), 'Accelerators by kind and cloud');
  expect(columns.map(({ title }) => title)).toEqual([
    'Kind',
    'AWS',
    'Azure',
    'Google Cloud',
    'Oracle Cloud',
    'All clouds',
    'Nodes',
  ]);
  expect(rows).toHaveLength(capacityTotals(page.plan).length);
  expect(rows.at(-1)).toEqual(['all', '21184', '100800', '64800', '13824', '200608', '47720']);
});

test('gives equal pools of a cloud equal areas, up to what rounding and gaps take', () => {
  const azure = fieldsOf(bodyOf(CAPACITY, pageOf('frontier'))).filter(({ title }) => title.includes('10,080 GB300'));
  const areas = azure.map(({ area }) => area);
  expect(areas).toHaveLength(10);
  expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(1.05);
});

test.each(['aws', 'google', 'oracle'])('draws the two kinds of %s as bars alone', (example) => {
  const html = bodyOf(CAPACITY, pageOf(example)) ?? '';
  expect(fieldsOf(html)).toEqual([]);
  expect(html.match(/<svg /g)).toHaveLength(1);
});

test('draws no picture of a single pool', () => {
  const html = bodyOf(CAPACITY, pageOf('azure')) ?? '';
  expect(html).not.toContain('<svg');
  expect(readTables(html).map(({ title }) => title)).toEqual(['Pools']);
});

test('names fewest nodes and clusters that exist only where a pool has them', () => {
  const titlesOf = (example: string) =>
    tableOf(bodyOf(CAPACITY, pageOf(example)), 'Pools').columns.map(({ title }) => title);
  expect(titlesOf('aws')).toContain('Fewest nodes');
  expect(titlesOf('existing')).toContain('Added to');
  expect(titlesOf('frontier')).not.toContain('Fewest nodes');
});

test('is left out where the estate has no pools', () => {
  expect(bodyOf(CAPACITY, pageOf('circuits'))).toBeUndefined();
});

test('draws the same whatever the order of entries', () => {
  const { estate } = pageOf('queue');
  const turned = { ...estate, clusters: Object.fromEntries(Object.entries(estate.clusters).reverse()) };
  expect(bodyOf(CAPACITY, pageFrom(turned))).toBe(bodyOf(CAPACITY, pageFrom(estate)));
});

test('takes titles of accelerators as text', () => {
  const title = '<img src=x onerror=alert(1)>"&';
  const row = { title, vendor: 'own', resourceName: 'example.com/npu', source: 'offer', checked: '2026-11' } as const;
  const { estate } = pageOf('queue');
  const catalog = estateOf({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'a', email: 'a@example.com' },
    accounts: {},
    sites: {},
    clusters: {},
    catalog: { accelerators: { h200: row } },
  }).catalog;
  const html = bodyOf(CAPACITY, pageFrom({ ...estate, catalog })) ?? '';
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(title);
});
