import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkov, checkovVersion, findCheckov, type Readable, readablePlans } from '../../../tools/scan/checkov';
import { withFolder } from '../../helpers/synth';

/** A program that writes down what it is called with and prints a text, in place of checkov. */
function standIn(folder: string, prints: unknown, exitCode: number): string {
  const program = join(folder, 'checkov');
  writeFileSync(join(folder, 'printed'), typeof prints === 'string' ? prints : JSON.stringify(prints));
  const lines = [`echo "$@" > '${folder}/called'`, `cat '${folder}/printed'`, `exit ${exitCode}`];
  writeFileSync(program, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(program, 0o755);
  return program;
}

const NETWORK = {
  stack: 'a-network',
  id: 'google_compute_network.network',
  type: 'google_compute_network',
  path: 'network/Resource',
  arguments: { name: 'a' },
};

const READABLE: ReadonlyMap<string, Readable> = new Map<string, Readable>([
  ['empty.yaml', { files: {}, resources: new Map() }],
  [
    'examples/a.yaml',
    {
      files: { 'a-network.plan.json': '{}' },
      resources: new Map([['a-network.plan.json google_compute_network.network', NETWORK]]),
    },
  ],
]);

const failed = (resource: string) => ({
  check_id: 'CKV2_GCP_18',
  check_name: 'Ensure GCP network defines a firewall',
  file_path: '/1/a-network.plan.json',
  resource,
});

const report = (...failures: readonly object[]) => ({
  results: { failed_checks: failures },
  summary: { parsing_errors: 0 },
});

describe('checkov', () => {
  test('is found in the environment that is named, else on PATH', async () => {
    await withFolder((folder) => {
      mkdirSync(join(folder, 'bin'));
      const program = standIn(join(folder, 'bin'), '', 0);
      expect(findCheckov({ CHECKOV_VENV: folder, PATH: '' })).toBe(program);
      expect(findCheckov({ PATH: `/nowhere::${join(folder, 'bin')}` })).toBe(program);
      expect(findCheckov({ CHECKOV_VENV: '/nowhere', PATH: join(folder, 'bin') })).toBeUndefined();
      expect(findCheckov({})).toBeUndefined();
    });
  });

  test('reads a folder for each program, and what it finds belongs to a resource of it', async () => {
    await withFolder(async (folder) => {
      const program = standIn(folder, [report(failed(NETWORK.id)), report()], 1);
      const found = await checkov(program, join(folder, 'read'), READABLE);
      expect([...found]).toEqual([
        ['empty.yaml', []],
        [
          'examples/a.yaml',
          [{ ...NETWORK, tool: 'checkov', rule: 'CKV2_GCP_18', message: 'Ensure GCP network defines a firewall' }],
        ],
      ]);
      expect(readFileSync(join(folder, 'read/1/a-network.plan.json'), 'utf8')).toBe('{}');
      const called = readFileSync(join(folder, 'called'), 'utf8');
      expect(called).toContain(`--directory ${join(folder, 'read')} --framework terraform_plan cloudformation`);
      expect(called).toContain('--skip-download');
    });
  });

  test('may print one report, or numbers alone where it was given nothing to read', async () => {
    await withFolder(async (folder) => {
      const one = await checkov(standIn(folder, report(failed(NETWORK.id)), 1), join(folder, 'one'), READABLE);
      expect(one.get('examples/a.yaml')).toHaveLength(1);
      const none = await checkov(standIn(folder, { passed: 0, failed: 0 }, 0), join(folder, 'none'), READABLE);
      expect([...none.values()]).toEqual([[], []]);
    });
  });

  test.each<[string, unknown, number, RegExp]>([
    ['names a resource that nobody made', [report(failed('google_compute_network.other'))], 1, /which nobody made/],
    ['cannot read a file', [{ ...report(), summary: { parsing_errors: 1 } }], 1, /cannot read everything/],
    ['breaks', 'Traceback', 2, /checkov failed/],
  ])('fails when it %s', async (_how, prints, exitCode, message) => {
    await withFolder(async (folder) => {
      const program = standIn(folder, prints, exitCode);
      await expect(checkov(program, join(folder, 'read'), READABLE)).rejects.toThrow(message);
    });
  });

  test('says its version', async () => {
    await withFolder(async (folder) => {
      expect(await checkovVersion(standIn(folder, '3.3.30\n', 0))).toBe('3.3.30');
      await expect(checkovVersion(standIn(folder, '', 1))).rejects.toThrow('Command failed');
    });
  });
});

test('plans are read with the paths of their constructs and the arguments as they were written', async () => {
  await withFolder(async (outdir) => {
    const { build }: typeof import('../../../examples/own-stack') = require('../../../examples/own-stack');
    build(outdir);
    const { files, resources } = await readablePlans(outdir);
    expect(Object.keys(files)).toEqual(['research-google.plan.json', 'research-oracle.plan.json']);
    const plan: { readonly planned_values: object } = JSON.parse(files['research-google.plan.json'] ?? '');
    expect(JSON.stringify(plan.planned_values)).toContain('"address":"google_container_node_pool.');
    const subnets = [...resources].filter(([, { type }]) => type === 'google_compute_subnetwork');
    expect(subnets.map(([, { stack, path }]) => [stack, path])).toEqual(
      expect.arrayContaining([
        ['research-google', 'fabric/rail-0'],
        ['research-google', 'network/nodes'],
      ]),
    );
    expect(subnets.find(([, { path }]) => path === 'network/nodes')?.[1].arguments).toMatchObject({
      ip_cidr_range: '10.160.0.0/19',
      private_ip_google_access: true,
    });
  });
});
