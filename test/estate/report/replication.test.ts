import { formatReplication, hoursFor, replicationRows } from '../../../estate/report/replication';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { linkedEstate, planOf } from '../../helpers/linked';

const plan = planOf(
  linkedEstate(
    {},
    {
      stores: {
        ohio: { kind: 'object', site: 'ohio' },
        oregon: { kind: 'object', site: 'oregon' },
        iowa: { kind: 'object', site: 'iowa' },
        again: { kind: 'object', site: 'iowa' },
      },
      replication: {
        far: { from: 'ohio', to: 'iowa', volumeTiB: 500, dailyTiB: 2, prefix: 'tokens/' },
        here: { from: 'iowa', to: 'again', volumeTiB: 10 },
        west: { from: 'ohio', to: 'oregon' },
      },
    },
  ),
);

test('reckons the time of a volume: 14 TB take 6.2 hours at 5 Gbit/s', () => {
  expect(hoursFor(14e12 / 2 ** 40, 5)).toBe(6.2);
  expect(hoursFor(500, 10)).toBe(122.2);
});

test('says what each replication takes and what leaves', () => {
  expect(replicationRows(plan)).toMatchObject([
    {
      replication: 'far',
      leaves: 'provider',
      firstHours: 122.2,
      firstEgressTiB: 500,
      dailyHours: 0.5,
      monthlyEgressTiB: 60,
    },
    { replication: 'here', leaves: 'nothing', volumeTiB: 10, firstHours: 2.4 },
    { replication: 'west', leaves: 'region', pending: ['stores.oregon'] },
  ]);
  expect(replicationRows(plan)[1]).not.toHaveProperty('firstEgressTiB');
});

test('is a table that fits a report and says what waits for what', () => {
  const text = formatReplication(plan);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
  expect(text).toContain('west waits for stores.oregon');
  expect(text).toContain('west: npx estate exchange import the outputs of atlas-oregon-storage');
  expect(text).toContain('nothing that is there already: west.');
  expect(formatReplication({ replications: [] })).toBe('no replications');
});
