import { machineFor } from '../machine';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** A pool names its accelerator, or the CPU machine that its nodes are. */
export const poolMachine: Rule = {
  code: 'PoolMachine',
  severity: 'error',
  summary: 'a pool names its accelerator, or the CPU machine that its nodes are',
  why: 'there is no default for what a pool is made of, and CPU machines differ too much to choose one',
  check(estate, report) {
    for (const { path, pool, at } of poolsOf(estate)) {
      if (machineFor(at.catalog, pool).problem !== 'unnamed') continue;
      report({
        path,
        on: 'key',
        message: 'the pool names neither an accelerator nor a machine',
        hint: `write accelerator: with what trains, or for CPU nodes machine: such as ${at.catalog.systemMachine}`,
      });
    }
  },
};
