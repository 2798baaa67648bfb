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
      const pools = Object.entries(cluster.pools).map(([key, pool]) => ({ at: [...path, 'pools', key], ...pool }));
      for (const { at: place, kubernetes: version } of [{ at: path, kubernetes: cluster.kubernetes }, ...pools]) {
        if (version === undefined || offered.includes(version)) continue;
        report({
          path: [...place, 'kubernetes'],
          value: version,
          message: `${at.catalog.title} does not offer Kubernetes ${quote(version)}; it offers ${offered.join(', ')}`,
          hint: `write kubernetes: "${preferred}", or leave it out; a newer one goes under catalog.kubernetes.${cloud}`,
        });
      }
    }
  },
};
