import { minorOf, minorsBack } from '../versions';
import { counted, quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn } from './walk';

/** Pools run a Kubernetes version that goes with their control plane. */
export const poolVersion: Rule = {
  code: 'PoolVersion',
  severity: 'error',
  summary: 'pools run a Kubernetes version that goes with their control plane',
  why: 'the service refuses to move on a control plane whose nodes are too far behind, and nodes that are ahead of it',
  check(estate, report) {
    for (const entry of clustersOf(estate)) {
      const { title, kubernetes } = entry.at.catalog;
      const { behind: allowed, source } = kubernetes.skew;
      const version = entry.cluster.kubernetes;
      for (const { path, pool } of poolsIn(entry)) {
        if (pool.kubernetes === undefined) continue;
        const at = { path: [...path, 'kubernetes'], value: pool.kubernetes };
        if (version === undefined) {
          const message = 'the pool has a version of its own, its cluster has none to compare it with';
          report({
            ...at,
            message,
            hint: `write ${[...entry.path, 'kubernetes'].join('.')}, the version that it runs`,
          });
          continue;
        }
        const behind = minorOf(version) - minorOf(pool.kubernetes);
        if (behind >= 0 && behind <= allowed) continue;
        if (behind < 0) {
          const message = `${quote(pool.kubernetes)} is ahead of the control plane, which runs ${quote(version)}`;
          report({ ...at, message, hint: `upgrade the cluster first, or write kubernetes: ${quote(version)}` });
          continue;
        }
        report({
          ...at,
          message: `${quote(pool.kubernetes)} is ${counted(behind, 'minor version')} behind the control plane; ${title} allows ${allowed} (${source})`,
          hint: `leave the cluster at ${quote(minorsBack(version, behind - allowed))} until the pool runs ${quote(minorsBack(version, allowed))}: change one, apply, then the other`,
        });
      }
    }
  },
};
