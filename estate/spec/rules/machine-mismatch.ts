import type { CloudCatalog, MachineBase } from '../../catalog';
import { lookup } from '../lookup';
import { machineFor, machinesWith } from '../machine';
import type { Pool } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';
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
      report({ path: [...path, 'machine'], value: pool.machine, ...mismatch(pool, named, at.catalog) });
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

function mismatch(
  { accelerator, machine }: Pool,
  named: MachineBase | undefined,
  catalog: CloudCatalog,
): Pick<Finding, 'message' | 'hint'> {
  if (accelerator === undefined) {
    const carried = named?.accelerator;
    return {
      message: `${machine} carries ${quote(carried)}, and the pool does not name it`,
      hint: `write accelerator: ${carried}`,
    };
  }
  const fitting = machinesWith(catalog, accelerator).map(({ type }) => type);
  const ways = [
    ...(fitting.length === 0 ? [] : [`machines with ${accelerator}: ${fitting.join(', ')}`]),
    ...(named?.accelerator === undefined ? ['a pool of CPU nodes leaves accelerator out'] : []),
  ];
  return {
    message: `${machine} carries ${named?.accelerator === undefined ? 'no accelerator' : quote(named.accelerator)}, not ${quote(accelerator)}`,
    ...(ways.length > 0 && { hint: ways.join('; ') }),
  };
}
