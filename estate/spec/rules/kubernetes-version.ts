import type { CloudCatalog } from '../../catalog';
import { minorOf } from '../versions';
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
      // What a cluster runs that exists is its owner's matter.
      const own = cluster.existing === undefined ? [{ at: path, kubernetes: cluster.kubernetes }] : [];
      for (const { at: place, kubernetes: version } of [...own, ...pools]) {
        const ofNodes = place !== path && { of: cluster.kubernetes };
        const found = version === undefined ? undefined : refusal(version, ofNodes, at.catalog);
        if (found !== undefined) report({ path: [...place, 'kubernetes'], value: version, ...found });
      }
    }
  },
};

/** A whole release for nodes of a cluster that may be older than the example. */
function wholeRelease({ offered, preferred, releases }: CloudCatalog['kubernetes'], cluster = preferred): string {
  const minor = offered.find((one) => cluster === one || cluster.startsWith(`${one}.`)) ?? preferred;
  const example = releases?.example ?? '';
  return minorOf(example) > minorOf(minor)
    ? `a whole release of ${minor}`
    : `a whole release, such as ${quote(example)}`;
}

function refusal(
  version: string,
  ofNodes: false | { readonly of: string | undefined },
  { cloud, title, kubernetes }: CloudCatalog,
) {
  const { offered, preferred, releases } = kubernetes;
  const minor = offered.find((one) => version.startsWith(`${one}.`) && releases?.pattern.test(version));
  if (!offered.includes(version) && minor === undefined) {
    return {
      message: `${title} does not offer Kubernetes ${quote(version)}; it offers ${offered.join(', ')}`,
      hint:
        ofNodes && releases !== undefined
          ? `write ${wholeRelease(kubernetes, ofNodes.of)}, or leave it out; other versions go under catalog.kubernetes.${cloud}`
          : `write kubernetes: "${preferred}", or leave it out; a newer one goes under catalog.kubernetes.${cloud}`,
    };
  }
  if (!ofNodes || releases === undefined || minor !== undefined) return undefined;
  return {
    message: `nodes on ${title} are kept at a whole release; which one of ${version} they run, its release channel chooses`,
    hint: `write ${wholeRelease(kubernetes, ofNodes.of)}, here or at the cluster, or leave it out`,
  };
}
