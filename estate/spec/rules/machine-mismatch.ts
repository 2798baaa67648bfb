import type { MachineBase } from '../../catalog';
import { lookup } from '../lookup';
import { machineFor, machinesWith } from '../machine';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsOf } from './walk';

/** A machine carries the accelerator of its pool; system pools run on CPU machines. */
export const machineMismatch: Rule = {
  code: 'MachineMismatch',
  severity: 'error',
  summary: 'a machine carries the accelerator of its pool; system pools run on CPU machines',
  why: 'the pool would be sized and labelled for an accelerator that it does not have',
  check(estate, report) {
    for (const { path, pool, at } of poolsOf(estate)) {
      if (pool.machine === undefined || machineFor(at.catalog, pool).problem !== 'mismatch') continue;
      const named: MachineBase | undefined = lookup<MachineBase>(at.catalog.machines, pool.machine);
      const carried = named?.accelerator === undefined ? 'no accelerator' : quote(named.accelerator);
      const fitting = machinesWith(at.catalog, pool.accelerator).map(({ type }) => type);
      report({
        path: [...path, 'machine'],
        value: pool.machine,
        message: `${pool.machine} carries ${carried}, not ${quote(pool.accelerator)}`,
        hint: fitting.length === 0 ? undefined : `machines with ${pool.accelerator}: ${fitting.join(', ')}`,
      });
    }
    for (const { path, cluster, at } of clustersOf(estate)) {
      const named = cluster.systemPool.machine;
      const machine = named === undefined ? undefined : lookup<MachineBase>(at.catalog.machines, named);
      if (machine?.accelerator === undefined) continue;
      report({
        path: [...path, 'systemPool', 'machine'],
        value: named,
        message: `${named} carries ${quote(machine.accelerator)}; a system pool runs on a CPU machine`,
        hint: `for example ${at.catalog.systemMachine}`,
      });
    }
  },
};
