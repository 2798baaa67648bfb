import { wrap } from '../estate/report/excerpt';
import { REPORT_WIDTH } from '../estate/report/table';
import { groupBy } from '../estate/units';
import type { BundleChange, BundleEdits } from './bundle-edits';
import { QUEUE_EDIT_ROWS, QUEUE_EDITS, type QueueEdit, type QueueEditRow } from './facts/queue';
import type { JobEdit } from './queue-edits';

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
}

/** Edits of one kind together, with what they are about. */
function told(jobs: ReportedJobs | undefined): readonly Told[] {
  const edits = (jobs?.edits ?? []).filter(({ edit }) => !EXPECTED.includes(edit));
  return [...groupBy(edits, ({ edit }) => edit).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const places = members.map(({ cluster, what }) => (cluster === '' ? what : `${cluster}: ${what}`));
    const rest = places.length - MOST_PLACES;
    return [
      {
        row: QUEUE_EDIT_ROWS[first.edit],
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
    ...groups.flatMap(({ row: { does, way }, places }) => [
      ...places.map((place) => `  ${place}`),
      ...lines(does),
      ...(way === undefined ? [] : lines(`before: ${way}`)),
    ]),
  ];
}

/** The same as items of a list in Markdown. */
export function jobItems(jobs: ReportedJobs | undefined): readonly string[] {
  return told(jobs).map(({ row: { does, way }, places }) => {
    const before = way === undefined ? '' : ` Before: ${way}.`;
    return `- ${places.map((place) => `\`${place}\``).join(', ')}: ${does}.${before}`;
  });
}

/** The same as keys of the JSON document. */
export function jobsJson({ changes, edits }: ReportedJobs): object {
  return {
    ...(changes.length > 0 && { bundle: changes }),
    ...(edits.length > 0 && {
      jobs: edits.map((each) => {
        const { does, way, measured, source } = QUEUE_EDIT_ROWS[each.edit];
        return {
          ...each,
          does,
          ...(way !== undefined && { way }),
          ...(measured !== undefined && { measured }),
          source,
        };
      }),
    }),
  };
}
