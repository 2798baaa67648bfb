import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../estate/spec/words';
import type { LabCloud } from '../clouds';
import { nameOf, promise, synthesize, writeEstate } from '../estates';
import { NO_CHANGES, promisedChanges } from './changes';
import { EDITS, type LabEdit, makeEdit } from './edits';
import { type EditRun, judge } from './judge';
import { differenceOf, Laboratory, type LabSetting, type StackOutcome } from './laboratory';
import { withoutOwnReads } from './own-reads';
import type { EditRow, MadeUpRow, SecondPlanRow } from './report';
import { sentRequests } from './requests';

/** Tells the person at the terminal what goes on. */
export const say = (text: string) => process.stderr.write(`${text}\n`);

/** Stops starting things when the time of a run is over. */
export class Clock {
  private readonly end: number;

  constructor(minutes: number) {
    this.end = performance.now() + minutes * 60_000;
  }

  get isOver(): boolean {
    return performance.now() > this.end;
  }
}

/** Applies the stacks of a cloud and plans them again. */
async function applyTwice(laboratory: Laboratory, estate: string, names: readonly string[]): Promise<SecondPlanRow[]> {
  const applied = await laboratory.apply(names);
  const good = applied.filter(({ error }) => error === undefined);
  const again = new Map(
    (await laboratory.planAgain(good.map(({ stack }) => stack))).map((outcome) => [outcome.stack, outcome]),
  );
  const { unknown } = laboratory.echo;
  return applied.map((outcome): SecondPlanRow => {
    const second = again.get(outcome.stack) ?? outcome;
    const strange = unknown.length > 0 ? `the echo was asked what it does not know: ${unknown[0]}` : undefined;
    const problem = differenceOf(second) ?? strange;
    if (problem !== undefined) say(`  ${problem}`);
    return { estate, stack: outcome.stack, made: outcome.changes, ...(problem !== undefined && { problem }) };
  });
}

/** Applies the stacks that an estate has in a cloud and plans them again; none where it has no stack there. */
export async function secondPlans(
  file: string,
  outdir: string,
  cloud: LabCloud,
  setting: LabSetting,
): Promise<SecondPlanRow[]> {
  const name = nameOf(file);
  const laboratory = await Laboratory.open(cloud, name, setting);
  try {
    const names = laboratory.want(outdir);
    if (names.length === 0) return [];
    say(`${name}, ${cloud}: ${counted(names.length, 'stack')}`);
    return await applyTwice(laboratory, name, names);
  } finally {
    await laboratory.close();
  }
}

/** Plans states that the local provider made up with the real one, which has to find them as it would have written them. */
export async function madeUpPlans(
  file: string,
  outdir: string,
  cloud: LabCloud,
  setting: LabSetting,
): Promise<MadeUpRow[]> {
  const name = nameOf(file);
  const laboratory = await Laboratory.open(cloud, `made-up-${name}`, setting);
  try {
    const names = laboratory.want(outdir, withoutOwnReads);
    if (names.length === 0) return [];
    say(`${name}, ${cloud}, made up: ${counted(names.length, 'stack')}`);
    const outcomes = await laboratory.planMadeUp(names);
    return outcomes.map((outcome): MadeUpRow => {
      const { stack, changes } = outcome;
      const problem = differenceOf(outcome);
      if (problem !== undefined) say(`  ${problem}`);
      const resources = laboratory.resourcesIn(stack);
      return { stack, resources, planned: changes, ...(problem !== undefined && { problem }) };
    });
  } finally {
    await laboratory.close();
  }
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

/** Makes the edits of a cloud, each from the same start. */
export async function makeEdits(
  cloud: LabCloud,
  named: string | undefined,
  setting: LabSetting,
  clock: Clock,
): Promise<{ readonly plans: readonly SecondPlanRow[]; readonly edits: readonly EditRow[] }> {
  const wanted = EDITS.filter((edit) => edit.cloud === cloud && (named === undefined || edit.name.includes(named)));
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
    const plans = await applyTwice(laboratory, name, laboratory.want(outdir));
    const [start, documents] = [laboratory.save('start'), laboratory.documents()];
    const edits: EditRow[] = [];
    for (const [index, edit] of wanted.entries()) {
      if (clock.isOver) {
        edits.push({ name: edit.name, problems: ['not run, the time is over'] });
        continue;
      }
      laboratory.load(start, documents);
      let row: EditRow;
      try {
        const run = await makeOne(laboratory, edit, base, join(folder, `edit-${index}`));
        row = { name: edit.name, run, problems: judge(run, edit) };
      } catch (error) {
        row = { name: edit.name, problems: [error instanceof Error ? error.message : String(error)] };
      }
      say(`${cloud}, ${edit.name}: ${row.problems.length === 0 ? 'agrees' : `\n  ${row.problems.join('\n  ')}`}`);
      edits.push(row);
    }
    return { plans, edits };
  } finally {
    await laboratory.close();
  }
}
