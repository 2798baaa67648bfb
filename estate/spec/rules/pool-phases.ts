import type { MachineBase } from '../../catalog';
import { dayAfter } from '../../days';
import { phaseNodes } from '../holdings';
import { nodeRangeOf, poolSize } from '../machine';
import type { Path } from '../positions';
import type { Pool } from '../schema';
import { counted } from '../words';
import type { Finding, Rule } from './rule';
import { poolsOf } from './walk';

type Phase = NonNullable<Pool['phases']>[number];

/** Phases of a pool follow each other, are whole, fit the pool, and say so where held capacity shrinks. */
export const poolPhases: Rule = {
  code: 'PoolPhases',
  severity: 'error',
  summary: 'phases of a pool follow each other, are whole, fit the pool, and say so where held capacity shrinks',
  why: 'what a calendar and a forecast say of a pool would contradict what is built of it',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      const { phases } = pool;
      if (phases === undefined) continue;
      const at = [...path, 'phases'];
      if (nodeRangeOf(pool) !== undefined) {
        const message = 'an autoscaler sizes the pool, so that it has no phases';
        report({ path: at, message, hint: 'leave the phases out, or write nodes as one number', on: 'key' });
        continue;
      }
      for (const [index, phase] of phases.entries()) {
        const before = phases[index - 1];
        const found = [...dayFindings(pool, phase, before), ...sizeFindings(machine, pool, phase, before)];
        for (const finding of found) report({ ...finding, path: [...at, index, ...finding.path] });
      }
    }
  },
};

function dayFindings({ capacity }: Pool, { from, optionBy }: Phase, before: Phase | undefined): readonly Finding[] {
  const window = 'window' in capacity ? capacity.window : undefined;
  const found = (path: Path, value: string, message: string): Finding => ({ path, value, message });
  return [
    ...(before !== undefined && before.from >= from
      ? [found(['from'], from, `the phase begins on ${from}, not after that of ${before.from}`)]
      : []),
    ...(window !== undefined && (from < window.start || from > dayAfter(window.end, 1))
      ? [found(['from'], from, `the capacity is ours from ${window.start} to ${window.end}`)]
      : []),
    ...(optionBy !== undefined && optionBy >= from
      ? [found(['optionBy'], optionBy, `the option ends on ${optionBy}, when the phase of ${from} is there already`)]
      : []),
  ];
}

function sizeFindings(
  machine: MachineBase | undefined,
  pool: Pool,
  phase: Phase,
  before: Phase | undefined,
): readonly Finding[] {
  const size = machine && poolSize(machine, pool);
  if (machine === undefined || size === undefined) return [];
  const nodes = phaseNodes(machine, pool, phase);
  if (nodes === undefined) {
    const unit = size.unit === 'node' ? 'nodes' : `${size.unit}s of ${size.unitNodes} nodes`;
    const message = `the phase has no size in whole ${unit}`;
    const hint = 'give exactly one of racks, nodes and accelerators, as the pool is sized';
    return [{ path: ['from'], value: phase.from, message, hint }];
  }
  const key = (['racks', 'nodes', 'accelerators'] as const).find((name) => phase[name] !== undefined) ?? 'nodes';
  const place = { path: [key], value: phase[key] };
  if (nodes > size.nodes) {
    const message = `the phase has ${counted(nodes, 'node')}, the pool ${counted(size.nodes, 'node')}`;
    return [{ ...place, message, hint: 'the size of the pool is the most that stands of it' }];
  }
  const last = before && phaseNodes(machine, pool, before);
  const isLess = last !== undefined && nodes < last;
  if (isLess && phase.shrinks === undefined && isHeld(pool)) {
    const message = `held capacity shrinks from ${counted(last, 'node')} to ${nodes}, and the phase does not say so`;
    return [{ ...place, message, hint: 'write shrinks: true where that is meant' }];
  }
  if (!isLess && phase.shrinks !== undefined) {
    return [{ path: ['shrinks'], value: true, message: 'the phase does not shrink', hint: 'remove the line' }];
  }
  return [];
}

/** Whether somebody holds the machines for us, so that they are protected. */
function isHeld({ capacity: { kind } }: Pool): boolean {
  return kind === 'reservation' || kind === 'capacity-block' || kind === 'dedicated';
}
