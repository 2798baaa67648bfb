import { shareFindings, stockOf } from '../limits';
import type { Rule } from './rule';

/** No cloud has a larger share than policy lets it have. */
export const policyShare: Rule = {
  code: 'PolicyShare',
  severity: 'error',
  isLimit: true,
  summary: 'no cloud has a larger share than policy lets it have',
  why: 'an estate that leans on one provider falls with it',
  check(estate, report) {
    for (const finding of shareFindings(stockOf(estate))) report(finding);
  },
};
