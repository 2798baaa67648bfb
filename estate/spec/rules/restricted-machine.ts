import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Machines that a provider gives only to customers it has approved are acknowledged. */
export const restrictedMachine: Rule = {
  code: 'RestrictedMachine',
  severity: 'warning',
  summary: 'machines that a provider gives only to customers it has approved are acknowledged',
  why: 'without the approval the request fails, whatever the quota',
  check(estate, report) {
    for (const { path, pool, at, machine } of poolsOf(estate)) {
      if (machine?.availability !== 'restricted') continue;
      const key = pool.machine === undefined ? 'accelerator' : 'machine';
      report({
        path: [...path, key],
        value: pool[key],
        message: `${machine.type} is sold only to accounts that ${at.catalog.title} has approved for it`,
        hint: `once approved: acknowledge: [{ rule: RestrictedMachine, path: ${path.join('.')}, reason: … }]`,
      });
    }
  },
};
