import type { CloudCatalog } from '../../catalog';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** Kubernetes versions are offered by the cloud of the cluster. */
export const kubernetesVersion: Rule = {
  code: 'KubernetesVersion',
  severity: 'error',
  summary: 'Kubernetes versions are offered by the cloud of the cluster, and such as nodes can be kept at',
  why: 'the provider refuses other versions only when the cluster is created, or changes nothing',
  check(estate, report) {
    for (const { path, cluster, at } of clustersOf(estate)) {
      const pools = Object.entries(cluster.pools).map(([key, pool]) => ({ at: [...path, 'pools', key], ...pool }));
      for (const { at: place, kubernetes: version } of [{ at: path, kubernetes: cluster.kubernetes }, ...pools]) {
        const found = version === undefined ? undefined : refusal(version, place !== path, at.catalog);
        if (found !== undefined) report({ path: [...place, 'kubernetes'], value: version, ...found });
      }
    }
  },
};

function refusal(version: string, ofNodes: boolean, { cloud, title, kubernetes }: CloudCatalog) {
  const { offered, preferred, releases } = kubernetes;
  const minor = offered.find((one) => version.startsWith(`${one}.`) && releases?.pattern.test(version));
  if (!offered.includes(version) && minor === undefined) {
    return {
      message: `${title} does not offer Kubernetes ${quote(version)}; it offers ${offered.join(', ')}`,
      hint: `write kubernetes: "${preferred}", or leave it out; a newer one goes under catalog.kubernetes.${cloud}`,
    };
  }
  if (!ofNodes || releases === undefined || minor !== undefined) return undefined;
  return {
    message: `nodes on ${title} are kept at a whole release; which one of ${version} they run, its release channel chooses`,
    hint: `write a whole release, such as "${releases.example}", here or at the cluster, or leave it out`,
  };
}
