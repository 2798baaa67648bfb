import type { MachineBase } from '../../catalog';
import { mostNodesOf, poolUnit, topologyChips, unitNodes } from '../machine';
import type { Pool } from '../schema';
import { didYouMean } from '../suggest';
import { counted, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

const NEAREST = 5;

/** TPU pools name a slice topology that their machine can form; other pools name none. */
export const googleTopology: Rule = {
  code: 'GoogleTopology',
  severity: 'error',
  summary: 'TPU pools name a slice topology that their machine can form; other pools name none',
  why: 'a slice is one node pool whose nodes are wired as its topology says; it cannot be changed later',
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
  checked: '2026-11',
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
      const wanted = pool.topology === undefined ? chipsOf(pool, machine) : topologyChips(pool.topology);
      const hint = `the nearest topologies of ${machine.type}: ${nearestTo(wanted, known)}`;
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

/** Chips that a pool asks for; a whole slice may have as many. */
function chipsOf(pool: Pool, machine: MachineBase): number {
  return pool.accelerators ?? (mostNodesOf(pool) ?? 0) * machine.accelerators;
}

/** The topologies with the nearest numbers of chips, smallest first, and how many there are. */
function nearestTo(chips: number, known: readonly string[]): string {
  const near = known
    .toSorted((one, other) => Math.abs(topologyChips(one) - chips) - Math.abs(topologyChips(other) - chips))
    .slice(0, NEAREST)
    .toSorted((one, other) => topologyChips(one) - topologyChips(other));
  const listed = near.map((topology) => `${topology} (${counted(topologyChips(topology), 'chip')})`).join(', ');
  return known.length > near.length ? `${listed}, of ${known.length}` : listed;
}
