import { lookup } from '../lookup';
import { nodeRangeOf } from '../machine';
import type { Path } from '../positions';
import { nodesInService, servingPool } from '../queue';
import type { Estate } from '../schema';
import { CPU_POOLS, type QueueServing, type QueueTeam } from '../schema-queue';
import { clustersOf, type PoolEntry, poolsIn } from './walk';

/** A pool whose nodes the queue gives out. */
export interface QueuedPool extends PoolEntry {
  /** Key of its cluster. */
  readonly cluster: string;
  /** Accelerator key, or `cpu`. */
  readonly accelerator: string;
  /** Nodes in service; where an autoscaler sizes the pool, the most. @default its size is not whole */
  readonly nodes?: number;
  readonly isAutoscaled: boolean;
}

/** A team with its place in the file. */
export interface TeamEntry {
  readonly key: string;
  readonly path: Path;
  readonly team: QueueTeam;
}

/** A service with its place in the file. */
export interface ServiceEntry {
  readonly key: string;
  readonly path: Path;
  readonly service: QueueServing;
  /** @default it cannot be told, or does not exist */
  readonly pool?: QueuedPool;
}

/** Pools of all clusters that run jobs or services: all but those of the manager. */
export function queuedPools(estate: Estate): readonly QueuedPool[] {
  return clustersOf(estate)
    .filter(({ key }) => key !== estate.queue?.manager)
    .flatMap((entry) => poolsIn(entry).map((own) => queuedPool(entry.key, own)));
}

function queuedPool(cluster: string, entry: PoolEntry): QueuedPool {
  const nodes = entry.machine && nodesInService(entry.machine, entry.pool);
  const isAutoscaled = nodeRangeOf(entry.pool) !== undefined || entry.pool.capacity.kind === 'flex-start';
  const accelerator = entry.pool.accelerator ?? CPU_POOLS;
  return { ...entry, cluster, accelerator, isAutoscaled, ...(nodes !== undefined && { nodes }) };
}

/** Pools that jobs of teams run on. */
export function trainingPools(estate: Estate): readonly QueuedPool[] {
  return queuedPools(estate).filter(({ pool }) => pool.purpose !== 'serving');
}

/** Teams of the queue. */
export function teamsIn({ queue }: Estate): readonly TeamEntry[] {
  return Object.entries(queue?.teams ?? {}).map(([key, team]) => ({ key, path: ['queue', 'teams', key], team }));
}

/** Services of the queue. */
export function servicesIn(estate: Estate): readonly ServiceEntry[] {
  return Object.entries(estate.queue?.serving ?? {}).map(([key, service]) => {
    const cluster = lookup(estate.clusters, service.cluster);
    const name = cluster && servingPool(service, cluster.pools);
    const entry = clustersOf(estate).find((each) => each.key === service.cluster);
    const own = entry && poolsIn(entry).find((each) => each.key === name);
    const pool = own && queuedPool(service.cluster, own);
    return { key, path: ['queue', 'serving', key], service, ...(pool && { pool }) };
  });
}

/** What jobs of teams run on, each once. */
export function acceleratorsOf(pools: readonly QueuedPool[]): readonly string[] {
  return [...new Set(pools.map(({ accelerator }) => accelerator))].sort();
}
