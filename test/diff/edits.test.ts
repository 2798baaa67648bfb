import { diffJson, formatDiff, formatDiffMarkdown } from '../../diff';
import { expectDocument } from '../helpers/json';
import { ACCESS } from './access-edits';
import { ADDED } from './added-edits';
import { KEPT } from './kept-edits';
import { LOST } from './lost-edits';
import { OWNED } from './owned-edits';
import { POOLS } from './pool-edits';
import { REFUSED } from './refused-edits';
import { all, DiffScene, ESTATE, outline, swap } from './scene';
import { SHRUNK } from './shrunk-edits';

describe('diff of the default estate', () => {
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene();
  });
  afterAll(() => scene.close());

  test.each([...KEPT, ...OWNED, ...ACCESS])('$name changes only what is there', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(true);
  });

  test.each([...ADDED, ...POOLS])('$name touches nothing else', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(true);
  });

  test.each([...LOST, ...SHRUNK])('$name tells what is lost and why', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(!expected.some((line) => line.startsWith('protected')));
    expectDocument('diff', diffJson(report));
    expect(scene.diff(edit, ['*']).ok).toBe(true);
    const lines = formatDiff(report, { isTerminal: true }).split('\n');
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  test.each(REFUSED)('$name is refused, whatever is accepted', ({ edit, expected }) => {
    const report = scene.diff(edit, ['*']);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(false);
    expectDocument('diff', diffJson(report));
    for (const { who, why, way, source } of report.refused) {
      expect([who, why, way, source].filter((text) => text === '')).toEqual([]);
      expect(formatDiff(report)).toContain(`${who} refuses `);
      expect(formatDiffMarkdown(report)).toContain(`${who} refuses `);
    }
  });

  test('upgrading the groups of capacity blocks with their cluster is refused unless they are said to be empty', () => {
    const edit = swap('    site: virginia\n', '    site: virginia\n    kubernetes: "1.36"\n');
    const accepted = scene.diff(edit, ['clusters.virginia.pools.gb200']);
    const changes = ['clusters.virginia', 'clusters.virginia.pools.b300', 'clusters.virginia.pools.gb200'];
    const done = [
      'rolled clusters.virginia.pools.b300',
      'rolled clusters.virginia.systemPool',
      ...[...changes, 'clusters.virginia.systemPool'].map((key) => `~ virginia-cluster ${key} Version`),
    ];
    expect([accepted.ok, outline(accepted)]).toEqual([true, done]);
    const refused = scene.diff(edit, ['clusters.virginia.pools.b300']);
    expect(refused.ok).toBe(false);
    expect(outline(refused)).toEqual(['refused clusters.virginia.pools.gb200 by EKS', ...done]);
    expect(formatDiff(refused)).toContain(
      [
        'Refused when it is applied, unless there are no nodes',
        '  EKS refuses clusters.virginia.pools.gb200 (Version): it updates no group of a capacity block that has nodes',
        '    instead: hold the pool back with its own kubernetes and what it had before until its block ends',
        '    where it has none: --accept clusters.virginia.pools.gb200',
      ].join('\n'),
    );
    expect(formatDiff(refused)).not.toContain('whatever is accepted');
    expect(formatDiffMarkdown(refused)).toContain('Where it has none: `--accept clusters.virginia.pools.gb200`.');
    expect(formatDiff(accepted)).not.toContain('Refused');
  });

  test('names the pools that keep a control plane from moving', () => {
    const held = all(
      swap('    site: virginia\n', '    site: virginia\n    kubernetes: "1.36"\n'),
      swap(
        '      gb200:\n        accelerator: gb200\n',
        '      gb200:\n        accelerator: gb200\n        kubernetes: "1.35"\n',
      ),
    );
    const late = new DiffScene(held(ESTATE));
    try {
      const { refused } = late.diff(
        all(swap('kubernetes: "1.36"', 'kubernetes: "1.37"'), swap('kubernetes: "1.35"', 'kubernetes: "1.36"')),
        ['clusters.virginia.pools'],
      );
      expect(refused.map(({ key, why }) => [key, why])).toEqual([
        [
          'clusters.virginia',
          'clusters.virginia.pools.gb200 is behind: a control plane moves when all its groups have its version',
        ],
      ]);
    } finally {
      late.close();
    }
  });

  test.each([
    ['another team', swap('team: frontier-training', 'team: research')],
    ['another cost center', swap('costCenter: cc-1042', 'costCenter: cc-7')],
    ['a tag of the estate', swap('\naccounts:\n', '\ntags: { project: vision }\naccounts:\n')],
  ])('%s changes tags and nothing else, on all clouds', (_, edit) => {
    const report = scene.diff(edit);
    const resources = report.stacks.flatMap((stack) => stack.resources);
    expect(new Set(resources.map(({ action }) => action))).toEqual(new Set(['updated']));
    expect(new Set(resources.map(({ cloud }) => cloud))).toEqual(new Set(['aws', 'azure', 'google', 'oracle']));
    expect(resources.filter((each) => !each.isTagChange)).toEqual([]);
    const lines = formatDiff(report).split('\n');
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^ {2}tags only \((team|cost-center|project)\): \d+ resources in 19 stacks$/),
      'Nothing is replaced or destroyed. 1 stack is unchanged.',
    ]);
    expect(formatDiffMarkdown(report)).toMatch(/\d+ resources with other tags only: `(team|cost-center|project)`/);
  });

  test('taking the cost center away loses only the tag that Oracle keeps as a resource', () => {
    const report = scene.diff(swap(', costCenter: cc-1042', ''));
    expect(outline(report).filter((line) => line.startsWith('-'))).toEqual([
      '- oracle-main-foundation accounts.oracle-main',
    ]);
  });

  test('another subscription loses everything in it', () => {
    const report = scene.diff(swap('0b6f3c1d7a01', '0b6f3c1d7a09'));
    const resources = report.stacks.flatMap((stack) => stack.resources);
    expect(resources.some(({ action }) => action === 'updated')).toBe(false);
    expect(new Set(report.stacks.map(({ stack }) => stack))).toEqual(
      new Set([
        'atlas-azure-gb-foundation',
        'atlas-eastus2-network',
        'atlas-eastus2-storage',
        'atlas-eastus2-gb300-cluster',
      ]),
    );
    expect(report.ok).toBe(false);
  });

  test('another region on AWS is another stack, and the old one stays', () => {
    const report = scene.diff(
      all(
        (text) => text.replaceAll('us-east-1-dfw-2a', 'us-west-2d').replace(/us-east-1([abc])/g, 'us-west-2$1'),
        swap('region: us-east-1', 'region: us-west-2'),
        // Ranges of the zones that are left stay with the lock, so there is no room for four others.
        swap('zones: [us-west-2a, us-west-2b, us-west-2c, us-west-2d]', 'zones: [us-west-2b, us-west-2d]'),
      ),
    );
    const replaced = report.stacks.flatMap(({ resources }) => resources.filter(({ action }) => action === 'replaced'));
    expect(new Set(replaced.flatMap(({ because }) => because.map(({ path }) => path)))).toEqual(
      new Set(['environment']),
    );
    expect(replaced.every(({ isRetained }) => isRetained)).toBe(true);
  });

  test('counts what lives in a lost resource once', () => {
    const text = formatDiff(scene.diff(swap('racks: 8, spareTraysPerRack: 1', 'racks: 6, spareTraysPerRack: 1')));
    expect(text).toContain('2 left as they are: 2 node pools (34 nodes, 136 GB300)');
    expect(text).toContain('No longer in the estate: 136 GB300.');
  });

  test('says why, where and what it means', () => {
    const report = scene.diff(swap('zone: us-east-1b, capacityTiB', 'zone: us-east-1a, capacityTiB'));
    expect(formatDiff(report).split('\n').slice(0, 9)).toEqual([
      'stores.virginia-scratch: zone us-east-1b -> us-east-1a',
      '  aws    atlas-virginia-storage   1 replaced: Lustre file system (1,200 TiB of files)',
      '  aws    atlas-virginia-cluster   4 destroyed: 2 security group ingresses, 2 security group egresses',
      'Replaced',
      '  stores.virginia-scratch (protected): Lustre file system storevirginiascratch84A1D374 in atlas-virginia-storage',
      '    because SubnetIds changes',
      '    1,200 TiB of files',
      '    the old one is retained',
      'Destroyed',
    ]);
  });

  test.each(['stores.virginia-scratch', 'stores', '*'])('accepts the loss of what %s names', (key) => {
    const edit = swap('zone: us-east-1b, capacityTiB', 'zone: us-east-1a, capacityTiB');
    expect(scene.diff(edit, [key]).ok).toBe(true);
    expect(scene.diff(edit, ['stores.virginia', 'clusters']).ok).toBe(false);
  });

  test('accepts a renamed entry by its new key and by its old one', () => {
    const edit = all(
      swap('  phoenix-scratch: { kind: lustre', '  fast: { renamedFrom: phoenix-scratch, kind: lustre'),
      swap('mounts: [phoenix-scratch', 'mounts: [fast'),
      swap('capacityTB: 124.8, throughputMBpsPerTiB: 1000', 'capacityTB: 124.8, throughputMBpsPerTiB: 500'),
    );
    expect(scene.diff(edit, ['stores.fast']).ok).toBe(true);
    expect(scene.diff(edit, ['stores.phoenix-scratch']).ok).toBe(true);
    expect(scene.diff(edit).protected.map(({ key }) => key)).toEqual(['stores.fast']);
  });

  test('prints Markdown that holds the edit, every stack and the verdict', () => {
    const text = formatDiffMarkdown(
      scene.diff(swap('racks: 8, spareTraysPerRack: 1', 'racks: 7, spareTraysPerRack: 1')),
    );
    expect(text).toContain('- `clusters.eastus2-gb300.pools.train: racks 8 -> 7`');
    expect(text).toContain('| azure | `atlas-eastus2-gb300-cluster` | 0 | 0 | 0 | 0 | 1 |');
    expect(text).toContain('No longer in the estate: 68 GB300.');
    expect(text).toContain('<details><summary>Leaves the estate and goes on existing (1)</summary>');
    expect(text).toContain('- atlas-eastus2-gb300-cluster lets go of it: Terraform forgets it');
    expect(text).toContain('Protected and not accepted: `clusters.eastus2-gb300.pools.train`');
  });
});
