import type {
  ClusterQueuePlan,
  FlavorPlan,
  FlavorQuotas,
  QueuePlan,
  QueueSet,
  QuotaPlan,
} from '../estate/plan/queue/types';
import { compareKeys, formatCount } from '../estate/units';
import type { QueueEdit } from './facts/queue';

/** Something that an edit does to queues or jobs of one cluster. */
export interface JobEdit {
  readonly edit: QueueEdit;
  /** Shard in whose cluster it is. */
  readonly cluster: string;
  /** What it is about, such as `queue research-gb300: 216 -> 192 nvidia.com/gpu`. */
  readonly what: string;
  /** Queues whose jobs should end first. @default none */
  readonly held?: HeldQueues;
}

/** Queues of one cluster that are held. */
export interface HeldQueues {
  /** Shard. */
  readonly cluster: string;
  /** Names of its ClusterQueues, sorted; never those of services, which would not come back after a failure. */
  readonly queues: readonly string[];
}

type Sided<T> = readonly [before: T, after: T];

/**
 * What an edit does to the queues of all clusters, in the order of clusters.
 *
 * @param clusters shards that the estate has afterwards
 */
export function queueEdits(
  before: QueuePlan,
  after: QueuePlan,
  clusters: readonly string[] = [...before.sets, ...after.sets].map(({ shard }) => shard),
): readonly JobEdit[] {
  const shards = [...new Set([...before.sets, ...after.sets].map(({ shard }) => shard))].sort(compareKeys);
  const sets = shards.map((shard) => [setOf(before, shard), setOf(after, shard)] as const);
  return [
    ...managerEdits([before, after]),
    ...sets.flatMap(([was, is]): readonly JobEdit[] => {
      if (was === undefined) return [];
      if (clusters.includes(was.shard)) return setEdits([was, is ?? emptied(was)], [before, after]);
      return [{ edit: 'cluster-removed', cluster: was.shard, what: 'all of it', ...heldOf(was) }];
    }),
    ...sharingEdits([before, after]),
    ...priorityEdits([before, after]),
  ];
}

/** Queues of jobs in a cluster, of those that {@link isHeld} takes. */
function heldOf(
  set: QueueSet | undefined,
  isHeld: (queue: ClusterQueuePlan) => boolean = () => true,
): { held?: HeldQueues } {
  const queues = (set?.queues ?? []).filter((queue) => queue.kind !== 'serving' && isHeld(queue));
  if (set === undefined || queues.length === 0) return {};
  return { held: { cluster: set.shard, queues: queues.map(({ name }) => name).sort(compareKeys) } };
}

function setOf({ sets }: QueuePlan, shard: string): QueueSet | undefined {
  return sets.find((set) => set.shard === shard);
}

/** What is left of the queue of a cluster that leaves the estate. */
function emptied({ shard, role }: QueueSet): QueueSet {
  const none: readonly never[] = [];
  return {
    shard,
    role,
    topologies: none,
    flavors: none,
    cohorts: none,
    queues: none,
    localQueues: none,
    checks: none,
    namespaces: none,
  };
}

function setEdits(sides: Sided<QueueSet>, plans: Sided<QueuePlan>): JobEdit[] {
  const [{ shard, role }] = sides;
  // The flavors of a manager are those of its workers, where the same is told.
  const found = [
    ...(role === 'manager' ? workerEdits(sides, plans) : [...flavorEdits(sides), ...topologyEdits(sides)]),
    ...clusterQueueEdits(sides, plans[1].fairSharing),
    ...goneOf(sides, 'localQueues', 'local-queue-removed', ({ namespace, name }) => `queue ${name} of ${namespace}`),
    ...goneOf(sides, 'namespaces', 'namespace-removed', (name) => `namespace ${name}`),
  ];
  return found.map((edit) => ({ cluster: shard, ...edit }));
}

type Found = Omit<JobEdit, 'cluster'>;

function goneOf<K extends 'localQueues' | 'namespaces'>(
  [was, is]: Sided<QueueSet>,
  kind: K,
  edit: QueueEdit,
  words: (one: QueueSet[K][number]) => string,
): Found[] {
  const left = new Set((is[kind] as readonly QueueSet[K][number][]).map(words));
  return (was[kind] as readonly QueueSet[K][number][])
    .map(words)
    .filter((word) => !left.has(word))
    .map((what) => ({ edit, what }));
}

function flavorEdits([was, is]: Sided<QueueSet>): Found[] {
  const had = new Set(was.flavors.map(({ pool }) => pool));
  const added = is.flavors.filter(({ pool }) => !had.has(pool));
  return [
    ...was.flavors.flatMap((flavor) => flavorEdit(flavor, was, is)),
    ...added.flatMap((flavor) => sizeEdit({ ...flavor, nodes: 0 }, flavor)),
  ];
}

function flavorEdit(flavor: FlavorPlan, was: QueueSet, { flavors }: QueueSet): Found[] {
  const same = flavors.find(({ name }) => name === flavor.name);
  if (same !== undefined) return sizeEdit(flavor, same);
  const next = flavors.find(({ pool }) => pool === flavor.pool);
  const held = heldOf(was, (queue) => queue.flavors.some((each) => each.flavor === flavor.name));
  if (next === undefined) return [{ edit: 'flavor-removed', what: `flavor ${flavor.name}`, ...held }];
  return [
    { edit: 'flavor-renamed', what: `flavor ${flavor.name} -> ${next.name}`, ...held },
    ...sizeEdit(flavor, next),
  ];
}

function sizeEdit(was: FlavorPlan, is: FlavorPlan): Found[] {
  if (was.nodes === is.nodes) return [];
  const what = `nodes of pool ${is.pool}: ${formatCount(was.nodes)} -> ${formatCount(is.nodes)}`;
  return [{ edit: is.nodes < was.nodes ? 'nodes-fewer' : 'nodes-more', what }];
}

function topologyEdits([was, is]: Sided<QueueSet>): Found[] {
  const left = new Set(is.topologies.map(({ name }) => name));
  const isUsed = (name: string) =>
    was.flavors.some(({ topology, pool }) => topology === name && is.flavors.some((one) => one.pool === pool));
  return was.topologies
    .filter(({ name }) => !left.has(name) && isUsed(name))
    .map(({ name }) => ({ edit: 'topology-replaced', what: `topology ${name}` }));
}

function clusterQueueEdits([was, is]: Sided<QueueSet>, isFair: boolean): Found[] {
  return was.queues.flatMap((queue): Found[] => {
    const next = is.queues.find(({ name }) => name === queue.name);
    if (next === undefined) return [{ edit: 'queue-removed', what: `queue ${queue.name}` }];
    return [
      ...(next.cohort === queue.cohort
        ? []
        : [{ edit: 'cohort-changed' as const, what: `queue ${queue.name}: ${queue.cohort} -> ${next.cohort}` }]),
      ...quotaEdits(queue, next, is.flavors),
      ...preemptionEdits(queue, next, isFair),
    ];
  });
}

/** What becomes of the quotas of a queue, of flavors that both sides have: others are told as flavors. */
function quotaEdits(was: ClusterQueuePlan, is: ClusterQueuePlan, flavors: readonly FlavorPlan[]): Found[] {
  return was.flavors.flatMap(({ flavor, quotas }) => {
    const plan = flavors.find(({ name }) => name === flavor);
    if (plan === undefined) return [];
    const [quota] = quotas;
    if (quota === undefined) return [];
    const next = quotaOf(is.flavors, flavor, quota.resource);
    const told = (edit: QueueEdit, name: string, one: number | undefined, other: number): Found => ({
      edit,
      what: `${name} of queue ${was.name} in ${flavor}: ${one === undefined ? 'all' : formatCount(one)} -> ${formatCount(other)} ${quota.resource}`,
    });
    const [floor, higher] = [floorOf(quota), next === undefined ? 0 : floorOf(next)];
    return [
      ...(quota.nominal > (next?.nominal ?? 0)
        ? [told('quota-lower', 'quota', quota.nominal, next?.nominal ?? 0)]
        : []),
      // Nodes of a pool for services alone are lent to nobody.
      ...(higher > floor && is.kind === 'serving' && plan.purpose !== 'serving'
        ? [told('floor-higher', 'floor', floor, higher)]
        : []),
      ...(is.kind !== 'serving' && next !== undefined && next.nominal >= quota.nominal && lentOf(next) < lentOf(quota)
        ? [told('lending-lower', 'lending', lentOf(quota), lentOf(next))]
        : []),
      ...borrowingEdit(quota, next, told),
    ];
  });
}

/** What else decides whose jobs end for others. */
function preemptionEdits(was: ClusterQueuePlan, is: ClusterQueuePlan, isFair: boolean): Found[] {
  const told = (what: string, one: string | number, other: string | number): Found[] =>
    one === other ? [] : [{ edit: 'preemption-changed', what: `${what} of queue ${was.name}: ${one} -> ${other}` }];
  return [
    ...(isFair ? told('weight', was.weight ?? 1, is.weight ?? 1) : []),
    ...told('preemption within', was.preemption.within, is.preemption.within),
    ...told('reclaim', was.preemption.reclaim, is.preemption.reclaim),
    ...told('preemption for borrowing', was.preemption.borrowing, is.preemption.borrowing),
  ];
}

function borrowingEdit(
  was: QuotaPlan,
  is: QuotaPlan | undefined,
  told: (edit: QueueEdit, name: string, one: number | undefined, other: number) => Found,
): Found[] {
  if (is?.borrowing === undefined || is.borrowing >= (was.borrowing ?? Number.POSITIVE_INFINITY)) return [];
  return [told('borrowing-lower', 'borrowing', was.borrowing, is.borrowing)];
}

function quotaOf(flavors: readonly FlavorQuotas[], flavor: string, resource: string): QuotaPlan | undefined {
  return flavors.find((one) => one.flavor === flavor)?.quotas.find((one) => one.resource === resource);
}

/** Most that is lent. */
function lentOf({ nominal, lending }: QuotaPlan): number {
  return lending ?? nominal;
}

/** What is never lent. */
function floorOf(quota: QuotaPlan): number {
  return quota.nominal - lentOf(quota);
}

function managerEdits([before, after]: Sided<QueuePlan>): JobEdit[] {
  if (before.manager === after.manager) return [];
  const cluster = before.manager ?? after.manager ?? '';
  const what = `manager ${before.manager ?? 'none'} -> ${after.manager ?? 'none'}`;
  const manager = before.sets.find(({ role }) => role === 'manager');
  return [{ edit: 'manager-changed', cluster, what, ...heldOf(manager) }];
}

/** Workers that the manager sends to no longer. */
function workerEdits([was, is]: Sided<QueueSet>, [before, after]: Sided<QueuePlan>): Found[] {
  // Where the manager is another one, all of its workers go with it, which is told of it.
  if (after.manager !== was.shard) return [];
  const workers = (set: QueueSet) => new Set(set.flavors.map(({ shard }) => shard));
  const left = workers(is);
  return [...workers(was)]
    .filter((worker) => !left.has(worker))
    .sort(compareKeys)
    .map((worker) => ({ edit: 'worker-removed', what: `worker ${worker}`, ...heldOf(setOf(before, worker)) }));
}

function sharingEdits([before, after]: Sided<QueuePlan>): JobEdit[] {
  if (before.fairSharing === after.fairSharing) return [];
  const what = `fair sharing ${before.fairSharing} -> ${after.fairSharing}`;
  return [{ edit: 'fair-sharing-changed', cluster: '', what }];
}

function priorityEdits([before, after]: Sided<QueuePlan>): JobEdit[] {
  return before.priorities.flatMap(({ name, value }): JobEdit[] => {
    const next = after.priorities.find((one) => one.name === name);
    if (next === undefined) return [{ edit: 'priority-removed', cluster: '', what: `priority ${name} of ${value}` }];
    if (next.value === value) return [];
    return [{ edit: 'priority-changed', cluster: '', what: `priority ${name}: ${value} -> ${next.value}` }];
  });
}
