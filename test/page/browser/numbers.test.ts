import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VIEWS } from '../../../cli/choices';
import { estateHtml } from '../../../page/estate-page';
import { chromiumForTests } from '../../helpers/browser';
import { tables } from '../../helpers/page-checks';
import { EXAMPLES, pageOf } from '../../helpers/pages';
import { differences, isWorthATable, rowsOf, unknownNames, viewDocument } from '../../helpers/shown-views';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'numbers-'));

test.each(EXAMPLES)('every row and number of the tables of %s is what "estate show --json" says', async (example) => {
  const file = join(folder, `${example}.html`);
  writeFileSync(file, estateHtml(pageOf(example)));
  const visit = await chromium()?.visit(file);
  if (visit === undefined) return;
  const shown = await tables(visit.page);
  await visit.close();
  const faults: string[] = shown.flatMap(unknownNames);
  for (const view of VIEWS) {
    const document = await viewDocument(example, view);
    const own = shown.filter((table) => table.view.split('.')[0] === view);
    if (own.length === 0 && isWorthATable(view, rowsOf(document, []))) faults.push(`${view} has no table`);
    for (const table of own) faults.push(...differences(table, rowsOf(document, table.view.split('.').slice(1))));
  }
  expect(faults).toEqual([]);
});

test('fails when a table shows another number, fewer rows, or a property that no row has', () => {
  const told = [
    { pool: 'train', nodes: 8, days: ['2026-12-01', '2027-01-01'], limit: { megawatts: 2.5 } },
    { pool: 'spare' },
  ];
  const row = { pool: 'train', nodes: '8', days: '2026-12-01, 2027-01-01', 'limit.megawatts': '2.5' };
  expect(differences({ view: 'capacity', rows: [row, { pool: 'spare', nodes: '' }] }, told)).toEqual([]);
  expect(differences({ view: 'capacity', rows: [{ ...row, nodes: '9', racks: '1' }] }, told)).toEqual([
    'capacity: 1 rows of 2',
    'capacity, row 1, nodes: 9, not 8',
    'capacity, row 1, racks: 1, not ',
  ]);
});

test('fails when a table names a view or a property that there is not', () => {
  expect(unknownNames({ view: 'racks', rows: [] })).toEqual(['there is no view racks']);
  const rows = [{ pool: 'train', 'nodes.spare': '1', pools: 'a' }];
  expect(unknownNames({ view: 'capacity', rows })).toEqual([
    'capacity has no property nodes.spare',
    'capacity has no property pools',
  ]);
});

test('rows of a view that is more than one list are found by where they lie', () => {
  const document = { rows: [{ key: 'aws' }], links: [{ tunnels: [{ id: 1 }] }, { tunnels: [{ id: 2 }] }] };
  expect(rowsOf(document, [])).toEqual([{ key: 'aws' }]);
  expect(rowsOf(document, ['links', 'tunnels'])).toEqual([{ id: 1 }, { id: 2 }]);
  expect(rowsOf([{ pool: 'train' }], [])).toEqual([{ pool: 'train' }]);
});
