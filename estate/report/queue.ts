import { heldBack } from '../plan/queue/check-sums';
import { type LargestJob, largestJobs } from '../plan/queue/largest';
import { afterLoss, mostOf } from '../plan/queue/loss';
import { perNode } from '../plan/queue/quotas';
import type { ClusterQueuePlan, FlavorPlan, QueuePlan, QueueSet } from '../plan/queue/types';
import { compareKeys, formatCount } from '../units';
import { wrap } from './excerpt';
import { type Column, formatTable, REPORT_WIDTH } from './table';

/** Whole accelerators of a pool; of one without any, cores. */
type Units = number;

/** What somebody has of one pool. */
export interface QueueShareRow {
  readonly kind: 'team' | 'service';
  /** Key of the team or of the service. */
  readonly owner: string;
  readonly accelerator: string;
  /** Kubernetes cluster of the pool: the key of the cluster, or `<cluster>-<n>`. */
  readonly cluster: string;
  readonly pool: string;
  /** Nodes that are its own. */
  readonly nodes: number;
  readonly own: Units;
  /** Part of its own that it never lends. */
  readonly floor: Units;
  /** Most that it can have while others use nothing above their floors. */
  readonly most: Units;
}

/** What of one pool is nobody's own, and for all to borrow. */
export interface QueueCommonRow {
  readonly accelerator: string;
  readonly cluster: string;
  readonly pool: string;
  /** Nodes in service. */
  readonly nodes: number;
  readonly all: Units;
  readonly common: Units;
}

/** What the loss of a Kubernetes cluster leaves to somebody. */
export interface QueueLossRow {
  /** Kubernetes clusters that are lost together. */
  readonly lost: readonly string[];
  readonly owner: string;
  readonly accelerator: string;
  readonly own: Units;
  /** Of its own. */
  readonly left: Units;
  /** Most that it can have then. */
  readonly most: Units;
}

/** What `estate show queue` tells. */
export interface QueueReport {
  /** Kubernetes cluster that holds the one queue over all others; null where each has its own. */
  readonly manager: string | null;
  readonly fairSharing: boolean;
  /** Who has what, by pool. */
  readonly rows: readonly QueueShareRow[];
  readonly common: readonly QueueCommonRow[];
  readonly largest: readonly LargestJob[];
  /** Of each Kubernetes cluster alone, or of those that are asked for together. */
  readonly losses: readonly QueueLossRow[];
  /** Kubernetes clusters that are lost; none where nothing is asked. */
  readonly lose: readonly string[];
}

/** Who has what of a queue, the largest jobs, and what is left without some Kubernetes clusters. */
export function queueReport(queue: QueuePlan, lose: readonly string[] = []): QueueReport {
  const parts = lose.length > 0 ? [lose] : queue.sets.map(({ shard }) => [shard]);
  const rows = sharesOf(queue);
  return {
    manager: queue.manager ?? null,
    fairSharing: queue.fairSharing,
    rows,
    common: commonOf(queue),
    largest: queue.sets.filter(({ role }) => role !== 'manager').flatMap(largestJobs),
    losses: parts.flatMap((lost) => lossesOf(queue, rows, lost)),
    lose,
  };
}

/** The rows of a spreadsheet: who has what, or what a loss leaves. */
export function queueCsv({ rows, losses, lose }: QueueReport): readonly object[] {
  return lose.length > 0 ? losses : rows;
}

function sharesOf({ sets }: QueuePlan): readonly QueueShareRow[] {
  const rows = sets.flatMap((set) =>
    set.queues.flatMap((queue) => (queue.kind === 'worker' ? [] : queueShares(set, queue))),
  );
  return rows.sort(
    (one, other) =>
      compareKeys(one.kind === 'team' ? 'a' : 'b', other.kind === 'team' ? 'a' : 'b') ||
      compareKeys(one.owner, other.owner) ||
      compareKeys(one.accelerator, other.accelerator) ||
      compareKeys(one.cluster, other.cluster) ||
      compareKeys(one.pool, other.pool),
  );
}

function queueShares(set: QueueSet, queue: ClusterQueuePlan): readonly QueueShareRow[] {
  return queue.flavors.flatMap(({ flavor: name, quotas }): QueueShareRow[] => {
    const flavor = set.flavors.find((each) => each.name === name);
    const own = quotas.find(({ resource }) => resource === flavor?.resource)?.nominal;
    if (flavor === undefined || own === undefined) return [];
    const { resource, accelerator, shard, pool } = flavor;
    const each = perNode(flavor, resource);
    return [
      {
        kind: queue.kind === 'serving' ? 'service' : 'team',
        owner: queue.owner ?? '',
        accelerator,
        cluster: shard,
        pool,
        nodes: each === 0 ? 0 : own / each,
        own,
        floor: heldBack({ queues: [queue] }, name, resource),
        most: mostOf(set, queue, name, resource),
      },
    ];
  });
}

/** Sets whose cohorts have what is for all to borrow: under a manager that of the manager, which alone lends between teams. */
function lendingSets({ sets, manager }: QueuePlan): readonly QueueSet[] {
  return sets.filter(({ shard, role }) => (manager === undefined ? role !== 'manager' : shard === manager));
}

function commonOf(queue: QueuePlan): readonly QueueCommonRow[] {
  return lendingSets(queue).flatMap((set) =>
    set.flavors.map((flavor): QueueCommonRow => {
      const { accelerator, shard, pool, nodes, resource } = flavor;
      return {
        accelerator,
        cluster: shard,
        pool,
        nodes,
        all: nodes * perNode(flavor, resource),
        common: commonIn(set, flavor),
      };
    }),
  );
}

function commonIn({ cohorts }: QueueSet, { name, resource }: FlavorPlan): number {
  return cohorts
    .flatMap(({ quotas }) => quotas.filter(({ flavor }) => flavor === name))
    .flatMap(({ quotas }) => quotas.filter((quota) => quota.resource === resource))
    .reduce((sum, { nominal }) => sum + nominal, 0);
}

/** What a loss changes for each owner and accelerator, from what each had before. */
function lossesOf(
  queue: QueuePlan,
  before: readonly QueueShareRow[],
  lost: readonly string[],
): readonly QueueLossRow[] {
  if (queue.manager !== undefined && lost.includes(queue.manager)) return [];
  // Queues of clusters that have their own do not know of each other.
  const isAlone = queue.manager === undefined;
  const after = isAlone ? before.filter(({ cluster }) => !lost.includes(cluster)) : sharesOf(afterLoss(queue, lost));
  const id = ({ owner, accelerator }: Pick<QueueShareRow, 'owner' | 'accelerator'>) => `${owner}/${accelerator}`;
  const sum = (rows: readonly QueueShareRow[], key: string, what: 'own' | 'most') =>
    rows.filter((row) => id(row) === key).reduce((total, row) => total + row[what], 0);
  const owners = [...new Map(before.map((row) => [id(row), row])).entries()];
  return owners.flatMap(([key, { owner, accelerator }]): QueueLossRow[] => {
    const rows = [before, after] as const;
    const [own = 0, left = 0] = rows.map((each) => sum(each, key, 'own'));
    const [most = 0, mostLeft = 0] = rows.map((each) => sum(each, key, 'most'));
    return own === left && most === mostLeft ? [] : [{ lost, owner, accelerator, own, left, most: mostLeft }];
  });
}

/** The view of the queue as text. */
export function formatQueue(report: QueueReport): string {
  const { manager, rows, common, largest, losses, lose } = report;
  if (lose.length > 0) return formatLost(report);
  if (rows.length === 0 && common.length === 0) return 'the estate has no pools that jobs or services run on';
  const head =
    manager === null
      ? 'each cluster has a queue of its own'
      : `cluster ${manager} holds the one queue over all others, and runs no jobs`;
  const sections = [
    note(`${head}; figures are accelerators, of pools without any cores`),
    formatTable(rows, [
      { title: 'who', value: ({ owner, kind }) => (kind === 'service' ? `${owner} (service)` : owner) },
      ...PLACE,
      { title: 'nodes', value: ({ nodes }) => formatCount(nodes), align: 'right' },
      { title: 'own', value: ({ own }) => formatCount(own), align: 'right' },
      { title: 'never lent', value: ({ floor }) => formatCount(floor), align: 'right' },
      { title: 'at most', value: ({ most }) => formatCount(most), align: 'right' },
    ]),
    formatTable(common, [
      ...PLACE,
      { title: 'nodes in service', value: ({ nodes }) => formatCount(nodes), align: 'right' },
      { title: 'all', value: ({ all }) => formatCount(all), align: 'right' },
      { title: 'for all to borrow', value: (row) => formatCount(row.common), align: 'right' },
    ]),
    formatTable(largest, [
      { title: 'accelerator', value: ({ accelerator }) => accelerator },
      { title: 'cluster', value: ({ shard }) => shard },
      { title: 'pool', value: ({ pool }) => pool },
      { title: 'largest job in one', value: ({ level }) => level },
      { title: 'nodes', value: ({ nodes }) => countOr(nodes), align: 'right' },
      {
        title: 'accelerators',
        value: ({ accelerators }) => (accelerators === undefined ? '' : formatCount(accelerators)),
        align: 'right',
      },
      { title: 'asked for by', value: ({ label = '' }) => label },
    ]),
    ...(losses.length === 0 ? [] : [formatLosses(losses)]),
    ...(manager === null ? [] : [note(withoutManager(manager))]),
  ];
  return sections.join('\n\n');
}

const PLACE: readonly Column<{ readonly accelerator: string; readonly cluster: string; readonly pool: string }>[] = [
  { title: 'accelerator', value: ({ accelerator }) => accelerator },
  { title: 'cluster', value: ({ cluster }) => cluster },
  { title: 'pool', value: ({ pool }) => pool },
];

function countOr(count: number | undefined): string {
  return count === undefined ? 'as they come' : formatCount(count);
}

function note(text: string): string {
  return wrap(text, REPORT_WIDTH).join('\n');
}

function withoutManager(manager: string): string {
  return `without ${manager} no job starts until it is back, those that run go on, and services do not notice`;
}

function formatLosses(losses: readonly QueueLossRow[]): string {
  return formatTable(losses, [
    { title: 'without', value: ({ lost }) => lost.join(', ') },
    { title: 'who', value: ({ owner }) => owner },
    { title: 'accelerator', value: ({ accelerator }) => accelerator },
    { title: 'own', value: ({ own }) => formatCount(own), align: 'right' },
    { title: 'left', value: ({ left }) => formatCount(left), align: 'right' },
    { title: 'at most', value: ({ most }) => formatCount(most), align: 'right' },
  ]);
}

function formatLost({ manager, losses, lose }: QueueReport): string {
  if (manager !== null && lose.includes(manager)) return note(withoutManager(manager));
  if (losses.length === 0) return note(`nobody loses anything with ${lose.join(' and ')}`);
  return formatLosses(losses);
}
