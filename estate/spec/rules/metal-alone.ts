import { type GoogleMachine, isGoogleMetal, shareGoogleCluster } from '../../catalog/google';
import { catalogOf } from '../catalog-of';
import { lookup } from '../lookup';
import { formatPath, quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, type PoolEntry, poolsIn } from './walk';

/** Bare metal on Google Cloud has a cluster of its own. */
export const metalAlone: Rule = {
  code: 'MetalAlone',
  severity: 'error',
  summary: 'bare metal on Google Cloud shares no cluster with other accelerator machines',
  why: 'it switches shielded nodes off for a whole cluster, and takes none of the multi-networking that other machines need',
  source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples',
  checked: '2026-11',
  check(estate, report) {
    const { machines } = catalogOf(estate).clouds.google;
    for (const cluster of clustersOf(estate).filter(({ at }) => at.cloud === 'google')) {
      const pools = poolsIn(cluster).flatMap((entry) => {
        const machine = rowOf(entry, machines);
        return machine === undefined ? [] : [{ ...entry, machine }];
      });
      for (const { path, pool, machine } of pools.filter((one) => isGoogleMetal(one.machine))) {
        const other = pools.find((one) => !shareGoogleCluster(machine, one.machine));
        if (other === undefined) continue;
        report({
          path: [...path, 'accelerator'],
          value: pool.accelerator,
          message: `${machine.type} shares its cluster with ${other.machine.type} of ${formatPath(other.path)}`,
          hint: `move the pool to a cluster of its own at site ${quote(cluster.at.key)}`,
        });
      }
    }
  },
};

function rowOf({ machine }: PoolEntry, machines: Readonly<Record<string, GoogleMachine>>): GoogleMachine | undefined {
  return machine && lookup(machines, machine.type);
}
