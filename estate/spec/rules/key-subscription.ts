import { existingThings } from './existing-things';
import type { Rule } from './rule';
import { clustersOf, storesOf } from './walk';

/** A key that exists lies in the subscription of what it encrypts on Azure. */
export const keySubscription: Rule = {
  code: 'KeySubscription',
  severity: 'error',
  summary: 'a key that exists lies in the subscription of what it encrypts on Azure',
  why: 'Terraform looks for its vault in that subscription only, and Managed Lustre takes no key of another one',
  source: 'hashicorp/terraform-provider-azurerm internal/services/keyvault/client/helpers.go v4.81.0',
  checked: '2026-11',
  check(estate, report) {
    const encrypted = new Set([
      ...storesOf(estate).flatMap(({ store, at }) => (store.existing === undefined ? [at.key] : [])),
      ...clustersOf(estate).flatMap(({ cluster, at }) => (cluster.existing === undefined ? [at.key] : [])),
    ]);
    for (const { kind, path, written, at } of existingThings(estate)) {
      const id = written.existing;
      if (kind !== 'key' || typeof id !== 'string' || at.account.cloud !== 'azure' || !encrypted.has(at.key)) continue;
      const subscription = /^\/subscriptions\/([^/]+)\//.exec(id)?.[1];
      if (subscription === undefined || subscription === at.account.subscriptionId) continue;
      const isShared = path[0] === 'accounts';
      report({
        path: isShared ? at.path : [...path, 'existing'],
        value: id,
        ...(isShared && { on: 'key' as const }),
        message: `the key lies in subscription ${subscription}, and site "${at.key}" in ${at.account.subscriptionId}`,
        hint: 'name a key of that subscription at the site',
      });
    }
  },
};
