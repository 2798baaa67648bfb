import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffAssemblies } from '../../cli/diff-assembly';
import { diffJson, formatDiff, formatDiffMarkdown } from '../../diff';
import { writeTemplates, writeTerraform } from '../diff/documents';
import { estate } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const pool = (count: number) => ({
  provider: { azurerm: [{ subscription_id: 's' }] },
  resource: {
    azurerm_kubernetes_cluster_node_pool: {
      train: {
        '//': { metadata: { path: 'x-east-cluster/cluster/train-1/Resource' } },
        name: 'train',
        kubernetes_cluster_id: '/c',
        vm_size: 'x',
        node_count: count,
        lifecycle: { prevent_destroy: true },
      },
    },
  },
});
const cluster = (version: string) => ({
  Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Version: version } } },
});

interface Side {
  readonly version?: string;
  readonly count?: number;
}

function write(folder: string, { version, count }: Side): void {
  mkdirSync(folder);
  if (version !== undefined) writeTemplates(join(folder, 'cdk.out'), { 'x-ohio-cluster': cluster(version) });
  if (count === undefined) return;
  mkdirSync(join(folder, 'cdktf.out'));
  writeTerraform(join(folder, 'cdktf.out'), { 'x-east-cluster': pool(count), 'x-east-network': pool(1) });
}

/** Two output folders, `old` and `new`. */
function withFolders<T>(before: Side, after: Side, body: (old: string, now: string) => T | Promise<T>): Promise<T> {
  return withFolder<T>((folder) => {
    const [old, now] = [join(folder, 'old'), join(folder, 'new')];
    write(old, before);
    write(now, after);
    return body(old, now);
  });
}

/** A cluster under one of two logical ids, with a name of some length. */
const renamed = (id: string, name = 'x') => ({
  Resources: { [id]: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.35', Name: name } } },
});

/** A pool where an earlier release had it, or where it has moved. */
const moved = (id: string, from?: string) => ({
  resource: { azurerm_kubernetes_cluster_node_pool: { [id]: { name: 'train', vm_size: 'x' } } },
  ...(from !== undefined && {
    moved: [
      { from: `azurerm_kubernetes_cluster_node_pool.${from}`, to: `azurerm_kubernetes_cluster_node_pool.${id}` },
      { from: 'azurerm_kubernetes_cluster_node_pool.never', to: `azurerm_kubernetes_cluster_node_pool.${from}` },
    ],
  }),
});

describe('estate diff --assembly of outputs with other ids', () => {
  function compare(name?: string) {
    return withFolder((folder) => {
      const [base, next] = [join(folder, 'old'), join(folder, 'new')];
      for (const side of [base, next]) {
        mkdirSync(join(side, 'cdktf.out'), { recursive: true });
        const isNext = side === next;
        writeTemplates(join(side, 'cdk.out'), { 'x-ohio-cluster': renamed(isNext ? 'New' : 'Old', name) });
        const stack = isNext ? moved('pool-train', 'train') : moved('train');
        writeTerraform(join(side, 'cdktf.out'), { 'x-east-cluster': stack });
      }
      const report = diffAssemblies({ base, folder: next, accept: [] });
      const files = readdirSync(join(next, 'cdk.out')).filter((file) => file.includes('refactor'));
      const texts = files.map((file) => readFileSync(join(next, 'cdk.out', file), 'utf8'));
      return { report, files, texts, folder: next };
    });
  }

  test('says how CloudFormation is told, and that Terraform is', async () => {
    const { report, files, texts, folder } = await compare();
    expect([report.ok, report.stacks]).toEqual([true, []]);
    expect(report.readdressed).toEqual([
      { stack: 'x-ohio-cluster', from: 'Old', to: 'New' },
      {
        stack: 'x-east-cluster',
        from: 'azurerm_kubernetes_cluster_node_pool.train',
        to: 'azurerm_kubernetes_cluster_node_pool.pool-train',
      },
    ]);
    expect(files).toEqual(['x-ohio-cluster.refactor.json']);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      StackDefinitions: [{ StackName: 'x-ohio-cluster', TemplateBody: JSON.stringify(renamed('New')) }],
    });
    const file = join(folder, 'cdk.out', 'x-ohio-cluster.refactor.json');
    expect(report.refactoring[0]).toBe(
      `aws cloudformation create-stack-refactor --region us-east-1 --cli-input-json file://${file}`,
    );
    const text = formatDiff(report);
    expect(text).toContain('Terraform finds 1 resource of 1 stack under another address by itself');
    expect(text).toContain('Logical ids change. A deployment would make these resources anew');
    expect(formatDiffMarkdown(report)).toContain('aws cloudformation execute-stack-refactor');
    expect(diffJson(report)).toMatchObject({ readdressed: report.readdressed, order: report.refactoring });
  });

  test('puts a template that is too large for the command into a file for a bucket', async () => {
    const { report, files, texts } = await compare('x'.repeat(60_000));
    expect(files.sort()).toEqual(['x-ohio-cluster.refactor.json', 'x-ohio-cluster.refactor.template.json']);
    expect(texts.join('\n')).toContain(
      'https://BUCKET.s3.us-east-1.amazonaws.com/x-ohio-cluster.refactor.template.json',
    );
    expect(report.refactoring[0]).toMatch(/^aws s3 cp .*refactor\.template\.json s3:\/\/BUCKET\//);
  });
});

describe('estate diff --assembly', () => {
  const OLD = { version: '1.34', count: 9 };
  const NEW = { version: '1.36', count: 4 };

  test('compares two output folders without an estate', async () => {
    const report = await withFolders(OLD, NEW, (base, folder) => diffAssemblies({ base, folder, accept: [] }));
    expect(report.stacks.map(({ stack, cloud, layer }) => [stack, cloud, layer])).toEqual([
      ['x-ohio-cluster', 'aws', 'cluster'],
      ['x-east-cluster', 'azure', 'cluster'],
    ]);
    expect([report.unchanged, report.ok, report.edits]).toEqual([1, false, undefined]);
    expect(report.refused).toMatchObject([{ who: 'EKS', key: 'x-ohio-cluster/Cluster' }]);
    expect(report.lost).toMatchObject([
      { path: 'x-east-cluster/cluster/train-1', nodes: 5, accelerators: 0, protected: true },
    ]);
    expect(formatDiff(report)).not.toContain('The two estates');
    expect(formatDiffMarkdown(report)).toMatch(/^\| cloud \| stack \|/);
  });

  test('puts further stacks of stores into their layer', async () => {
    const stacks = ['x-ohio-cluster', 'x-ohio-storage-2', 'x-ohio-network', 'x-ohio-storage', 'own-7'];
    const report = await withFolder((folder) => {
      const [base, next] = [join(folder, 'old'), join(folder, 'new')];
      for (const [side, version] of [
        [base, '1.34'],
        [next, '1.35'],
      ] as const) {
        mkdirSync(side);
        const templates = Object.fromEntries(stacks.map((stack) => [stack, cluster(version)]));
        writeTemplates(join(side, 'cdk.out'), templates);
      }
      return diffAssemblies({ base, folder: next, accept: [] });
    });
    expect(report.stacks.map(({ stack, layer }) => [stack, layer])).toEqual([
      ['x-ohio-network', 'network'],
      ['x-ohio-storage-2', 'storage'],
      ['x-ohio-storage', 'storage'],
      ['x-ohio-cluster', 'cluster'],
      ['own-7', 'cluster'],
    ]);
  });

  test.each([
    ['the whole stack', 'x-east-cluster', true],
    ['a part of it', 'x-east-cluster/cluster/train-1', true],
    ['everything', '*', true],
    ['the start of a name', 'x-east', false],
    ['another part', 'x-east-cluster/cluster/train', false],
  ])('accepts the loss of %s', async (_, key, expected) => {
    const same = { count: 9 };
    const report = await withFolders(same, { count: 4 }, (base, folder) =>
      diffAssemblies({ base, folder, accept: [key] }),
    );
    expect(report.ok).toBe(expected);
  });

  test('takes one half alone, by its own folder too', async () => {
    const [half, own] = await withFolders(OLD, NEW, (old, now) => [
      diffAssemblies({ base: old, folder: join(now, 'cdk.out'), accept: [] }),
      diffAssemblies({ base: join(old, 'cdktf.out'), folder: join(now, 'cdktf.out'), accept: ['*'] }),
    ]);
    expect(half?.stacks.filter(({ isLeft }) => isLeft).map(({ stack }) => stack)).toEqual([
      'x-east-network',
      'x-east-cluster',
    ]);
    expect([own?.stacks.map(({ stack }) => stack), own?.ok]).toEqual([['x-east-cluster'], true]);
  });

  test('is a command with exit codes, and says when a folder holds no output', async () => {
    const [refused, wrong] = await withFolders(OLD, NEW, async (old, now) => [
      await estate(['diff', '--assembly', old, now]),
      await estate(['diff', '--assembly', join(old, '..'), now, '--json']),
    ]);
    expect([refused?.code, refused?.stdout]).toEqual([
      3,
      expect.stringContaining('EKS refuses x-ohio-cluster/Cluster'),
    ]);
    expect([wrong?.code, JSON.parse(wrong?.stdout ?? '')]).toEqual([
      2,
      expect.objectContaining({ ok: false, diagnostics: [expect.objectContaining({ code: 'AssemblyMissing' })] }),
    ]);
  });
});
