import { poolUnit, topologyChips, unitNodes } from '../machine';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** TPU pools name a slice topology that their machine can form; other pools name none. */
export const googleTopology: Rule = {
  code: 'GoogleTopology',
  severity: 'error',
  summary: 'TPU pools name a slice topology that their machine can form; other pools name none',
  why: 'a slice is one node pool whose nodes are wired as its topology says; it cannot be changed later',
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      if (machine === undefined) continue;
      const place = { path: [...path, 'topology'], value: pool.topology };
      if (poolUnit(machine) !== 'slice') {
        if (pool.topology === undefined) continue;
        report({ ...place, on: 'key', message: `${machine.type} does not come in slices`, hint: 'remove topology' });
        continue;
      }
      const known = (machine.topologies ?? []).filter((topology) => unitNodes(machine, topology) !== undefined);
      const hint = `topologies of ${machine.type}: ${known.join(', ')}`;
      if (pool.topology === undefined) {
        report({ path, on: 'key', message: '"topology" is missing; TPUs come in slices', hint });
      } else if (!known.includes(pool.topology)) {
        const chips = topologyChips(pool.topology);
        const why = `${quote(pool.topology)} (${chips} chips) is no slice of ${machine.type}`;
        report({ ...place, message: `${why}${didYouMean(pool.topology, known)}`, hint });
      }
    }
  },
};
