import { quotaRows } from '../../../estate/report/quotas';
import { parseEstate } from '../../../estate/spec/load';
import { QUOTAS } from '../../../page/sections/quotas';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const bodyWith = (changes: Changes) =>
  bodyOf(QUOTAS, pageFrom(parseEstate(estateText(changes), 'estate.yaml').estate)) ?? '';

test.each(['frontier', 'minimal', 'queue', 'aws'])('the table of %s is the view of quotas', (example) => {
  const page = pageOf(example);
  const html = bodyOf(QUOTAS, page) ?? '';
  const [table] = readTables(html).filter(({ view }) => view === 'quotas');
  expect(table && keyedRows(table)).toEqual(asCells(quotaRows(page.plan)));
  expect(html.length).toBeLessThan(220_000);
});

test('what has to be raised comes first, with the key that says what is granted', () => {
  const html = bodyOf(QUOTAS, pageOf('frontier')) ?? '';
  expect(textOf(html)).toContain(
    '311 quotas of 4 accounts are needed: 6 have to be raised, of 133 nobody but the provider knows what is granted, and 172 are large enough.',
  );
  const { rows } = tableOf(html, 'Quotas that have to be raised');
  expect(rows.map(([, raiseBy, , region, account, ...others]) => [account, region, raiseBy, others.at(-1)])).toEqual([
    ['aws', 'us-east-1', '677500', 'aws-volumes'],
    ['aws', 'us-west-2', '653500', 'aws-volumes'],
    ['google', 'global', '23', 'google-networks'],
    ['aws', 'us-west-2', '20878', 'aws-network-interfaces'],
    ['aws', 'us-east-1', '16558', 'aws-network-interfaces'],
    ['aws', 'global', '176', 'aws-capacity-blocks'],
  ]);
  expect(html).toContain('14 x: 728,700 needed, 51,200 granted</text>');
  expect(html).toContain('<strong class="bad">raise by 677,500</strong>');
  expect(html.indexOf('Quotas that have to be raised</caption>')).toBeLessThan(html.indexOf('Quotas of accounts'));
});

test('counts of accounts are those of the rows', () => {
  const page = pageOf('frontier');
  const { rows } = tableOf(bodyOf(QUOTAS, page), 'Quotas of accounts');
  const all = rows.reduce((sum, [, , ...counts]) => sum + counts.reduce((own, count) => own + Number(count), 0), 0);
  expect(all).toBe(quotaRows(page.plan).length);
});

test('says that nothing has to be raised where nothing has', () => {
  const html = bodyWith({});
  expect(textOf(html)).toContain('are needed: none is known to be too small, of ');
  expect(html).not.toContain('Quotas that have to be raised');
});

test('what an estate says is granted counts, and is text', () => {
  const row = { value: 1, source: 'javascript:alert(1)//"><b>', checked: '2026-11' };
  const html = bodyWith({ catalog: { quotas: { 'aws-elastic-ips': row } } });
  expect(html).toContain('2.0 x: 2 needed, 1 granted</text>');
  expect(tableOf(html, 'Quotas that have to be raised').rows[0]?.slice(-2)).toEqual(['2', 'aws-elastic-ips']);
  expect(html).toContain('<strong class="bad">raise by 1</strong>');
  expect(html).not.toMatch(/<script|<b>|href="java|NaN|Infinity/);
});

test('is left out where nothing is asked for', () => {
  expect(bodyWith({ accounts: {}, sites: {}, clusters: {}, stores: {} })).toBe('');
});
