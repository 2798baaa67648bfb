import { CATALOG } from '../../catalog';
import type { Account } from '../schema';
import { quote } from '../words';
import type { Rule } from './rule';

/** Two accounts of an estate are two accounts at the provider. */
export const accountTwice: Rule = {
  code: 'AccountTwice',
  severity: 'error',
  summary: 'two accounts of an estate are two accounts at the provider',
  why: 'what exists once in an account (features, policies, budgets) would be managed by two stacks that undo each other',
  check(estate, report) {
    const seen = new Map<string, string>();
    for (const [key, account] of Object.entries(estate.accounts)) {
      const { field, value } = identifier(account);
      const first = seen.get(`${account.cloud}/${value}`);
      if (first === undefined) {
        seen.set(`${account.cloud}/${value}`, key);
        continue;
      }
      const message = `${quote(value)} is account ${quote(first)} already`;
      const hint = `use ${first} for both, or give another ${CATALOG[account.cloud].title} account`;
      report({ path: ['accounts', key, field], value, message, hint });
    }
  },
};

function identifier(account: Account): { readonly field: string; readonly value: string } {
  switch (account.cloud) {
    case 'aws':
      return { field: 'accountId', value: account.accountId };
    case 'azure':
      return { field: 'subscriptionId', value: account.subscriptionId };
    case 'google':
      return { field: 'projectId', value: account.projectId };
    case 'oracle':
      return { field: 'compartmentId', value: account.compartmentId };
  }
}
