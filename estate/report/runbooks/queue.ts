import {
  MANAGER_STEPS,
  TOKEN_HOURS,
  WORKER_STEPS,
  WORKER_TROUBLES,
  type WorkerStepRow,
} from '../../catalog/queue-steps';
import { allShards } from '../../plan/all-shards';
import { MANAGER_ACCOUNT, managerSecret, QUEUE_NAMESPACE } from '../../plan/queue/manager-names';
import type { QueueSet } from '../../plan/queue/types';
import type { ShardPlan } from '../../plan/types';
import { joined } from '../../spec/words';
import { defined, filled, sourceOf, type Words } from '../first-apply/guide';
import type { Step } from '../first-apply/types';
import type { RunbookInput } from './pool';
import { bundleFolder, type ClusterRunbook, type Runbook } from './types';

/** How the manager of the queue reaches its workers; undefined where there is none. */
export function queueRunbook({ plan, queue }: RunbookInput): Runbook | undefined {
  const { manager } = queue;
  if (manager === undefined) return undefined;
  const shards = allShards(plan);
  const workers = shards.flatMap((shard) => {
    const set = queue.sets.find((each) => each.shard === shard.key && each.role === 'worker');
    return set === undefined ? [] : [{ shard, set }];
  });
  return {
    title: `The queue over all clusters, estate ${plan.name}: how manager ${manager} reaches its workers`,
    clusters: [
      ...workers.map(({ shard, set }) => workerOf(shard, set, manager)),
      managerOf(
        manager,
        workers.map(({ shard }) => shard.key),
      ),
    ],
  };
}

function workerOf({ key, cloud }: ShardPlan, set: QueueSet, manager: string): ClusterRunbook {
  const { hours, ...fact } = TOKEN_HOURS[cloud];
  const teams = set.localQueues.filter(({ clusterQueue }) => isOfWorker(set, clusterQueue));
  const words: Words = {
    worker: key,
    manager,
    account: MANAGER_ACCOUNT,
    queueNamespace: QUEUE_NAMESPACE,
    secret: managerSecret(key),
    hours: String(hours),
    renewal: String(hours / 2),
    namespaces: [...new Set(teams.map(({ namespace }) => namespace))].sort().join(' '),
  };
  const steps = WORKER_STEPS.map((row) => stepOf(row, words, row.id === 'kubeconfig' ? [sourceOf(fact)] : []));
  return {
    cluster: key,
    facts: [
      ['manager', manager],
      ['secret on the manager', `${QUEUE_NAMESPACE}/${managerSecret(key)}`],
      ['longest token', `${hours} hours`],
    ],
    chapters: [{ chapter: 'manager', title: 'Let the manager reach it, and nobody else', steps }],
  };
}

function isOfWorker({ queues }: QueueSet, name: string): boolean {
  return queues.some((queue) => queue.name === name && queue.kind === 'worker');
}

function managerOf(manager: string, workers: readonly string[]): ClusterRunbook {
  const words: Words = { manager, folder: bundleFolder(manager), workers: joined(workers, 'and') };
  const troubles = WORKER_TROUBLES.map(
    (row): Step => ({
      step: 'trouble',
      title: `Where it says: ${row.says}`,
      why: `${row.means}.`,
      run: [],
      see: [],
      sources: [sourceOf(row)],
    }),
  );
  return {
    cluster: manager,
    facts: [['workers', workers.join(', ')]],
    chapters: [
      {
        chapter: 'manager',
        title: 'See that jobs reach all workers',
        steps: MANAGER_STEPS.map((row) => stepOf(row, words)),
      },
      { chapter: 'manager', title: 'When a worker is not active, or takes nothing', steps: troubles },
    ],
  };
}

function stepOf(row: WorkerStepRow, words: Words, further: Step['sources'] = []): Step {
  const text = (each: string) => filled(each, words);
  return {
    step: row.id,
    title: text(row.title),
    ...defined({ why: row.why && text(row.why) }),
    run: (row.run ?? []).map(text),
    see: (row.see ?? []).map(text),
    ...defined({ done: row.done && text(row.done) }),
    sources: [sourceOf(row), ...further],
  };
}
