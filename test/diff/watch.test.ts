import { formatDiff, formatDiffMarkdown } from '../../diff';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { all, DiffScene, type Edit, type EditRow, outline, swap } from './scene';
import { SMALL_ESTATE } from './small-estate';

const PLACES = ['oregon', 'east', 'iowa', 'phoenix'] as const;

/** Says something of the cluster of each cloud. */
const clusters = (words: string, places: readonly string[] = PLACES) =>
  all(
    ...places.map((place) =>
      swap(`  ${place}:\n    site: ${place}\n`, `  ${place}:\n    site: ${place}\n    ${words}\n`),
    ),
  );

/** Says something of the stores of one kind. */
const stores = (store: 'data' | 'scratch', words: string) =>
  all(...PLACES.map((place) => swap(`  ${place}-${store}: { `, `  ${place}-${store}: { ${words}, `)));

const GROUP = swap(
  'projectId: small-train,',
  'projectId: small-train, securityGroup: gke-security-groups@example.com,',
);
const BINARIES = clusters('binaryAuthorization: true', ['iowa']);

const without =
  (...words: readonly string[]): Edit =>
  (text) =>
    words.reduce((left, word) => left.replaceAll(word, ''), text);

/** Edits of an estate that says nothing of logs, alarms and policies. */
const ADDED: readonly EditRow[] = [
  {
    name: 'keeping logs of clusters for 400 days, in months elsewhere',
    edit: all(clusters('logs: { retainDays: 400 }', ['oregon']), clusters('logs: { retainDays: 90 }', PLACES.slice(1))),
    expected: [
      '+ small-east-cluster clusters.east',
      '+ small-iowa-cluster clusters.iowa',
      '+ small-phoenix-cluster clusters.phoenix',
      '~ small-oregon-cluster clusters.oregon RetentionInDays',
    ],
  },
  {
    name: 'alarms of clusters',
    edit: clusters('alarms: true'),
    expected: [
      '+ small-east-cluster clusters.east',
      '+ small-iowa-cluster clusters.iowa',
      '+ small-oracle-foundation accounts.oracle',
      '+ small-oregon-cluster clusters.oregon',
      '+ small-oregon-cluster clusters.oregon.pools.block',
      '+ small-oregon-cluster clusters.oregon.pools.held',
      '+ small-phoenix-cluster clusters.phoenix',
      '~ small-oregon-cluster clusters.oregon KeyPolicy.Statement',
    ],
  },
  {
    name: 'alarms of file systems',
    edit: stores('scratch', 'alarms: true'),
    expected: [
      '+ small-east-storage sites.east',
      '+ small-east-storage stores.east-scratch',
      '+ small-iowa-storage sites.iowa',
      '+ small-iowa-storage stores.iowa-scratch',
      '+ small-oregon-storage sites.oregon',
      '+ small-oregon-storage stores.oregon-scratch',
      '+ small-phoenix-storage sites.phoenix',
      '+ small-phoenix-storage stores.phoenix-scratch',
      '~ small-oregon-storage sites.oregon KeyPolicy.Statement',
    ],
  },
  {
    name: 'policies of images and groups on Google Cloud',
    edit: all(BINARIES, GROUP),
    expected: [
      '+ small-google-foundation accounts.google',
      '~ small-iowa-cluster clusters.iowa authenticator_groups_config binary_authorization',
    ],
  },
  {
    name: 'no add-on of policies on Azure',
    edit: clusters('policyAddon: false', ['east']),
    expected: ['~ small-east-cluster clusters.east azure_policy_enabled'],
  },
];

/** Edits of an estate that says all of it. */
const TAKEN: readonly EditRow[] = [
  {
    name: 'taking logs away',
    edit: without('    logs: { retainDays: 90 }\n', 'logs: { retainDays: 90 }, '),
    expected: [
      '- small-east-cluster clusters.east',
      '- small-east-storage stores.east-data',
      '- small-iowa-cluster clusters.iowa',
      '- small-iowa-storage stores.iowa-data',
      '= small-east-cluster clusters.east',
      '= small-east-storage stores.east-data',
      '= small-iowa-cluster clusters.iowa',
      '= small-iowa-storage stores.iowa-data',
      '= small-phoenix-cluster clusters.phoenix',
      '= small-phoenix-storage stores.phoenix-data',
      'protected clusters.east',
      'protected clusters.iowa',
      'protected clusters.phoenix',
      'protected stores.east-data',
      'protected stores.iowa-data',
      'protected stores.phoenix-data',
      '~ small-iowa-storage stores.iowa-data logging',
      '~ small-oregon-cluster clusters.oregon RetentionInDays',
      '~ small-oregon-storage stores.oregon-data LifecycleConfiguration.Rules.ExpirationInDays',
    ],
  },
  {
    name: 'keeping logs for fewer days',
    edit: (text) => text.replaceAll('retainDays: 90', 'retainDays: 30'),
    expected: [
      'lost clusters.east 60 days',
      'lost clusters.iowa 60 days',
      'lost clusters.oregon 60 days',
      'lost clusters.phoenix 60 days',
      'lost stores.east-data 60 days',
      'lost stores.iowa-data 60 days',
      'lost stores.oregon-data 60 days',
      'lost stores.phoenix-data 60 days',
      'protected clusters.east',
      'protected clusters.iowa',
      'protected clusters.oregon',
      'protected clusters.phoenix',
      'protected stores.east-data',
      'protected stores.iowa-data',
      'protected stores.oregon-data',
      'protected stores.phoenix-data',
      '~ small-east-cluster clusters.east retention_in_days',
      '~ small-east-storage stores.east-data retention_in_days',
      '~ small-iowa-cluster clusters.iowa retention_days',
      '~ small-iowa-storage stores.iowa-data lifecycle_rule.condition',
      '~ small-oregon-cluster clusters.oregon RetentionInDays',
      '~ small-oregon-storage stores.oregon-data LifecycleConfiguration.Rules.ExpirationInDays',
      '~ small-phoenix-cluster clusters.phoenix retention_duration',
      '~ small-phoenix-storage stores.phoenix-data retention_duration',
    ],
  },
  {
    name: 'taking alarms away',
    edit: without('    alarms: true\n', 'alarms: true, '),
    expected: [
      '- small-east-cluster clusters.east',
      '- small-east-storage sites.east',
      '- small-east-storage stores.east-scratch',
      '- small-iowa-cluster clusters.iowa',
      '- small-iowa-storage sites.iowa',
      '- small-iowa-storage stores.iowa-scratch',
      '- small-oracle-foundation accounts.oracle',
      '- small-oregon-cluster clusters.oregon',
      '- small-oregon-cluster clusters.oregon.pools.block',
      '- small-oregon-cluster clusters.oregon.pools.held',
      '- small-oregon-storage sites.oregon',
      '- small-oregon-storage stores.oregon-scratch',
      '- small-phoenix-cluster clusters.phoenix',
      '- small-phoenix-storage sites.phoenix',
      '- small-phoenix-storage stores.phoenix-scratch',
      '~ small-oregon-cluster clusters.oregon KeyPolicy.Statement',
      '~ small-oregon-storage sites.oregon KeyPolicy.Statement',
    ],
  },
];

describe('an estate without logs and alarms', () => {
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene(SMALL_ESTATE, EMPTY_LOCK);
  });
  afterAll(() => scene.close());

  test.each(ADDED)('gets $name, and nothing else changes', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect([report.ok, report.lost]).toEqual([true, []]);
  });
});

describe('an estate with logs and alarms', () => {
  let scene: DiffScene;
  beforeAll(() => {
    const logs = 'logs: { retainDays: 90 }';
    const watched = all(
      clusters(logs),
      clusters('alarms: true'),
      stores('data', logs),
      stores('scratch', 'alarms: true'),
      GROUP,
    );
    scene = new DiffScene(watched(SMALL_ESTATE), EMPTY_LOCK);
  });
  afterAll(() => scene.close());

  test.each(TAKEN)('tells what becomes of it by $name', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(!expected.some((line) => line.startsWith('protected')));
    expect(scene.diff(edit, ['*']).ok).toBe(true);
  });

  test('mails another address, which has to confirm it where a cloud asks it to, in the usual order of stacks', () => {
    const report = scene.diff(swap('email: one@example.com', 'email: two@example.com'));
    const channels = report.stacks.flatMap(({ resources }) =>
      resources.filter(({ type }) => type === 'google_monitoring_notification_channel'),
    );
    expect(channels.map(({ action, isTagChange }) => [action, isTagChange])).toEqual([
      ['updated', false],
      ['updated', false],
    ]);
    expect([report.order, report.passes]).toEqual([[], []]);
    const confirmed = '6 new subscriptions have to be confirmed by a first mail: nothing is told there before.';
    expect(formatDiff(report)).toContain(`\n${confirmed}`);
    expect(formatDiffMarkdown(report)).toContain(`\n${confirmed}\n`);
  });

  test('has other tags on alarms and channels, which are no more than that', () => {
    const report = scene.diff(swap('\naccounts:\n', '\ntags: { project: vision }\naccounts:\n'));
    const resources = report.stacks.flatMap((stack) => stack.resources);
    expect(resources.filter(({ isTagChange }) => !isTagChange)).toEqual([]);
    expect(resources.map(({ type }) => type)).toContain('google_monitoring_alert_policy');
  });

  test('keeps its group of groups when that is no longer said, and says so', () => {
    const report = scene.diff(without(' securityGroup: gke-security-groups@example.com,'), ['*']);
    expect(report.refused).toEqual([
      expect.objectContaining({
        key: 'clusters.iowa',
        who: 'google',
        why: 'the provider leaves the security group of a cluster as it is when none is written any more',
      }),
    ]);
    expect(report.ok).toBe(false);
  });
});
