import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { resolveEstate } from '../../cli/app';
import { readAwsStacks, readTerraformStacks } from '../../cli/assembly';
import { estateFinder } from '../../cli/estate-key';
import { inOrderOf, terraformStack } from '../../cli/plan';
import { formatFindings, formatPlan, planReport } from '../../cli/plan-report';
import { synthesizeAws, synthesizeTerraform } from '../../cli/synthesize';
import { stackRows } from '../../estate/report/views';
import type { OfflineDiagnostic, StackPlanResult } from '../../terraform';
import { ESTATE_BIN, estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

// Each of these runs whole commands, which take long where several run at a time.
jest.setTimeout(180_000);

const planned = resolveEstate(join(ROOT, 'estate.yaml'));
const [row] = stackRows(planned.plan).filter(({ stack }) => stack === 'atlas-iowa-cluster');
if (row === undefined) throw new Error('the default estate has no such stack');

const diagnostic: OfflineDiagnostic = {
  severity: 'error',
  address: 'google_container_node_pool.one',
  construct: 'atlas-iowa-cluster/pool-gb200-r22d85581/Resource',
  path: 'node_config.0.machine_type',
  summary: 'no such machine',
  detail: 'it is not offered',
};

function result(more: Partial<StackPlanResult>): StackPlanResult {
  const counts = { created: 0, updated: 0, replaced: 0, destroyed: 0, seconds: 1 };
  return { stack: 'atlas-iowa-cluster', ...counts, diagnostics: [], ...more };
}

/** Runs `estate` with a folder for temporary files of its own, in a process group of its own. */
function start(args: readonly string[], cwd: string, temporary: string) {
  const { ESTATE: _estate, CDK_VALIDATION: _validation, TF_CLI_CONFIG_FILE: _config, ...env } = process.env;
  const child = spawn(process.execPath, [ESTATE_BIN, ...args], {
    cwd,
    env: { ...env, TMPDIR: temporary },
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<number | string>((done) =>
    child.once('close', (code, signal) => done(signal ?? code ?? '')),
  );
  return { child, ended };
}

/** Processes that still run with a folder for temporary files; a zombie has no environment any more. */
function alive(temporary: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(join('/proc', pid, 'environ'), 'utf8').split('\0');
        return environment.includes(`TMPDIR=${temporary}`) ? [readFileSync(join('/proc', pid, 'cmdline'), 'utf8')] : [];
      } catch {
        return [];
      }
    });
}

/** What is left of runs; tools of the run may keep caches of their own. */
function scratchOf(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('estate-'));
}

describe('the plan of a stack', () => {
  test('traces what is wrong to the estate file', () => {
    const text = 'google_container_node_pool.one: node_config.0.machine_type: no such machine';
    const error = `${text}\n  it is not offered\n  at construct ${diagnostic.construct}`;
    const stack = terraformStack(row, result({ diagnostics: [diagnostic], error }), estateFinder(planned));
    expect(stack.findings).toEqual([
      {
        estate: 'clusters.iowa.pools.gb200',
        at: expect.stringMatching(/estate\.yaml:\d+$/),
        address: 'google_container_node_pool.one',
        construct: diagnostic.construct,
        text: error,
      },
    ]);
    expect(stack.error?.split('\n')[0]).toMatch(/^clusters\.iowa\.pools\.gb200 \(.*estate\.yaml:\d+\)$/);
    expect(stack.error?.split('\n')[1]).toBe(`  ${text}`);
  });

  test('keeps an error that is about no resource, and counts no warning as one', () => {
    const warning: OfflineDiagnostic = { ...diagnostic, severity: 'warning' };
    const stack = terraformStack(row, result({ diagnostics: [warning], error: 'it crashed' }), estateFinder(planned));
    expect([stack.error, stack.findings]).toEqual(['it crashed', undefined]);
  });

  test('shows the findings of one entry below it once', () => {
    const finding = { estate: 'stores.a', at: 'estate.yaml:3', address: '', construct: '' };
    expect(
      formatFindings([
        { ...finding, text: 'one' },
        { ...finding, text: 'two' },
        { address: '', construct: '', text: 'three' },
      ]),
    ).toBe('stores.a (estate.yaml:3)\n  one\n  two\nthree');
  });

  test('is shown first when it failed, and last when it waits', () => {
    const stack = { ...row, tool: 'terraform' as const, created: 1, updated: 0, replaced: 0, destroyed: 0, seconds: 1 };
    const report = planReport(
      [
        { ...stack, error: 'broken\nin two lines' },
        { ...stack, waitsFor: ['a', 'b'] },
      ],
      [],
      1234,
    );
    expect([report.ok, report.seconds]).toEqual([false, 1.2]);
    const lines = formatPlan(report).split('\n');
    // Both stacks took a second, side by side.
    expect(lines.find((line) => line.startsWith('total'))).toMatch(/ 1\.2$/);
    expect(lines.slice(0, 4)).toEqual(['atlas-iowa-cluster failed:', '  broken', '  in two lines', '']);
    expect(lines.slice(-2)).toEqual([
      '1 stack failed: atlas-iowa-cluster',
      'atlas-iowa-cluster waits: apply a, b first, its outputs are needed',
    ]);
  });
});

describe('the plans of an estate', () => {
  const other = { ...row, stack: 'atlas-iowa-storage' };
  const plannedOf = (one: typeof row) => terraformStack(one, result({}), estateFinder(planned));

  test('are in the order in which it lists its stacks', () => {
    const names = (rows: readonly (typeof row)[]) =>
      inOrderOf(rows, [plannedOf(row), plannedOf(other)]).map(({ stack }) => stack);
    expect(names([row, other])).toEqual(['atlas-iowa-cluster', 'atlas-iowa-storage']);
    expect(names([other, row])).toEqual(['atlas-iowa-storage', 'atlas-iowa-cluster']);
  });

  test('fail when they are not those of its stacks', () => {
    expect(() => inOrderOf([row, other], [plannedOf(row)])).toThrow(
      'not planned, though of the estate: atlas-iowa-storage',
    );
    expect(() => inOrderOf([row], [plannedOf(row), plannedOf(other)])).toThrow(
      'planned, though not of the estate: atlas-iowa-storage',
    );
  });

  test.each([
    ['aws', synthesizeAws, readAwsStacks],
    ['google', synthesizeTerraform, readTerraformStacks],
  ] as const)(
    'are made from the plan that is handed over, whatever the file says by now: %s',
    (cloud, synthesize, read) =>
      withFolder(async (folder) => {
        const file = join(folder, 'estate.yaml');
        cpSync(join(ROOT, `examples/${cloud}.yaml`), file);
        cpSync(join(ROOT, `examples/${cloud}.lock.json`), join(folder, 'estate.lock.json'));
        const { plan } = resolveEstate(file);
        const outdirs = { awsOutdir: join(folder, 'cdk.out'), terraformOutdir: join(folder, 'cdktf.out') };
        writeFileSync(file, 'estate: broken meanwhile');
        await synthesize({ ...outdirs, plan: plan.data });
        const made = read(cloud === 'aws' ? outdirs.awsOutdir : outdirs.terraformOutdir).map(({ stack }) => stack);
        expect(made.sort()).toEqual(
          stackRows(plan)
            .map(({ stack }) => stack)
            .sort(),
        );
      }),
  );
});

describe('estate plan --offline', () => {
  test('takes the estate file where the other commands take it, and not twice', async () => {
    const only = ['--offline', '--json', '--stack', 'cirrus-main-foundation'];
    const [named, twice] = await Promise.all([
      estate(['plan', 'examples/google.yaml', ...only]),
      estate(['plan', 'examples/google.yaml', ...only, '--file', 'estate.yaml']),
    ]);
    expect(named.code).toBe(0);
    const { stacks } = JSON.parse(named.stdout) as { stacks: { stack: string }[] };
    expect(stacks.map(({ stack }) => stack)).toEqual(['cirrus-main-foundation']);
    expect([twice.code, twice.stderr]).toEqual([
      1,
      'two estate files are named: examples/google.yaml and estate.yaml\nname one of them\n',
    ]);
  });

  test('shows one stack in full, on AWS as on the other clouds', async () => {
    const [aws, google] = await Promise.all([
      estate(['plan', '--offline', '--stack', 'atlas-virginia-network', '--details']),
      estate([
        'plan',
        '--offline',
        '--stack',
        'cirrus-iowa-network',
        '--details',
        '--no-cache',
        '--file',
        'examples/google.yaml',
      ]),
    ]);
    expect([aws.code, google.code]).toEqual([0, 0]);
    expect(aws.stdout).toContain('Stack atlas-virginia-network');
    expect(aws.stdout).toMatch(/^\[\+\] AWS::EC2::VPC \S*network/m);
    expect(google.stdout).toMatch(/google_compute_network\.\S+ will be created/);
    expect(google.stderr).toMatch(/^ {2}1\/1 cirrus-iowa-network {2}\d+\.\d s$/m);
  });

  test('does not disturb another run in the same folder', async () => {
    await withFolder(async (folder) => {
      copyFileSync(join(ROOT, 'examples/google.yaml'), join(folder, 'estate.yaml'));
      copyFileSync(join(ROOT, 'examples/google.lock.json'), join(folder, 'estate.lock.json'));
      const runs = await Promise.all([1, 2].map(() => estate(['plan', '--offline', '*-network', '--json'], folder)));
      const created = runs.map(({ stdout }) =>
        (JSON.parse(stdout) as { stacks: { created: number }[] }).stacks.map((stack) => stack.created),
      );
      expect(runs.map(({ code }) => code)).toEqual([0, 0]);
      expect(created[0]).toEqual(created[1]);
      expect(readdirSync(folder).sort()).toEqual(['estate.lock.json', 'estate.yaml']);
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves no file and no process behind on %s', async (signal) => {
    await withFolder(async (folder) => {
      const temporary = mkdtempSync(join(folder, 'tmp-'));
      const { child, ended } = start(
        ['plan', '--offline', '--no-cache', '--file', join(ROOT, 'examples/minimal.yaml')],
        folder,
        temporary,
      );
      while (scratchOf(temporary).length === 0 && child.exitCode === null) await setTimeout(10);
      // Long enough for both syntheses to be under way.
      await setTimeout(300);
      child.kill(signal);
      expect(await ended).toBe(signal);
      for (let tries = 0; alive(temporary).length > 0 && tries < 50; tries++) await setTimeout(20);
      expect([alive(temporary), scratchOf(temporary), readdirSync(folder).length]).toEqual([[], [], 1]);
    });
  });

  test('fails when there is no place for temporary files, and says what to do', async () => {
    await withFolder(async (folder) => {
      const temporary = join(folder, 'file', 'below');
      writeFileSync(join(folder, 'file'), '');
      const { code, stderr } = await estate(['plan', '--offline', '--file', 'examples/google.yaml'], ROOT, {
        TMPDIR: temporary,
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/no scratch folder can be made: .*ENOTDIR[\s\S]*set TMPDIR/);
      expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    });
  });

  test('fails when the synthesis is killed', async () => {
    await withFolder(async (folder) => {
      const options = { plan: resolveEstate(join(ROOT, 'examples/google.yaml')).plan.data };
      const outdirs = { awsOutdir: join(folder, 'cdk.out'), terraformOutdir: join(folder, 'cdktf.out') };
      const synthesis = synthesizeTerraform({ ...options, ...outdirs, onChild: (child) => child.kill('SIGKILL') });
      await expect(synthesis).rejects.toThrow('synthesis of terraform failed, it was stopped');
    });
  });
});
