import { CATALOG } from '../../catalog';
import { anchorOf, isDirect } from '../grants';
import { quote } from '../words';
import { grantsOf } from './grants';
import type { Rule } from './rule';

/** Of clusters that exist it is said who signs their tokens, where somebody has to trust these. */
export const grantIssuer: Rule = {
  code: 'GrantIssuer',
  severity: 'error',
  summary: 'of a cluster that exists it is said who signs its tokens, where a grant trusts these',
  why: 'nothing is looked up when planning, and no stack of the estate can tell it',
  check(estate, report) {
    const told = new Set<string>();
    for (const { grant, ends } of grantsOf(estate)) {
      const { cluster, clusterKey, from } = ends;
      if (isDirect(ends) || anchorOf(grant, ends) !== 'cluster' || told.has(clusterKey)) continue;
      const { cloud } = from.account;
      // The issuer of a regional cluster of Google Cloud follows from its name.
      if (cluster.existing === undefined || cluster.existing.oidcIssuer !== undefined || cloud === 'google') continue;
      told.add(clusterKey);
      report({
        path: ['clusters', clusterKey, 'existing'],
        on: 'key',
        message: `the cluster exists already, and grants have to trust who signs its tokens, which is not said of ${quote(clusterKey)}`,
        hint: `write oidcIssuer: https://… (${COMMANDS[cloud] ?? CATALOG[cloud].title})`,
      });
    }
  },
};

const COMMANDS: Readonly<Record<string, string>> = {
  aws: '"aws eks describe-cluster --query cluster.identity.oidc.issuer"',
  oracle: '"oci ce cluster get", openIdConnectDiscoveryEndpoint without its last two words',
};
