import { MANAGER_ACCOUNT, managerSecret } from '../../../bundle/parts/multikueue';
import { kueueConfiguration } from '../../../estate/plan/software/kueue-configuration';
import { type Applied, applyBundle, makeNodes } from '../apply';
import { openQueueBed, type QueueBed, type Scale, SMALL } from '../bed';
import { KUEUE_NAMESPACE } from '../bed/kueue';
import { accountKubeconfig } from '../bed/token';
import { until } from '../bed/wait';
import type { TriedEstate } from '../estate';
import { nodesOfSet } from '../nodes';
import type { TrialScene } from '../trial';
import type { Condition } from '../workloads';

/** Clusters of an estate, with their nodes and what of their bundles was applied. */
export interface EstateBed extends QueueBed {
  readonly applied: ReadonlyMap<string, Applied>;
}

interface Named {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

const KUEUE = '/apis/kueue.x-k8s.io/v1beta2';

/** What of the queue is not in service, with what it says of itself. */
export async function inactive(bed: QueueBed): Promise<string[]> {
  const found: string[] = [];
  for (const { name, api } of bed.clusters.values()) {
    for (const plural of ['clusterqueues', 'localqueues', 'admissionchecks', 'multikueueclusters']) {
      for (const { metadata, status } of await api.items<Named>(`${KUEUE}/${plural}`)) {
        const active = status?.conditions?.find(({ type }) => type === 'Active');
        if (active?.status !== 'True')
          found.push(`${name}: ${plural} ${metadata.name}: ${active?.message ?? 'nothing'}`);
      }
    }
  }
  return found;
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
): Promise<EstateBed> {
  const { plan, queue, bundle } = tried;
  const orders = queue.sets.map((set) => ({ name: set.shard, kueue: kueueConfiguration(queue, set) }));
  const bed = await openQueueBed(orders, folder, programs, scale);
  try {
    const applied = new Map<string, Applied>();
    for (const set of queue.sets) {
      const { api } = bed.cluster(set.shard);
      await makeNodes(api, nodesOfSet(plan, set));
      applied.set(set.shard, await applyBundle(api, bundle, set.shard));
    }
    await joinWorkers(bed, tried);
    await until(async () => ((await inactive(bed)).length === 0 ? true : undefined), 60, 1000);
    return { ...bed, applied };
  } catch (error) {
    await bed.close();
    throw error;
  }
}
