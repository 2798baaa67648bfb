import { poolUnit } from '../machine';
import { andList } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

const SIZES = ['racks', 'nodes', 'accelerators'] as const;

/** A pool is sized in exactly one of racks, nodes and accelerators; racks only where there are racks. */
export const poolSizeForm: Rule = {
  code: 'PoolSizeForm',
  severity: 'error',
  summary: 'a pool is sized in exactly one of racks, nodes and accelerators; racks only where machines come in racks',
  why: 'two sizes can contradict each other',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      const given = SIZES.filter((size) => pool[size] !== undefined);
      const [first, second] = given;
      if (first === undefined) {
        const unit = machine !== undefined && poolUnit(machine) === 'rack' ? 'racks' : 'nodes';
        report({
          path,
          on: 'key',
          message: 'the pool has no size',
          hint: `write one of ${SIZES.join(', ')}: ${unit}: 1`,
        });
      } else if (second !== undefined) {
        const message = `the pool is sized more than once, in ${andList(given)}`;
        report({ path: [...path, second], on: 'key', message, hint: 'keep one of them' });
      } else if (first === 'racks' && machine !== undefined && poolUnit(machine) !== 'rack') {
        const message = `${machine.type} does not come in racks`;
        report({ path: [...path, 'racks'], on: 'key', message, hint: 'give the size as nodes or accelerators' });
      }
    }
  },
};
