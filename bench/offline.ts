import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { synthesizeTerraform } from '../cli/synthesize';
import { formatTable } from '../estate/report/table';
import { serveProviders } from '../provider/server';
import { findTerraform, planStacks, type TerraformBinary } from '../terraform';
import { readStacks } from '../terraform/manifest';
import { installProviders } from '../terraform/no-credentials/installation';
import { providerRequirements } from '../terraform/no-credentials/requirements';
import { withScratch } from '../terraform/scratch';
import { type Cost, inFreshProcess, measureMany, median } from './measure';

const ROOT = join(__dirname, '..');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
/** Real providers are measured too where something says from where they come. */
const HAS_REAL = process.env.TF_CLI_CONFIG_FILE !== undefined;

/** One stack, measured. */
interface Row {
  readonly stack: string;
  /** Seconds of its offline plan. */
  readonly offline: number;
  /** Largest memory of the process that plans and serves, in MB. */
  readonly peakMB: number;
  /** Seconds of its plan with the real provider and placeholder credentials. */
  readonly real?: number;
}

/** What a fresh process reports of its work. */
interface Measured {
  readonly seconds: number;
  readonly peakMB: number;
}

/** Measures offline plans of the default estate's stacks beside what Terraform costs with nothing to do. */
async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'estate-bench-'));
  try {
    const file = join(ROOT, 'estate.yaml');
    const terraformOutdir = join(scratch, 'cdktf.out');
    const plan = resolveEstate(file).plan.data;
    await synthesizeTerraform({ plan, awsOutdir: scratch, terraformOutdir });
    const binary = await findTerraform();
    const floors = await measureFloors(binary, scratch);
    const start = floors.at(-1)?.wallSeconds ?? 1;
    const rows = [...readStacks(terraformOutdir).keys()].sort().map((stack) => measureStack(terraformOutdir, stack));
    const whole = await measureMany(
      {
        name: 'default estate',
        command: [process.execPath, join(ROOT, 'bin/estate.js'), 'plan', '--offline', '--file', file],
      },
      RUNS,
    );
    const sections = [
      `median of ${RUNS} runs, ${binary.command} ${binary.version}`,
      floorTable([...floors, { name: 'estate plan --offline, default estate', ...whole }]),
      stackTable(rows, start),
      ...(await handshakes(terraformOutdir, binary)),
    ];
    process.stdout.write(`${sections.join('\n\n')}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

type NamedCost = Cost & { readonly name: string };

/** Terraform with nothing to do; the last one is the start that plans are compared with. */
async function measureFloors({ command }: TerraformBinary, scratch: string): Promise<NamedCost[]> {
  // Resources of the provider that is built into Terraform.
  const empty = builtIn(join(scratch, 'empty'), 1);
  const many = builtIn(join(scratch, 'many'), 30);
  const env = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  const shell = (script: string) => ['sh', '-c', script, command];
  const candidates = [
    { name: 'terraform version', command: [command, 'version'], cwd: empty },
    { name: 'terraform init and validate, nothing in it', command: shell('"$0" init && "$0" validate'), cwd: empty },
    { name: 'terraform init and plan, 30 built-in resources', command: shell('"$0" init && "$0" plan'), cwd: many },
    { name: 'terraform init and plan, nothing in it', command: shell('"$0" init && "$0" plan'), cwd: empty },
  ];
  const floors: NamedCost[] = [];
  for (const candidate of candidates) {
    floors.push({ name: candidate.name, ...(await measureMany({ ...candidate, env }, RUNS)) });
  }
  return floors;
}

function builtIn(folder: string, resources: number): string {
  mkdirSync(folder);
  const one = Object.fromEntries(Array.from({ length: resources }, (_, index) => [`r${index}`, { input: index }]));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ resource: { terraform_data: one } }));
  return folder;
}

function measureStack(outdir: string, stack: string): Row {
  const offline = Array.from({ length: RUNS }, () => fresh('plan', outdir, stack, 'local'));
  const real = HAS_REAL ? Array.from({ length: RUNS }, () => fresh('plan', outdir, stack, 'real')) : [];
  return {
    stack,
    offline: median(offline.map(({ seconds }) => seconds)),
    peakMB: median(offline.map(({ peakMB }) => peakMB)),
    ...(real.length > 0 && { real: median(real.map(({ seconds }) => seconds)) }),
  };
}

/** Plans one stack; what it reads of other stacks is planned before and not counted. */
async function planOnce(outdir: string, stack: string, providers: 'local' | 'real'): Promise<Measured> {
  const [planned] = await planStacks({ outdir, stacks: [stack], providers });
  if (planned === undefined || (planned.error !== undefined && providers === 'local')) {
    throw new Error(`${stack} cannot be planned: ${planned?.error}`);
  }
  return { seconds: planned.seconds, peakMB: process.resourceUsage().maxRSS / 1024 };
}

/** Serves all providers; the time counts from the start of this process. */
async function serveOnce(): Promise<Measured> {
  const servers = await serveProviders();
  const seconds = performance.now() / 1000;
  servers.close();
  return { seconds, peakMB: process.resourceUsage().maxRSS / 1024 };
}

function fresh(...task: string[]): Measured {
  return inFreshProcess<Measured>(__filename, ...task);
}

/** From the start of a provider's process to the moment at which Terraform may talk to it. */
async function handshakes(outdir: string, binary: TerraformBinary): Promise<string[]> {
  const local = median(Array.from({ length: RUNS }, () => fresh('serve').seconds));
  const rows = [
    { name: 'the local provider, all three schemas', seconds: local },
    ...(await realHandshakes(outdir, binary)),
  ];
  return [
    formatTable(rows, [
      { title: 'start to handshake', value: ({ name }) => name },
      { title: 's', value: ({ seconds }) => seconds.toFixed(2), align: 'right' },
    ]),
  ];
}

function realHandshakes(outdir: string, binary: TerraformBinary): Promise<{ name: string; seconds: number }[]> {
  if (!HAS_REAL) return Promise.resolve([]);
  return withScratch(async (scratch) => {
    const requirements = providerRequirements([...readStacks(outdir).values()].map(({ json }) => json));
    await installProviders({ binary, scratch, folder: scratch.folder, requirements });
    const rows = [];
    for (const file of providersIn(scratch.folder)) {
      const times = [];
      for (let run = 0; run < RUNS; run++) times.push(await shakeHands(file));
      rows.push({ name: basename(file), seconds: median(times) });
    }
    return rows;
  });
}

/** The executables of installed providers; Terraform links to those of a mirror. */
function providersIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === '.terraform' ? [] : providersIn(path);
    return name.startsWith('terraform-provider-') ? [path] : [];
  });
}

/** Terraform says with this that it is no human who starts a provider. */
const MAGIC_COOKIE = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };

function shakeHands(provider: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(provider, { env: { ...process.env, ...MAGIC_COOKIE }, stdio: ['ignore', 'pipe', 'ignore'] });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${provider} ended before its handshake`)));
    child.stdout.once('data', () => {
      resolve((performance.now() - started) / 1000);
      child.kill();
    });
  });
}

function floorTable(rows: readonly NamedCost[]): string {
  return formatTable(rows, [
    { title: '', value: ({ name }) => name },
    { title: 'wall s', value: ({ wallSeconds }) => wallSeconds.toFixed(2), align: 'right' },
    { title: 'cpu s', value: ({ cpuSeconds }) => cpuSeconds.toFixed(2), align: 'right' },
    { title: 'peak MB', value: ({ peakMB = 0 }) => peakMB.toFixed(0), align: 'right' },
  ]);
}

function stackTable(rows: readonly Row[], start: number): string {
  const ratio = (seconds: number) => `${(seconds / start).toFixed(1)}`;
  return formatTable(rows, [
    { title: 'stack', value: ({ stack }) => stack },
    { title: 'offline s', value: ({ offline }) => offline.toFixed(2), align: 'right' },
    { title: 'x start', value: ({ offline }) => ratio(offline), align: 'right' },
    { title: 'peak MB', value: ({ peakMB }) => peakMB.toFixed(0), align: 'right' },
    ...(HAS_REAL
      ? [
          { title: 'real s', value: ({ real = 0 }: Row) => real.toFixed(2), align: 'right' as const },
          { title: 'x start', value: ({ real = 0 }: Row) => ratio(real), align: 'right' as const },
        ]
      : []),
  ]);
}

async function run([task, outdir = '', stack = '', providers]: readonly string[]): Promise<void> {
  if (task === undefined) return main();
  const measured = await (task === 'serve'
    ? serveOnce()
    : planOnce(outdir, stack, providers === 'real' ? 'real' : 'local'));
  process.stdout.write(JSON.stringify(measured));
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
