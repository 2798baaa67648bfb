import { PROVIDERS } from '../../estate/terraform-providers';
import type { FactRow } from '../../tools/facts/fact-row';
import { monthsBetween } from '../../tools/facts/stale';
import { stale } from '../../tools/stale';
import { ROOT, runCommand } from '../helpers/cli';

const row = (name: string, checked: string, more: Partial<FactRow> = {}): FactRow => ({
  file: 'estate/catalog/google-quotas.ts',
  line: 7,
  name,
  cloud: 'google',
  source: 'https://example.com',
  checked,
  ...more,
});
const ROWS = [
  row('new', '2026-11'),
  row('old', '2026-05', { line: 9 }),
  row('oldest', '2026-01', { file: 'diff/facts/aws.ts', cloud: 'aws' }),
  row('assumed', '2026-11', { unverified: 'its default' }),
];
const names = (...args: string[]) => {
  const list = JSON.parse(stale(['--json', ...args], '2026-11-29', () => ROWS).text) as { listed: { name: string }[] };
  return list.listed.map(({ name }) => name);
};

describe('npm run stale', () => {
  test('lists what is old and what is assumed, the oldest file and the oldest row first', () => {
    expect(names()).toEqual(['oldest', 'old', 'assumed']);
  });

  test.each([
    [
      ['--months', '7'],
      ['oldest', 'assumed'],
    ],
    [
      ['--months', '0'],
      ['oldest', 'old', 'new', 'assumed'],
    ],
    [
      ['--today', '2027-05-01'],
      ['oldest', 'old', 'new', 'assumed'],
    ],
    [['--unverified'], ['assumed']],
    [['--cloud', 'aws'], ['oldest']],
    [['quotas', 'OLD'], ['old']],
  ])('%j lists %j', (args, expected) => {
    expect(names(...args)).toEqual(expected);
  });

  test('counts months, whatever the day', () => {
    expect([
      monthsBetween('2026-11', '2026-11'),
      monthsBetween('2025-12', '2026-01'),
      monthsBetween('2024-11', '2026-10'),
    ]).toEqual([0, 1, 23]);
  });

  test('says of each row where it is, what it rests on, what is assumed and what it needs', () => {
    const { code, text } = stale(['--unverified'], '2026-11-29', () => ROWS);
    expect(code).toBe(0);
    expect(text).toBe(`estate/catalog/google-quotas.ts: 3 rows, 1 old, 1 with something unverified
  2026-11  line 7: assumed
           source   https://example.com
           assumed  its default
           to do    read the page again
           or       ask an account: gcloud quotas info list --service SERVICE --project PROJECT

4 rows, 2 old, 1 with something unverified, the oldest of 2026-01; it is 2026-11
old: read 6 months ago or earlier, or in a release of a provider before the newest recorded one`);
  });

  test.each([
    [
      'terraform-provider-google v7.1.0 google/services/x.go',
      `read in google 7.1.0, ${PROVIDERS.google.releases.at(-1)} is recorded`,
    ],
    [
      'https://github.com/oracle/terraform-provider-oci/tree/v8.9.9/website',
      `read in oci 8.9.9, ${PROVIDERS.oci.releases.at(-1)} is recorded`,
    ],
    [
      'hashicorp/terraform-provider-azurerm internal/x.go v4.1.0',
      `read in azurerm 4.1.0, ${PROVIDERS.azurerm.releases.at(-1)} is recorded`,
    ],
    [
      `terraform validate with azurerm ${PROVIDERS.azurerm.releases.at(-1)} and google 7.2.0`,
      `read in google 7.2.0, ${PROVIDERS.google.releases.at(-1)} is recorded`,
    ],
    [`terraform-provider-google v${PROVIDERS.google.releases.at(-1)} x.go`, undefined],
    ['https://github.com/google-github-actions/auth/releases/tag/v3.0.0', undefined],
  ])('a row that was read before the newest recorded release of its provider is old: %s', (source, behind) => {
    const rows = [row('one', '2026-11', { source, unverified: 'something' })];
    const { listed } = JSON.parse(stale(['--json'], '2026-11-29', () => rows).text) as { listed: FactRow[] };
    expect(listed).toEqual([expect.objectContaining({ isOld: behind !== undefined, ...(behind && { behind }) })]);
  });

  test('a row that holds for earlier releases only is not old where it was read in the last of them', () => {
    const [first = ''] = PROVIDERS.google.releases;
    const source = `terraform-provider-google v${first} x.go`;
    const rows = [row('one', '2026-11', { source, before: `${first}1`, unverified: 'something' })];
    const { listed } = JSON.parse(stale(['--json'], '2026-11-29', () => rows).text) as { listed: FactRow[] };
    expect(listed).toEqual([expect.objectContaining({ isOld: false })]);
  });

  test('a recorded release is as old as the day on which it came out', () => {
    const rows = [row('one', '2026-11', { released: '2026-05-31' })];
    expect(stale([], '2026-11-01', () => rows).text).toContain('released 2026-05-31');
  });

  test('a recorded release before the newest one does not get old', () => {
    const rows = PROVIDERS.azurerm.releases.map((version) =>
      row(`RELEASES azurerm ${version}`, '2026-11', { released: '2020-01-31' }),
    );
    const { listed } = JSON.parse(stale(['--json'], '2026-11-29', () => rows).text) as { listed: FactRow[] };
    expect(listed.map(({ name }) => name)).toEqual([`RELEASES azurerm ${PROVIDERS.azurerm.releases.at(-1)}`]);
  });

  test('ends with 1 where something listed is old and --fail is given, and with 0 without it', () => {
    const codes = [[], ['--fail'], ['--fail', '--months', '99'], ['--fail', '--unverified']].map(
      (args) => stale(args, '2026-11-29', () => ROWS).code,
    );
    expect(codes).toEqual([0, 1, 0, 0]);
  });

  test.each([
    [['--cloud', 'moon'], '--cloud moon is no cloud: aws, azure, google, oracle'],
    [['--months', 'six'], '--months six is no number of months'],
    [['--today', '2026-02-30'], '--today 2026-02-30 is no day'],
    [['--old'], "Unknown option '--old'"],
  ])('ends with 2 for %j', (args, text) => {
    expect(stale(args, '2026-11-29', () => ROWS)).toEqual({ code: 2, text: expect.stringContaining(text) });
  });

  test('is a script of the package', async () => {
    const command = [
      process.execPath,
      '--require',
      'tsx/cjs',
      'tools/stale.ts',
      '--json',
      '--today',
      '2036-01-01',
      '--fail',
    ];
    const { code, stdout } = await runCommand(command, ROOT);
    const { rows, old } = JSON.parse(stdout) as { rows: number; old: number };
    expect([code, old > 800, rows >= old]).toEqual([1, true, true]);
  });
});
