import { CATALOG, CLOUDS } from '../../catalog';
import { partitionOf } from '../../catalog/aws-regions';
import { BUDGETS } from '../../catalog/budgets';
import { decimalText, parseSum } from '../../money';
import { lookup } from '../lookup';
import type { Account, Budget, Estate } from '../schema';
import { joined, quote } from '../words';
import type { Finding, Rule } from './rule';

/** Budgets are such as their cloud has. */
export const budgetNotOffered: Rule = {
  code: 'BudgetNotOffered',
  severity: 'error',
  summary:
    'budgets are such as their cloud has: sums that it takes, the ids that it needs, and a stop only where it can',
  why: 'what the cloud refuses is found when the foundation is applied, and a stop that nothing does would only seem to be one',
  check(estate, report) {
    for (const [key, budget] of Object.entries(estate.budgets)) {
      const account = lookup(estate.accounts, key);
      if (account === undefined) continue;
      const found = [
        ...currencyFindings(estate, key, budget, account),
        ...digitFindings(budget, account),
        ...idFindings(account),
        ...stopFindings(budget, account),
      ];
      for (const { path, ...finding } of found) report({ ...finding, path: ['budgets', key, ...path] });
    }
  },
};

/** Only AWS bills in one currency whoever pays; where it has no budgets there is none. */
function currencyFindings(estate: Estate, key: string, { amount }: Budget, { cloud }: Account): readonly Finding[] {
  const { currencies, title } = BUDGETS[cloud];
  if (currencies === undefined) return [];
  const region = Object.values(estate.sites).find(({ account }) => account === key)?.region;
  if (region === undefined) return [];
  const partition = partitionOf(region);
  const own = currencies[partition];
  const path = ['amount'];
  if (own === undefined) {
    const message = `partition ${partition} has no budgets of its own`;
    return [{ path, value: amount, message, hint: 'remove it, and make a budget in the account that pays' }];
  }
  const isExpected = amount === 'expected';
  const currency = isExpected ? estate.prices?.currency : parseSum(amount)?.currency;
  if (currency === undefined || currency === own) return [];
  const message = `${title} count ${region} in ${own}, not in ${currency}`;
  const hint = isExpected ? `write the sum in ${own}, such as amount: 12M ${own}` : `write the sum in ${own}`;
  return [{ path, value: amount, message, hint }];
}

function digitFindings({ amount }: Budget, { cloud }: Account): readonly Finding[] {
  const sum = amount === 'expected' ? undefined : parseSum(amount);
  if (sum === undefined) return [];
  const { decimals, title } = BUDGETS[cloud];
  const [, fraction = ''] = decimalText(sum).replace(/0+$/, '').split('.');
  if (fraction.length <= decimals) return [];
  const takes = decimals === 0 ? 'whole sums' : `${decimals} digits after the point`;
  return [{ path: ['amount'], value: amount, message: `${title} take ${takes}`, hint: 'round it up' }];
}

function idFindings(account: Account): readonly Finding[] {
  if (account.cloud !== 'google' || account.billingAccount !== undefined) return [];
  const message = 'budgets of Google Cloud lie in a billing account, and the account names none';
  return [{ path: [], on: 'key', message, hint: 'add billingAccount to the account, or remove the budget' }];
}

function stopFindings({ stopsCapacity }: Budget, { cloud }: Account): readonly Finding[] {
  if (stopsCapacity !== true || BUDGETS[cloud].stops === true) return [];
  const able = joined(
    CLOUDS.filter((one) => BUDGETS[one].stops === true).map((one) => CATALOG[one].title),
    'and',
  );
  const message = `${quote('stopsCapacity')} has a meaning on ${able} only; budgets of ${CATALOG[cloud].title} only tell`;
  const hint = 'remove it; whoever is mailed takes quotas or rights away';
  return [{ path: ['stopsCapacity'], on: 'key', message, hint }];
}
