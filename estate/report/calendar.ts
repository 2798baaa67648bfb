import { type Day, dayAfter } from '../days';
import { capacityIds } from '../spec/capacity-ids';
import { amountText, termOf } from '../spec/commitments';
import { type MachineHolding, machinesOf } from '../spec/holdings';
import { poolsOf } from '../spec/rules/walk';
import type { Estate, Pool } from '../spec/schema';
import { subjectOf } from '../spec/spend';
import { counted, formatPath } from '../spec/words';
import { compareKeys, groupBy, sortedEntries } from '../units';
import { formatTable } from './table';

/** Something that begins or ends on a day. */
export interface CalendarRow {
  readonly date: Day;
  /** Entry of the estate file. */
  readonly path: string;
  readonly event: string;
}

/** A part of the calendar. */
export interface CalendarQuery {
  /** @default the first day of all */
  readonly from?: Day;
  /** @default the last day of all */
  readonly until?: Day;
}

/** What begins and ends when, by days and paths. */
export function calendarRows(estate: Estate, { from = '', until = '~' }: CalendarQuery = {}): readonly CalendarRow[] {
  const rows = [
    ...poolRows(estate),
    ...sharedRows(estate),
    ...commitmentDays(estate),
    ...priceDays(estate),
    ...waiverDays(estate),
  ];
  return rows
    .filter(({ date }) => from <= date && date <= until)
    .sort((one, other) => compareDays(one, other) || compareKeys(one.path, other.path));
}

function compareDays(one: CalendarRow, other: CalendarRow): number {
  return one.date === other.date ? 0 : one.date < other.date ? -1 : 1;
}

function poolRows(estate: Estate): readonly CalendarRow[] {
  const pools = new Map(poolsOf(estate).map(({ path, pool }) => [formatPath(path), pool]));
  return machinesOf(estate).flatMap((holding) => {
    const pool = pools.get(holding.path);
    return pool === undefined ? [] : [...standingRows(holding, pool, estate), ...optionRows(holding.path, pool)];
  });
}

/** What stands of a pool from when on, where nothing does in between, and by when to ask for it. */
function standingRows(holding: MachineHolding, pool: Pool, estate: Estate): readonly CalendarRow[] {
  const { path, standing = [] } = holding;
  const notice = estate.policy.noticeDays?.[holding.capacity];
  const window = 'window' in pool.capacity ? pool.capacity.window : undefined;
  return standing.flatMap(({ from, nodes }, index): CalendarRow[] => {
    const before = standing[index - 1]?.nodes ?? 0;
    if (nodes === before) return [];
    const next = standing.slice(index + 1).find((step) => step.nodes > 0);
    const size = sizeText(holding, nodes);
    const isEnd = window !== undefined && from === dayAfter(window.end, 1);
    const what =
      nodes > before
        ? before === 0
          ? `${size} begin`
          : `grows from ${sizeText(holding, before)} to ${size}`
        : nodes > 0
          ? `shrinks from ${sizeText(holding, before)} to ${size}`
          : next === undefined
            ? `ends${isEnd ? ` with its ${pool.capacity.kind}` : ''}: ${sizeText(holding, before)} go`
            : `gap: nothing stands until ${next.from}`;
    const asked = notice === undefined || nodes <= before ? undefined : dayAfter(from, -notice);
    return [
      { date: from, path, event: what },
      ...(asked === undefined
        ? []
        : [
            {
              date: asked,
              path,
              event: `last day to ask for ${size} from ${from} (${counted(notice ?? 0, 'day')} of notice)`,
            },
          ]),
    ];
  });
}

/** How many nodes of a pool, with their accelerators: `4 nodes (32 h200)`. */
export function sizeText({ machine, served, nodes: all }: MachineHolding, nodes: number): string {
  const { accelerator } = machine;
  const count = (nodes * served.accelerators) / all;
  return accelerator === undefined
    ? counted(nodes, 'node')
    : `${counted(nodes, 'node')} (${counted(count, accelerator, accelerator)})`;
}

function optionRows(path: string, { phases = [] }: Pool): readonly CalendarRow[] {
  return phases.flatMap(({ from, optionBy }) =>
    optionBy === undefined ? [] : [{ date: optionBy, path, event: `last day of the option on the phase of ${from}` }],
  );
}

/** Reservations that two pools hold at the same time. */
function sharedRows(estate: Estate): readonly CalendarRow[] {
  const standing = new Map(machinesOf(estate).map((holding) => [holding.path, holding.standing]));
  const uses = poolsOf(estate).flatMap(({ path, pool, at }) =>
    capacityIds(pool.capacity).map(({ id }) => ({ id: `${at.cloud} ${id}`, name: id, path: formatPath(path) })),
  );
  return [...groupBy(uses, ({ id }) => id).values()].flatMap((shared): CalendarRow[] => {
    const days = shared.map(({ path }) => standing.get(path)?.find(({ nodes }) => nodes > 0)?.from ?? '');
    const date = [...days].sort().at(-1) ?? '';
    if (shared.length < 2 || date === '') return [];
    const [first, ...others] = shared.map(({ path }) => path);
    return [{ date, path: first ?? '', event: `overlap: ${shared[0]?.name} is used by ${others.join(', ')} too` }];
  });
}

function commitmentDays(estate: Estate): readonly CalendarRow[] {
  return sortedEntries(estate.commitments).flatMap(([key, commitment]): CalendarRow[] => {
    const path = `commitments.${key}`;
    const term = termOf(commitment);
    return [
      ...(commitment.start === undefined
        ? []
        : [{ date: commitment.start, path, event: `the term of ${amountText(commitment.amount)} begins` }]),
      ...(commitment.ramp ?? []).map(({ by, amount }) => ({ date: by, path, event: `${amount} have to be spent` })),
      ...(term === undefined
        ? []
        : [{ date: term.end, path, event: `last day of the term of ${amountText(commitment.amount)}` }]),
    ];
  });
}

function priceDays({ prices }: Estate): readonly CalendarRow[] {
  return (prices?.rows ?? []).flatMap((row, index): CalendarRow[] => {
    const path = `prices.rows.${index}`;
    const what = `${row.price} a ${row.per} of ${subjectOf(row)}`;
    return [
      ...(row.from === undefined ? [] : [{ date: row.from, path, event: `price begins: ${what}` }]),
      ...(row.until === undefined ? [] : [{ date: row.until, path, event: `last day of the price: ${what}` }]),
    ];
  });
}

function waiverDays({ policy }: Estate): readonly CalendarRow[] {
  return (policy.waivers ?? []).map(({ rule, path, until, reason }, index) => ({
    date: until,
    path: `policy.waivers.${index}`,
    event: `last day of the waiver of ${rule} at ${path} (${reason})`,
  }));
}

/** The calendar as a table. */
export function formatCalendar(rows: readonly CalendarRow[]): string {
  if (rows.length === 0) return 'nothing begins or ends in this time';
  return formatTable(rows, [
    { title: 'date', value: ({ date }) => date },
    { title: 'entry', value: ({ path }) => path },
    { title: 'event', value: ({ event }) => event },
  ]);
}

/** Octets of a line of iCalendar, without its end. */
const LINE_OCTETS = 75;

/**
 * The calendar in the form that calendars take (RFC 5545): an event of a day for each row.
 *
 * The stamp of an event is its own day rather than the time of printing, so that the same estate gives the same text.
 */
export function icalendar(estate: string, rows: readonly CalendarRow[]): string {
  const seen = new Map<string, number>();
  const events = rows.flatMap(({ date, path, event }) => {
    const day = date.replaceAll('-', '');
    const name = `${day}-${path}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [
      'BEGIN:VEVENT',
      `UID:${name}${count === 1 ? '' : `-${count}`}@${estate}.training-estate`,
      `DTSTAMP:${day}T000000Z`,
      `DTSTART;VALUE=DATE:${day}`,
      `SUMMARY:${escaped(`${path}: ${event}`)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//training-estate//calendar//EN',
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map(folded).join('\r\n');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** A long line in several, each but the first after a space; a character is never cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    const room = parts.length === 0 ? LINE_OCTETS : LINE_OCTETS - 1;
    if (Buffer.byteLength(part + character) > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].join('\r\n ');
}
