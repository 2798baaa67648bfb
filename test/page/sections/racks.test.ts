import { groupRows, groupRuns } from '../../../estate/report/groups';
import { capacityRows } from '../../../estate/report/views';
import { estatePage } from '../../../page/model';
import { RACKS } from '../../../page/sections/racks';
import { groupedPlan } from '../../helpers/grouped';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageOf } from '../../helpers/pages';

const EXAMPLES = [
  'minimal',
  'aws',
  'azure',
  'google',
  'oracle',
  'existing',
  'queue',
  'linked',
  'frontier',
  'portfolio',
];
const KIB = 1024;

const usesOf = (html: string) => [...html.matchAll(/<use href="#([^"]*)"/g)].map(([, id = '']) => id);

describe.each(EXAMPLES)('the racks of %s', (example) => {
  const page = pageOf(example);
  const rows = groupRows(page.plan);
  const html = bodyOf(RACKS, page) ?? '';

  test('are drawn once each, in one picture for each cluster', () => {
    expect(usesOf(html)).toHaveLength(rows.length);
    const clusters = new Set(capacityRows(page.plan).map(({ cluster }) => cluster));
    expect(html.match(/<figure>/g)).toHaveLength(clusters.size);
    for (const cluster of clusters) expect(html).toContain(`<figcaption>${cluster}: `);
  });

  test('have ids that are there once, and nothing is drawn from another one', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^racks-/);
    for (const id of new Set(usesOf(html))) expect(ids).toContain(id);
    for (const [, target] of html.matchAll(/<a href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('are the same whenever they are drawn', () => {
    expect(bodyOf(RACKS, page)).toBe(html);
  });
});

describe.each(['minimal', 'google', 'existing', 'queue'])('the table of groups of %s', (example) => {
  test('has the rows of the view', () => {
    const page = pageOf(example);
    const table = tableOf(bodyOf(RACKS, page), 'Groups');
    expect(table.view).toBe('groups');
    expect(keyedRows(table)).toEqual(asCells(groupRows(page.plan)));
  });
});

test('the table has groups that are leaving, and their pools', () => {
  const page = { ...pageOf('minimal'), plan: groupedPlan() };
  const html = bodyOf(RACKS, estatePage(page)) ?? '';
  expect(keyedRows(tableOf(html, 'Groups'))).toEqual(asCells(groupRows(page.plan)));
  expect(textOf(html)).toContain('102 racks, 2 slices, 2 groups of nodes; 100 spare trays; 2 groups leaving.');
  expect(textOf(html)).toContain('One cell is one node of 4 or 8 accelerators.');
});

describe('an estate with thousands of racks', () => {
  const page = pageOf('frontier');
  const rows = groupRows(page.plan);
  const html = bodyOf(RACKS, page) ?? '';

  test('has a chapter of less than 500 KiB', () => {
    expect(rows.length).toBeGreaterThan(2500);
    expect(Buffer.byteLength(html)).toBeLessThan(500 * KIB);
  });

  test('lists equal groups in one row, without being the view', () => {
    const [table, ...others] = readTables(html);
    expect(others).toEqual([]);
    expect(table?.view).toBeUndefined();
    expect(table?.rows).toHaveLength(groupRuns(rows).length);
    const at = (title: string) => table?.columns.findIndex((column) => column.title === title) ?? -1;
    const sum = (title: string) => table?.rows.reduce((all, row) => all + Number(row[at(title)]), 0);
    const pools = capacityRows(page.plan);
    expect(sum('Groups')).toBe(pools.reduce((all, { groups }) => all + groups, 0));
    expect(sum('Nodes in service')).toBe(pools.reduce((all, { nodes }) => all + nodes, 0));
    expect(sum('Accelerators')).toBe(pools.reduce((all, { accelerators }) => all + accelerators, 0));
    expect(textOf(html)).toContain('npx estate show groups --csv');
  });

  test('names each rack under it', () => {
    const texts = new Set([...html.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text));
    for (const { group, pool, kind, nodes } of rows) {
      const key = group.slice(pool.length + 1);
      expect(texts).toContain(kind === 'nodes' ? `${key}: ${nodes}` : key);
    }
  });
});

test('is left out where the estate has no pools', () => {
  expect(bodyOf(RACKS, pageOf('circuits'))).toBeUndefined();
});
