import { diffJson, formatDiff, formatDiffMarkdown } from '../../diff';
import { describeCauses } from '../../diff/words';
import { all, DiffScene, ESTATE, swap, withoutCluster, withoutLine } from './scene';

describe('a report in words', () => {
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene();
  });
  afterAll(() => scene.close());

  const lines = (...args: Parameters<DiffScene['diff']>) => formatDiff(scene.diff(...args)).split('\n');

  test('shows what shrinks with both sizes, counts it, and asks for it to be accepted', () => {
    const edit = swap('nodes: 16', 'nodes: 2');
    expect(lines(edit)).toEqual([
      'clusters.phoenix.pools.mi355x: nodes 16 -> 2',
      '  oracle atlas-phoenix-cluster   1 updated: node pool (16 -> 2 nodes, -112 MI355X)',
      'Smaller',
      expect.stringMatching(
        /^ {2}clusters\.phoenix\.pools\.mi355x \(protected\): node pool oci_\S+ in atlas-phoenix-cluster$/,
      ),
      '    16 -> 2 nodes, -112 MI355X',
      '19 stacks are unchanged.',
      'Affected: 112 MI355X.',
      'Refused: 1 protected resource would get smaller. To go on:',
      '  --accept clusters.phoenix.pools.mi355x',
    ]);
    expect(lines(edit, ['clusters.phoenix']).at(-1)).toBe('Affected: 112 MI355X.');
    expect(formatDiffMarkdown(scene.diff(edit))).toContain('<details><summary>Smaller (1)</summary>');
    expect(formatDiffMarkdown(scene.diff(edit))).toContain('**Smaller: 112 MI355X.**');
  });

  test('shows what grows with both sizes too', () => {
    expect(lines(swap('nodes: 16', 'nodes: 24'))).toEqual([
      'clusters.phoenix.pools.mi355x: nodes 16 -> 24',
      '  oracle atlas-phoenix-cluster   1 updated: node pool (16 -> 24 nodes, +64 MI355X)',
      'Nothing is replaced or destroyed. 19 stacks are unchanged.',
    ]);
  });

  test('calls nodes without accelerators what they are', () => {
    const pool = (size: number) =>
      swap('      b300:\n', `      data: { machine: m7i.8xlarge, nodes: ${size}, zone: us-east-1a }\n      b300:\n`);
    const added = formatDiff(scene.diff(pool(40)));
    expect(added).toContain('clusters.virginia.pools.data: added (m7i.8xlarge, 40 nodes)');
    expect(added).toContain('node pool for group 1 (40 CPU nodes)');
    const later = new DiffScene(pool(40)(ESTATE));
    try {
      const smaller = formatDiff(later.diff(swap('nodes: 40', 'nodes: 16')));
      expect(smaller).toContain('1 updated: node pool for group 1 (40 -> 16 CPU nodes)');
      expect(smaller).toContain('Affected: 24 CPU nodes.');
      const gone = formatDiff(later.diff((text) => text.replace(/ {6}data: .*\n/, '')));
      expect(gone).toContain('Affected: 40 CPU nodes.');
    } finally {
      later.close();
    }
  });

  test('tells resources that lose the same together, with every address', () => {
    const told = lines(swap('spareTraysPerRack: 2', 'spareTraysPerRack: 3'));
    const at = told.indexOf('Smaller');
    expect(told.slice(at + 1, at + 3)).toEqual([
      '  clusters.phoenix.pools.gb300 (protected): 8 GPU memory clusters in atlas-phoenix-cluster, each',
      '    16 -> 15 nodes, -4 GB300',
    ]);
    expect(told.slice(at + 3, at + 11).every((line) => /^ {6}oci_core_compute_gpu_memory_cluster\./.test(line))).toBe(
      true,
    );
  });

  test('says nothing of the pools of a cluster whose system pool changes', () => {
    const [, told] = lines(swap('    site: southcentral\n', '    site: southcentral\n    systemPool: { nodes: 2 }\n'));
    expect(told).toBe('  azure  atlas-southcentral-h200-cluster   1 updated: Kubernetes cluster');
  });

  test('tells the days for which deleted data is no longer kept', () => {
    const told = lines(swap('southcentral, retainDays: 30', 'southcentral, retainDays: 7'));
    expect(told).toContain('    blob_properties.delete_retention_policy.days 30 -> 7 days');
    expect(told).toContain('Affected: 23 days of retention.');
  });

  test('folds tags into one line beside what else changes', () => {
    const told = lines(
      all(
        swap('team: frontier-training', 'team: other'),
        swap('site: phoenix, retainDays: 30', 'site: phoenix, retainDays: 60'),
      ),
    );
    expect(told.slice(2, 4)).toEqual([
      '  oracle atlas-phoenix-storage   1 updated: object lifecycle policy',
      expect.stringMatching(/^ {2}tags only \(team\): \d+ resources in 19 stacks$/),
    ]);
  });

  test('says that nothing helps against a refusal but the steps that work', () => {
    const edit = swap('    site: phoenix\n', '    site: phoenix\n    kubernetes: "1.35"\n');
    const told = lines(edit, ['*']);
    const at = told.indexOf('Refused when it is applied, whatever is accepted');
    expect(told.slice(at + 1, at + 4)).toEqual([
      '  OKE refuses clusters.phoenix (kubernetes_version): a control plane never goes back to an older version',
      expect.stringMatching(/^ {4}instead: keep kubernetes as it is; for an older version make a cluster beside it/),
      expect.stringMatching(/^ {4}https:\/\/docs\.oracle\.com\//),
    ]);
    expect(told.at(-1)).toBe('Refused: 1 change cannot be applied.');
  });

  test('says which pools only get a change with new nodes', () => {
    const told = lines(swap('        nodes: 16\n', '        nodes: 16\n        labels: { example.com/team: red }\n'));
    const at = told.indexOf('Only new nodes get it; those that run stay as they are');
    expect(told.slice(at + 1, at + 3)).toEqual([
      '  clusters.phoenix.pools.mi355x: 128 MI355X',
      '    because initial_node_labels changes',
    ]);
  });

  test('does not call destroyed what nothing destroys, and says how it goes', () => {
    const edit = withoutCluster('southcentral-h200');
    const told = lines(edit);
    expect(told).toContain('Leaves the estate and goes on existing');
    expect(told).toContain(
      '    atlas-southcentral-h200-cluster leaves the estate; nothing destroys it: for that, run with the old estate',
    );
    expect(told).toContain('No longer in the estate: 1,024 H200.');
    expect(told.filter((line) => line.startsWith('Affected'))).toEqual([]);
    const json = diffJson(scene.diff(edit));
    expect(json).toMatchObject({
      order: expect.arrayContaining([
        'ESTATE_UNPROTECT=atlas-southcentral-h200-cluster npx cdktf destroy atlas-southcentral-h200-cluster' +
          '  # with the estate of base.yaml: destroys all that is in it',
      ]),
      stacks: expect.arrayContaining([
        expect.objectContaining({ stack: 'atlas-southcentral-h200-cluster', left: true, destroyed: [] }),
      ]),
    });
  });

  test('calls the parts of stores by the words of their clouds', () => {
    const told = lines(
      all(
        withoutLine('  southcentral-checkpoints: { kind: object'),
        swap('mounts: [southcentral-scratch, southcentral-checkpoints]', 'mounts: [southcentral-scratch]'),
      ),
    );
    expect(told.some((line) => /: container azurerm_storage_container\./.test(line))).toBe(true);
    expect(told.filter((line) => line.includes('bucket'))).toEqual([]);
  });

  test('cuts lines and lists for a terminal only', () => {
    const report = scene.diff(swap('region: eastus2,', 'region: eastus2, cidr: 10.150.0.0/16,'));
    const whole = formatDiff(report).split('\n');
    const cut = formatDiff(report, { isTerminal: true }).split('\n');
    expect(whole.some((line) => line.length > 120)).toBe(true);
    expect(cut.filter((line) => line.length > 120)).toEqual([]);
    const many = {
      ...report,
      edits: Array.from({ length: 30 }, (_, index) => ({ path: `p${index}`, change: 'added' })),
    };
    expect(formatDiff(many).split('\n').slice(0, 30)).toEqual(many.edits.map(({ path }) => `${path}: added`));
    expect(formatDiff(many, { isTerminal: true }).split('\n')[20]).toBe('… and 10 more');
  });

  test('has losses, refusals and the order in its JSON document', () => {
    const report = scene.diff(all(swap('nodes: 16', 'nodes: 2'), swap('124.8', '83.2')));
    expect(diffJson(report)).toMatchObject({
      ok: false,
      lost: [
        {
          path: 'clusters.phoenix.pools.mi355x',
          nodes: 14,
          accelerators: 112,
          tebibytes: 0,
          days: 0,
          protected: true,
        },
      ],
      refused: [
        {
          address: expect.stringMatching(/^oci_lustre_file_storage_lustre_file_system\./),
          who: 'File Storage with Lustre',
          why: 'the capacity of a file system only grows',
          way: expect.stringMatching(/^add a store /),
          estate: 'stores.phoenix-scratch',
          attributes: ['capacity_in_gbs'],
        },
      ],
      order: [],
    });
  });
});

describe('why something is replaced', () => {
  const of = (path: string, more: object = {}) => ({ path, certain: true, ...more });

  test.each([
    ['one thing', [of('name')], ['name changes']],
    ['two things of its own', [of('a'), of('b')], ['a, b change']],
    ['a block and what is in it', [of('block'), of('block.0.part'), of('block.1.part')], ['block changes']],
    ['the same place of several elements', [of('a.0.b'), of('a.1.b')], ['a.b changes']],
    [
      'two things from one resource',
      [of('a', { of: 'r' }), of('b', { of: 'r' })],
      ['a, b come from r, which is replaced'],
    ],
    [
      'things from two resources',
      [of('a', { of: 'r' }), of('b', { of: 's' })],
      ['a comes from r, which is replaced', 'b comes from s, which is replaced'],
    ],
    ['a doubt', [of('a', { certain: false })], ['a changes (the provider decides)']],
    [
      'a data source',
      [of('a', { of: 'r', through: 'data.d.e' })],
      ['a comes from data.d.e, which is read again because r changes'],
    ],
    ['another place', [of('environment')], ['its account or region changes']],
  ])('names %s', (_, because, expected) => {
    expect(describeCauses(because)).toEqual(expected);
  });
});
