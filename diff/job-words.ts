import { wrap } from '../estate/report/excerpt';
import { REPORT_WIDTH } from '../estate/report/table';
import { compareKeys, groupBy } from '../estate/units';
import type { BundleChange, BundleEdits } from './bundle-edits';
import { HOLDING, QUEUE_EDIT_ROWS, QUEUE_EDITS, type QueueEdit, type QueueEditRow } from './facts/queue';
import type { HeldQueues, JobEdit } from './queue-edits';

/** What an edit does to the objects of clusters, and to jobs. */
export interface ReportedJobs {
  /** Clusters whose objects change, sorted. */
  readonly changes: readonly BundleChange[];
  /** In the order of {@link QUEUE_EDITS}. */
  readonly edits: readonly JobEdit[];
}

/** Edits that nobody has to be told of: what they do is what they are for. */
const EXPECTED: readonly QueueEdit[] = ['nodes-more'];

const TITLE = 'What it does to jobs, when the bundle is applied';

/** Places of one cluster that a list names before it counts the rest. */
const MOST_PLACES = 8;

/** Clusters for which commands are written out. */
const MOST_CLUSTERS = 4;

/** Puts edits of jobs together; undefined where the edit does nothing to any cluster. */
export function reportedJobs({ changes, refused }: BundleEdits, edits: readonly JobEdit[]): ReportedJobs | undefined {
  const all = [...edits, ...refused];
  if (changes.length === 0 && all.length === 0) return undefined;
  const place = ({ edit }: JobEdit) => QUEUE_EDITS.indexOf(edit);
  return { changes, edits: [...all].sort((one, other) => place(one) - place(other)) };
}

interface Told {
  readonly row: QueueEditRow;
  readonly places: readonly string[];
  /** What to run before it, to be copied as it is. */
  readonly commands: readonly string[];
}

/** Commands that hold queues, those of one cluster together; with words in their place where they would be too many. */
function holding(edits: readonly JobEdit[]): readonly string[] {
  const held = groupBy(
    edits.flatMap((each) => (each.held === undefined ? [] : [each.held])),
    ({ cluster }) => cluster,
  );
  const each: HeldQueues[] = [...held].map(([cluster, members]) => ({
    cluster,
    queues: [...new Set(members.flatMap(({ queues }) => queues))].sort(compareKeys),
  }));
  const few = each.length > MOST_CLUSTERS ? [{ cluster: 'CLUSTER', queues: ['QUEUE'] }] : each;
  return few.flatMap(({ cluster, queues }) =>
    HOLDING.commands.map((command) => command.replace('{cluster}', cluster).replace('{queues}', queues.join(' '))),
  );
}

/** Edits of one kind together, with what they are about. */
function told(jobs: ReportedJobs | undefined): readonly Told[] {
  const edits = (jobs?.edits ?? []).filter(({ edit }) => !EXPECTED.includes(edit));
  return [...groupBy(edits, ({ edit }) => edit).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const places = members.map(({ cluster, what }) => (cluster === '' ? what : `${cluster}: ${what}`));
    const rest = places.length - MOST_PLACES;
    const row = QUEUE_EDIT_ROWS[first.edit];
    return [
      {
        row,
        commands: row.isHeld ? holding(members) : [],
        places: rest > 1 ? [...places.slice(0, MOST_PLACES), `… and ${rest} more`] : places,
      },
    ];
  });
}

/** What an edit does to jobs, as lines of a report; none where it does nothing. */
export function jobLines(jobs: ReportedJobs | undefined, isTerminal: boolean): readonly string[] {
  const groups = told(jobs);
  if (groups.length === 0) return [];
  const lines = (text: string) => (isTerminal ? wrap(text, REPORT_WIDTH - 4) : [text]).map((line) => `    ${line}`);
  return [
    TITLE,
    ...groups.flatMap(({ row: { does, way }, places, commands }) => [
      ...places.map((place) => `  ${place}`),
      ...lines(does),
      ...(way === undefined ? [] : lines(`before: ${way}`)),
      ...commands.map((command) => `      ${command}`),
    ]),
  ];
}

/** The same as items of a list in Markdown. */
export function jobItems(jobs: ReportedJobs | undefined): readonly string[] {
  return told(jobs).map(({ row: { does, way }, places, commands }) => {
    const before = way === undefined ? '' : ` Before: ${way}.`;
    const run = commands.map((command) => ` \`${command}\``).join('');
    return `- ${places.map((place) => `\`${place}\``).join(', ')}: ${does}.${before}${run}`;
  });
}

/** The same as keys of the JSON document. */
export function jobsJson({ changes, edits }: ReportedJobs): object {
  return {
    ...(changes.length > 0 && { bundle: changes }),
    ...(edits.length > 0 && {
      jobs: edits.map(({ held, ...each }) => {
        const { does, way, isHeld, measured, source } = QUEUE_EDIT_ROWS[each.edit];
        return {
          ...each,
          does,
          ...(way !== undefined && { way }),
          ...(held !== undefined && isHeld && { run: holding([{ ...each, held }]) }),
          ...(measured !== undefined && { measured }),
          source,
        };
      }),
    }),
  };
}
