import { stockOf } from '../limits';
import { brokenPromises } from '../loss';
import type { Rule } from './rule';

/** As much is left as policy promises, whatever is lost. */
export const policySurvival: Rule = {
  code: 'PolicySurvival',
  severity: 'error',
  isLimit: true,
  summary: 'as much is left as policy promises, whatever is lost',
  why: 'a promise to survive is worth what it was checked with',
  check(estate, report) {
    for (const finding of brokenPromises(stockOf(estate))) report(finding);
  },
};
