import { powerTotals } from '../../../estate/report/power';
import { powerLimitRows } from '../../../estate/report/power-limits';
import { parseEstate } from '../../../estate/spec/load';
import { pageOf } from '../../helpers/pages';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const rows = (changes: Changes) => powerLimitRows(parseEstate(estateText(changes), 'estate.yaml').estate);

test('an estate without limits has none', () => {
  expect(rows({})).toEqual([]);
  expect(rows({ policy: { maxMegawatts: {} } })).toEqual([]);
});

test('limits stand beside the most that draws at once, from the first day on which it does', () => {
  const phases = [
    { from: '2027-01-01', nodes: 8 },
    { from: '2027-02-01', nodes: 16 },
    { from: '2027-03-01', nodes: 8, shrinks: true },
  ];
  const policy = { maxMegawatts: { estate: 100, clouds: { aws: 5 }, accounts: { 'aws-main': 5 }, sites: { ohio: 1 } } };
  const [estate, ...others] = rows({ [`${TRAIN}.phases`]: phases, policy });
  // 16 nodes of 10.2 kW, at a PUE of 1.14.
  const most = { mostMegawatts: 0.186048, from: '2027-02-01' };
  expect(others).toEqual([
    { of: 'cloud', key: 'aws', limitMegawatts: 5, ...most },
    { of: 'account', key: 'aws-main', limitMegawatts: 5, ...most },
    { of: 'site', key: 'ohio', limitMegawatts: 1, ...most },
  ]);
  expect(estate).toMatchObject({ of: 'estate', key: 'atlas', limitMegawatts: 100, from: '2027-02-01' });
  expect(estate?.mostMegawatts).toBeGreaterThan(0.186048);
});

test('what draws from the beginning has no day', () => {
  expect(rows({ policy: { maxMegawatts: { sites: { ohio: 1 } } } })).toEqual([
    { of: 'site', key: 'ohio', limitMegawatts: 1, mostMegawatts: 0.186048 },
  ]);
});

test('totals of clouds are sums of sites to the watt', () => {
  expect(powerTotals(pageOf('portfolio').plan).map(({ name, megawatts }) => [name, megawatts])).toEqual([
    ['aws', 43.81248],
    ['azure', 229.32],
    ['google', 130.68],
    ['oracle', 33.6],
    ['all', 437.41248],
  ]);
});
