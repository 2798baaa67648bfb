import { onFirstDay, spendFindings, stocksOf } from '../limits';
import type { Rule } from './rule';

/** The estate costs no more in a day than policy lets it. */
export const policySpend: Rule = {
  code: 'PolicySpend',
  severity: 'error',
  isLimit: true,
  summary: 'the estate costs no more in a day than policy lets it',
  why: 'money that is not there is found out of after it was spent',
  check(estate, report) {
    for (const finding of onFirstDay(stocksOf(estate), spendFindings)) report(finding);
  },
};
