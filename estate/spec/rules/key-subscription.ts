import { existingThings } from './existing-things';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** A key that exists and encrypts a file system on Azure lies in its subscription. */
export const keySubscription: Rule = {
  code: 'KeySubscription',
  severity: 'error',
  summary: 'a key that exists and encrypts file systems on Azure lies in their subscription',
  why: 'Managed Lustre takes no key of another one, and says so when it is created',
  source: 'https://learn.microsoft.com/azure/azure-managed-lustre/customer-managed-encryption-keys',
  check(estate, report) {
    const withFiles = new Set(
      storesOf(estate).flatMap(({ store, at }) =>
        store.kind === 'lustre' && store.existing === undefined ? [at.key] : [],
      ),
    );
    for (const { kind, path, written, at } of existingThings(estate)) {
      const id = written.existing;
      if (kind !== 'key' || typeof id !== 'string' || at.account.cloud !== 'azure' || !withFiles.has(at.key)) continue;
      const subscription = /^\/subscriptions\/([^/]+)\//.exec(id)?.[1];
      if (subscription === undefined || subscription === at.account.subscriptionId) continue;
      const isShared = path[0] === 'accounts';
      report({
        path: isShared ? at.path : [...path, 'existing'],
        value: id,
        ...(isShared && { on: 'key' as const }),
        message: `the key lies in subscription ${subscription}, and the file systems of site "${at.key}" in ${at.account.subscriptionId}`,
        hint: 'name a key of that subscription at the site',
      });
    }
  },
};
