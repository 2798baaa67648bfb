import { andList } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Everything that a pool is made from is known of its machine. */
export const machineIncomplete: Rule = {
  code: 'MachineIncomplete',
  severity: 'error',
  summary: 'everything that a pool is made from is known of its machine',
  why: 'some machines are sold under contract without a public data sheet, and what is not known is not guessed',
  check(estate, report) {
    for (const { path, pool, at, machine } of poolsOf(estate)) {
      if (machine?.unpublished === undefined || machine.unpublished.length === 0) continue;
      const key = pool.machine === undefined ? 'accelerator' : 'machine';
      report({
        path: [...path, key],
        value: pool[key],
        message: `${at.catalog.title} does not publish ${andList(machine.unpublished)} of ${machine.type}`,
        hint: `state them under catalog.machines.${at.cloud} with source and month, or "unpublished: []" to do without`,
      });
    }
  },
};
