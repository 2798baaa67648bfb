import type { CloudCatalog, MachineBase } from '../../catalog';
import { formatCount } from '../../units';
import { poolUnit, unitNodes } from '../machine';
import type { Path } from '../positions';
import type { Pool } from '../schema';
import { counted } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** A pool is a whole number of nodes, of racks or of slices. */
export const wholeGroups: Rule = {
  code: 'WholeGroups',
  severity: 'error',
  summary: 'a pool is a whole number of nodes, of racks or of slices',
  why: 'a part of a node, rack or slice cannot be had, and rounding would change what is paid for',
  check(estate, report) {
    for (const { path, pool, machine, at } of poolsOf(estate)) {
      const given = [pool.racks, pool.nodes, pool.accelerators].filter((size) => size !== undefined);
      if (machine === undefined || given.length !== 1) continue;
      for (const { path: below, key, size } of sizesOf(pool)) {
        const unit = unitSize(machine, pool, key);
        // CPU nodes have no accelerators to count.
        if (unit === undefined || unit === 0 || size % unit === 0) continue;
        const floor = Math.floor(size / unit) * unit;
        const nearest = [floor, floor + unit].filter((valid) => valid > 0 || below.at(-1) === 'min');
        report({
          path: [...path, ...below],
          value: size,
          message: `${counted(size, key.slice(0, -1))} ${size === 1 ? 'is' : 'are'} not a whole number of ${unitText(machine, pool, key, unit)}`,
          hint: `the nearest: ${nearest.map((valid) => `${below.at(-1)}: ${valid}`).join(' or ')}${otherSizes(machine, at.catalog)}${shortRacks(machine)}`,
        });
      }
    }
  },
};

/** Sizes of a pool that have to be whole, with their places in it: both ends of a range. */
function sizesOf({ nodes, accelerators }: Pool): { path: Path; key: 'nodes' | 'accelerators'; size: number }[] {
  const ends = typeof nodes === 'object' ? [['min', nodes.min] as const, ['max', nodes.max] as const] : [];
  return [
    ...(typeof nodes === 'number' ? [{ path: ['nodes'], key: 'nodes' as const, size: nodes }] : []),
    ...ends.map(([end, size]) => ({ path: ['nodes', end], key: 'nodes' as const, size })),
    ...(accelerators === undefined
      ? []
      : [{ path: ['accelerators'], key: 'accelerators' as const, size: accelerators }]),
  ];
}

/** UltraServers of other sizes, each of which is a rack too. */
function otherSizes({ type, scaleUpNodes }: MachineBase, { ultraServers = {} }: CloudCatalog): string {
  return Object.values(ultraServers)
    .filter(({ machine, nodes }) => machine === type && nodes !== scaleUpNodes)
    .map((other) => `; one rack is ${other.nodes} with ultraServer: ${other.type}`)
    .join('');
}

/** Racks of which some trays cannot be had are whole racks with spares, in a pool of their own. */
function shortRacks(machine: MachineBase): string {
  if (poolUnit(machine) !== 'rack') return '';
  return '; racks with fewer trays go into a second pool that counts them whole, with spareTraysPerRack';
}

function unitSize(machine: MachineBase, pool: Pool, key: 'nodes' | 'accelerators'): number | undefined {
  const nodes = unitNodes(machine, pool.topology);
  return nodes === undefined || key === 'nodes' ? nodes : nodes * machine.accelerators;
}

function unitText(machine: MachineBase, pool: Pool, key: 'nodes' | 'accelerators', unit: number): string {
  const kind = { node: 'nodes', rack: 'racks', slice: `${pool.topology} slices` }[poolUnit(machine)];
  return `${kind}: one ${machine.type} ${poolUnit(machine)} is ${formatCount(unit)} ${key}`;
}
