import { PRINCIPALS } from '../../catalog/access';
import { accessOf } from '../access';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** Clusters that stacks make have administrators. */
export const noAdministrator: Rule = {
  code: 'NoAdministrator',
  severity: 'warning',
  summary: 'clusters that stacks make have administrators',
  why: 'who applies is no administrator of what it makes, so nobody could install anything',
  source: PRINCIPALS.aws.source,
  check(estate, report) {
    for (const { key, path, cluster, at } of clustersOf(estate)) {
      // Who administers what exists already is its owner's matter.
      if (cluster.existing !== undefined) continue;
      if (accessOf(at.account, at.site, cluster).administrators.length > 0) continue;
      const { example } = PRINCIPALS[at.cloud];
      report({
        path,
        value: key,
        on: 'key',
        message: 'nobody administers the cluster: neither it nor its site or account names an administrator',
        hint: `below accounts.${at.site.account}: access: { administrators: ["${example}"] }`,
      });
    }
  },
};
