import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { calendarRows } from '../estate/report/calendar';
import { commitmentRows } from '../estate/report/commitments';
import { spendReport } from '../estate/report/spend';
import { formatTotals } from '../estate/report/views';
import { MEASURES, stockOf } from '../estate/spec/limits';
import { lossOf, worstOf } from '../estate/spec/loss';

const { loaded, plan } = resolveEstate(join(__dirname, '../examples/portfolio.yaml'));
const { estate } = loaded;

/**
 * All by hand. Nodes: 2,432 B300 and 432 GB200 on AWS, 25,200 GB300 on Azure, 16,200 GB200 on Google Cloud, 3,456 GB300 on
 * Oracle Cloud. A TiB-month of 146 USD is 0.20 USD an hour; file systems have 2,400 TiB, 1,280 TiB and 4 x 351.5625 TiB,
 * and the two of Oracle Cloud cost 100 USD an hour each. The term has 7 x 365 + 2 = 2,557 days.
 */
describe('the portfolio', () => {
  test('is the footprint of the frontier', () => {
    expect(formatTotals(plan)).toBe('200,608 accelerators (114,624 GB300, 66,528 GB200, 19,456 B300)');
  });

  test('costs what its machines and file systems cost', () => {
    const { rows, unpriced } = spendReport(estate, { by: 'cloud' });
    expect(rows.map(({ key, perHour, perDay }) => [key, perHour, perDay])).toEqual([
      // 2,432 x 50 + 432 x 30 + 2,400 x 0.20.
      ['aws', '135040.00', '3240960.00'],
      // 25,200 x 4 x 5 + 1,280 x 0.20.
      ['azure', '504256.00', '12102144.00'],
      // 16,200 x 20 + 1,406.25 x 0.20.
      ['google', '324281.25', '7782750.00'],
      // 3,456 x 20 + 2 x 100.
      ['oracle', '69320.00', '1663680.00'],
    ]);
    // The buckets: no size of them is in the file, and nobody has given a price of one.
    expect(unpriced.map(({ path }) => path)).toHaveLength(16);
  });

  test('costs 24,789,534 USD a day when everything stands, and less before', () => {
    const total = (at?: string) =>
      spendReport(estate, { by: 'cloud', ...(at && { at }) }).rows.reduce((sum, { perDay }) => sum + Number(perDay), 0);
    expect(total()).toBe(24_789_534);
    // Half of what is on Azure, 12,600 x 20 x 24, comes a year later; GB200 on AWS, 432 x 30 x 24, goes after May.
    expect([total('2027-01-01'), total('2027-06-01'), total('2028-01-01')]).toEqual([
      24_789_534 - 6_048_000,
      24_789_534 - 6_048_000 - 311_040,
      24_789_534 - 311_040,
    ]);
  });

  test('draws its commitments down over seven years', () => {
    const rows = commitmentRows(estate, '2028-01-01').map(({ key, spent, remaining, runsDry, shortfall }) => {
      return [key, spent, remaining, runsDry, shortfall];
    });
    expect(rows).toEqual([
      // 365 days of 2,929,920 and 151 of 311,040; in all 2,557 and 151.
      ['aws', '1116387840.00', '36883612160.00', null, '30461227520.00'],
      // 365 days of 6,048,000; in all 2,557 of them and 2,192 of as much again.
      ['azure', '2207520000.00', '247792480000.00', null, '221278048000.00'],
      // 365 days of 7,782,750.
      ['google', '2840703750.00', null, null, null],
      // 365 days of 1,658,880; in all 2,557.
      ['oracle', '605491200.00', '299394508800.00', null, '295758243840.00'],
    ]);
  });

  test('keeps the first step of AWS and misses the second', () => {
    const [aws] = commitmentRows(estate, '2027-01-01');
    expect(aws?.steps).toEqual([
      { by: '2027-12-31', amount: '1B USD', expected: '1116387840.00', shortfall: '0.00' },
      // 1,096 days of 2,929,920 and 151 of 311,040.
      { by: '2029-12-31', amount: '8B USD', expected: '3258159360.00', shortfall: '4741840640.00' },
    ]);
  });

  test('pays for holding machines that run more than five hours of eight', () => {
    const [aws] = commitmentRows(estate, '2027-01-01');
    expect(aws?.breakEven?.map(({ path, percent }) => [path, percent])).toEqual([
      ['clusters.virginia.pools.b300', '62.5'],
      ['clusters.oregon.pools.b300', '62.5'],
    ]);
  });

  test('survives the loss of any cloud with half of its accelerators', () => {
    const { lost, left, broken } = lossOf(estate, [{ kind: 'cloud', key: 'azure' }]);
    expect([lost.accelerators, left.accelerators]).toEqual([
      { gb300: 100_800 },
      { b300: 19_456, gb200: 66_528, gb300: 13_824 },
    ]);
    expect(broken.map(({ code }) => code)).not.toContain('PolicySurvival');
    const pair = worstOf(stockOf(estate), 'site', 2, MEASURES.accelerators);
    expect(lossOf(estate, pair).lost.accelerators).toEqual({ gb200: 32_400 });
  });

  test('has the options and the terms in its calendar', () => {
    const events = calendarRows(estate).map(({ date, path, event }) => `${date} ${path}: ${event}`);
    expect(events).toEqual(
      expect.arrayContaining([
        '2027-06-30 clusters.westus2.pools.train: last day of the option on the phase of 2028-01-01',
        '2028-01-01 clusters.westus2.pools.train: 2,520 nodes (10,080 gb300) begin',
        '2033-12-31 commitments.oracle: last day of the term of 300B USD',
      ]),
    );
  });
});
