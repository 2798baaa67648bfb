import type { QueueBed } from '../bed';
import type { Condition } from '../workloads';

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
