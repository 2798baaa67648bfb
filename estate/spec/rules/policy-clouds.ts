import { cloudFindings, stockOf } from '../limits';
import type { Rule } from './rule';

/** Accelerators are on as many clouds as policy asks for. */
export const policyClouds: Rule = {
  code: 'PolicyClouds',
  severity: 'error',
  isLimit: true,
  summary: 'accelerators are on as many clouds as policy asks for',
  why: 'what stands on one provider alone goes with it',
  check(estate, report) {
    for (const finding of cloudFindings(stockOf(estate))) report(finding);
  },
};
