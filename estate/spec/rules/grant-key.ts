import { CATALOG } from '../../catalog';
import { RELYING } from '../../catalog/grants';
import { anchorOf, isDirect } from '../grants';
import { grantsOf } from './grants';
import type { Rule } from './rule';

/** No grant needs a stored key, but where that is accepted with a reason. */
export const grantKey: Rule = {
  code: 'GrantKey',
  severity: 'error',
  summary: 'no grant needs a stored key, unless that is accepted with a reason',
  why: 'a key that is stored is copied, leaks and has to be renewed, and nobody knows who has it',
  source: 'https://docs.oracle.com/iaas/Content/Identity/api-getstarted/json_web_token_exchange.htm',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      const anchor = anchorOf(grant, ends);
      const { account } = ends.to;
      const key = isDirect(ends) || anchor === 'native' ? undefined : RELYING[account.cloud].key;
      if (key === undefined) {
        if (grant.acknowledge === undefined) continue;
        report({
          path: [...path, 'acknowledge'],
          message: 'no key is stored anywhere for this grant, so there is nothing to accept',
          hint: 'remove acknowledge',
        });
        continue;
      }
      const { title } = CATALOG[account.cloud];
      if (grant.acknowledge === undefined) {
        report({
          path,
          on: 'key',
          message: `${title} lets nobody of another cloud in without a stored key: ${key}`,
          hint: 'have the data replicated to the cloud of the cluster, or write acknowledge: "why the key is accepted"',
        });
      }
      if (account.cloud !== 'oracle' || account.identityDomain !== undefined) continue;
      report({
        path: ['accounts', ends.to.site.account],
        on: 'key',
        message: `grants from other clouds need an identity domain that exchanges their tokens, and ${title} is told of none`,
        hint: 'write identityDomain: { url: https://idcs-…, clientId: … } with the id of a confidential application, never its secret',
      });
    }
  },
};
