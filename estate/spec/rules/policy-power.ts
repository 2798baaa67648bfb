import { onFirstDay, powerFindings, stocksOf } from '../limits';
import type { Rule } from './rule';

/** Facilities draw no more than policy lets them. */
export const policyPower: Rule = {
  code: 'PolicyPower',
  severity: 'error',
  isLimit: true,
  summary: 'facilities draw no more than policy lets them',
  why: 'a site that cannot carry its machines runs none of them at full load',
  check(estate, report) {
    for (const finding of onFirstDay(stocksOf(estate), powerFindings)) report(finding);
  },
};
