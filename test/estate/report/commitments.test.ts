import { commitmentRows, formatDrawDown, shortfallTotal } from '../../../estate/report/commitments';
import { parseEstate } from '../../../estate/spec/load';
import { type Changes, estateText } from '../spec/fixtures';

const READ = { source: 'made up for this test', date: '2026-11-02' };
const TRAIN = 'clusters.ohio.pools.train';
const RATE = { machine: 'p5en.48xlarge', per: 'node-hour', ...READ };
/** 16 nodes of 62.50 USD: 1,000 USD an hour, 24,000 USD a day. */
const PRICES = { currency: 'USD', rows: [{ ...RATE, price: '62.50 USD' }] };
const estateWith = (changes: Changes) => parseEstate(estateText({ prices: PRICES, ...changes }), 'estate.yaml').estate;
const TERM = { start: '2027-01-01', years: 1 };
const rowOf = (commitment: object, at: string, changes: Changes = {}) => {
  const [row] = commitmentRows(estateWith({ ...changes, 'commitments.aws': { cloud: 'aws', ...commitment } }), at);
  return row;
};

describe('the expected draw-down of a commitment', () => {
  test('runs dry where spend reaches the amount before the term ends', () => {
    // 2.4M USD are a hundred days.
    expect(rowOf({ amount: '2.4M USD', ...TERM }, '2027-01-11')).toMatchObject({
      currency: 'USD',
      spent: '240000.00',
      remaining: '2160000.00',
      runsDry: '2027-04-10',
      shortfall: '0.00',
    });
  });

  test('falls short where it does not', () => {
    // A year is 8.76M USD.
    expect(rowOf({ amount: '10M USD', ...TERM }, '2026-11-29')).toMatchObject({
      spent: '0.00',
      remaining: '10000000.00',
      runsDry: null,
      shortfall: '1240000.00',
    });
  });

  test('follows phases to the day', () => {
    const phases = [
      { from: '2027-01-01', nodes: 8 },
      { from: '2027-07-01', nodes: 16 },
    ];
    // 181 days of 12,000 USD and 184 of 24,000: 6,588,000 USD.
    const row = rowOf({ amount: '6588K USD', ...TERM }, '2028-01-01', { [`${TRAIN}.phases`]: phases });
    expect(row).toMatchObject({ spent: '6588000.00', remaining: '0.00', runsDry: '2027-12-31', shortfall: '0.00' });
  });

  test('says of each step what is expected by then', () => {
    const ramp = [
      { by: '2027-01-10', amount: '200K USD' },
      { by: '2027-12-31', amount: '9M USD' },
    ];
    expect(rowOf({ amount: '9M USD', ...TERM, ramp }, '2027-01-01')?.steps).toEqual([
      { by: '2027-01-10', amount: '200K USD', expected: '240000.00', shortfall: '0.00' },
      { by: '2027-12-31', amount: '9M USD', expected: '8760000.00', shortfall: '240000.00' },
    ]);
  });

  test('counts only the spend that is said to count', () => {
    expect(rowOf({ amount: '1M USD', ...TERM, counts: ['stores'] }, '2027-02-01')).toMatchObject({ spent: '0.00' });
    expect(rowOf({ amount: '1M USD', ...TERM, accounts: ['aws-main'] }, '2027-01-02')?.spent).toBe('24000.00');
  });

  test('is told in the currency of the prices', () => {
    const prices = { ...PRICES, exchange: { EUR: { rate: '1.25', ...READ } } };
    expect(rowOf({ amount: '1M EUR', ...TERM }, '2027-01-02', { prices })?.remaining).toBe('1226000.00');
  });

  test('of an undisclosed one is what is spent, and of one without a term nothing', () => {
    expect(rowOf({ amount: 'undisclosed', ...TERM }, '2027-01-02')).toMatchObject({
      spent: '24000.00',
      remaining: null,
      runsDry: null,
      shortfall: null,
    });
    expect(rowOf({ amount: '1M USD' }, '2027-01-02')).toMatchObject({ spent: null, remaining: null, runsDry: null });
  });

  test('adds up what falls short, and counts what nothing is known of', () => {
    const estate = estateWith({
      'commitments.a': { cloud: 'aws', amount: '10M USD', ...TERM },
      'commitments.b': { cloud: 'google', amount: '2M USD', ...TERM },
      'commitments.c': { cloud: 'oracle', amount: 'undisclosed', ...TERM },
    });
    const rows = commitmentRows(estate, '2027-01-02');
    const short = rows.reduce((sum, { shortfall }) => sum + Number(shortfall ?? 0), 0);
    expect(short).toBeGreaterThan(2_000_000);
    expect(shortfallTotal(rows)).toEqual({ currency: 'USD', shortfall: short.toFixed(2), known: 2, unknown: 1 });
    expect(shortfallTotal(rows.filter(({ key }) => key === 'c'))).toBeUndefined();
    expect(shortfallTotal([])).toBeUndefined();
  });

  test('says from which use on it pays to hold machines', () => {
    const rows = [
      { ...RATE, price: '62.50 USD', capacity: 'on-demand' },
      { ...RATE, price: '40 USD', capacity: 'reservation' },
    ];
    const changes = {
      prices: { currency: 'USD', rows },
      [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['cr-0123456789abcdef0'] },
    };
    expect(rowOf({ amount: '1M USD', ...TERM }, '2027-01-02', changes)?.breakEven).toEqual([
      { path: TRAIN, held: '640.00', onDemand: '1000.00', percent: '64.0' },
    ]);
  });

  test('is printed with steps and break-even, and not at all without prices', () => {
    const ramp = [{ by: '2027-12-31', amount: '9M USD' }];
    const estate = estateWith({ 'commitments.aws': { cloud: 'aws', amount: '10M USD', ...TERM, ramp } });
    const lines = formatDrawDown(estate, '2027-01-11').split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'draw-down, USD  spent by 2027-01-11     remaining  runs dry  shortfall at the end',
      'aws                      240,000.00  9,760,000.00                    1,240,000.00',
      '',
      'step  by          promised      expected   shortfall',
      'aws   2027-12-31    9M USD  8,760,000.00  240,000.00',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(formatDrawDown({ ...estate, prices: undefined }, '2027-01-11')).toBe('');
  });
});
