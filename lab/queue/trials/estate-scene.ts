import { parse, stringify } from 'yaml';
import { MANAGER_ACCOUNT, managerSecret } from '../../../bundle/parts/multikueue';
import { kueueConfiguration } from '../../../estate/plan/software/kueue-configuration';
import { applyBundle, makeNodes } from '../apply';
import { openQueueBed, type QueueBed, type Scale, SMALL } from '../bed';
import { KUEUE_NAMESPACE } from '../bed/kueue';
import { accountKubeconfig } from '../bed/token';
import { until } from '../bed/wait';
import type { TriedEstate } from '../estate';
import { nodesOfSet } from '../nodes';
import type { TrialScene } from '../trial';
import { inactive } from './in-service';
import { LOST_AFTER_SECONDS } from './loss';

/** The configuration of a cluster; the manager of a lab takes workers for lost sooner, since nobody waits that long. */
function configurationOf(text: string, isManager: boolean): string {
  if (!isManager) return text;
  const { multiKueue, ...rest } = parse(text);
  return stringify({
    ...rest,
    multiKueue: { ...multiKueue, workerLostTimeout: `${LOST_AFTER_SECONDS}s`, gcInterval: '10s' },
  });
}

/** Gives the manager what it reaches workers with: tokens of the account that bundles make there, which may no more than it says. */
async function joinWorkers(bed: QueueBed, { queue }: TriedEstate): Promise<void> {
  if (queue.manager === undefined) return;
  const { api } = bed.cluster(queue.manager);
  for (const { shard, role } of queue.sets) {
    if (role !== 'worker') continue;
    const account = { namespace: KUEUE_NAMESPACE, name: MANAGER_ACCOUNT };
    const kubeconfig = await accountKubeconfig(bed.cluster(shard).api, bed.authority, account);
    await api.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: managerSecret(shard), namespace: KUEUE_NAMESPACE },
      stringData: { kubeconfig },
    });
  }
}

/** Opens all clusters of an estate, makes their nodes, applies their bundles, and waits until everything is in service. */
export async function openEstate(
  tried: TriedEstate,
  { programs, folder }: TrialScene,
  scale: Scale = SMALL,
): Promise<QueueBed> {
  const { plan, queue, bundle } = tried;
  const orders = queue.sets.map((set) => ({
    name: set.shard,
    kueue: configurationOf(kueueConfiguration(queue, set), set.role === 'manager'),
  }));
  const bed = await openQueueBed(orders, folder, programs, scale);
  try {
    for (const set of queue.sets) {
      const { api } = bed.cluster(set.shard);
      await makeNodes(api, nodesOfSet(plan, set));
      await applyBundle(api, bundle, set.shard);
    }
    await joinWorkers(bed, tried);
    await until(async () => ((await inactive(bed)).length === 0 ? true : undefined), 60, 1000);
    return bed;
  } catch (error) {
    await bed.close();
    throw error;
  }
}
