import type { Cloud } from '../../estate/catalog';
import { wrap } from '../../estate/report/excerpt';
import { REPORT_WIDTH } from '../../estate/report/table';
import { counted } from '../../estate/spec/words';
import { formatCount } from '../../estate/units';
import type { FactRow } from './fact-row';
import { behind, needsOf } from './needs';

/** Which rows are listed. */
export interface Choice {
  /** The month that it is, YYYY-MM. */
  readonly month: string;
  /** Age in months from which a row counts as old. */
  readonly months: number;
  /** @default every cloud, and what is of none */
  readonly cloud?: Cloud;
  /** Whether only what is assumed is listed. @default also what is old */
  readonly onlyUnverified?: boolean;
  /** Texts that the file or the name of a row holds, all of them. @default none */
  readonly words?: readonly string[];
}

/** A row that is looked at again. */
export interface ListedRow extends FactRow {
  /** Months since it was read, or since what it is about came out. */
  readonly age: number;
  /** Whether it is old, or was read before the newest release of a provider was recorded. */
  readonly isOld: boolean;
  /** What says so of the release. @default it names none, or the newest */
  readonly behind?: string;
  readonly needs: readonly string[];
}

/** The rows of one file. */
export interface ListedFile {
  readonly file: string;
  /** All its rows that were asked for, listed or not. */
  readonly rows: number;
  readonly old: number;
  readonly unverified: number;
}

/** The list of `npm run stale`. */
export interface StaleList {
  readonly month: string;
  readonly months: number;
  readonly rows: number;
  readonly old: number;
  readonly unverified: number;
  /** The month in which the oldest row was read. @default there is none */
  readonly oldest?: string;
  /** Files with something to look at, the oldest row first. */
  readonly files: readonly ListedFile[];
  /** Rows to look at, by file, the oldest first. */
  readonly listed: readonly ListedRow[];
}

/** Months from one month to another one, both YYYY-MM. */
export function monthsBetween(from: string, to: string): number {
  const [first = 0, last = 0] = [from, to].map((month) => {
    const [year = 0, of = 0] = month.split('-').map(Number);
    return year * 12 + of;
  });
  return last - first;
}

/** The rows that a choice lists: what is old first, by file. */
export function staleList(rows: readonly FactRow[], choice: Choice): StaleList {
  const { month, months, cloud, onlyUnverified = false, words = [] } = choice;
  const asked = rows
    .filter((row) => cloud === undefined || row.cloud === cloud)
    .filter(({ file, name }) => words.every((word) => `${file} ${name}`.toLowerCase().includes(word.toLowerCase())))
    .map((row) => judged(row, month, months));
  const listed = asked.filter(({ isOld, unverified }) => unverified !== undefined || (isOld && !onlyUnverified));
  const files = [...new Set(listed.map(({ file }) => file))]
    .map((file) => {
      const [own, all] = [listed, asked].map((each) => each.filter((row) => row.file === file).sort(byAge));
      return { file, own: own ?? [], all: all ?? [] };
    })
    .sort((one, other) => ageOf(other.own) - ageOf(one.own) || (one.file < other.file ? -1 : 1));
  const oldest = asked.map(({ released, checked }) => released?.slice(0, 7) ?? checked).sort()[0];
  return {
    month,
    months,
    ...sums(asked),
    ...(oldest !== undefined && { oldest }),
    files: files.map(({ file, all }) => ({ file, ...sums(all) })),
    listed: files.flatMap(({ own }) => own),
  };
}

function judged(row: FactRow, month: string, months: number): ListedRow {
  const needs = needsOf(row);
  const age = monthsBetween(row.released?.slice(0, 7) ?? row.checked, month);
  // An earlier release that is kept for those who run it does not get old: the newest one does.
  if (row.released !== undefined && behind({ source: row.name }) !== undefined)
    return { ...row, age, isOld: false, needs };
  const release = behind(row);
  return { ...row, age, isOld: age >= months || release !== undefined, ...(release && { behind: release }), needs };
}

function byAge(one: ListedRow, other: ListedRow): number {
  return other.age - one.age || one.line - other.line;
}

function ageOf([oldest]: readonly ListedRow[]): number {
  return oldest?.age ?? 0;
}

function sums(rows: readonly ListedRow[]): {
  readonly rows: number;
  readonly old: number;
  readonly unverified: number;
} {
  return {
    rows: rows.length,
    old: rows.filter(({ isOld }) => isOld).length,
    unverified: rows.filter(({ unverified }) => unverified !== undefined).length,
  };
}

/** The list as text: each file with its rows, what each says and what it needs, then the sums. */
export function formatStale(list: StaleList): string {
  const blocks = list.files.map(({ file, ...counts }) => {
    const own = list.listed.filter((row) => row.file === file);
    return [`${file}: ${sumsText(counts)}`, ...own.flatMap(rowLines)].join('\n');
  });
  const { oldest, month, months } = list;
  const age = oldest === undefined ? '' : `, the oldest of ${oldest}`;
  const old = `old: read ${counted(months, 'month')} ago or earlier, or in a release of a provider before the newest recorded one`;
  return [...blocks, `${sumsText(list)}${age}; it is ${month}\n${old}`].join('\n\n');
}

function sumsText({ rows, old, unverified }: Omit<ListedFile, 'file'>): string {
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}, ${formatCount(old)} old, ${formatCount(unverified)} with something unverified`;
}

function rowLines({ line, checked, name, source, released, unverified, behind: release, needs }: ListedRow): string[] {
  const parts: (readonly [string, string])[] = [
    ['source', source],
    ...(released === undefined ? [] : [['released', released] as const]),
    ...(release === undefined ? [] : [['release', release] as const]),
    ...(unverified === undefined ? [] : [['assumed', unverified] as const]),
    ...needs.map((need, index) => [index === 0 ? 'to do' : 'or', need] as const),
  ];
  return [
    `  ${checked}  line ${line}: ${name}`,
    ...parts.flatMap(([title, text]) =>
      wrap(text, REPORT_WIDTH - 20).map((part, index) => `           ${(index === 0 ? title : '').padEnd(9)}${part}`),
    ),
  ];
}
