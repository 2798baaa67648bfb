import { limitRows, promiseRows, spreadRows } from '../../../estate/report/policy';
import { parseEstate } from '../../../estate/spec/load';
import { pageOf } from '../../helpers/pages';
import { type Changes, estateText } from '../spec/fixtures';

const { estate } = pageOf('portfolio');
const estateWith = (policy: Changes[string]) => parseEstate(estateText({ policy }), 'estate.yaml').estate;

test('tells how much of each limit is used, on the day on which it is most', () => {
  const rows = limitRows(estate, '2026-11-30');
  const brief = rows.map(({ path, key, limit, held, usedPercent, from }) => [
    path,
    key,
    limit,
    held,
    usedPercent,
    from,
  ]);
  expect(brief.filter(([path]) => !String(path).startsWith('policy.maxProviderShare'))).toEqual([
    ['policy.maxMegawatts.estate', 'portfolio', '450 MW', '433.801 MW', 96.4, '2028-01-01'],
    ['policy.maxMegawatts.clouds.azure', 'azure', '240 MW', '229.320 MW', 95.6, '2028-01-01'],
    ['policy.maxMegawatts.sites.virginia', 'virginia', '30 MW', '20.538 MW', 68.5, '2026-12-01'],
    ['policy.maxSpendPerDay', 'portfolio', '25M USD a day', '24,478,494.00 USD a day', 97.9, '2028-01-01'],
  ]);
});

test('tells shares of the whole plan, and what they are on the day', () => {
  const shares = limitRows(estate, '2026-11-30').filter(({ path }) => path === 'policy.maxProviderShare.accelerators');
  expect(shares.map(({ key, held, usedPercent, now }) => [key, held, usedPercent, now])).toEqual([
    ['aws', '10.6%', 19.2, '19.8%'],
    ['azure', '50.2%', 91.4, '0.0%'],
    ['google', '32.3%', 58.7, '66.1%'],
    ['oracle', '6.9%', 12.5, '14.1%'],
  ]);
});

test('tells the worst case of each promise', () => {
  expect(promiseRows(estate).map(({ lose, keep, leftPercent, without }) => [lose, keep, leftPercent, without])).toEqual(
    [
      ['any cloud', '45% of accelerators', 49.8, ['cloud:azure']],
      ['any 2 sites', '80% of accelerators', 83.8, ['site:iowa', 'site:carolina']],
      ['any region', '85% of gb300', 91.2, ['region:eastus2']],
    ],
  );
});

test('tells which clouds have what has to be on several', () => {
  expect(spreadRows(estate).map(({ accelerator, least, clouds }) => [accelerator, least, clouds])).toEqual([
    ['gb300', 2, ['azure', 'oracle']],
    ['gb200', 2, ['aws', 'google']],
  ]);
});

test('tells the limit of an account by its path', () => {
  const rows = limitRows(estateWith({ maxMegawatts: { accounts: { 'aws-main': 40 } } }), '2026-11-30');
  expect(rows).toMatchObject([{ path: 'policy.maxMegawatts.accounts.aws-main', of: 'account', limit: '40 MW' }]);
});

test('tells nothing where there is no policy', () => {
  const { estate: plain } = pageOf('frontier');
  expect([limitRows(plain, '2026-11-30'), promiseRows(plain), spreadRows(plain)]).toEqual([[], [], []]);
});
