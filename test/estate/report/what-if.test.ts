import { diffReport, formatDiff, formatDiffMarkdown } from '../../../diff';
import { isPortfolio, portfolioChanges } from '../../../estate/report/what-if';
import { parseEstate } from '../../../estate/spec/load';
import { type Changes, estateText } from '../spec/fixtures';

const READ = { source: 'made up for this test', date: '2026-11-02' };
const PRICES = {
  currency: 'USD',
  rows: [
    { machine: 'p5en.48xlarge', price: '62.50 USD', per: 'node-hour', ...READ },
    { storeKind: 'lustre', price: '145 USD', per: 'TiB-month', ...READ },
  ],
};
const IMAGE = 'ocid1.image.oc1.phx.aaaa';
const NODES = 'clusters.ohio.pools.train.nodes';
const estateWith = (changes: Changes) => parseEstate(estateText(changes), 'estate.yaml').estate;
const changed = (before: Changes, after: Changes) =>
  Object.fromEntries(
    portfolioChanges(estateWith(before), estateWith(after)).map(({ what, before: old, after: now }) => [
      what,
      [old, now],
    ]),
  );

test('an edit that changes no number of the whole is told by nothing', () => {
  expect(portfolioChanges(estateWith({}), estateWith({ 'stores.checkpoints.retainDays': 90 }))).toEqual([]);
});

test('an edit of a pool changes accelerators, power, shares and what losses leave', () => {
  expect(changed({}, { [NODES]: 32 })).toEqual({
    'accelerators h200': ['128', '256'],
    power: ['1.210 MW', '1.396 MW'],
    'share of aws of accelerators': ['17.8%', '30.2%'],
    'share of azure of accelerators': ['20.0%', '17.0%'],
    'share of google of accelerators': ['37.8%', '32.1%'],
    'share of oracle of accelerators': ['24.4%', '20.8%'],
    'share of aws of power': [expect.any(String), expect.any(String)],
    'share of azure of power': ['27.1%', '23.5%'],
    'share of google of power': ['24.0%', '20.8%'],
    'share of oracle of power': ['33.6%', '29.1%'],
    'left of accelerators without any cloud': ['62.2%', '67.9%'],
  });
});

test('with prices it changes spend and draw-down, with promises what those leave', () => {
  const more = {
    prices: PRICES,
    'commitments.aws': { cloud: 'aws', amount: '10M USD', start: '2027-01-01', years: 1, counts: ['machines'] },
    policy: {
      survive: [{ lose: 'site:ohio', keep: '1% of h200' }],
      waivers: [{ rule: 'PolicySurvival', path: 'policy.survive.0.keep', reason: 'one site yet', until: '2027-12-31' }],
    },
  };
  const found = changed(more, {
    ...more,
    [NODES]: 32,
    'clusters.phoenix.pools.more': { accelerator: 'h200', nodes: 1, image: IMAGE },
  });
  expect(found).toMatchObject({
    // 24,000 USD a day of machines, twice as many then; 31.2 TB and 9,600 GiB of file systems stay.
    spend: ['24,179.96 USD a day', '48,179.96 USD a day'],
    'draw-down of aws': ['1240000.00 USD short', 'dry on 2027-07-28'],
    'left of h200 without site:ohio': ['0.0%', '3.0%'],
  });
});

test('text and Markdown have the numbers where an estate says something of money, time or policy', () => {
  const portfolio = [{ what: 'spend', before: '', after: '24,000.00 USD a day' }];
  const common = { edits: [], changes: [], rows: [], ownerOf: () => expect.anything(), accept: [], base: 'base.yaml' };
  const told = diffReport({ ...common, portfolio, tellsPortfolio: true });
  expect(formatDiff(told)).toContain('  spend   none -> 24,000.00 USD a day\n');
  expect(formatDiffMarkdown(told)).toContain(
    '| estate | before | after |\n|---|---:|---:|\n| spend |  | 24,000.00 USD a day |',
  );
  const silent = diffReport({ ...common, portfolio });
  expect(formatDiff(silent) + formatDiffMarkdown(silent)).not.toContain('spend');
});

test('an estate says something of money by prices, budgets, policy or phases', () => {
  const says: readonly Changes[] = [
    { prices: PRICES },
    { 'budgets.aws-main': { amount: '1M USD' } },
    { policy: { regions: { deny: ['us-west-2'] } } },
    { 'clusters.ohio.pools.train.phases': [{ from: '2027-01-01', nodes: 8 }] },
  ];
  expect(says.map((changes) => isPortfolio(estateWith(changes)))).toEqual(says.map(() => true));
  expect(isPortfolio(estateWith({ 'commitments.aws': { cloud: 'aws', amount: '38B USD' } }))).toBe(false);
});
