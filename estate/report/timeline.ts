import { CLOUDS, type Cloud } from '../catalog';
import { type Day, dayAfter } from '../days';
import { amountText, termOf } from '../spec/commitments';
import { type MachineHolding, machinesOf } from '../spec/holdings';
import { clustersOf } from '../spec/rules/walk';
import type { Estate } from '../spec/schema';
import { subjectOf } from '../spec/spend';
import { compareKeys, groupBy, sortedEntries } from '../units';
import { type CalendarRow, calendarRows, sizeText } from './calendar';

/** What is told in time, in the order in which it is. */
export const LANE_KINDS = ['pool', 'commitment', 'maintenance', 'price', 'waiver'] as const;

/** A kind of what is told in time. */
export type LaneKind = (typeof LANE_KINDS)[number];

/** A time in which something is so. */
export interface TimeSpan {
  /** @default it has no beginning that is known */
  readonly from?: Day;
  /** The last day. @default it has no end that is known */
  readonly until?: Day;
  readonly what: string;
  /** How much of the most that ever stands, where that changes: more than 0, at most 1. @default all of it */
  readonly share?: number;
}

/** An entry of the estate in time. */
export interface TimeLane {
  readonly kind: LaneKind;
  /** Path in the estate file. */
  readonly path: string;
  /** What it is called among those of its kind. */
  readonly name: string;
  /** @default it is of no cloud */
  readonly cloud?: Cloud;
  /** In the order of days. */
  readonly spans: readonly TimeSpan[];
  /** Rows of the calendar about it. */
  readonly days: readonly CalendarRow[];
}

/** Everything in an estate that has a day, by kinds, clouds and names. */
export function timeLanes(estate: Estate): readonly TimeLane[] {
  const rows = groupBy(calendarRows(estate), ({ path }) => path);
  const lanes = [
    ...poolLanes(estate, new Set(rows.keys())),
    ...commitmentLanes(estate),
    ...maintenanceLanes(estate),
    ...priceLanes(estate),
    ...waiverLanes(estate),
  ];
  return lanes.map((lane) => ({ ...lane, days: rows.get(lane.path) ?? [] }));
}

type BareLane = Omit<TimeLane, 'days'>;

function poolLanes(estate: Estate, dated: ReadonlySet<string>): readonly BareLane[] {
  return machinesOf(estate)
    .filter(({ path, standing }) => standing !== undefined || dated.has(path))
    .map((pool): BareLane => {
      const { path, cloud, cluster, pool: key } = pool;
      return { kind: 'pool', path, cloud, name: `${cluster}/${key}`, spans: poolSpans(pool) };
    })
    .sort(byCloud);
}

function poolSpans(pool: MachineHolding): readonly TimeSpan[] {
  const { standing = [], nodes: all } = pool;
  if (standing.length === 0) return [{ what: sizeText(pool, all) }];
  const changes = standing.filter(({ nodes }, index) => nodes !== standing[index - 1]?.nodes);
  const most = Math.max(...changes.map(({ nodes }) => nodes));
  return changes.flatMap(({ from, nodes }, index): TimeSpan[] => {
    const next = changes[index + 1];
    if (nodes === 0) return [];
    return [
      {
        from,
        ...(next && { until: dayAfter(next.from, -1) }),
        what: sizeText(pool, nodes),
        ...(nodes < most && { share: nodes / most }),
      },
    ];
  });
}

function commitmentLanes({ commitments }: Estate): readonly BareLane[] {
  return sortedEntries(commitments)
    .flatMap(([key, commitment]): BareLane[] => {
      const { cloud, amount, start, end } = commitment;
      if (start === undefined && end === undefined) return [];
      const until = end ?? termOf(commitment)?.end;
      const span = { ...(start && { from: start }), ...(until && { until }), what: amountText(amount) };
      return [{ kind: 'commitment', path: `commitments.${key}`, name: key, cloud, spans: [span] }];
    })
    .sort(byCloud);
}

function maintenanceLanes(estate: Estate): readonly BareLane[] {
  return clustersOf(estate)
    .flatMap(({ key, cluster, at }) =>
      (cluster.maintenance?.exclusions ?? []).map(({ name, start, end }, index): BareLane => {
        const path = `clusters.${key}.maintenance.exclusions.${index}`;
        const span = { from: start, ...(end && { until: end }), what: name };
        return { kind: 'maintenance', path, name: key, cloud: at.cloud, spans: [span] };
      }),
    )
    .sort(byCloud);
}

function priceLanes({ prices }: Estate): readonly BareLane[] {
  return (prices?.rows ?? []).flatMap((row, index): BareLane[] => {
    const { from, until, price, per, cloud } = row;
    if (from === undefined && until === undefined) return [];
    const span = { ...(from && { from }), ...(until && { until }), what: `${price} a ${per}` };
    return [
      { kind: 'price', path: `prices.rows.${index}`, name: subjectOf(row), ...(cloud && { cloud }), spans: [span] },
    ];
  });
}

function waiverLanes({ policy }: Estate): readonly BareLane[] {
  return (policy.waivers ?? []).map(({ rule, path, until, reason }, index) => ({
    kind: 'waiver',
    path: `policy.waivers.${index}`,
    name: `${rule} at ${path}`,
    spans: [{ until, what: reason }],
  }));
}

function byCloud(one: BareLane, other: BareLane): number {
  const place = ({ cloud }: BareLane) => (cloud === undefined ? CLOUDS.length : CLOUDS.indexOf(cloud));
  return place(one) - place(other) || compareKeys(one.name, other.name) || compareKeys(one.path, other.path);
}

/** A commitment that has no place in time, or no end there. */
export interface UndatedCommitment {
  readonly key: string;
  readonly amount: string;
  readonly lacks: 'start' | 'end';
}

/** Commitments whose first or last day nobody has said. */
export function undatedCommitments({ commitments }: Estate): readonly UndatedCommitment[] {
  return sortedEntries(commitments).flatMap(([key, commitment]): UndatedCommitment[] => {
    const { amount, start } = commitment;
    if (termOf(commitment) !== undefined) return [];
    return [{ key, amount, lacks: start === undefined ? 'start' : 'end' }];
  });
}
