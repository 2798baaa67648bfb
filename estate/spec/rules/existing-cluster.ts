import { poolUnit } from '../machine';
import { andList, quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn } from './walk';

/** Pools of a cluster that exists have what they need of it. */
export const existingCluster: Rule = {
  code: 'ExistingCluster',
  severity: 'error',
  summary: 'a cluster that exists lies in a network that exists, says its version, and has what its pools need',
  why: 'nothing is looked up when planning, and a cluster cannot be joined from a network that is only now made',
  check(estate, report) {
    for (const entry of clustersOf(estate)) {
      const { path, cluster, at } = entry;
      if (cluster.existing === undefined) continue;
      if (at.site.network.existing === undefined) {
        report({
          path: [...path, 'site'],
          value: cluster.site,
          message: `the cluster exists already, and the network of site ${quote(cluster.site)} does not`,
          hint: `write ${[...at.path, 'network', 'existing'].join('.')}, the network that the cluster lies in`,
        });
      }
      if (cluster.kubernetes === undefined) {
        const hint = 'write kubernetes: "…", the version that it runs; its pools get it too';
        report({ path, on: 'key', message: 'the cluster exists already, and its version is not said', hint });
      }
      const { endpoint, certificateAuthority } = cluster.existing;
      const missing = [
        ...(endpoint === undefined ? ['endpoint'] : []),
        ...(certificateAuthority === undefined ? ['certificateAuthority'] : []),
      ];
      const racks = poolsIn(entry).find(({ machine }) => machine !== undefined && poolUnit(machine) === 'rack');
      if (at.cloud === 'oracle' && racks !== undefined && missing.length > 0) {
        report({
          path: [...path, 'existing'],
          on: 'key',
          message: `nodes of racks, such as those of pool ${quote(racks.key)}, are told where the API server is, and ${andList(missing)} of the cluster is not said`,
          hint: `write ${missing.join(': … and ')}: … ("oci ce cluster get", "oci ce cluster create-kubeconfig")`,
        });
      }
    }
  },
};
