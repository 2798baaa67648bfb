import type { Cloud } from '../catalog';
import type { ReplicationEngine, ReplicationMode } from '../catalog/replication';
import type { ReplicationEnd, ReplicationPlan } from '../plan/replication/types';
import type { Plan } from '../plan/types';
import { BYTES } from '../units';
import { formatTable } from './table';

/** One replication in the view of them. */
export interface ReplicationRow {
  readonly replication: string;
  readonly from: string;
  readonly to: string;
  readonly fromCloud: Cloud;
  readonly toCloud: Cloud;
  readonly engine: ReplicationEngine;
  readonly mode: ReplicationMode;
  /** Hours between two runs. @default it copies as objects come */
  readonly everyHours?: number;
  readonly prefix?: string;
  /** Site or cluster that runs it. */
  readonly runsAt: string;
  /** What the data leaves: its region, or its provider, which bills more for it. */
  readonly leaves: 'nothing' | 'region' | 'provider';
  /** What is copied at first, TiB. @default nobody has said so */
  readonly volumeTiB?: number;
  /** What is added in a day, TiB. @default nobody has said so */
  readonly dailyTiB?: number;
  /** Hours that the first copy takes. @default its volume is not known */
  readonly firstHours?: number;
  /** What leaves in the first copy, TiB. @default its volume is not known, or nothing leaves */
  readonly firstEgressTiB?: number;
  /** Hours that what is added in a day takes. @default nobody has said how much that is */
  readonly dailyHours?: number;
  /** What leaves in a month of 30 days, TiB. @default nobody has said how much is added, or nothing leaves */
  readonly monthlyEgressTiB?: number;
  /** Places in the exchange file that it waits for; empty where it can be applied. */
  readonly pending: readonly string[];
}

const BITS_PER_BYTE = 8;
const SECONDS_PER_HOUR = 3600;
const MONTH_DAYS = 30;

/** Hours that a volume takes at a bandwidth, to a tenth. */
export function hoursFor(tebibytes: number, gbps: number): number {
  const seconds = (tebibytes * BYTES.TiB * BITS_PER_BYTE) / (gbps * 1e9);
  return Math.round((seconds / SECONDS_PER_HOUR) * 10) / 10;
}

/** Every replication with what it takes, sorted by key. */
export function replicationRows({ replications }: Pick<Plan, 'replications'>): ReplicationRow[] {
  return replications.map((plan) => {
    const { source, destination, everyHours, prefix, volumeTiB, dailyTiB, gbps } = plan;
    const leaves = leavesOf(source, destination);
    const isEgress = leaves !== 'nothing';
    return {
      replication: plan.key,
      from: source.store,
      to: destination.store,
      fromCloud: source.cloud,
      toCloud: destination.cloud,
      engine: plan.engine,
      mode: plan.mode,
      ...(everyHours !== undefined && { everyHours }),
      ...(prefix !== undefined && { prefix }),
      runsAt: runnerOf(plan),
      leaves,
      ...(volumeTiB !== undefined && { volumeTiB }),
      ...(dailyTiB !== undefined && { dailyTiB }),
      ...(volumeTiB !== undefined && { firstHours: hoursFor(volumeTiB, gbps) }),
      ...(volumeTiB !== undefined && isEgress && { firstEgressTiB: volumeTiB }),
      ...(dailyTiB !== undefined && { dailyHours: hoursFor(dailyTiB, gbps) }),
      ...(dailyTiB !== undefined && isEgress && { monthlyEgressTiB: dailyTiB * MONTH_DAYS }),
      pending: plan.pending.map(({ path }) => path),
    };
  });
}

function leavesOf(source: ReplicationEnd, destination: ReplicationEnd): ReplicationRow['leaves'] {
  if (source.cloud !== destination.cloud) return 'provider';
  return source.region === destination.region ? 'nothing' : 'region';
}

function runnerOf({ shard, runsAt, source, destination }: ReplicationPlan): string {
  return shard ?? (runsAt === 'source' ? source : destination).site;
}

/** The view of replications: a table, and what the estimates reckon with. */
export function formatReplication(plan: Pick<Plan, 'replications'>): string {
  const rows = replicationRows(plan);
  if (rows.length === 0) return 'no replications';
  const hours = (value: number | undefined) => (value === undefined ? '?' : `${value} h`);
  const tebibytes = (value: number | undefined, row: ReplicationRow) =>
    row.leaves === 'nothing' ? '-' : value === undefined ? '?' : `${value} TiB`;
  const table = formatTable(rows, [
    { title: 'replication', value: (row) => row.replication },
    { title: 'of', value: (row) => row.from },
    { title: 'in', value: (row) => row.to },
    { title: 'engine', value: (row) => row.engine },
    { title: 'when', value: (row) => (row.everyHours === undefined ? 'event' : `${row.everyHours} h`) },
    { title: 'at', value: (row) => row.runsAt },
    { title: 'first', value: (row) => hours(row.firstHours), align: 'right' },
    { title: 'a day', value: (row) => hours(row.dailyHours), align: 'right' },
    { title: 'egress', value: (row) => tebibytes(row.firstEgressTiB, row), align: 'right' },
    { title: 'a month', value: (row) => tebibytes(row.monthlyEgressTiB, row), align: 'right' },
  ]);
  const rates = [...new Map(plan.replications.map(({ engine, gbps }) => [engine, gbps]))]
    .map(([engine, gbps]) => `${engine} ${gbps} Gbit/s`)
    .join(', ');
  const waiting = rows.flatMap(({ replication, pending }) => pending.map((path) => `${replication} waits for ${path}`));
  const stacks = plan.replications.flatMap(({ key, pending }) =>
    pending.map(({ from }) => `${key}: npx estate exchange import the outputs of ${from}`),
  );
  const native = rows.filter(({ engine, fromCloud }) => engine === 'native' && fromCloud === 'aws');
  return [
    table,
    ...(native.length > 0 ? [newObjectsOnly(native)] : []),
    `Hours are reckoned with ${rates}.\nWhere volumeTiB or dailyTiB is not written there is a question mark.`,
    ...(waiting.length > 0 ? [[...waiting, ...stacks].join('\n')] : []),
  ].join('\n\n');
}

/** What S3 leaves to its users. */
function newObjectsOnly(rows: readonly ReplicationRow[]): string {
  const names = rows.map(({ replication }) => replication).join(', ');
  return `S3 copies by itself what is written from now on, and nothing that is there already: ${names}.\nA batch job copies the rest: docs/replication.md.`;
}
