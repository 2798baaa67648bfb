import { poolUnit } from '../machine';
import { andList } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

const SIZES = ['racks', 'nodes', 'accelerators'] as const;

/** A pool is sized in exactly one of racks, nodes and accelerators; racks only where there are racks. */
export const poolSizeForm: Rule = {
  code: 'PoolSizeForm',
  severity: 'error',
  summary:
    'a pool is sized in exactly one of racks, nodes and accelerators; racks only where machines come in racks, CPU nodes in nodes',
  why: 'two sizes can contradict each other',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      const given = SIZES.filter((size) => pool[size] !== undefined);
      const [first, second] = given;
      const isCpu = machine?.accelerators === 0;
      if (first === undefined) {
        const unit = machine !== undefined && poolUnit(machine) === 'rack' ? 'racks' : 'nodes';
        const hint = isCpu ? 'write nodes: 1' : `write one of ${SIZES.join(', ')}: ${unit}: 1`;
        report({ path, on: 'key', message: 'the pool has no size', hint });
      } else if (second !== undefined) {
        const message = `the pool is sized more than once, in ${andList(given)}`;
        report({ path: [...path, second], on: 'key', message, hint: 'keep one of them' });
      } else if (first === 'racks' && machine !== undefined && poolUnit(machine) !== 'rack') {
        const message = `${machine.type} does not come in racks`;
        const hint = isCpu ? 'give the size as nodes' : 'give the size as nodes or accelerators';
        report({ path: [...path, 'racks'], on: 'key', message, hint });
      } else if (first === 'accelerators' && isCpu) {
        const message = `${machine.type} has no accelerators to count`;
        report({ path: [...path, 'accelerators'], on: 'key', message, hint: 'give the size as nodes' });
      }
    }
  },
};
