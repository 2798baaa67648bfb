import { RELYING } from '../../catalog/grants';
import { anchorOf, isDirect } from '../grants';
import { counted, quote } from '../words';
import { grantsOf } from './grants';
import type { Rule } from './rule';

/** An account trusts no more issuers than its cloud lets it. */
export const grantLimit: Rule = {
  code: 'GrantLimit',
  severity: 'error',
  summary: 'an account trusts no more issuers than its cloud lets it',
  why: 'every cluster signs for itself, and the account takes in so many of them',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  checked: '2026-11',
  check(estate, report) {
    const issuers = new Map<string, Set<string>>();
    for (const { path, grant, ends } of grantsOf(estate)) {
      const anchor = anchorOf(grant, ends);
      const { issuersPerAccount } = RELYING[ends.to.account.cloud];
      if (isDirect(ends) || anchor === 'native' || issuersPerAccount === undefined) continue;
      const account = ends.to.site.account;
      const own = issuers.get(account) ?? new Set();
      issuers.set(account, own.add(anchor === 'account' ? `account ${ends.from.site.account}` : ends.clusterKey));
      if (own.size !== issuersPerAccount + 1) continue;
      report({
        path: [...path, 'to'],
        value: grant.to,
        message: `it would be the ${own.size}th issuer that account ${quote(account)} trusts, and it takes ${counted(issuersPerAccount, 'issuer')}`,
        hint: 'put stores into another account, or let clusters of AWS be vouched for by their account',
      });
    }
  },
};
