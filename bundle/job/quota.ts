import type { ClusterQueuePlan, QueueSet, QuotaPlan } from '../../estate/plan/queue/types';
import type { Requests } from './types';

/** Kueue counts cores of `cpu` in thousandths and memory in bytes; the plan has whole cores and GiB. */
const UNITS: Readonly<Record<string, number>> = { cpu: 1000, memory: 2 ** 30 };

/** What is nominal, borrowed and lent of one resource of one flavor, in units of requests. */
interface Own {
  readonly nominal: number;
  readonly borrowing?: number;
  readonly lending?: number;
}

/** Amounts of a plan in the units of requests. */
export function inRequestUnits(resource: string, amount: number): number {
  return amount * (UNITS[resource] ?? 1);
}

/**
 * The most of a resource of a flavor that a queue ever has: its own, and what its cohorts lend while nothing else runs.
 * It is what Kueue calls the maximum capacity; a job above it never starts, one below it waits at most.
 */
export function maximumCapacity(set: QueueSet, queue: ClusterQueuePlan, flavor: string, resource: string): number {
  const own = ownQuota(queue.flavors, flavor, resource);
  return limited(set, own, own.nominal, queue.cohort, flavor, resource);
}

/** What a member of a cohort has, its subtree as a whole, with what the cohort lends it. */
function limited(
  set: QueueSet,
  own: Own,
  subtree: number,
  parent: string | undefined,
  flavor: string,
  resource: string,
): number {
  if (parent === undefined || parent === '') return subtree;
  const kept = keptOf(own, subtree);
  const all = kept + cohortCapacity(set, parent, flavor, resource);
  return own.borrowing === undefined ? all : Math.min(all, subtree + own.borrowing);
}

function cohortCapacity(set: QueueSet, name: string, flavor: string, resource: string): number {
  const cohort = set.cohorts.find((each) => each.name === name);
  const own = ownQuota(cohort?.quotas ?? [], flavor, resource);
  return limited(set, own, subtreeQuota(set, name, flavor, resource), cohort?.parent, flavor, resource);
}

/**
 * How far up its cohorts a queue has to borrow for so much of a resource: 0 where its own is enough, 1 where its cohort
 * has it, more the farther up.
 */
export function borrowingHeight(
  set: QueueSet,
  queue: ClusterQueuePlan,
  flavor: string,
  resource: string,
  amount: number,
): number {
  const own = ownQuota(queue.flavors, flavor, resource);
  if (amount <= own.nominal || queue.cohort === '') return 0;
  let remaining = amount - keptOf(own, own.nominal);
  let cohort = set.cohorts.find(({ name }) => name === queue.cohort);
  let last = 0;
  while (cohort !== undefined) {
    const { name, parent, quotas } = cohort;
    const subtree = subtreeQuota(set, name, flavor, resource);
    last = heightOf(set, name);
    if (remaining <= subtree) return last;
    remaining -= keptOf(ownQuota(quotas, flavor, resource), subtree);
    cohort = set.cohorts.find((each) => each.name === parent);
  }
  return last;
}

function heightOf(set: QueueSet, cohort: string): number {
  const below = set.cohorts.filter(({ parent }) => parent === cohort).map(({ name }) => heightOf(set, name) + 1);
  return Math.max(1, ...below);
}

/** What everything below a cohort has, less what is never lent. */
function subtreeQuota(set: QueueSet, name: string, flavor: string, resource: string): number {
  const cohort = set.cohorts.find((each) => each.name === name);
  const own = ownQuota(cohort?.quotas ?? [], flavor, resource).nominal;
  const queues = set.queues
    .filter((queue) => queue.cohort === name)
    .map((queue) => {
      const quota = ownQuota(queue.flavors, flavor, resource);
      return quota.nominal - keptOf(quota, quota.nominal);
    });
  const cohorts = set.cohorts
    .filter(({ parent }) => parent === name)
    .map((child) => {
      const subtree = subtreeQuota(set, child.name, flavor, resource);
      return subtree - keptOf(ownQuota(child.quotas, flavor, resource), subtree);
    });
  return [...queues, ...cohorts].reduce((sum, each) => sum + each, own);
}

/** What a member never lends. */
function keptOf({ lending }: Own, subtree: number): number {
  return lending === undefined ? 0 : Math.max(0, subtree - lending);
}

function ownQuota(flavors: ClusterQueuePlan['flavors'], flavor: string, resource: string): Own {
  const found = flavors.find((each) => each.flavor === flavor)?.quotas.find((each) => each.resource === resource);
  const scaled = (key: keyof QuotaPlan) => {
    const value = found?.[key];
    return typeof value === 'number' ? inRequestUnits(resource, value) : undefined;
  };
  const borrowing = scaled('borrowing');
  const lending = scaled('lending');
  return {
    nominal: scaled('nominal') ?? 0,
    ...(borrowing !== undefined && { borrowing }),
    ...(lending !== undefined && { lending }),
  };
}

/** Requests of so many pods of the resources that a queue covers; pods themselves count too. */
export function coveredRequests(queue: ClusterQueuePlan, requests: Requests, count: number): Requests {
  const all: Requests = { ...requests, pods: 1 };
  const covered = queue.covered.filter((resource) => (all[resource] ?? undefined) !== undefined);
  return Object.fromEntries(covered.map((resource) => [resource, (all[resource] ?? 0) * count]));
}
