import { fitName } from '../name';
import type { ClusterQueuePlan, FlavorPlan, QueueSet, QuotaPlan } from './queue/types';

/** Name of the service account, the service and the scripts of acceptance in a namespace, and of what they are part of. */
export const ACCEPTANCE = 'acceptance';

/** What jobs of acceptance are about, in the order in which they are run. */
export const CHECKS = ['labels', 'rack', 'too-large', 'domain', 'fabric', 'files', 'reach'] as const;

/** What a job of acceptance is about. */
export type Check = (typeof CHECKS)[number];

/** Longest name of an indexed job, whose pods have a hyphen and their index behind it: room for 99,999 of them. */
const JOB_NAME = {
  maxLength: 57,
  allowed: /[a-z0-9-]/,
  separator: '-',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-names-and-labels',
  checked: '2026-11',
} as const;

/** Name of a job of acceptance of a pool. */
export function acceptanceJob(pool: string, check: Check, ...of: readonly string[]): string {
  return fitName(['accept', pool, check, ...of], JOB_NAME);
}

/** The queue that jobs of acceptance of a pool go through. */
export interface AcceptanceQueue {
  readonly namespace: string;
  /** Name of the LocalQueue. */
  readonly queue: string;
  /** Nodes in service that one job can have, by quota. */
  readonly reach: number;
}

/** The queue that can have most of a flavor: jobs of acceptance want whole racks. */
export function acceptanceQueue(set: QueueSet, flavor: FlavorPlan): AcceptanceQueue | undefined {
  const found = set.queues.flatMap((queue) => {
    const local = set.localQueues.find(({ clusterQueue }) => clusterQueue === queue.name);
    const reach = reachOf(set, queue, flavor);
    return local === undefined || reach === 0 ? [] : [{ namespace: local.namespace, queue: local.name, reach }];
  });
  const [best] = found.sort((one, other) => other.reach - one.reach || (one.namespace < other.namespace ? -1 : 1));
  return best;
}

/** Nodes of a flavor that jobs of a queue can have at most: its own and what it borrows. */
function reachOf(set: QueueSet, queue: ClusterQueuePlan, flavor: FlavorPlan): number {
  const own = quotaOf(queue.flavors, flavor);
  if (own === undefined) return 0;
  const lent = [...set.queues, ...set.cohorts]
    .filter((other) => other !== queue)
    .reduce((sum, other) => {
      const quota = quotaOf('flavors' in other ? other.flavors : other.quotas, flavor);
      return sum + (quota === undefined ? 0 : (quota.lending ?? quota.nominal));
    }, 0);
  return Math.floor((own.nominal + Math.min(own.borrowing ?? lent, lent)) / quotaPerNode(flavor));
}

function quotaOf(quotas: ClusterQueuePlan['flavors'], flavor: FlavorPlan): QuotaPlan | undefined {
  const found = quotas.find(({ flavor: name }) => name === flavor.name);
  return found?.quotas.find(({ resource }) => resource === flavor.resource);
}

/** What quotas count of one node: accelerators, or cores. */
export function quotaPerNode({ accelerator, perNode: { accelerators, vcpus } }: FlavorPlan): number {
  return accelerator === 'cpu' ? (vcpus ?? 1) : accelerators;
}
