import { type Difference, type DifferenceSubject, SUBJECTS } from './compare';

/** What a report is made from. */
export interface ReportInput {
  /** The releases that are compared. */
  readonly provider: string;
  readonly before: string;
  readonly after: string;
  readonly differences: readonly Difference[];
  /** Types, and arguments as `TYPE PATH`, that the constructs give. */
  readonly emitted: ReadonlySet<string>;
  /** Facts of this project, as `FILE: TYPE PATH`, whose paths are gone. */
  readonly gone: readonly string[];
  readonly types: number;
  /** Questions that got no answer, by type and kind. */
  readonly skipped: readonly string[];
}

/** Longest list of what no construct gives: the whole of it is in the recordings. */
const MOST_ROWS = 150;

const LONGEST_CELL = 160;

const MEANING: Readonly<Record<DifferenceSubject, string>> = {
  types: 'Resource types that came or went',
  'data sources': 'Data sources that came or went',
  arguments: 'Arguments that came, went, or are of another kind',
  deprecated: 'What the provider warns of',
  replacements: 'Changes that replace a resource',
  'replacements of some changes': 'Changes of which only some replace a resource',
  relations: 'What excludes or needs what',
  defaults: 'Defaults',
  'accepted values': 'Values that are accepted',
};

function cell(text: string | undefined): string {
  if (text === undefined) return '';
  const short = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  return `\`${short.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}

/** Whether the constructs give what a difference is about; paths of groups are several. */
export function isEmitted({ type, path }: Difference, emitted: ReadonlySet<string>): boolean {
  if (path === '') return emitted.has(type);
  return path.split(' | ').some((each) => emitted.has(`${type} ${each.replace(/\[\]$/, '')}`));
}

function table(rows: readonly Difference[]): string[] {
  return [
    '| type | argument | was | is |',
    '|---|---|---|---|',
    ...rows.map(
      ({ type, path, was, now }) =>
        `| ${cell(type)} | ${path === '' ? '' : cell(path)} | ${cell(was)} | ${cell(now)} |`,
    ),
  ];
}

function section(title: string, rows: readonly Difference[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_ROWS);
  const more = rows.length > shown.length ? ['', `And ${rows.length - shown.length} more.`] : [];
  return ['', `### ${title} (${rows.length})`, '', ...table(shown), ...more];
}

/** Arguments that a block newly needs: without them no plan succeeds. */
function needed({ differences, emitted }: ReportInput): Difference[] {
  return differences.filter(
    ({ subject, type, was, now }) =>
      subject === 'arguments' &&
      emitted.has(type) &&
      now !== undefined &&
      isNeeded(now) &&
      !(was !== undefined && isNeeded(was)),
  );
}

function isNeeded(fact: string): boolean {
  return fact.startsWith('required') || /^blocks \(\w+, [1-9]/.test(fact);
}

/** The report of a recording, as Markdown. */
export function reportOf(input: ReportInput): string {
  const { provider, before, after, differences, emitted, gone, types, skipped } = input;
  const own = new Set([...differences.filter((each) => isEmitted(each, emitted)), ...needed(input)]);
  const mine = differences.filter((each) => own.has(each));
  const others = differences.filter((each) => !own.has(each));
  const counts = SUBJECTS.map((subject) => {
    const all = differences.filter((each) => each.subject === subject);
    return `| ${MEANING[subject]} | ${all.length} | ${all.filter((each) => own.has(each)).length} |`;
  });
  const sections = (rows: readonly Difference[]) =>
    SUBJECTS.flatMap((subject) =>
      section(
        MEANING[subject],
        rows.filter((each) => each.subject === subject),
      ),
    );
  return [
    `# ${provider} ${after}, compared with ${before}`,
    '',
    `${types} resource types were asked about. ${before === after ? 'The same release, recorded before and now.' : ''}`.trim(),
    '',
    '| what differs | in all | of it in what the constructs write |',
    '|---|---|---|',
    ...counts,
    '',
    '## What the constructs write',
    ...(mine.length === 0 ? ['', 'Nothing of it differs.'] : sections(mine)),
    '',
    '## Facts of this project whose paths are gone',
    '',
    ...(gone.length === 0 ? ['None.'] : gone.map((each) => `- \`${each}\``)),
    '',
    '## Questions without an answer',
    '',
    ...(skipped.length === 0 ? ['None.'] : skipped.map((each) => `- ${each}`)),
    '',
    '## Everything else',
    ...(others.length === 0 ? ['', 'Nothing else differs.'] : sections(others)),
    '',
  ].join('\n');
}
