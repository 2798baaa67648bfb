import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatTable } from '../estate/report/table';
import { type Cost, measure, median } from './measure';

const ROOT = join(__dirname, '..');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);

/** A command that is measured in both releases, each with the estate of its own checkout. */
interface Compared {
  readonly name: string;
  /** Arguments, in which FILE is the estate. */
  readonly args: readonly string[];
  /** Arguments that only this release knows. */
  readonly own?: readonly string[];
}

const ONE_STACK = ['plan', '--offline', '--file', 'FILE', '--stack', 'atlas-iowa-network'];

const COMMANDS: readonly Compared[] = [
  { name: 'validate', args: ['validate', 'FILE'] },
  { name: 'show', args: ['show', 'capacity', 'FILE'] },
  { name: 'lock', args: ['lock', '--check', 'FILE'] },
  { name: 'explain', args: ['explain', 'clusters.virginia', 'FILE'] },
  { name: 'synth, nothing known', args: ['synth', 'FILE'], own: ['--no-cache'] },
  { name: 'synth again', args: ['synth', 'FILE'] },
  { name: 'plan of one stack, nothing known', args: ONE_STACK, own: ['--no-cache'] },
  { name: 'plan of one stack again', args: ONE_STACK },
];

/** A release to run: its command line, and the estate of its checkout. */
interface Release {
  readonly bin: string;
  readonly file: string;
}

/** One command in one layout, measured in both releases by turns. */
interface Row {
  readonly name: string;
  readonly layout: string;
  readonly base: Cost;
  readonly here: Cost;
  readonly ratio: number;
}

/** A checkout, and the same laid out as it is installed. */
interface Layouts {
  readonly checkout: Release;
  readonly installed: Release;
}

/**
 * Compares this checkout with another one: `npm run bench:against -- REVISION [PART OF A NAME]`.
 *
 * In place of a revision, the folder of a checkout with packages of its own may be named; a revision takes those that are
 * installed here.
 */
async function main([base = 'HEAD', part = '']: readonly string[]): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'estate-bench-'));
  try {
    const other = existsSync(base) ? resolve(base) : checkOut(base, scratch);
    const releases = { base: layOut(other, join(scratch, 'base')), here: layOut(ROOT, join(scratch, 'here')) };
    const rows: Row[] = [];
    for (const command of COMMANDS.filter(({ name }) => name.includes(part))) {
      for (const layout of ['checkout', 'installed'] as const) {
        const pair = [releases.base[layout], releases.here[layout]] as const;
        rows.push(await compare(command, layout, pair, scratch));
      }
    }
    process.stdout.write(`${report(rows, base)}\n`);
  } finally {
    execFileSync('git', ['worktree', 'prune'], { cwd: ROOT });
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkOut(revision: string, scratch: string): string {
  const folder = join(scratch, 'checkout');
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', folder, revision], { cwd: ROOT });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  cpSync(join(ROOT, '.gen'), join(folder, '.gen'), { recursive: true });
  return folder;
}

/** Builds a checkout and lays out what it publishes in a folder, beside its packages. */
function layOut(checkout: string, folder: string): Layouts {
  mkdirSync(folder);
  const built = existsSync(join(checkout, 'dist')) ? join(folder, 'kept') : undefined;
  if (built !== undefined) cpSync(join(checkout, 'dist'), built, { recursive: true });
  execFileSync('npm', ['run', 'build'], { cwd: checkout, stdio: 'ignore' });
  const { files }: { files: readonly string[] } = require(join(checkout, 'package.json'));
  for (const name of ['package.json', ...files].filter((file) => existsSync(join(checkout, file))))
    cpSync(join(checkout, name), join(folder, name), { recursive: true });
  rmSync(join(checkout, 'dist'), { recursive: true });
  if (built !== undefined) cpSync(built, join(checkout, 'dist'), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const file = join(checkout, 'estate.yaml');
  return {
    checkout: { bin: join(checkout, 'bin/estate.js'), file },
    installed: { bin: join(folder, 'bin/estate.js'), file },
  };
}

async function compare(
  { name, args, own = [] }: Compared,
  layout: string,
  [base, here]: readonly [Release, Release],
  scratch: string,
): Promise<Row> {
  const run = ({ bin, file }: Release, more: readonly string[]) =>
    measure({
      name,
      command: [process.execPath, bin, ...args.map((each) => (each === 'FILE' ? file : each)), ...more],
      cwd: scratch,
      env: { ESTATE_CACHE: join(scratch, 'cache'), CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined },
    });
  // Once before, so that what is kept is there.
  await run(base, []);
  await run(here, own);
  const pairs: (readonly [Cost, Cost])[] = [];
  for (let count = 0; count < RUNS; count++) pairs.push([await run(base, []), await run(here, own)]);
  return {
    name,
    layout,
    base: middle(pairs.map(([cost]) => cost)),
    here: middle(pairs.map(([, cost]) => cost)),
    ratio: median(pairs.map(([one, other]) => other.cpuSeconds / one.cpuSeconds)),
  };
}

function middle(costs: readonly Cost[]): Cost {
  return {
    wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMB: median(costs.map(({ peakMB = 0 }) => peakMB)),
  };
}

function report(rows: readonly Row[], base: string): string {
  const right = 'right' as const;
  return formatTable(rows, [
    { title: `median of ${RUNS} pairs`, value: ({ name }) => name },
    { title: 'layout', value: ({ layout }) => layout },
    { title: `${base} cpu s`, value: (row) => row.base.cpuSeconds.toFixed(3), align: right },
    { title: 'cpu s', value: (row) => row.here.cpuSeconds.toFixed(3), align: right },
    { title: 'ratio', value: ({ ratio }) => ratio.toFixed(2), align: right },
    { title: 'peak MB before', value: (row) => (row.base.peakMB ?? 0).toFixed(0), align: right },
    { title: 'peak MB', value: (row) => (row.here.peakMB ?? 0).toFixed(0), align: right },
  ]);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
