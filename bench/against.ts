import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatTable } from '../estate/report/table';
import { type Cost, measure, median } from './measure';

const ROOT = join(__dirname, '..');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);

/** A command that is measured in both releases, each with the estate of its own checkout. */
interface Compared {
  readonly name: string;
  /** Arguments, in which FILE is the estate, and BASE what it was before an edit. */
  readonly args: readonly string[];
  /** The estate, by its path in a checkout. @default estate.yaml */
  readonly estate?: string;
  /** Whether a pool grows by one more rack before each run, and the estate is locked again. @default false */
  readonly isEdited?: boolean;
  /** How it is laid out. @default as a checkout and as installed */
  readonly layouts?: readonly Layout[];
  /** Arguments that only this release knows. */
  readonly own?: readonly string[];
}

type Layout = 'checkout' | 'installed';

const FRONTIER = { estate: 'examples/frontier.yaml', layouts: ['installed'] as const };

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
  { name: 'plan, nothing known', args: ['plan', '--offline', '--file', 'FILE'], own: ['--no-cache'] },
  { name: 'plan again', args: ['plan', '--offline', '--file', 'FILE'] },
  { name: 'frontier: synth, nothing known', args: ['synth', 'FILE'], own: ['--no-cache'], ...FRONTIER },
  { name: 'frontier: synth after an edit', args: ['synth', 'FILE'], isEdited: true, ...FRONTIER },
  { name: 'frontier: diff after an edit', args: ['diff', 'BASE', 'FILE'], isEdited: true, ...FRONTIER },
  { name: 'frontier: plan after an edit', args: ['plan', '--offline', '--file', 'FILE'], isEdited: true, ...FRONTIER },
];

/** A release to run: its command line, and its checkout. */
interface Release {
  readonly bin: string;
  readonly checkout: string;
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
      for (const layout of command.layouts ?? (['checkout', 'installed'] as const)) {
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
  return {
    checkout: { bin: join(checkout, 'bin/estate.js'), checkout },
    installed: { bin: join(folder, 'bin/estate.js'), checkout },
  };
}

/** What a pool of the frontier example has, and what it is edited to: nothing is lost, and each run edits anew. */
const RACKS = 140;

/** The estate of a release in a folder of its own, where an edit is made with more racks than the last. */
class Estate {
  private readonly folder: string;
  private racks = RACKS;

  constructor(
    private readonly release: Release,
    private readonly path: string,
    scratch: string,
  ) {
    this.folder = mkdtempSync(join(scratch, 'estate-'));
    for (const name of ['base', 'next'])
      for (const suffix of ['.yaml', '.lock.json'])
        cpSync(join(release.checkout, path.replace(/\.yaml$/, suffix)), join(this.folder, `${name}${suffix}`));
  }

  /** The arguments of a command, with the names of its files. */
  arguments(args: readonly string[]): string[] {
    const files: Readonly<Record<string, string>> = {
      FILE: join(this.folder, 'next.yaml'),
      BASE: join(this.folder, 'base.yaml'),
    };
    return args.map((each) => files[each] ?? each);
  }

  edit(): void {
    this.racks += 1;
    const text = readFileSync(join(this.release.checkout, this.path), 'utf8');
    const [file = ''] = this.arguments(['FILE']);
    writeFileSync(file, text.replace(`racks: ${RACKS}`, `racks: ${this.racks}`));
    execFileSync(process.execPath, [this.release.bin, 'lock', file], { stdio: 'ignore' });
  }
}

async function compare(
  { name, args, own = [], estate = 'estate.yaml', isEdited = false }: Compared,
  layout: string,
  [base, here]: readonly [Release, Release],
  scratch: string,
): Promise<Row> {
  const estates = new Map([base, here].map((release) => [release, new Estate(release, estate, scratch)]));
  const run = (release: Release, more: readonly string[], isFirst = false) => {
    const own = estates.get(release) ?? new Estate(release, estate, scratch);
    if (isEdited && !isFirst) own.edit();
    return measure({
      name,
      command: [process.execPath, release.bin, ...own.arguments(args), ...more],
      cwd: scratch,
      env: { ESTATE_CACHE: join(scratch, 'cache'), CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: undefined },
    });
  };
  // Once before, so that what is kept is there.
  await run(base, [], true);
  await run(here, own, true);
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
