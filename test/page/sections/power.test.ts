import { powerRows } from '../../../estate/report/power';
import { parseEstate } from '../../../estate/spec/load';
import { POWER } from '../../../page/sections/power';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const bodyWith = (changes: Changes) =>
  bodyOf(POWER, pageFrom(parseEstate(estateText(changes), 'estate.yaml').estate)) ?? '';

test.each(['frontier', 'portfolio', 'minimal', 'queue', 'aws'])('the table of %s is the view of power', (example) => {
  const page = pageOf(example);
  const [table] = readTables(bodyOf(POWER, page)).filter(({ view }) => view === 'power');
  expect(table && keyedRows(table)).toEqual(asCells(powerRows(page.plan)));
});

test('says what is drawn, and which limits hold it', () => {
  const html = bodyOf(POWER, pageOf('portfolio')) ?? '';
  expect(textOf(html)).toContain('Facilities draw 437.412 MW for 200,608 accelerators, 380.112 MW of it the machines.');
  expect(html).toContain('>20.538 MW, 30 at most</text>');
  expect(html).toContain('<title>limit of virginia: 30 MW</title>');
  expect(html).toContain('>229.320 MW, 240 at most</text>');
  expect(html).toContain('<title>all: 57.300 MW cooling and losses of the building</title>');
  expect(
    tableOf(html, 'Limits of policy on megawatts, and the most that draws at once').rows.map(
      ([name, of, most, limit, , since]) => [name, of, most, limit, since],
    ),
  ).toEqual([
    ['portfolio', 'estate', '433.80096', '450', '2028-01-01'],
    ['azure', 'cloud', '229.32', '240', '2028-01-01'],
    ['virginia', 'site', '20.53824', '30', '2026-12-01'],
  ]);
  expect(html).toContain('>96.4%</td>');
});

test('names accelerators without a figure and why there is none', () => {
  const html = bodyOf(POWER, pageOf('queue')) ?? '';
  expect(html).toContain('1.801 MW of it the machines; 32 more have no figure.');
  expect(html).toMatch(/Left out: 32 tpu-v6e at manassas\. .*Google publishes no power figure/);
  expect(html).toContain('>0.416 MW, and what is left out</text>');
});

test('says so where nothing has a figure', () => {
  const slices = { accelerator: 'tpu-v7x', accelerators: 128, topology: '4x4x4' };
  const clusters = { iowa: { site: 'iowa', pools: { slices } } };
  const html = bodyWith({ clusters, stores: {} });
  expect(html).toContain('No figure is known for any of 128 accelerators.');
  expect(html).not.toContain('<svg');
  expect(html).not.toMatch(/NaN|null|undefined/);
});

test('is left out where nothing draws power', () => {
  expect(bodyWith({ clusters: {}, stores: {} })).toBe('');
});
