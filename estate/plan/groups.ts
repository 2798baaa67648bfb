import type { MachineBase } from '../catalog';
import { hash8 } from '../name';
import { capacityIds } from '../spec/capacity-ids';
import { poolSize } from '../spec/machine';
import type { Capacity, Pool } from '../spec/schema';
import { BOUND_KEY } from './ids';
import type { GroupPlan } from './types';

/** A reservation, fabric or host group that nodes are bound to, and how many nodes it holds. */
interface Binding {
  readonly id: string;
  readonly nodes: number;
}

/**
 * Splits a pool into the groups that are provisioned as one.
 *
 * A group that is bound to a reservation is keyed by a hash of its id, any other by an ordinal: taking one away or
 * appending one never touches the rest. A slice is keyed by its topology too, since no service changes that of a
 * slice that exists. The pool has passed the rules, so its size is whole.
 */
export function planGroups(key: string, machine: MachineBase, pool: Pool): readonly GroupPlan[] {
  const size = poolSize(machine, pool);
  if (size === undefined) throw new Error(`pool "${key}" has no whole size: the rules must refuse it before planning`);
  const groupNodes = size.unit === 'node' ? machine.groupNodes : size.unitNodes;
  const bindings = bindingsOf(pool.capacity, size.nodes);
  const shape = size.unit === 'slice' ? `-${pool.topology}` : '';
  const group = (ordinal: string, trays: number, reservation?: string): GroupPlan => {
    const groupKey = `${ordinal}${shape}`;
    const nodes = trays - (size.unit === 'rack' ? pool.spareTraysPerRack : 0);
    const accelerators = nodes * machine.accelerators;
    return { key: groupKey, id: `${key}-${groupKey}`, nodes, trays, accelerators, ...(reservation && { reservation }) };
  };
  if (bindings.length === 0) {
    const groups = split(size.nodes, groupNodes).map((trays, index) => group(String(index + 1), trays));
    return size.minNodes === undefined ? groups : withFewest(groups, size.minNodes);
  }
  return bindings.flatMap(({ id, nodes }) => {
    const first = reservationKey(id);
    return split(nodes, groupNodes).map((trays, index) =>
      group(index === 0 ? first : `${first}-${index + 1}`, trays, id),
    );
  });
}

/** Groups that an autoscaler sizes: the first ones keep the fewest nodes of their pool, so that a further one changes none. */
function withFewest(groups: readonly GroupPlan[], minNodes: number): readonly GroupPlan[] {
  let before = 0;
  return groups.map((group) => {
    const own = Math.min(Math.max(minNodes - before, 0), group.nodes);
    before += group.nodes;
    return { ...group, minNodes: own };
  });
}

/** First part of the keys of the groups that are bound to a reservation, fabric or host group. */
export function reservationKey(id: string): string {
  return `${BOUND_KEY}${hash8(id)}`;
}

/** What the nodes of a pool are bound to, sorted by id so that the order of writing never matters. */
function bindingsOf(capacity: Capacity, nodes: number): readonly Binding[] {
  const ids = capacityIds(capacity);
  const stated = ids.reduce((sum, entry) => sum + (entry.nodes ?? 0), 0);
  const open = ids.filter((entry) => entry.nodes === undefined).length;
  return ids
    .map((entry) => ({ id: entry.id, nodes: entry.nodes ?? (nodes - stated) / open }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Splits a number of nodes into full groups and a rest. */
function split(nodes: number, groupNodes: number): readonly number[] {
  const full = Math.floor(nodes / groupNodes);
  const rest = nodes - full * groupNodes;
  return [...Array<number>(full).fill(groupNodes), ...(rest > 0 ? [rest] : [])];
}
