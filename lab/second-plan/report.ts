import { formatTable } from '../../estate/report/table';
import { counted } from '../../estate/spec/words';
import type { LabPart } from '../lab';
import { type Changes, countsOf, together } from './changes';
import type { EditRun } from './judge';

/** A stack that was applied and planned again. */
export interface SecondPlanRow {
  readonly estate: string;
  readonly stack: string;
  /** What the apply made. */
  readonly made: Changes;
  /** What is wrong: an error, or what the second plan would change. @default nothing */
  readonly problem?: string;
}

/** An edit that was made. */
export interface EditRow {
  readonly name: string;
  readonly run?: EditRun;
  readonly problems: readonly string[];
}

/** A state that the local provider made up, as the real provider plans it. */
export interface MadeUpRow {
  readonly stack: string;
  readonly resources: number;
  readonly planned: Changes;
  /** @default nothing is wrong */
  readonly problem?: string;
}

/** What a part of the lab says, without what it was run with. */
export type Told = Omit<LabPart, 'versions'>;

const verdict = (problem: string | undefined) => (problem === undefined ? 'no changes' : 'DIFFERS');

const good = <Row extends { readonly problem?: string }>(rows: readonly Row[]) =>
  rows.filter(({ problem }) => problem === undefined).length;

const problemsOf = (rows: readonly { readonly problem?: string }[]) => rows.flatMap(({ problem }) => problem ?? []);

/** The second plans of the stacks of one estate in one cloud. */
export function toldSecondPlans(name: string, rows: readonly SecondPlanRow[]): Told {
  const made = rows.reduce((sum, row) => sum + row.made.created.length, 0);
  return {
    name,
    result: `"No changes" at the second plan: ${good(rows)} of ${counted(rows.length, 'stack')}, ${counted(made, 'resource')}`,
    tables: [
      formatTable(rows, [
        { title: 'stack', value: ({ stack }) => stack },
        { title: 'made', value: (row) => row.made.created.length },
        { title: 'second plan', value: ({ problem }) => verdict(problem) },
      ]),
    ],
    problems: problemsOf(rows),
  };
}

/** The edits of one cloud: what is promised, planned and sent. */
export function toldEdits(name: string, plans: readonly SecondPlanRow[], rows: readonly EditRow[]): Told {
  const counts = (run: EditRun | undefined, kind: 'promised' | 'planned') =>
    run === undefined ? '' : countsOf(together(run.stacks.map((stack) => stack[kind])));
  const agreeing = rows.filter(({ problems }) => problems.length === 0);
  return {
    name,
    result: `promise, plan and requests agree for ${agreeing.length} of ${counted(rows.length, 'edit')}`,
    tables: [
      formatTable(rows, [
        { title: 'edit', value: (row) => row.name },
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
      ]),
    ],
    problems: [
      ...problemsOf(plans),
      ...rows.flatMap((row) => row.problems.map((problem) => `${row.name}: ${problem}`)),
    ],
    notes: ['c/u/r/d: created, updated, replaced, destroyed; sent c/u/d: requests that create, update, delete'],
  };
}

/** The made-up states of one estate in one cloud, as the real provider plans them. */
export function toldMadeUp(name: string, rows: readonly MadeUpRow[]): Told {
  const resources = rows.reduce((sum, row) => sum + row.resources, 0);
  return {
    name,
    result: `made-up states without changes: ${good(rows)} of ${counted(rows.length, 'stack')}, ${counted(resources, 'resource')}`,
    tables: [
      formatTable(rows, [
        { title: 'stack', value: ({ stack }) => stack },
        { title: 'resources', value: ({ resources: count }) => count },
        { title: 'changes c/u/r/d', value: ({ planned }) => countsOf(planned) },
        { title: 'real provider', value: ({ problem }) => verdict(problem) },
      ]),
    ],
    problems: problemsOf(rows),
  };
}
