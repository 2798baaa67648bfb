import { type CapacityId, capacityIds } from '../capacity-ids';
import { type PoolSize, poolSize } from '../machine';
import type { Capacity } from '../schema';
import { counted } from '../words';
import type { Finding, Rule } from './rule';
import { poolsOf } from './walk';

/** The reservations of a pool hold exactly its nodes, in whole racks or slices. */
export const capacityIdCounts: Rule = {
  code: 'CapacityIds',
  severity: 'error',
  summary: 'the reservations of a pool hold exactly its nodes, in whole racks or slices',
  why: 'each group of nodes is bound to one reservation; nodes without one never start',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      const size = machine && poolSize(machine, pool);
      const ids = capacityIds(pool.capacity);
      if (size === undefined || ids.length === 0) continue;
      const finding = onePerRack(pool.capacity, ids, size) ?? shares(ids, size);
      if (finding !== undefined) report({ ...finding, path: [...path, 'capacity', ...finding.path] });
    }
  },
};

/** UltraServers and GPU memory fabrics are single racks, so a pool has as many ids as racks. */
function onePerRack(capacity: Capacity, ids: readonly CapacityId[], size: PoolSize): Finding | undefined {
  const isRack =
    capacity.kind === 'capacity-block' || (capacity.kind === 'dedicated' && capacity.fabrics !== undefined);
  if (size.unit !== 'rack' || !isRack || ids.length === size.units) return undefined;
  const [noun, list] = capacity.kind === 'dedicated' ? ['fabric', 'fabrics'] : ['capacity block', 'ids'];
  const message = `the pool has ${counted(size.units, 'rack')} but names ${counted(ids.length, noun)}; each rack is one of its own`;
  return { path: [list], message, hint: `name ${counted(size.units, noun)}` };
}

function shares(ids: readonly CapacityId[], size: PoolSize): Finding | undefined {
  const [list = 'ids'] = ids[0]?.path ?? [];
  const stated = ids.reduce((sum, { nodes = 0 }) => sum + nodes, 0);
  const open = ids.filter(({ nodes }) => nodes === undefined).length;
  if (open === 0 ? stated !== size.nodes : stated >= size.nodes) {
    const message = `the reservations hold ${counted(stated, 'node')}, but the pool has ${size.nodes}`;
    return { path: [list], message, hint: 'make the nodes of the reservations add up to the size of the pool' };
  }
  const share = (size.nodes - stated) / open;
  if (open > 0 && !Number.isInteger(share)) {
    const message = `${counted(size.nodes - stated, 'node')} cannot be shared evenly by ${counted(open, 'reservation')}`;
    return { path: [list], message, hint: 'say how many nodes each holds: { id: …, nodes: … }' };
  }
  const split = ids.find(({ nodes = share }) => nodes % size.unitNodes !== 0);
  if (split === undefined) return undefined;
  const held = counted(split.nodes ?? share, 'node');
  const message = `a reservation of ${held} is not a whole number of ${size.unit}s of ${size.unitNodes} nodes`;
  return { path: split.path, message, hint: `name one reservation for all, or one for each ${size.unit}` };
}
