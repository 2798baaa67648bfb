import { CATALOG, CLOUDS, type CloudCatalog } from '../../catalog';
import { lookup } from '../lookup';
import { machineFor, machinesWith } from '../machine';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsOf } from './walk';

/** Machine types are in the catalog of the cloud. */
export const unknownMachine: Rule = {
  code: 'UnknownMachine',
  severity: 'error',
  summary: 'machine types are in the catalog of the cloud, and one is named where several would do',
  why: 'size, network layout and capacity kinds of a machine come from the catalog, never from its name',
  check(estate, report) {
    for (const { path, pool, at } of poolsOf(estate)) {
      const { problem } = machineFor(at.catalog, pool);
      const fitting = machinesWith(at.catalog, pool.accelerator).map(({ type }) => type);
      if (problem === 'unknown-machine' && pool.machine !== undefined) {
        const kind = pool.accelerator === undefined ? 'CPU machines' : `machines with ${pool.accelerator}`;
        const hint = fitting.length === 0 ? undefined : `${kind}: ${fitting.join(', ')}`;
        report({ path: [...path, 'machine'], value: pool.machine, message: unknown(pool.machine, at.catalog), hint });
      }
      if (problem === 'ambiguous') {
        const message = `several machines carry ${quote(pool.accelerator)}; name one: ${orList(fitting)}`;
        report({
          path: [...path, 'accelerator'],
          value: pool.accelerator,
          message,
          hint: `write machine: ${fitting[0]}`,
        });
      }
    }
    for (const { path, cluster, at } of clustersOf(estate)) {
      const { machine } = cluster.systemPool;
      if (machine === undefined || Object.hasOwn(at.catalog.machines, machine)) continue;
      const hint = `without it the system pool runs on ${at.catalog.systemMachine}`;
      report({ path: [...path, 'systemPool', 'machine'], value: machine, message: unknown(machine, at.catalog), hint });
    }
  },
};

function unknown(machine: string, { cloud, title, machines }: CloudCatalog): string {
  const other = CLOUDS.find((one) => one !== cloud && lookup<unknown>(CATALOG[one].machines, machine) !== undefined);
  if (other !== undefined)
    return `${quote(machine)} is a machine of ${CATALOG[other].title}; this cluster is on ${title}`;
  return `${title} has no machine ${quote(machine)} in the catalog${didYouMean(machine, Object.keys(machines))}`;
}
