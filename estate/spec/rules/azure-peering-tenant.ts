import { PEERINGS } from '../../catalog/links';
import { quote } from '../words';
import { azureLinks } from './azure-links';
import type { Rule } from './rule';

/** Networks on Azure that are peered belong to one tenant. */
export const azurePeeringTenant: Rule = {
  code: 'AzurePeeringTenant',
  severity: 'error',
  summary: 'networks on Azure that are peered lie in subscriptions of one tenant',
  why: 'whoever applies has to read both networks, and an identity of one tenant does not see those of another',
  source: PEERINGS.azure.source,
  check(estate, report) {
    const seen = new Set<string>();
    for (const { at, links } of azureLinks(estate)) {
      for (const { key, kind, far } of links) {
        if (kind !== 'peering' || far === undefined || seen.has(key)) continue;
        seen.add(key);
        const [one, other] = [at, far].map(({ account }) => (account.cloud === 'azure' ? account.tenantId : ''));
        if (one === other) continue;
        report({
          path: ['links', key, 'between'],
          message: `site ${quote(at.key)} is of tenant ${one}, and ${quote(far.key)} of ${other}`,
          hint: 'join them by tunnels (kind: vpn), or use subscriptions of one tenant',
        });
      }
    }
  },
};
