import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../cli/app';
import { counted } from '../estate/spec/words';
import { findTerraform } from '../terraform/binary';
import { withScratch } from '../terraform/scratch';
import { NO_CHANGES, promisedChanges } from './changes';
import { makeCertificates } from './echo/certificates';
import { EDITS, type LabEdit, makeEdit } from './edits';
import { nameOf, promise, ROOT, synthesize, writeEstate } from './estates';
import { type EditRun, judge } from './judge';
import { differenceOf, Laboratory, type LabSetting, type StackOutcome } from './laboratory';
import { type LabCloud, type LabOptions, parseOptions } from './options';
import { withoutOwnReads } from './own-reads';
import { type EditRow, type MadeUpRow, problemsOf, type SecondPlanRow, summaries } from './report';
import { sentRequests } from './requests';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Stops starting things when the time of a run is over. */
class Clock {
  private readonly end: number;

  constructor(minutes: number) {
    this.end = performance.now() + minutes * 60_000;
  }

  get isOver(): boolean {
    return performance.now() > this.end;
  }
}

/** Estate files and programs that are applied where none is named: everything that the project shows. */
function defaultEstates(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).filter((file) => /\.yaml$|own-stack\.ts$/.test(file));
  return [join(ROOT, 'estate.yaml'), ...examples.map((file) => join(ROOT, 'examples', file))];
}

/** Applies the stacks of a cloud and plans them again. */
async function applyTwice(
  laboratory: Laboratory,
  estate: string,
  cloud: LabCloud,
  names: readonly string[],
): Promise<SecondPlanRow[]> {
  const applied = await laboratory.apply(names);
  const good = applied.filter(({ error }) => error === undefined);
  const again = new Map(
    (await laboratory.planAgain(good.map(({ stack }) => stack))).map((outcome) => [outcome.stack, outcome]),
  );
  const { unknown } = laboratory.echo;
  return applied.map((outcome): SecondPlanRow => {
    const second = again.get(outcome.stack) ?? outcome;
    const strange = unknown.length > 0 ? `the echo was asked what it does not know: ${unknown[0]}` : undefined;
    return {
      estate,
      cloud,
      stack: outcome.stack,
      made: outcome.changes,
      problem: differenceOf(second) ?? strange,
    };
  });
}

async function secondPlans(options: LabOptions, setting: LabSetting, clock: Clock): Promise<SecondPlanRow[]> {
  const rows: SecondPlanRow[] = [];
  for (const file of options.estates) {
    const name = nameOf(file);
    const outdir = join(setting.folder, name, 'out');
    await synthesize(file, outdir);
    for (const cloud of options.clouds) {
      const laboratory = await Laboratory.open(cloud, name, setting);
      try {
        const names = laboratory.want(outdir);
        if (names.length === 0) continue;
        if (clock.isOver) {
          rows.push({ estate: name, cloud, stack: '', made: NO_CHANGES, problem: 'not run, the time is over' });
          continue;
        }
        say(`${name}, ${cloud}: ${counted(names.length, 'stack')}`);
        const done = await applyTwice(laboratory, name, cloud, names);
        for (const { problem } of done) if (problem !== undefined) say(`  ${problem}`);
        rows.push(...done);
      } finally {
        await laboratory.close();
      }
    }
  }
  return rows;
}

/** Plans states that the local provider made up with the real one, which has to find them as it would have written them. */
async function madeUpPlans(options: LabOptions, setting: LabSetting, clock: Clock): Promise<MadeUpRow[]> {
  const rows: MadeUpRow[] = [];
  for (const file of options.estates) {
    const name = nameOf(file);
    const outdir = join(setting.folder, name, 'out');
    await synthesize(file, outdir);
    for (const cloud of options.clouds) {
      const laboratory = await Laboratory.open(cloud, `made-up-${name}`, setting);
      try {
        const names = laboratory.want(outdir, withoutOwnReads);
        if (names.length === 0 || clock.isOver) continue;
        say(`${name}, ${cloud}, made up: ${counted(names.length, 'stack')}`);
        for (const outcome of await laboratory.planMadeUp(names)) {
          const { stack, changes } = outcome;
          const problem = differenceOf(outcome);
          if (problem !== undefined) say(`  ${problem}`);
          rows.push({ cloud, stack, resources: laboratory.resourcesIn(stack), planned: changes, problem });
        }
      } finally {
        await laboratory.close();
      }
    }
  }
  return rows;
}

/** Makes one edit to what was applied: asks `estate diff`, plans, applies, and plans once more. */
async function makeOne(laboratory: Laboratory, edit: LabEdit, base: string, folder: string): Promise<EditRun> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'estate.yaml');
  await writeEstate(makeEdit(readFileSync(base, 'utf8'), edit), file, base);
  const promised = await promise(base, file);
  const outdir = join(folder, 'out');
  await synthesize(file, outdir);
  laboratory.want(outdir);
  const names = laboratory.changed();
  const before = laboratory.echo.requests.length;
  const applied = await laboratory.apply(names);
  const sent = sentRequests(edit.cloud, laboratory.echo.requests.slice(before));
  const failed = (outcomes: readonly StackOutcome[]) => outcomes.filter(({ error }) => error !== undefined);
  const good = applied.filter(({ error }) => error === undefined).map(({ stack }) => stack);
  const again = await laboratory.planAgain(good);
  const planned = new Map(applied.map(({ stack, changes }) => [stack, changes]));
  const stacks = new Set([...promised.stacks.map(({ stack }) => stack), ...names]);
  return {
    stacks: [...stacks].sort().map((stack) => ({
      stack,
      promised: promisedChanges(promised.stacks.find((each) => each.stack === stack)),
      planned: planned.get(stack) ?? NO_CHANGES,
    })),
    refused: promised.refused,
    errors: failed(applied).flatMap((outcome) => differenceOf(outcome) ?? []),
    sent,
    left: again.flatMap((outcome) => differenceOf(outcome) ?? []),
  };
}

async function editsOf(
  cloud: LabCloud,
  options: LabOptions,
  setting: LabSetting,
  clock: Clock,
): Promise<{ readonly plans: readonly SecondPlanRow[]; readonly edits: readonly EditRow[] }> {
  const wanted = EDITS.filter(
    (edit) => edit.cloud === cloud && (options.edits.named === undefined || edit.name.includes(options.edits.named)),
  );
  if (wanted.length === 0) return { plans: [], edits: [] };
  const name = `lab-${cloud}`;
  const folder = join(setting.folder, name);
  mkdirSync(folder, { recursive: true });
  const base = join(folder, 'estate.yaml');
  await writeEstate(readFileSync(join(__dirname, 'estates', `${cloud}.yaml`), 'utf8'), base);
  const outdir = join(folder, 'out');
  await synthesize(base, outdir);
  const laboratory = await Laboratory.open(cloud, name, setting);
  try {
    say(`the lab's estate, ${cloud}`);
    const plans = await applyTwice(laboratory, name, cloud, laboratory.want(outdir));
    for (const { problem } of plans) if (problem !== undefined) say(`  ${problem}`);
    const [start, documents] = [laboratory.save('start'), laboratory.documents()];
    const edits: EditRow[] = [];
    for (const [index, edit] of wanted.entries()) {
      if (clock.isOver) {
        edits.push({ cloud, name: edit.name, problems: ['not run, the time is over'] });
        continue;
      }
      laboratory.load(start, documents);
      let row: EditRow;
      try {
        const run = await makeOne(laboratory, edit, base, join(folder, `edit-${index}`));
        row = { cloud, name: edit.name, run, problems: judge(run, edit) };
      } catch (error) {
        row = { cloud, name: edit.name, problems: [error instanceof Error ? error.message : String(error)] };
      }
      say(`${cloud}, ${edit.name}: ${row.problems.length === 0 ? 'agrees' : `\n  ${row.problems.join('\n  ')}`}`);
      edits.push(row);
    }
    return { plans, edits };
  } finally {
    await laboratory.close();
  }
}

async function run(options: LabOptions): Promise<number> {
  const clock = new Clock(options.minutes);
  const binary = await findTerraform();
  return withScratch(async (scratch) => {
    const folder = options.keep ?? scratch.folder;
    mkdirSync(folder, { recursive: true });
    const cliConfig = join(folder, 'terraform.rc');
    const mirror = JSON.stringify(options.providers);
    writeFileSync(
      cliConfig,
      `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`,
    );
    const certificates = makeCertificates(join(folder, 'certificates'));
    const setting: LabSetting = { binary, scratch, folder, certificates, cliConfig };
    if (options.madeUp) return tell([], [], await madeUpPlans(options, setting, clock));
    const plans = await secondPlans(options, setting, clock);
    const edits: EditRow[] = [];
    if (options.edits.run) {
      for (const cloud of options.clouds) {
        const done = await editsOf(cloud, options, setting, clock);
        plans.push(...done.plans);
        edits.push(...done.edits);
      }
    }
    return tell(plans, edits, []);
  });
}

/** Prints what came out; returns the exit code. */
function tell(plans: readonly SecondPlanRow[], edits: readonly EditRow[], madeUp: readonly MadeUpRow[]): number {
  const problems = problemsOf(plans, edits, madeUp);
  process.stdout.write(`${[...summaries(plans, edits, madeUp), ...problems].join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

/** Runs the lab; the exit code is 0 when nothing differs and everything agrees. */
async function main(): Promise<void> {
  try {
    process.exitCode = await run(parseOptions(process.argv.slice(2), { estates: defaultEstates() }));
  } catch (error) {
    process.exitCode = report(error);
  }
}

void main();
