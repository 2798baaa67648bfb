import { AWS_CAPACITY_BLOCK } from '../../catalog/aws';
import { capacityIds } from '../capacity-ids';
import { poolSize } from '../machine';
import { counted } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

const { mostNodes, source } = AWS_CAPACITY_BLOCK;

/** A capacity block holds at most 64 machines. */
export const capacityBlockSize: Rule = {
  code: 'CapacityBlockSize',
  severity: 'error',
  summary: `a capacity block holds at most ${mostNodes} machines`,
  why: 'AWS sells no larger block, so the ids do not describe what was bought',
  source,
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      const size = machine && poolSize(machine, pool);
      if (size === undefined || pool.capacity.kind !== 'capacity-block') continue;
      const ids = capacityIds(pool.capacity);
      const stated = ids.reduce((sum, { nodes = 0 }) => sum + nodes, 0);
      const open = ids.filter(({ nodes }) => nodes === undefined).length;
      for (const { nodes = (size.nodes - stated) / open, path: below } of ids) {
        if (!Number.isInteger(nodes) || nodes <= mostNodes) continue;
        const blocks = Math.ceil(size.nodes / mostNodes);
        report({
          path: [...path, 'capacity', ...below],
          message: `one capacity block would hold ${counted(nodes, 'node')}; AWS sells at most ${mostNodes} in one`,
          hint: `${counted(size.nodes, 'node')} need at least ${counted(blocks, 'block')}: name the id of each`,
        });
        break;
      }
    }
  },
};
