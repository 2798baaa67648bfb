import { planQuotas, type QuotaNeed } from '../plan/quotas';
import type { Plan } from '../plan/types';
import { counted } from '../spec/words';
import { formatCount, groupBy } from '../units';
import { wrap } from './excerpt';
import { type Column, formatTable, REPORT_WIDTH } from './table';

/** The quota view: what to ask of each provider. */
export function quotaRows(plan: Plan): readonly QuotaNeed[] {
  return planQuotas(plan);
}

/** Indent of the reasons, and the most lines that one takes. */
const INDENT = '    ';
const REASON_LINES = 2;

/** Times the need from which on an account is taken to have enough of a quota without asking. */
const AMPLE = 10;

const COLUMNS: readonly Column<QuotaNeed>[] = [
  { title: 'needed', value: (row) => `${isOver(row) ? '! ' : ''}${formatCount(row.needed)}`, align: 'right' },
  { title: 'unit', value: (row) => row.unit },
  { title: 'default', value: (row) => (row.default === undefined ? '' : formatCount(row.default)), align: 'right' },
  { title: 'quota', value: nameOf },
  { title: 'code', value: (row) => row.code ?? '' },
  { title: 'zone', value: (row) => row.zone ?? '' },
];

/**
 * The quota view: a table for each account and region, with the reason of each need below it, and totals.
 *
 * Without quotas that an account has plenty of, which `--json` has too.
 */
export function formatQuotas(plan: Plan): string {
  const rows = quotaRows(plan);
  const shown = rows.filter((row) => !isAmple(row));
  const places = groupBy(shown, ({ cloud, account, region }) => `${cloud} · ${account} · ${region}`);
  const tables = [...places].map(([place, own]) => `${place}\n${withReasons(own)}`);
  const over = rows.filter(isOver).length;
  const unknown = rows.filter((row) => row.default === undefined).length;
  const counts = `${formatCount(over)} over what an account has (!), ${formatCount(unknown)} without a known default`;
  const totals = [
    `${counted(shown.length, 'quota')} in ${counted(places.size, 'place')}: ${counts}`,
    ...(rows.length > shown.length
      ? [
          `${formatCount(rows.length - shown.length)} more are ${AMPLE} times as large as needed, or larger; --json lists them`,
        ]
      : []),
    ...(shown.some(isDoubtful) ? ['~ something about it is assumed; --json says what'] : []),
    'what is granted goes under catalog.quotas of the estate file, by the key that --json prints',
  ];
  return [...tables, totals.join('\n')].join('\n\n');
}

/** The table of one place without columns that would be empty, each line followed by its reason. */
function withReasons(rows: readonly QuotaNeed[]): string {
  const columns = COLUMNS.filter(({ value }) => rows.some((row) => value(row) !== ''));
  const [titles = '', ...lines] = formatTable(rows, columns).split('\n');
  return [titles, ...rows.flatMap(({ because }, index) => [lines[index] ?? '', ...reasonLines(because)])].join('\n');
}

function reasonLines(because: string): readonly string[] {
  const lines = wrap(because, REPORT_WIDTH - INDENT.length - 2);
  const shown = lines.slice(0, REASON_LINES);
  return shown.map((line, index) => {
    const isCut = index === REASON_LINES - 1 && lines.length > REASON_LINES;
    return `${INDENT}${line}${isCut ? ' …' : ''}`;
  });
}

function nameOf(row: QuotaNeed): string {
  const dimension = row.dimension === undefined ? '' : ` ${row.dimension}`;
  return `${row.quota}${dimension}${isDoubtful(row) ? ' ~' : ''}`;
}

function isOver(row: QuotaNeed): boolean {
  return row.default !== undefined && row.needed > row.default;
}

/** Whether an account has plenty of a quota, whatever else it runs: nobody asks for it. */
function isAmple(row: QuotaNeed): boolean {
  return row.default !== undefined && row.needed * AMPLE <= row.default;
}

function isDoubtful(row: QuotaNeed): boolean {
  return row.unverified !== undefined;
}
