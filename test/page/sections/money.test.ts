import { commitmentRows } from '../../../estate/report/commitments';
import { spendReport } from '../../../estate/report/spend';
import { parseEstate } from '../../../estate/spec/load';
import { MONEY } from '../../../page/sections/money';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, PAGE_DAY, pageFrom, pageOf } from '../../helpers/pages';

const READ = { source: 'made up for this test', date: '2026-11-02' };
const PRICES = {
  currency: 'USD',
  rows: [{ machine: 'p5en.48xlarge', price: '10 USD', per: 'node-hour', ...READ }],
};
const bodyWith = (changes: Changes) =>
  bodyOf(MONEY, pageFrom(parseEstate(estateText(changes), 'estate.yaml').estate)) ?? '';
const viewIn = (html: string, view: string) =>
  readTables(html).flatMap((table) => (table.view === view ? keyedRows(table) : []));
const portfolio = () => bodyOf(MONEY, pageOf('portfolio')) ?? '';

test.each(['portfolio', 'frontier'])('commitments of %s are those of the view', (example) => {
  const page = pageOf(example);
  const rows = commitmentRows(page.estate, PAGE_DAY).map(({ ramp: _r, steps: _s, breakEven: _b, ...row }) => row);
  expect(viewIn(bodyOf(MONEY, page) ?? '', 'commitments')).toEqual(asCells(rows));
});

test('spend by cloud is that of the view', () => {
  const { rows } = spendReport(pageOf('portfolio').estate, { by: 'cloud' });
  expect(viewIn(portfolio(), 'spend')).toEqual(asCells(rows));
});

test('says what the estate costs, what it may, and what has no price', () => {
  const html = portfolio();
  expect(textOf(html)).toMatch(
    /^Of 3 commitments 547,497,519,360\.00 USD is not expected to be spent by the end of the term, by prices, windows and phases; of 1 more the sum or the term is not known\./,
  );
  expect(textOf(html)).toContain(
    'the estate costs 24,789,534.00 USD a day, 754,014,992.50 USD a month; 16 entries without a price left out. ' +
      'On 2026-11-30 it costs 12,382,494.00 USD a day. It may cost 25,000,000.00 USD a day, and costs 24,478,494.00 USD at most, from 2028-01-01 on.',
  );
  expect(html).toContain('>24.8M, 25M at most</text>');
  expect(tableOf(html, '16 entries without a price').rows).toHaveLength(16);
});

test('pools and stores, and months, are sums of the report by them', () => {
  const { estate } = pageOf('portfolio');
  const html = portfolio();
  const pools = tableOf(html, 'Spend by pool and store, in USD').rows;
  expect(pools).toEqual(
    spendReport(estate, { by: 'pool' }).rows.map(({ key, perHour, perDay, perMonth }) => [
      key,
      perHour,
      perDay,
      perMonth,
    ]),
  );
  const time = { from: '2026-11-30', until: '2027-11-29' };
  const { rows } = spendReport(estate, { by: 'month', time });
  expect(tableOf(html, 'Spend by month, in USD').rows).toEqual(
    rows.map(({ key, total, perHour }) => [key, total, perHour]),
  );
  expect(rows).toHaveLength(13);
});

test('steps and break-evens stand by their commitments, with what falls short', () => {
  const html = portfolio();
  expect(tableOf(html, 'What has to be spent by which day').rows).toEqual([
    ['aws', '2027-12-31', '1B USD', '1116387840.00', '0.00'],
    ['aws', '2029-12-31', '8B USD', '3258159360.00', '4741840640.00'],
  ]);
  expect(html).toContain('<strong class="bad">4,741,840,640.00</strong>');
  const even = tableOf(html, 'Where holding machines is cheaper than paying them on demand, in USD an hour');
  expect(even.rows[0]).toEqual(['clusters.virginia.pools.b300', 'aws', '51200.00', '81920.00', '62.5']);
});

test('the curves end where sums and days are', () => {
  const html = portfolio();
  expect(html).toContain('aws: 38B USD, of which 7.54B are expected by 2033-12-31</text>');
  expect(html).toContain('<title>aws: 38000000000.00 USD promised by 2033-12-31</title>');
  const heights = [...html.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>(\w+): /g)];
  expect(heights.map(([, , , key]) => key)).toEqual(['aws', 'azure', 'google', 'oracle']);
  expect(new Set(heights.map(([, x]) => x)).size).toBe(1);
});

test('without prices only commitments are told', () => {
  const html = bodyOf(MONEY, pageOf('frontier')) ?? '';
  expect(textOf(html)).toContain('The estate has no prices, so that nobody knows what it costs.');
  expect(textOf(html)).toContain('4 commitments: 588B USD in all, 1 undisclosed sum.');
  expect(html).not.toContain('<svg');
  expect(readTables(html).map(({ title }) => title)).toEqual(['Commitments']);
});

test('budgets stand against what is expected', () => {
  const html = bodyWith({ prices: PRICES, budgets: { 'aws-main': { amount: '100K USD', stopsCapacity: true } } });
  expect(html).toContain('>117K of 100K</text>');
  expect(tableOf(html, 'Budgets of accounts, for a month').rows).toEqual([
    ['aws-main', 'aws', '100000.00', '116800.00', 'USD', '50%, 80%, 100%', 'training@example.com', 'account', 'true'],
  ]);
});

test('a budget without prices is told, without a picture', () => {
  const html = bodyWith({ budgets: { 'aws-main': { amount: '100K USD' } } });
  expect(html).not.toContain('<svg');
  expect(html).toContain('>unknown</td>');
});

test('no months are told from the last day that can be written', () => {
  const html = bodyOf(MONEY, pageOf('portfolio', '9999-12-31')) ?? '';
  expect(html).toContain('Spend by cloud');
  expect(html).not.toContain('Spend by month');
});

test('is left out where nothing is known of money', () => {
  expect(bodyWith({})).toBe('');
});

test('names that look like markup are text, and no number is none', () => {
  const price = {
    ...READ,
    machine: 'p5en.48xlarge',
    price: '10 USD',
    per: 'node-hour',
    source: '<script>alert(1)</script>',
  };
  const commitments = { a: { cloud: 'aws', amount: 'undisclosed', start: '2027-01-01', years: 30 } };
  const html = bodyWith({ prices: { currency: 'USD', rows: [price] }, commitments });
  expect(html).not.toMatch(/<script|NaN|undefined|Infinity/);
});
