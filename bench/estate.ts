import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { updateLock } from '../cli/lock';
import { parseLock } from '../estate/plan/lock';
import { resolve } from '../estate/plan/resolve';
import { formatTable } from '../estate/report/table';
import { checkRules } from '../estate/spec/check';
import { lockPathOf } from '../estate/spec/load';
import { estateSchema } from '../estate/spec/schema';
import { parseSource } from '../estate/spec/source';
import { deepFreeze, formatCount } from '../estate/units';
import { largeEstate } from './large-estate';
import { inFreshProcess, median } from './measure';

const SIZES = [10, 30, 100, 300, 1000];
/** Clusters, and file systems of each one on Oracle, that make more than 10,000 keys in a lock file. */
const LOCKED = [1000, 32] as const;
const RUNS = Number(process.env.BENCH_RUNS ?? 5);

const PHASES = ['parse', 'schema', 'rules', 'plan'] as const;

/** Milliseconds of each step from the text of an estate file to its plan. */
type Phases = Readonly<Record<(typeof PHASES)[number], number>>;

/** One size of the estate, measured. */
interface Row {
  readonly clusters: number;
  readonly kilobytes: number;
  readonly cold: Phases;
  readonly total: number;
}

/** Takes the steps of `estate validate` one by one, in a process that has done nothing before. */
function measurePhases(file: string): Phases {
  const times: number[] = [];
  const timed = <T>(step: () => T): T => {
    const start = process.hrtime.bigint();
    const value = step();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    return value;
  };
  const lockPath = lockPathOf(file);
  const { value, positions } = timed(() => parseSource(readFileSync(file, 'utf8'), file));
  const estate = timed(() => deepFreeze(estateSchema.parse(value)));
  timed(() => checkRules(estate, positions));
  timed(() => {
    const lock = parseLock(readFileSync(lockPath, 'utf8'), lockPath);
    return resolve(estate, lock, { estate: file, lock: lockPath });
  });
  const [parse = 0, schema = 0, rules = 0, plan = 0] = times;
  return { parse, schema, rules, plan };
}

/** Medians over several fresh processes. */
function measureFresh(clusters: number, folder: string): Row {
  const file = join(folder, `estate-${clusters}.yaml`);
  writeFileSync(file, largeEstate(clusters));
  updateLock(file, { check: false, prune: false });
  const runs = Array.from({ length: RUNS }, () => inFreshProcess<Phases>(__filename, 'phases', file));
  const cold = {
    parse: median(runs.map(({ parse }) => parse)),
    schema: median(runs.map(({ schema }) => schema)),
    rules: median(runs.map(({ rules }) => rules)),
    plan: median(runs.map(({ plan }) => plan)),
  };
  const total = PHASES.reduce((sum, phase) => sum + cold[phase], 0);
  return { clusters, kilobytes: statSync(file).size / 1000, cold, total };
}

/** Milliseconds of `estate lock` where nothing is locked yet, without the start of the program. */
function measureLock(file: string): { readonly keys: number; readonly milliseconds: number } {
  rmSync(lockPathOf(file), { force: true });
  const start = process.hrtime.bigint();
  const { addresses } = updateLock(file, { check: false, prune: false });
  return { keys: addresses, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
}

/** How cost grows with size: 1 is linear. The slope of the fitted line through the logarithms of both. */
function exponent(rows: readonly Row[]): number {
  const points = rows.map(({ clusters, total }) => [Math.log(clusters), Math.log(total)] as const);
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0);
  return covariance / points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
}

function report(rows: readonly Row[]): string {
  const right = 'right' as const;
  const share = (phase: keyof Phases) => ({
    title: phase,
    value: ({ cold, total }: Row) => `${Math.round((100 * cold[phase]) / total)}%`,
    align: right,
  });
  return formatTable(rows, [
    { title: 'clusters', value: ({ clusters }) => formatCount(clusters), align: right },
    { title: 'KB', value: ({ kilobytes }) => formatCount(Math.round(kilobytes)), align: right },
    { title: 'validate + plan ms', value: ({ total }) => total.toFixed(0), align: right },
    ...PHASES.map(share),
  ]);
}

/** Measures what estates of many sizes cost to validate and plan, and what a large lock file costs to write. */
function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'estate-bench-'));
  try {
    const rows = SIZES.map((clusters) => measureFresh(clusters, folder));
    const large = join(folder, 'lock.yaml');
    writeFileSync(large, largeEstate(...LOCKED));
    const locks = Array.from({ length: RUNS }, () =>
      inFreshProcess<ReturnType<typeof measureLock>>(__filename, 'lock', large),
    );
    const lock = median(locks.map(({ milliseconds }) => milliseconds));
    process.stdout.write(
      [
        `median of ${RUNS} fresh processes, their start not counted`,
        report(rows),
        `cost grows with clusters to the power of ${exponent(rows).toFixed(2)}, ${exponent(rows.slice(-3)).toFixed(2)} from ${SIZES.at(-3)} on`,
        `estate lock of ${formatCount(locks[0]?.keys ?? 0)} new keys: ${lock.toFixed(0)} ms`,
        '',
      ].join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , task, file] = process.argv;
if (task === undefined || file === undefined) main();
else process.stdout.write(JSON.stringify(task === 'lock' ? measureLock(file) : measurePhases(file)));
