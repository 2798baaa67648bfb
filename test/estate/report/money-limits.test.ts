import { budgetRows } from '../../../estate/report/budgets';
import { spendReport, spendTotal } from '../../../estate/report/spend';
import { spendLimitOf } from '../../../estate/report/spend-limit';
import { parseEstate } from '../../../estate/spec/load';
import { lockAndResolve } from '../../helpers/estates';
import { pageOf } from '../../helpers/pages';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const READ = { source: 'made up for this test', date: '2026-11-02' };
const ROW = { machine: 'p5en.48xlarge', per: 'node-hour', ...READ };
const prices = { currency: 'USD', rows: [{ ...ROW, price: '10 USD' }] };
const estateWith = (changes: Changes) => parseEstate(estateText(changes), 'estate.yaml').estate;

test('all that is spent is the sum of its clouds', () => {
  const { estate } = pageOf('portfolio');
  const { rows } = spendReport(estate, { by: 'cloud' });
  const total = spendTotal(estate, {});
  expect(total).toEqual({ key: 'all', perHour: '1032897.25', perDay: '24789534.00', perMonth: '754014992.50' });
  expect(rows.reduce((sum, { perDay }) => sum + Number(perDay), 0)).toBe(Number(total?.perDay));
});

test('a limit stands beside the most that is spent in a day, from the first day on which it is', () => {
  const policy = { maxSpendPerDay: '1M USD' };
  const phases = [
    { from: '2027-01-01', nodes: 8 },
    { from: '2027-02-01', nodes: 16 },
  ];
  expect(spendLimitOf(estateWith({ prices, policy, [`${TRAIN}.phases`]: phases }))).toEqual({
    limitPerDay: '1000000.00',
    mostPerDay: '3840.00',
    from: '2027-02-01',
  });
  expect(spendLimitOf(estateWith({ prices, policy }))).toEqual({ limitPerDay: '1000000.00', mostPerDay: '3840.00' });
});

test('there is no limit where policy sets none, or nothing has a price', () => {
  expect(spendLimitOf(estateWith({ prices }))).toBeUndefined();
  expect(spendLimitOf(pageOf('frontier').estate)).toBeUndefined();
});

test('budgets stand beside what is expected of their accounts, where anything in these has a price', () => {
  const budgets = { 'aws-main': { amount: 'expected', headroomPercent: 10 }, 'azure-gb': { amount: '5M USD' } };
  const rows = (changes: Changes) => {
    const estate = estateWith(changes);
    return budgetRows(lockAndResolve(estate).plan, estate);
  };
  expect(rows({ prices, budgets })).toEqual([
    expect.objectContaining({
      account: 'aws-main',
      cloud: 'aws',
      amount: '128480.00',
      currency: 'USD',
      expected: '116800.00',
    }),
    expect.not.objectContaining({ expected: expect.anything() }),
  ]);
  expect(rows({ prices })).toEqual([]);
});
