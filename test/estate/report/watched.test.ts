import { join } from 'node:path';
import { alarmsRows, formatAlarms, formatLogs, logsRows } from '../../../estate/report/watched';
import { loadEstate, parseEstate } from '../../../estate/spec/load';
import { lockAndResolve } from '../../helpers/estates';
import { type Changes, estateText } from '../spec/fixtures';

function planOf(changes: Changes = {}) {
  return lockAndResolve(parseEstate(estateText(changes), 'estate.yaml').estate).plan;
}

const WATCHED = {
  owners: { vision: { team: 'vision', email: 'vision@example.com' } },
  ...Object.fromEntries(
    ['ohio', 'east', 'iowa', 'phoenix'].flatMap((place) => [
      [`sites.${place}.logs`, { retainDays: 90 }],
      [`sites.${place}.alarms`, true],
    ]),
  ),
  'stores.scratch.owner': 'vision',
} as const;

describe('the view of logs', () => {
  test('says of each cluster and object store what is kept where, for how long, and under which key', () => {
    expect(logsRows(planOf(WATCHED)).map(({ entry, days, where, key }) => [entry, days, where, key])).toEqual([
      ['clusters.ohio', 90, 'CloudWatch log group /aws/eks/atlas-ohio/cluster', 'of stack atlas-ohio-cluster'],
      ['stores.checkpoints', 90, 'bucket beside it, named by CloudFormation', 'of S3: its log delivery takes no other'],
      [
        'clusters.east',
        90,
        'Log Analytics workspace atlas-east-logs',
        'of Microsoft: own ones take a dedicated cluster',
      ],
      ['clusters.iowa', 90, 'log bucket atlas-iowa-logs', 'of stack atlas-iowa-cluster'],
      [
        'stores.tpu',
        90,
        expect.stringMatching(/^bucket atlas-tpu-access-logs-[0-9a-f]{8}$/),
        'of stack atlas-iowa-storage',
      ],
      ['clusters.phoenix', 90, 'log group atlas-phoenix', 'of Oracle: Logging takes no other'],
    ]);
  });

  test('says what is kept where the file says nothing: what AWS keeps by default, and nothing elsewhere', () => {
    const rows = logsRows(planOf());
    expect(rows.map(({ entry, days }) => [entry, days])).toEqual([
      ['clusters.ohio', 365],
      ['stores.checkpoints', 365],
      ['clusters.east', undefined],
      ['clusters.iowa', undefined],
      ['stores.tpu', undefined],
      ['clusters.phoenix', undefined],
    ]);
    expect(formatLogs(planOf())).toContain('clusters.iowa       google  none\n');
  });

  test('names a key that exists already', () => {
    const existing = 'arn:aws:kms:us-east-2:444455556666:key/5d0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01';
    const rows = logsRows(planOf({ 'sites.ohio.encryptionKey': { existing } }));
    expect(rows[0]).toMatchObject({ entry: 'clusters.ohio', key: existing });
  });
});

describe('the view of alarms', () => {
  test('says who is told of what', () => {
    expect(
      alarmsRows(planOf(WATCHED)).map(({ entry, tells, email, owner }) => [entry, tells.length, email, owner]),
    ).toEqual([
      ['accounts.aws-main', 1, 'training@example.com', undefined],
      ['clusters.ohio', 1, 'training@example.com', undefined],
      ['stores.scratch', 1, 'vision@example.com', 'vision'],
      ['clusters.east', 1, 'training@example.com', undefined],
      ['clusters.iowa', 2, 'training@example.com', undefined],
      ['accounts.oracle-main', 5, 'training@example.com', undefined],
      ['clusters.phoenix', 1, 'training@example.com', undefined],
      ['stores.fast', 1, 'training@example.com', undefined],
    ]);
  });

  test('says of what nobody is told', () => {
    const text = formatAlarms(planOf());
    expect(text).toMatch(/\nclusters\.iowa +google +nothing +nobody/);
    expect(alarmsRows(planOf()).filter(({ email }) => email !== undefined)).toHaveLength(1);
  });

  test('leaves out what exists already', () => {
    const estate = loadEstate(join(__dirname, '../../../examples/existing.yaml')).estate;
    const { plan } = lockAndResolve(estate);
    const existing = [
      ...Object.entries(estate.clusters).flatMap(([key, one]) => (one.existing ? [`clusters.${key}`] : [])),
      ...Object.entries(estate.stores).flatMap(([key, one]) => (one.existing ? [`stores.${key}`] : [])),
    ];
    const shown = [...logsRows(plan), ...alarmsRows(plan)].map(({ entry }) => entry);
    expect(existing.length).toBeGreaterThan(0);
    expect(shown.filter((entry) => existing.includes(entry))).toEqual([]);
  });
});
