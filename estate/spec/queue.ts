import type { MachineBase } from '../catalog';
import { SYSTEM_NAMESPACES } from '../catalog/namespaces';
import { COMPONENTS } from '../catalog/software';
import { mostNodesOf, poolSize, poolUnit } from './machine';
import type { Capacity, Cluster, Pool } from './schema';
import type { QueueServing, QueueTeam } from './schema-queue';

/** The priority class of services: above all that an estate file can name, whatever it names. */
export const SERVING_PRIORITY = { name: 'serving', value: 2_000_000 } as const;

/** Whose a namespace is that no team may have, as part of a sentence; undefined where it is free. */
export function systemOf(namespace: string): string | undefined {
  const row = SYSTEM_NAMESPACES.find(({ name }) =>
    name.endsWith('*') ? namespace.startsWith(name.slice(0, -1)) : namespace === name,
  );
  return row?.of ?? Object.values(COMPONENTS).find((component) => component.namespace === namespace)?.title;
}

/** What a team has of an accelerator, in percent of the nodes in service. */
export function shareOf({ shares }: Pick<QueueTeam, 'shares'>, accelerator: string): number {
  return typeof shares === 'number' ? shares : percentOf(shares, accelerator);
}

/** What a team never lends of an accelerator, in percent. */
export function floorOf({ floor = {} }: Pick<QueueTeam, 'floor'>, accelerator: string): number {
  return percentOf(floor, accelerator);
}

/** What a team may borrow of an accelerator, in percent; undefined where it is all that is idle. */
export function borrowOf({ borrow }: Pick<QueueTeam, 'borrow'>, accelerator: string): number | undefined {
  if (borrow === 'any') return undefined;
  return borrow === 'none' ? 0 : percentOf(borrow, accelerator);
}

function percentOf(map: Readonly<Record<string, number>>, accelerator: string): number {
  return Object.hasOwn(map, accelerator) ? (map[accelerator] ?? 0) : 0;
}

/** Key of the pool that a service runs on: the one it names, else the only one for serving, else the only one. */
export function servingPool({ pool }: Pick<QueueServing, 'pool'>, pools: Cluster['pools']): string | undefined {
  if (pool !== undefined) return pool;
  const keys = Object.keys(pools);
  const serving = keys.filter((key) => pools[key]?.purpose === 'serving');
  const candidates = serving.length > 0 ? serving : keys;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Nodes of a pool in service: without spares of racks; undefined where its size is not whole. */
export function nodesInService(machine: MachineBase, pool: Pool): number | undefined {
  const size = poolSize(machine, pool);
  if (size === undefined) return undefined;
  const spares = poolUnit(machine) === 'rack' ? pool.spareTraysPerRack * size.units : 0;
  return (mostNodesOf(pool) ?? size.nodes) - spares;
}

/** Whether nodes come all at once when somebody asks for them, as stacks of Google Cloud make them of flex-start. */
export function isQueued(capacity: Capacity, { topologies }: Pick<MachineBase, 'topologies'>): boolean {
  return capacity.kind === 'flex-start' && (capacity.queued ?? topologies === undefined);
}
