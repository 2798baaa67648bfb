import { diffJson, formatDiff, formatDiffMarkdown } from '../../diff';
import {
  endCommands,
  GUARD_ROWS,
  LEFTOVER_ROWS,
  liftOfChanges,
  liftOfStack,
  unprotectedCommands,
} from '../../diff/lift';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { expectDocument } from '../helpers/json';
import { DiffScene, type Edit, swap, withoutCluster } from './scene';
import { SMALL_ESTATE } from './small-estate';

const PAST = '  # with the estate of base.yaml';
const ALL = `${PAST}: destroys all that is in it`;
const change = (type: string, more: object = {}) => ({ address: `${type}.a`, type, action: 'kept' as const, ...more });

describe('protection that is in the way', () => {
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene(SMALL_ESTATE, EMPTY_LOCK);
  });
  afterAll(() => scene.close());

  const azure = 'small-east-storage/azurerm_managed_lustre_file_system.store-east-scratch_AA7E0A39';
  const google = 'small-iowa-storage/google_lustre_instance.store-iowa-scratch_644CFA48';
  const oracle = 'small-phoenix-storage/oci_lustre_file_storage_lustre_file_system.store-phoenix-scratch_26E676FD';
  const lower = '--ignore-missing-stack-dependencies';

  test.each<[string, Edit, string, string[]]>([
    ['AWS', swap('oregon, zone: us-west-2a', 'oregon, zone: us-west-2b'), 'stores.oregon-scratch', []],
    [
      'Azure',
      swap('east, zone: "1", capacity', 'east, zone: "2", capacity'),
      'stores.east-scratch',
      [`ESTATE_UNPROTECT=${azure} npx cdktf deploy small-east-storage ${lower}`],
    ],
    [
      'Google Cloud',
      swap('iowa, zone: us-central1-a, capacity', 'iowa, zone: us-central1-b, capacity'),
      'stores.iowa-scratch',
      [
        `ESTATE_UNPROTECT=${google} npx cdktf deploy small-iowa-storage ${lower}${PAST}`,
        `ESTATE_UNPROTECT=${google} npx cdktf deploy small-iowa-storage ${lower}`,
      ],
    ],
    [
      'Oracle Cloud',
      swap('phoenix, zone: "Uocm:PHX-AD-1", capacity', 'phoenix, zone: "Uocm:PHX-AD-2", capacity'),
      'stores.phoenix-scratch',
      [`ESTATE_UNPROTECT=${oracle} npx cdktf deploy small-phoenix-storage ${lower}`],
    ],
  ])('is lifted for a replacement on %s once that is accepted', (_, edit, key, order) => {
    const [open, accepted] = [scene.diff(edit), scene.diff(edit, [key])];
    expect(open.protected.map((each) => each.key)).toEqual([key]);
    expect([open.ok, open.order]).toEqual([false, []]);
    expect([accepted.ok, accepted.order]).toEqual([true, order]);
    expect(diffJson(accepted)).toMatchObject({ order });
    expectDocument('diff', diffJson(accepted));
    if (order.length === 0) return;
    const title = 'Order that works; ESTATE_UNPROTECT lifts the protection of what it names';
    expect(formatDiff(accepted)).toContain([title, ...order.map((command) => `  ${command}`)].join('\n'));
    expect(formatDiffMarkdown(accepted)).toContain(`${title}:\n\n\`\`\`sh\n${order.join('\n')}\n\`\`\``);
  });

  test.each<[string, string, string[]]>([
    [
      'AWS',
      'oregon',
      [
        'ESTATE_UNPROTECT=small-oregon-cluster npx cdk deploy small-oregon-cluster --exclusively',
        '# keyE40F4B03: "aws kms cancel-key-deletion" brings the key back, for 30 days',
        'npx cdk destroy small-oregon-cluster',
      ],
    ],
    [
      'Azure',
      'east',
      [
        '# small-east-clus-af06b4a9: the vault cannot be purged, so its name stays taken for 90 days',
        'ESTATE_UNPROTECT=small-east-cluster npx cdktf destroy small-east-cluster',
      ],
    ],
    [
      'Google Cloud',
      'iowa',
      [
        `ESTATE_UNPROTECT=small-iowa-cluster npx cdktf deploy small-iowa-cluster ${lower}`,
        '# small-iowa-cluster: the versions of the key go, but its name and that of its ring stay taken for ever',
        'ESTATE_UNPROTECT=small-iowa-cluster npx cdktf destroy small-iowa-cluster',
      ],
    ],
    [
      'Oracle Cloud',
      'phoenix',
      [
        '# small-phoenix-cluster: "oci kms management key cancel-deletion" brings the key back, for 30 days',
        'ESTATE_UNPROTECT=small-phoenix-cluster npx cdktf destroy small-phoenix-cluster',
      ],
    ],
  ])('of a stack that leaves is lifted on %s by who takes it down', (_, key, commands) => {
    const report = scene.diff(withoutCluster(key));
    const says = `small-${key}-cluster leaves the estate; nothing destroys it: for that, run with the old estate`;
    const lines = formatDiff(report).split('\n');
    const at = lines.indexOf(`    ${says}`);
    expect(lines.slice(at + 1, at + 1 + commands.length)).toEqual(commands.map((command) => `      ${command}`));
    const markdown = commands.map((command) => `  - \`${command}\``).join('\n');
    expect(formatDiffMarkdown(report)).toContain(`- ${says}\n${markdown}`);
  });

  test('is not lifted where a service refuses the edit anyway', () => {
    const edit = swap('account: aws, region: us-west-2', 'account: aws, cidr: 10.90.0.0/16, region: us-west-2');
    const report = scene.diff(edit, ['*']);
    expect(report.refused.length).toBeGreaterThan(0);
    expect(report.order).toEqual([]);
  });

  test('is told on a terminal in lines that can be copied', () => {
    const report = scene.diff(withoutCluster('iowa'));
    const edit = swap('phoenix, zone: "Uocm:PHX-AD-1", capacity', 'phoenix, zone: "Uocm:PHX-AD-2", capacity');
    const lines = [report, scene.diff(edit, ['*'])].flatMap((each) =>
      formatDiff(each, { isTerminal: true }).split('\n'),
    );
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const at = lines.indexOf('  # with the estate of base.yaml');
    expect(lines.slice(at + 1, at + 5)).toEqual([
      `  ESTATE_UNPROTECT=small-iowa-cluster npx cdktf deploy small-iowa-cluster ${lower}`,
      '  # small-iowa-cluster: the versions of the key go, but its name and that of its ring stay taken for ever',
      '  # with the estate of base.yaml: destroys all that is in it',
      '  ESTATE_UNPROTECT=small-iowa-cluster npx cdktf destroy small-iowa-cluster',
    ]);
    const folded = lines.indexOf(`  ESTATE_UNPROTECT=${oracle} \\`);
    expect(lines[folded + 1]).toBe(`    npx cdktf deploy small-phoenix-storage ${lower}`);
  });
});

describe('what lifts protection', () => {
  const command = { stack: 's', tool: 'cdktf', isLeft: true, hasLower: true, hasUpper: false } as const;

  test('has a row for each guard, and each row its source', () => {
    const rows = [...GUARD_ROWS, ...LEFTOVER_ROWS];
    expect(rows.filter(({ source, checked }) => source === '' || checked !== '2026-11')).toEqual([]);
    expect(new Set(GUARD_ROWS.map(({ guard }) => guard)).size).toBe(GUARD_ROWS.length);
  });

  test('is nothing where nothing protects', () => {
    expect(liftOfStack('s', [change('azurerm_key_vault')])).toBeUndefined();
    expect(liftOfChanges('s', [change('a', { action: 'replaced' })])).toBeUndefined();
    expect(liftOfChanges('s', [change('a', { guards: ['prevent_destroy'] })])).toBeUndefined();
    expect([...unprotectedCommands(command), ...endCommands(command, 'base.yaml')]).toEqual([
      `npx cdktf destroy s${ALL}`,
    ]);
    expect(endCommands({ ...command, tool: 'cdk', isLeft: false })).toEqual(['npx cdk deploy s --exclusively']);
  });

  test('is a deployment first where the service or the state protects', () => {
    const lift = liftOfStack('s', [change('a')], true);
    expect(lift).toEqual({ names: 's', isRunning: true, isInFiles: false, notes: [], first: [] });
    const lifted = { ...command, tool: 'cdk', lift } as const;
    expect(unprotectedCommands(lifted, 'base.yaml')).toEqual([
      `ESTATE_UNPROTECT=s npx cdk deploy s --exclusively${PAST}`,
    ]);
    expect(endCommands(lifted, 'base.yaml')).toEqual([`npx cdk destroy s${ALL}`]);
    const guards = ['deletion_protection'];
    expect(liftOfChanges('s', [change('a', { guards, action: 'destroyed' })])).toMatchObject({
      names: 's/a.a',
      isRunning: true,
      isInFiles: false,
    });
  });

  test('destroys what others stood on with the word that they are gone', () => {
    expect(endCommands({ ...command, hasUpper: true })).toEqual([
      'npx cdktf destroy s --ignore-missing-stack-dependencies',
    ]);
    expect(endCommands({ ...command, tool: 'cdk', hasUpper: true })).toEqual(['npx cdk destroy s']);
  });

  test.each([
    ['AWS::S3::Bucket', '# n: empty the bucket first, of all versions too'],
    ['azurerm_resource_group', '# n: remove first what else was made in the resource group'],
    ['google_storage_bucket', 'gcloud storage rm --recursive gs://n  # only an empty bucket is deleted'],
    ['oci_objectstorage_bucket', 'oci os bucket delete --empty --bucket-name n  # only an empty bucket is deleted'],
  ])('says of %s what is to be done first', (type, first) => {
    const guarded = { guards: ['prevent_destroy'], name: 'n' };
    const told = (more: object) => {
      const lift = liftOfStack('s', [change(type, { ...guarded, ...more }), change('other')]);
      return [...(lift?.notes ?? []), ...(lift?.first ?? [])];
    };
    expect(told({})).toEqual([first]);
    expect(told({ name: undefined })).toEqual([expect.stringContaining(`${type}.a`)]);
  });
});
