import { quote } from '../words';
import { grantsOf } from './grants';
import type { Rule } from './rule';

/** Grants are to object stores. */
export const grantStore: Rule = {
  code: 'GrantStore',
  severity: 'error',
  summary: 'grants are to object stores',
  why: 'a file system lets in whoever reaches it over its network, and knows no identities of a cloud',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      if (ends.store.kind === 'object') continue;
      report({
        path: [...path, 'to'],
        value: grant.to,
        message: `${quote(grant.to)} is a Lustre file system, which is reached from networks and not by identities`,
        hint: 'have clusters of its site mount it, and grant others an object store that its data is copied to',
      });
    }
  },
};
