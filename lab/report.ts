import { formatTable } from '../estate/report/table';
import { counted } from '../estate/spec/words';
import { type Changes, countsOf, together } from './changes';
import type { EditRun } from './judge';
import type { LabCloud } from './options';

/** A stack that was applied and planned again. */
export interface SecondPlanRow {
  readonly estate: string;
  readonly cloud: LabCloud;
  readonly stack: string;
  /** What the apply made. */
  readonly made: Changes;
  /** What is wrong: an error, or what the second plan would change. @default nothing */
  readonly problem?: string;
}

/** An edit that was made. */
export interface EditRow {
  readonly cloud: LabCloud;
  readonly name: string;
  readonly run?: EditRun;
  readonly problems: readonly string[];
}

/** A state that the local provider made up, as the real provider plans it. */
export interface MadeUpRow {
  readonly cloud: LabCloud;
  readonly stack: string;
  readonly resources: number;
  readonly planned: Changes;
  /** @default nothing is wrong */
  readonly problem?: string;
}

const verdict = (problem: string | undefined) => (problem === undefined ? 'no changes' : 'DIFFERS');

/** The table of second plans. */
export function secondPlanTable(rows: readonly SecondPlanRow[]): string {
  return formatTable(rows, [
    { title: 'estate', value: ({ estate }) => estate },
    { title: 'cloud', value: ({ cloud }) => cloud },
    { title: 'stack', value: ({ stack }) => stack },
    { title: 'made', value: ({ made }) => made.created.length },
    { title: 'second plan', value: ({ problem }) => verdict(problem) },
  ]);
}

/** The table of edits: what is promised, planned and sent. */
export function editTable(rows: readonly EditRow[]): string {
  const counts = (run: EditRun | undefined, kind: 'promised' | 'planned') =>
    run === undefined ? '' : countsOf(together(run.stacks.map((stack) => stack[kind])));
  return formatTable(rows, [
    { title: 'cloud', value: ({ cloud }) => cloud },
    { title: 'edit', value: ({ name }) => name },
    { title: 'estate diff c/u/r/d', value: ({ run }) => counts(run, 'promised') },
    { title: 'provider c/u/r/d', value: ({ run }) => counts(run, 'planned') },
    {
      title: 'sent c/u/d',
      value: ({ run }) =>
        run === undefined
          ? ''
          : [run.sent.create, run.sent.update, run.sent.delete].map((sent) => sent.length).join('/'),
    },
    { title: 'refused', value: ({ run }) => (run?.refused ? 'yes' : '') },
    { title: '', value: ({ problems }) => (problems.length === 0 ? 'agrees' : 'DISAGREES') },
  ]);
}

/** The table of made-up states. */
export function madeUpTable(rows: readonly MadeUpRow[]): string {
  return formatTable(rows, [
    { title: 'cloud', value: ({ cloud }) => cloud },
    { title: 'stack', value: ({ stack }) => stack },
    { title: 'resources', value: ({ resources }) => resources },
    { title: 'changes c/u/r/d', value: ({ planned }) => countsOf(planned) },
    { title: 'real provider', value: ({ problem }) => verdict(problem) },
  ]);
}

/** The tables, each with its figures below it. */
export function summaries(
  plans: readonly SecondPlanRow[],
  edits: readonly EditRow[],
  madeUp: readonly MadeUpRow[],
): string[] {
  const good = (rows: readonly { readonly problem?: string }[]) => rows.filter(({ problem }) => problem === undefined);
  const made = plans.reduce((sum, row) => sum + row.made.created.length, 0);
  const resources = madeUp.reduce((sum, row) => sum + row.resources, 0);
  const agreeing = edits.filter(({ problems }) => problems.length === 0);
  return [
    ...(plans.length > 0
      ? [
          secondPlanTable(plans),
          `"No changes" at the second plan: ${good(plans).length} of ${counted(plans.length, 'stack')}, ${counted(made, 'resource')}`,
        ]
      : []),
    ...(edits.length > 0
      ? ['', editTable(edits), `agreeing: ${agreeing.length} of ${counted(edits.length, 'edit')}`]
      : []),
    ...(madeUp.length > 0
      ? [
          madeUpTable(madeUp),
          `made-up states without changes: ${good(madeUp).length} of ${counted(madeUp.length, 'stack')}, ${counted(resources, 'resource')}`,
        ]
      : []),
  ];
}

/** Everything that is wrong, in words. */
export function problemsOf(
  plans: readonly SecondPlanRow[],
  edits: readonly EditRow[],
  madeUp: readonly MadeUpRow[],
): string[] {
  return [
    ...plans.flatMap(({ estate, problem }) => (problem === undefined ? [] : [`${estate}: ${problem}`])),
    ...edits.flatMap(({ cloud, name, problems }) => problems.map((problem) => `${cloud}, ${name}: ${problem}`)),
    ...madeUp.flatMap(({ problem }) => (problem === undefined ? [] : [`made up: ${problem}`])),
  ];
}
