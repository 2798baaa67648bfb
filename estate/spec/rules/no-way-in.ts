import { API_ACCESS } from '../../catalog/access';
import { accessOf } from '../access';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** The API servers of clusters that stacks make are reached from somewhere. */
export const noWayIn: Rule = {
  code: 'NoWayIn',
  severity: 'warning',
  summary: 'the API servers of clusters that stacks make are reached from somewhere',
  why: 'they answer inside the network of their site only, where nobody works and no GitOps runs before it is installed',
  source: API_ACCESS.aws.source,
  check(estate, report) {
    for (const { key, path, cluster, at } of clustersOf(estate)) {
      if (cluster.existing !== undefined || API_ACCESS[at.cloud].otherWay !== undefined) continue;
      if (accessOf(at.account, at.site, cluster).ranges.length > 0) continue;
      report({
        path,
        value: key,
        on: 'key',
        message: 'no range reaches the API server: neither the cluster nor its site or account names one',
        hint: `below accounts.${at.site.account}: access: { ranges: ["10.8.0.0/16"] }, those of your VPN or of a network that is connected`,
      });
    }
  },
};
