import type { Rule } from './rule';
import { storesOf } from './walk';

/** Servers of Azure's file systems reach services of Azure, which takes a way out of their network. */
export const lustreEgress: Rule = {
  code: 'LustreEgress',
  severity: 'error',
  summary: 'file systems on Azure lie at sites whose network has a way out',
  why: 'their servers have to reach services of Azure, and creating one without that fails after hours',
  source: 'https://learn.microsoft.com/azure/azure-managed-lustre/configure-network-security-group',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      if (at.cloud !== 'azure' || store.kind !== 'lustre' || store.existing !== undefined) continue;
      if (at.site.network.egress !== 'none') continue;
      report({
        path: [...path, 'site'],
        message: `the network of site "${at.key}" has no way out, and file systems on Azure cannot do without`,
        hint: 'give the site network: { egress: { via: … } } to a firewall that lets its servers out, or egress: nat',
      });
    }
  },
};
