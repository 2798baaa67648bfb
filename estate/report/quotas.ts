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

const COLUMNS: readonly Column<QuotaNeed>[] = [
  { title: 'needed', value: (row) => `${isOver(row) ? '! ' : ''}${formatCount(row.needed)}`, align: 'right' },
  { title: 'unit', value: (row) => row.unit },
  { title: 'default', value: (row) => (row.default === undefined ? '' : formatCount(row.default)), align: 'right' },
  { title: 'quota', value: nameOf },
  { title: 'code', value: (row) => row.code ?? '' },
  { title: 'zone', value: (row) => row.zone ?? '' },
];

/** The quota view: a table for each account and region, with the reason of each need below it, and totals. */
export function formatQuotas(plan: Plan): string {
  const rows = quotaRows(plan);
  const places = groupBy(rows, ({ cloud, account, region }) => `${cloud} · ${account} · ${region}`);
  const tables = [...places].map(([place, own]) => `${place}\n${withReasons(own)}`);
  const over = rows.filter(isOver).length;
  const unknown = rows.filter((row) => row.default === undefined).length;
  const counts = `${formatCount(over)} over what an account has (!), ${formatCount(unknown)} without a known default`;
  const totals = [
    `${counted(rows.length, 'quota')} in ${counted(places.size, 'place')}: ${counts}`,
    ...(rows.some(isDoubtful) ? ['~ something about it is assumed; --json says what'] : []),
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

function isDoubtful(row: QuotaNeed): boolean {
  return row.unverified !== undefined;
}
