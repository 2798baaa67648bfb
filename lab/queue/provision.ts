import type { KubeObject } from '../../bundle/types';
import type { Api } from './bed';
import { MERGE } from './bed/api';

const REQUESTS = '/apis/autoscaling.x-k8s.io/v1/provisioningrequests';

/** Label that nodes which were asked for have, with the name of who asked. */
const ASKED = 'autoscaling.gke.io/provisioning-request';

interface Request extends KubeObject {
  readonly status?: { readonly conditions?: readonly unknown[] };
}

/** Answers requests for nodes as an autoscaler does: the nodes of the queued pools are taken for the ones that it made. */
export async function provision(api: Api): Promise<void> {
  const { status, body } = await api.ask<{ readonly items: readonly Request[] }>('GET', REQUESTS);
  if (status !== 200) return;
  for (const request of body.items.filter((one) => (one.status?.conditions ?? []).length === 0)) {
    const { name } = request.metadata;
    const nodes = await api.items<{ metadata: { name: string }; spec: { taints?: readonly { key: string }[] } }>(
      '/api/v1/nodes',
    );
    const queued = nodes.filter(({ spec }) => spec.taints?.some(({ key }) => key === 'cloud.google.com/gke-queued'));
    for (const { metadata } of queued) {
      await api.ask('PATCH', `/api/v1/nodes/${metadata.name}`, { metadata: { labels: { [ASKED]: name } } }, MERGE);
    }
    const now = new Date().toISOString();
    const condition = { status: 'True', reason: 'Provisioned', message: 'made', lastTransitionTime: now };
    const told = {
      conditions: [
        { type: 'Accepted', ...condition },
        { type: 'Provisioned', ...condition },
      ],
      provisioningClassDetails: { ResizeRequestName: name },
    };
    await api.ask(
      'PATCH',
      `${await api.pathOf({ ...request, apiVersion: 'autoscaling.x-k8s.io/v1', kind: 'ProvisioningRequest' })}/status`,
      { status: told },
      MERGE,
    );
  }
}
