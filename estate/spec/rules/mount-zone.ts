import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn } from './walk';

/** A pool finds a mounted file system in its own zone, where the cluster mounts file systems at all. */
export const mountZone: Rule = {
  code: 'MountZone',
  severity: 'warning',
  summary: 'a pool finds a mounted file system in its own zone, where the cluster mounts file systems at all',
  why: 'RDMA does not cross zones and traffic between them is slower and charged',
  check(estate, report) {
    for (const cluster of clustersOf(estate)) {
      const { zones } = cluster.at.site;
      const only = zones.length === 1 ? zones[0] : undefined;
      const mounted = cluster.cluster.mounts.flatMap((key) => {
        const store = lookup(estate.stores, key);
        const zone = store?.kind === 'lustre' && store.site === cluster.at.key ? (store.zone ?? only) : undefined;
        return zone === undefined ? [] : [{ key, zone }];
      });
      if (mounted.length === 0) continue;
      for (const { path, pool } of poolsIn(cluster)) {
        const zone = pool.zone ?? only;
        if (zone === undefined || mounted.some((store) => store.zone === zone)) continue;
        const where = mounted.map((store) => `${store.key} in ${store.zone}`).join(', ');
        const message = `the pool lies in ${quote(zone)}, but every file system that the cluster mounts lies elsewhere: ${where}`;
        const hint = 'put a file system into the zone of the pool, or acknowledge it';
        report({ path: [...path, 'zone'], value: zone, message, hint });
      }
    }
  },
};
