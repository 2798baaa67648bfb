import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** Kubernetes versions are offered by the cloud of the cluster. */
export const kubernetesVersion: Rule = {
  code: 'KubernetesVersion',
  severity: 'error',
  summary: 'Kubernetes versions are offered by the cloud of the cluster',
  why: 'the provider refuses other versions only when the cluster is created',
  check(estate, report) {
    for (const { path, cluster, at } of clustersOf(estate)) {
      const { cloud, kubernetes } = at.catalog;
      const { offered, preferred } = kubernetes;
      if (cluster.kubernetes === undefined || offered.includes(cluster.kubernetes)) continue;
      report({
        path: [...path, 'kubernetes'],
        value: cluster.kubernetes,
        message: `${at.catalog.title} does not offer Kubernetes ${quote(cluster.kubernetes)}; it offers ${offered.join(', ')}`,
        hint: `write kubernetes: "${preferred}", or leave it out; a newer one goes under catalog.kubernetes.${cloud}`,
      });
    }
  },
};
