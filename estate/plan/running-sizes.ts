import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Cluster, Estate, Pool } from '../spec/schema';
import { groupBy, sortedEntries } from '../units';
import { homesIn } from './homes';
import { accountOf, clusterPath, identityOf, poolPath } from './identity';
import type { Choice, Lock } from './lock';
import type { Placement, PoolGroup } from './shards';
import type { GroupPlan } from './types';

/** What a lock holds of the groups of a pool with a range. */
export type Made = NonNullable<Choice['made']>;

/** In the place of a range: the group has had another one since it was made, so that how many of it run is left alone. */
const RUNNING = 'running';

/**
 * What the groups of pools with a range are made with, by the path of the pool.
 *
 * EKS makes no group without the number of nodes that it starts with, and CloudFormation sets a group back to that
 * whenever its range changes. It is therefore said for as long as a group has the range that it was made with, and never
 * again: what runs then stays. Other clouds take a range alone.
 */
export function planMade(
  estate: Estate,
  placements: ReadonlyMap<string, Placement>,
  lock: Lock,
  accept: readonly string[] = [],
): ReadonlyMap<string, Made> {
  const made = new Map<string, Made>();
  for (const [key, cluster] of sortedEntries(estate.clusters)) {
    if (accountOf(estate, cluster.site).cloud !== 'aws') continue;
    const id = identityOf(key, cluster);
    const homes = homesIn(lock.shards[id]);
    const groups = (placements.get(id)?.shards ?? []).flatMap((shard) => shard.groups);
    const byPool = groupBy(groups.filter(hasRange), ({ pool }) => pool);
    for (const [name, pool] of sortedEntries(cluster.pools)) {
      const own = byPool.get(identityOf(name, pool));
      const path = poolPath(clusterPath(key, cluster), name, pool);
      const recorded = { path, homes, held: lock.chosen[path]?.made, accept };
      if (own !== undefined) made.set(path, madeOf(own, placeOf(estate, cluster, pool), recorded));
    }
  }
  return made;
}

/** The placements with the groups that run as many nodes as they do, whatever they were made with. */
export function withRunning(
  placements: ReadonlyMap<string, Placement>,
  made: ReadonlyMap<string, Made>,
): ReadonlyMap<string, Placement> {
  if (made.size === 0) return placements;
  return new Map(
    [...placements].map(([cluster, placement]) => {
      const keeps = ({ pool, group }: PoolGroup) =>
        made.get(`clusters.${cluster}.pools.${pool}`)?.sizes[group.key] === RUNNING;
      const shards = placement.shards.map(({ ordinal, groups }) => ({
        ordinal,
        groups: groups.map((member) =>
          keeps(member) ? { ...member, group: { ...member.group, keepsSize: true } } : member,
        ),
      }));
      return [cluster, { ...placement, shards }] as const;
    }),
  );
}

/**
 * Joins what locks hold of the groups of one pool. Where they differ the last one is right, but what one of them leaves
 * running stays so.
 */
export function joinMade(held: readonly (Made | undefined)[]): Made | undefined {
  const known = held.flatMap((made) => made ?? []);
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const sizes: Record<string, string> = {};
  for (const made of known.filter((each) => isSamePlace(each, last))) {
    for (const [key, size] of Object.entries(made.sizes)) if (sizes[key] !== RUNNING) sizes[key] = size;
  }
  return { ...last, sizes };
}

/** Paths of the groups that a lock has with a range, by whether they have had another one since they were made. */
export function madeGroups({ chosen }: Pick<Lock, 'chosen'>): ReadonlyMap<string, 'made' | 'running'> {
  return new Map(
    Object.entries(chosen).flatMap(([path, { made }]) =>
      Object.entries(made?.sizes ?? {}).map(
        ([key, size]) => [`${path}.${key}`, size === RUNNING ? 'running' : 'made'] as const,
      ),
    ),
  );
}

/** Whether a group is to be new, by its path: it or its pool is named. Accepting everything is no word about sizes. */
export function isRemade(path: string, accept: readonly string[]): boolean {
  return accept.includes(path) || accept.includes(path.slice(0, path.lastIndexOf('.')));
}

function hasRange({ group }: PoolGroup): boolean {
  return group.minNodes !== undefined;
}

/** What a group is replaced by a change of. */
type Place = Omit<Made, 'sizes'>;

function placeOf(estate: Estate, { site }: Cluster, pool: Pool): Place {
  const zone = pool.zone ?? estate.sites[site]?.zones[0];
  const { aws } = catalogOf(estate).clouds;
  const image = aws.machines[resolveMachine(aws, pool)?.type ?? '']?.amiType;
  return {
    capacity: pool.capacity.kind,
    ...(image !== undefined && { image }),
    ...(zone !== undefined && { zone }),
  };
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.capacity === other.capacity && one.image === other.image && one.zone === other.zone;
}

interface Recorded {
  readonly path: string;
  readonly homes: ReadonlyMap<string, number>;
  readonly held: Made | undefined;
  readonly accept: readonly string[];
}

function madeOf(groups: readonly PoolGroup[], place: Place, { path, homes, held, accept }: Recorded): Made {
  const moves = held !== undefined && !isSamePlace(held, place);
  const isNew = ({ pool, group }: PoolGroup) =>
    moves || !homes.has(`${pool}/${group.key}`) || isRemade(`${path}.${group.key}`, accept);
  const sizes = groups.map((member) => {
    const range = rangeText(member.group);
    const { key } = member.group;
    return [key, isNew(member) || held?.sizes[key] === range ? range : RUNNING] as const;
  });
  return { ...place, sizes: Object.fromEntries(sizes) };
}

function rangeText({ minNodes, nodes }: GroupPlan): string {
  return `${minNodes}-${nodes}`;
}
