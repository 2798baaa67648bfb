import { leavesResidency } from '../residency';
import { quote } from '../words';
import { clusterPathOf, grantsOf } from './grants';
import type { Rule } from './rule';

/** Only workloads inside of the residency of a store may read it. */
export const grantResidency: Rule = {
  code: 'GrantResidency',
  severity: 'error',
  summary: 'only workloads inside of the residency of a store read it',
  why: 'what a workload reads has left the store for the country that the workload runs in',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      if (grant.access === 'write') continue;
      const where = leavesResidency(estate, ends.store, ends.from.key);
      if (where === undefined) continue;
      report({
        path: clusterPathOf({ path, grant }),
        value: ends.clusterKey,
        message: `the cluster would have what it reads of ${quote(grant.to)} ${where}`,
        hint: 'grant a store whose data may be there, or only access: write, which reads nothing',
      });
    }
  },
};
