import { TOKEN_HOURS, WORKER_STEPS, WORKER_TROUBLES } from '../../catalog/queue-steps';
import { MANAGER_ACCOUNT, managerSecret, QUEUE_NAMESPACE } from '../../plan/queue/manager-names';
import type { ShardPlan } from '../../plan/types';
import { defined, filled, sourceOf, type Words } from '../first-apply/guide';
import type { Step } from '../first-apply/types';
import type { RunbookInput } from './pool';
import type { ClusterRunbook, Runbook } from './types';

/** How the manager of the queue reaches its workers; undefined where there is none. */
export function queueRunbook({ plan, queue }: RunbookInput): Runbook | undefined {
  const { manager } = queue;
  if (manager === undefined) return undefined;
  const shards: readonly ShardPlan[] = plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  const workers = shards.filter(({ key }) => queue.sets.some((set) => set.shard === key && set.role === 'worker'));
  return {
    title: `The queue over all clusters, estate ${plan.name}: how manager ${manager} reaches its workers`,
    clusters: workers.map((worker) => workerOf(worker, manager)),
  };
}

function workerOf({ key, cloud }: ShardPlan, manager: string): ClusterRunbook {
  const { hours, ...fact } = TOKEN_HOURS[cloud];
  const words: Words = {
    worker: key,
    manager,
    account: MANAGER_ACCOUNT,
    queueNamespace: QUEUE_NAMESPACE,
    secret: managerSecret(key),
    hours: String(hours),
    renewal: String(hours / 2),
  };
  const text = (each: string) => filled(each, words);
  const steps = WORKER_STEPS.map(
    (row): Step => ({
      step: row.id,
      title: text(row.title),
      ...defined({ why: row.why && text(row.why) }),
      run: (row.run ?? []).map(text),
      see: (row.see ?? []).map(text),
      ...defined({ done: row.done && text(row.done) }),
      sources: [sourceOf(row), ...(row.id === 'kubeconfig' ? [sourceOf(fact)] : [])],
    }),
  );
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
    cluster: key,
    facts: [
      ['manager', manager],
      ['secret on the manager', `${QUEUE_NAMESPACE}/${managerSecret(key)}`],
      ['longest token', `${hours} hours`],
    ],
    chapters: [
      { chapter: 'manager', title: 'Let the manager reach it', steps },
      { chapter: 'manager', title: 'When it is not active, or takes nothing', steps: troubles },
    ],
  };
}
