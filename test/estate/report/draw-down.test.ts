import { commitmentRows } from '../../../estate/report/commitments';
import { drawDownRows } from '../../../estate/report/draw-down';
import { parseEstate } from '../../../estate/spec/load';
import { pageOf } from '../../helpers/pages';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const READ = { source: 'made up for this test', date: '2026-11-02' };
const PRICES = {
  currency: 'USD',
  rows: [{ machine: 'p5en.48xlarge', price: '10 USD', per: 'node-hour', ...READ }],
};
const rows = (changes: Changes) => drawDownRows(parseEstate(estateText(changes), 'estate.yaml').estate);
const held = (commitment: object) => ({ prices: PRICES, commitments: { a: { cloud: 'aws', ...commitment } } });

test('grows from one change of what stands to the next, beside the ramp and the whole', () => {
  const phases = [
    { from: '2027-01-11', nodes: 8 },
    { from: '2027-01-21', nodes: 16 },
  ];
  const ramp = [{ by: '2027-01-15', amount: '5K USD' }];
  const term = { amount: '100K USD', start: '2027-01-01', end: '2027-01-31', ramp };
  expect(rows({ [`${TRAIN}.phases`]: phases, ...held(term) })).toEqual([
    {
      key: 'a',
      cloud: 'aws',
      amount: '100K USD',
      start: '2027-01-01',
      end: '2027-01-31',
      // 10 days of 8 nodes, then 11 of 16, at 240 USD a day each.
      expected: [
        { date: '2027-01-10', sum: '0.00' },
        { date: '2027-01-20', sum: '19200.00' },
        { date: '2027-01-31', sum: '61440.00' },
      ],
      promised: [
        { date: '2027-01-15', sum: '5000.00' },
        { date: '2027-01-31', sum: '100000.00' },
      ],
    },
  ]);
});

test('promises nothing where no sum is known', () => {
  const [row] = rows(held({ amount: 'undisclosed', start: '2027-01-01', years: 1 }));
  expect(row?.promised).toEqual([]);
  expect(row?.expected).toEqual([{ date: '2027-12-31', sum: '1401600.00' }]);
});

test('tells nothing of a term that is not known, and nothing without prices', () => {
  expect(rows(held({ amount: '1B USD', start: '2027-01-01' }))).toEqual([]);
  expect(rows({ commitments: { a: { cloud: 'aws', amount: '1B USD', start: '2027-01-01', years: 1 } } })).toEqual([]);
});

test('ends at what the view of commitments says is left', () => {
  const { estate } = pageOf('portfolio');
  const ends = new Map(drawDownRows(estate).map(({ key, expected }) => [key, Number(expected.at(-1)?.sum)]));
  const shortfalls = commitmentRows(estate, '2026-11-30').map(({ key, shortfall }) => [key, Number(shortfall)]);
  expect(Object.fromEntries(shortfalls)).toEqual({
    aws: 38e9 - (ends.get('aws') ?? 0),
    azure: 250e9 - (ends.get('azure') ?? 0),
    google: 0,
    oracle: 300e9 - (ends.get('oracle') ?? 0),
  });
});
