import { CATALOG, type Cloud } from '../../catalog';
import type { Path } from '../positions';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn, sitesOf } from './walk';

/** Keys that only one cloud knows stand at that cloud. */
export const cloudOnly: Rule = {
  code: 'CloudOnly',
  severity: 'error',
  summary: 'keys that only one cloud knows stand at that cloud',
  why: 'they would have no effect, and the file would say something that is not so',
  check(estate, report) {
    const refuse = (path: Path, owner: Cloud, cloud: Cloud, value: unknown): void => {
      if (value === undefined || cloud === owner) return;
      const message = `${quote(path.at(-1))} has a meaning on ${CATALOG[owner].title} only; this is ${CATALOG[cloud].title}`;
      report({ path, on: 'key', message, hint: 'remove it' });
    };
    for (const { path, site, cloud } of sitesOf(estate)) {
      refuse([...path, 'serviceGateway'], 'oracle', cloud, site.serviceGateway);
    }
    for (const entry of clustersOf(estate)) {
      const { cloud } = entry.at;
      refuse([...entry.path, 'systemPool', 'image'], 'oracle', cloud, entry.cluster.systemPool.image);
      for (const { path, pool } of poolsIn(entry)) {
        refuse([...path, 'image'], 'oracle', cloud, pool.image);
        const { capacity } = pool;
        if (capacity.kind === 'reservation') {
          refuse([...path, 'capacity', 'maintenanceInterval'], 'google', cloud, capacity.maintenanceInterval);
        } else if (capacity.kind === 'dedicated') {
          refuse([...path, 'capacity', 'fabrics'], 'oracle', cloud, capacity.fabrics);
          refuse([...path, 'capacity', 'hostGroups'], 'oracle', cloud, capacity.hostGroups);
        }
      }
    }
  },
};
