import type { CapacityKind } from '../../catalog';
import { type NodeRange, nodeRangeOf, poolUnit } from '../machine';
import { counted, quote } from '../words';
import type { Finding, Rule } from './rule';
import { clustersOf, type PoolEntry, poolsIn } from './walk';

/** Capacity that can be asked for and given back: all other is ours whether its machines run or not. */
const ASKED_FOR: readonly CapacityKind[] = ['on-demand', 'spot', 'flex-start'];

/** A range of nodes has its minimum below its maximum, and is of capacity that an autoscaler can ask for. */
export const nodeRange: Rule = {
  code: 'NodeRange',
  severity: 'error',
  summary: 'a range of nodes has its minimum below its maximum, and is of capacity that an autoscaler can ask for',
  why: 'machines that are held for us, or come as a whole rack, gain nothing from an autoscaler, and some it could not bring back',
  check(estate, report) {
    for (const cluster of clustersOf(estate)) {
      const isJoined = cluster.cluster.existing !== undefined;
      for (const entry of poolsIn(cluster)) {
        const range = nodeRangeOf(entry.pool);
        const finding = range && problemOf(entry, range, isJoined);
        if (finding !== undefined) report({ ...finding, path: [...entry.path, 'nodes', ...finding.path] });
      }
    }
  },
};

function problemOf({ pool, at, machine }: PoolEntry, { min, max }: NodeRange, isJoined: boolean): Finding | undefined {
  const { kind } = pool.capacity;
  if (min > max) {
    const message = `the minimum of ${counted(min, 'node')} is above the maximum of ${max}`;
    return { path: ['min'], value: min, message, hint: `write min: ${max} or less, or max: ${min} or more` };
  }
  if (!ASKED_FOR.includes(kind)) {
    const message = `capacity ${quote(kind)} is held for us, whether its machines run or not`;
    return {
      path: [],
      on: 'key',
      message,
      hint: `write nodes: ${max}, or put what comes and goes into a pool of its own`,
    };
  }
  if (machine !== undefined && poolUnit(machine) === 'rack') {
    const message = `${machine.type} comes in racks, which run whole`;
    return {
      path: [],
      on: 'key',
      message,
      hint: `write racks: ${Math.max(1, Math.floor(max / machine.scaleUpNodes))}`,
    };
  }
  if (kind === 'flex-start' && min > 0) {
    const message = `flex-start nodes go away after their hours, so no minimum of ${counted(min, 'node')} can be kept`;
    return { path: ['min'], value: min, message, hint: 'write min: 0' };
  }
  if (at.cloud === 'oracle' && isJoined) {
    const message = "the autoscaler of a cluster that exists is its owner's, who names each pool to it";
    return { path: [], on: 'key', message, hint: `write nodes: ${max}, and have its owner resize the pool` };
  }
  return undefined;
}
