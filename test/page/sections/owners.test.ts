import { accessRows } from '../../../estate/report/access';
import { ownerRows } from '../../../estate/report/owners';
import { capacityRows } from '../../../estate/report/views';
import { alarmsRows, logsRows } from '../../../estate/report/watched';
import { parseEstate, readEstateText } from '../../../estate/spec/load';
import { OWNERS } from '../../../page/sections/owners';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = ['frontier', 'queue', 'minimal', 'linked', 'existing', 'circuits'];
const HOSTILE = '<img src=x onerror=alert(1)>"&';

/** The example with a queue, with two more owners. */
function shared() {
  const text = readEstateText('examples/queue.yaml')
    .replace(
      'accounts:\n',
      `owners:\n  robo: { team: robotics, email: robo@example.com, costCenter: cc-9 }\naccounts:\n`,
    )
    .replace('burst: {', 'burst: { owner: robo,');
  return parseEstate(text, 'queue.yaml').estate;
}

describe.each(EXAMPLES)('the owners of %s', (example) => {
  const page = pageOf(example);
  const tables = readTables(bodyOf(OWNERS, page));

  test.each([
    ['owners', ownerRows],
    ['access', accessRows],
    ['logs', logsRows],
    ['alarms', alarmsRows],
  ] as const)('are the rows of the view %s', (view, rowsOf) => {
    const rows = rowsOf(page.plan);
    const found = tables.filter((table) => table.view === view);
    expect(found.map(keyedRows)).toEqual(rows.length === 0 ? [] : [asCells(rows)]);
  });
});

test('draws no bars where one team answers for everything', () => {
  const html = bodyOf(OWNERS, pageOf('frontier')) ?? '';
  expect(html).not.toContain('<svg');
  expect(textOf(html)).toContain('Team frontier-training answers for 93 entries; cost center cc-1042 pays for them.');
});

test('adds accelerators of pools up by team and cloud', () => {
  const page = pageFrom(shared());
  const table = tableOf(bodyOf(OWNERS, page), 'Accelerators by team and cloud');
  expect(table.columns.map(({ title }) => title)).toEqual(['Team', 'aws', 'azure', 'google', 'oracle', 'All']);
  expect(table.rows).toEqual([
    ['frontier-training', '192', '256', '176', '328', '952'],
    ['robotics', '0', '0', '64', '0', '64'],
  ]);
  const all = capacityRows(page.plan).reduce((sum, { accelerators }) => sum + accelerators, 0);
  expect(all).toBe(952 + 64);
});

test('says which part of the estate no cost center pays for', () => {
  const html = bodyOf(OWNERS, pageFrom(shared()));
  expect(textOf(html)).toContain('cost center cc-9 pays for 1 of 26 entries');
  expect(tableOf(html, 'Accelerators by cost center and cloud').rows[0]?.[5]).toBe('952');
  expect(html).toContain('no cost center');
});

test('copies each administrator by itself', () => {
  const text = readEstateText('examples/queue.yaml').replace(
    'administrators: [platform@example.com]',
    'administrators: [platform@example.com, second@example.com]',
  );
  const html = bodyOf(OWNERS, pageFrom(parseEstate(text, 'queue.yaml').estate));
  expect(html).toContain(
    '<code class="copy">platform@example.com</code>, <code class="copy">second@example.com</code>',
  );
});

test('takes tags as text, whatever they say', () => {
  const { estate } = parseEstate(readEstateText('examples/queue.yaml'), 'queue.yaml');
  const html = bodyOf(OWNERS, pageFrom({ ...estate, tags: { note: HOSTILE } })) ?? '';
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(`note=${HOSTILE}`);
});

test('says nothing of access where stacks make no cluster', () => {
  const page = pageOf('circuits');
  const html = bodyOf(OWNERS, page) ?? '';
  expect(accessRows(page.plan)).toEqual([]);
  expect(html).not.toContain('Who reaches clusters');
});
