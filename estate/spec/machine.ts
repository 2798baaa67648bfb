import type { CloudCatalog, MachineBase, UltraServer } from '../catalog';
import { lookup } from './lookup';
import type { Pool } from './schema';

/** The part of a pool that decides its machine and its size. */
export type PoolShape = Pick<
  Pool,
  'accelerator' | 'machine' | 'ultraServer' | 'racks' | 'nodes' | 'accelerators' | 'topology'
>;

/** The machine of a pool, or why there is none. */
export type MachineChoice =
  | { readonly machine: MachineBase; readonly problem?: undefined }
  | {
      readonly machine?: undefined;
      /**
       * `unnamed`: the pool names neither an accelerator nor a machine; `unknown-machine`: the cloud has no machine of
       * that name; `mismatch`: it carries another accelerator; `not-offered`: no machine of the cloud carries the
       * accelerator; `ambiguous`: several do and none is preferred.
       */
      readonly problem: 'unnamed' | 'unknown-machine' | 'mismatch' | 'not-offered' | 'ambiguous';
    };

/** What a pool is sized in: single nodes, NVL72 racks (or other NVLink domains), or TPU slices. */
export type SizeUnitOfPool = 'node' | 'rack' | 'slice';

/** The size of a pool in every unit. Spare trays are part of it: a rack is bought and counted whole. */
export interface PoolSize {
  readonly unit: SizeUnitOfPool;
  /** Nodes of one unit. */
  readonly unitNodes: number;
  /** Whole units: nodes, racks or slices. */
  readonly units: number;
  readonly nodes: number;
  /** Fewest nodes, where an autoscaler runs between them and `nodes`. @default - as many as `nodes`, always */
  readonly minNodes?: number;
  readonly accelerators: number;
}

/** A range of nodes that an autoscaler runs within. */
export interface NodeRange {
  readonly min: number;
  readonly max: number;
}

/** The range of a pool that has one. */
export function nodeRangeOf({ nodes }: Pick<Pool, 'nodes'>): NodeRange | undefined {
  return typeof nodes === 'object' ? nodes : undefined;
}

/** Nodes of a pool that is sized in them; of a range the most, for which everything is planned. */
export function mostNodesOf({ nodes }: Pick<Pool, 'nodes'>): number | undefined {
  return typeof nodes === 'object' ? nodes.max : nodes;
}

/** Machine types of a cloud that carry an accelerator, or of CPU machines, in the order of the catalog. */
export function machinesWith({ machines }: CloudCatalog, accelerator: string | undefined): readonly MachineBase[] {
  return Object.values(machines).filter((machine) => machine.accelerator === accelerator);
}

/**
 * Chooses the machine of a pool: the one it names, else that of its UltraServer, else the only or the preferred one with
 * its accelerator. CPU machines are always named.
 */
export function machineFor(catalog: CloudCatalog, pool: PoolShape): MachineChoice {
  const ultraServer = ultraServerOf(catalog, pool);
  const choice = chosenFor(catalog, pool, ultraServer);
  if (ultraServer === undefined || choice.machine?.type !== ultraServer.machine) return choice;
  const { nodes } = ultraServer;
  const isUsual = choice.machine.scaleUpNodes === nodes;
  return isUsual ? choice : { machine: { ...choice.machine, scaleUpNodes: nodes, groupNodes: nodes } };
}

/** The UltraServer that a pool names; undefined where it names none, or one that its cloud does not have. */
export function ultraServerOf({ ultraServers = {} }: CloudCatalog, pool: PoolShape): UltraServer | undefined {
  return pool.ultraServer === undefined ? undefined : lookup(ultraServers, pool.ultraServer);
}

function chosenFor(catalog: CloudCatalog, pool: PoolShape, ultraServer: UltraServer | undefined): MachineChoice {
  if (pool.machine !== undefined) {
    const named: MachineBase | undefined = lookup<MachineBase>(catalog.machines, pool.machine);
    if (named === undefined) return { problem: 'unknown-machine' };
    return named.accelerator === pool.accelerator ? { machine: named } : { problem: 'mismatch' };
  }
  if (pool.accelerator === undefined) return { problem: 'unnamed' };
  const fitting = machinesWith(catalog, pool.accelerator);
  const [first] = fitting;
  if (first === undefined) return { problem: 'not-offered' };
  const chosen =
    fitting.find(({ type }) => type === ultraServer?.machine) ??
    (fitting.length === 1 ? first : fitting.find((machine) => machine.preferred === true));
  return chosen === undefined ? { problem: 'ambiguous' } : { machine: chosen };
}

/** The machine of a pool; undefined where the rules have found a problem. */
export function resolveMachine(catalog: CloudCatalog, pool: PoolShape): MachineBase | undefined {
  return machineFor(catalog, pool).machine;
}

/** What pools of a machine are sized in. */
export function poolUnit(machine: MachineBase): SizeUnitOfPool {
  if (machine.topologies !== undefined) return 'slice';
  return machine.scaleUpNodes > 1 ? 'rack' : 'node';
}

/** Chips of a slice topology such as `4x4x4`. */
export function topologyChips(topology: string): number {
  return topology.split('x').reduce((chips, side) => chips * Number(side), 1);
}

/** Nodes of one unit of a pool; undefined for a slice whose topology is missing or does not fit the machine. */
export function unitNodes(machine: MachineBase, topology: string | undefined): number | undefined {
  const unit = poolUnit(machine);
  if (unit !== 'slice') return unit === 'rack' ? machine.scaleUpNodes : 1;
  if (topology === undefined || machine.topologies?.includes(topology) !== true) return undefined;
  const nodes = topologyChips(topology) / machine.accelerators;
  return Number.isInteger(nodes) && nodes > 0 ? nodes : undefined;
}

/** The size of a pool; undefined when it is not given in exactly one way or is no whole number of units. */
export function poolSize(machine: MachineBase, pool: PoolShape): PoolSize | undefined {
  const perUnit = unitNodes(machine, pool.topology);
  const given = [pool.racks, pool.nodes, pool.accelerators].filter((size) => size !== undefined);
  if (perUnit === undefined || given.length !== 1) return undefined;
  const unit = poolUnit(machine);
  if (pool.racks !== undefined && unit !== 'rack') return undefined;
  const range = nodeRangeOf(pool);
  const nodes =
    mostNodesOf(pool) ??
    (pool.racks === undefined ? (pool.accelerators ?? 0) / machine.accelerators : pool.racks * perUnit);
  const units = nodes / perUnit;
  if (!Number.isSafeInteger(nodes) || !Number.isSafeInteger(units) || units < 1) return undefined;
  const accelerators = nodes * machine.accelerators;
  return { unit, unitNodes: perUnit, units, nodes, ...(range && { minNodes: range.min }), accelerators };
}
