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

/** Edits that one line at the end tells of: what they do is what they are for, once the bundle is applied too. */
const EXPECTED: readonly QueueEdit[] = ['nodes-more'];

const MORE = 'Jobs start on more nodes once the bundle is applied, not when the nodes are there';

/** Heading of what edits do to jobs. */
export const JOBS_TITLE = 'What it does to jobs, when the bundle is applied';

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

/** Edits of one kind, together. */
export interface ToldJobs {
  readonly row: QueueEditRow;
  /** What they are about; many are counted at the end. */
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

/** What edits of one kind are about. */
function placesOf(edits: readonly JobEdit[]): readonly string[] {
  const places = edits.map(({ cluster, what }) => (cluster === '' ? what : `${cluster}: ${what}`));
  const rest = places.length - MOST_PLACES;
  return rest > 1 ? [...places.slice(0, MOST_PLACES), `… and ${rest} more`] : places;
}

/** One sentence on more nodes; none where there are none. */
export function moreNodes(
  jobs: ReportedJobs | undefined,
  code: (place: string) => string = (place) => place,
): readonly string[] {
  const edits = (jobs?.edits ?? []).filter(({ edit }) => EXPECTED.includes(edit));
  return edits.length === 0 ? [] : [`${MORE}: ${placesOf(edits).map(code).join(', ')}`];
}

/** Edits of one kind together, with what they are about. */
export function toldJobs(jobs: ReportedJobs | undefined): readonly ToldJobs[] {
  const edits = (jobs?.edits ?? []).filter(({ edit }) => !EXPECTED.includes(edit));
  return [...groupBy(edits, ({ edit }) => edit).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const row = QUEUE_EDIT_ROWS[first.edit];
    return [
      {
        row,
        commands: row.isHeld ? holding(members) : [],
        places: placesOf(members),
      },
    ];
  });
}

/** What an edit does to jobs, as lines of a report; none where it does nothing. */
export function jobLines(jobs: ReportedJobs | undefined, isTerminal: boolean): readonly string[] {
  const groups = toldJobs(jobs);
  const more = moreNodes(jobs).flatMap((text) => (isTerminal ? wrap(text, REPORT_WIDTH) : [text]));
  if (groups.length === 0) return more;
  const lines = (text: string) => (isTerminal ? wrap(text, REPORT_WIDTH - 4) : [text]).map((line) => `    ${line}`);
  return [
    JOBS_TITLE,
    ...groups.flatMap(({ row: { does, way }, places, commands }) => [
      ...places.map((place) => `  ${place}`),
      ...lines(does),
      ...(way === undefined ? [] : lines(`before: ${way}`)),
      ...commands.map((command) => `      ${command}`),
    ]),
    ...more,
  ];
}

/** The same as items of a list in Markdown. */
export function jobItems(jobs: ReportedJobs | undefined): readonly string[] {
  const items = toldJobs(jobs).map(({ row: { does, way }, places, commands }) => {
    const before = way === undefined ? '' : ` Before: ${way}.`;
    const run = commands.map((command) => ` \`${command}\``).join('');
    return `- ${places.map((place) => `\`${place}\``).join(', ')}: ${does}.${before}${run}`;
  });
  return [...items, ...moreNodes(jobs, (place) => `\`${place}\``).map((text) => `- ${text}.`)];
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
