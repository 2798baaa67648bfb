import type { CloudCatalog } from '../catalog';
import { compareKeys, groupBy } from '../units';
import { homesIn } from './homes';
import { type Lock, packKeys } from './lock';
import type { GroupPlan } from './types';

/** A group and the pool it is part of. */
export interface PoolGroup {
  readonly pool: string;
  readonly group: GroupPlan;
}

/** The groups that live in one shard. */
export interface ShardGroups {
  /** 1 for the first shard of a cluster. */
  readonly ordinal: number;
  readonly groups: readonly PoolGroup[];
}

/** The groups of a cluster, placed. */
export interface Placement {
  readonly shards: readonly ShardGroups[];
  /** Groups that the lock does not know, where it matters which shard they are in. */
  readonly unrecorded: readonly PoolGroup[];
  /** Shards that are over a limit because a group in them grew. */
  readonly overfull: readonly ShardGroups[];
}

interface Shard {
  readonly ordinal: number;
  readonly groups: PoolGroup[];
  nodes: number;
}

/**
 * Splits a cluster into shards within the limits of its cloud.
 *
 * Groups that the lock has placed stay where they are. Others go to the first shard with room, in the order of pools
 * and groups, and to a new shard where there is none: growth appends and moves nothing.
 */
export function placeGroups(
  groups: readonly PoolGroup[],
  systemNodes: number,
  limits: CloudCatalog['limits'],
  locked: Lock['shards'][string] = {},
): Placement {
  const nodeLimit = limits.nodesPerShard.value - systemNodes;
  const poolLimit = limits.poolsPerShard.value;
  const homes = homesIn(locked);
  const shards = new Map<number, Shard>();
  const put = (ordinal: number, member: PoolGroup): void => {
    const shard = shards.get(ordinal) ?? { ordinal, groups: [], nodes: 0 };
    shard.groups.push(member);
    shard.nodes += member.group.trays;
    shards.set(ordinal, shard);
  };
  const sorted = [...groups].sort(
    (one, other) => compareKeys(one.pool, other.pool) || compareKeys(one.group.key, other.group.key),
  );
  const homeless: PoolGroup[] = [];
  for (const member of sorted) {
    const home = homes.get(identity(member));
    if (home === undefined) homeless.push(member);
    else put(home, member);
  }
  // Large ones first leaves the fewest gaps; groups of one size keep their order.
  homeless.sort((one, other) => other.group.trays - one.group.trays);
  const open = new OpenShards(shards, nodeLimit, poolLimit);
  for (const member of homeless) put(open.firstWithRoom(member.group.trays), member);
  if (shards.size === 0) shards.set(1, { ordinal: 1, groups: [], nodes: 0 });
  const placed = [...shards.values()].sort((one, other) => one.ordinal - other.ordinal);
  return {
    shards: placed.map(({ ordinal, groups: members }) => ({ ordinal, groups: members })),
    unrecorded: placed.length > 1 || placed[0]?.ordinal !== 1 ? homeless : [],
    overfull: placed.filter((shard) => shard.nodes > nodeLimit || shard.groups.length > poolLimit),
  };
}

/** A placement as the lock file keeps it. */
export function lockedShards(shards: readonly ShardGroups[]): Lock['shards'][string] {
  return Object.fromEntries(
    shards.map(({ ordinal, groups }) => {
      const pools = groupBy(groups, ({ pool }) => pool);
      const packed = [...pools].map(([pool, members]) => [pool, packKeys(members.map(({ group }) => group.key))]);
      return [String(ordinal), Object.fromEntries(packed)];
    }),
  );
}

/** The shards that may still have room, so that full ones are not looked at again and again. */
class OpenShards {
  private readonly ordinals: number[];
  /** Shards before this one are full. */
  private first = 0;
  /** No ordinal below this one is free. */
  private free = 1;

  constructor(
    private readonly shards: ReadonlyMap<number, Shard>,
    private readonly nodeLimit: number,
    private readonly poolLimit: number,
  ) {
    this.ordinals = [...shards.keys()].sort((one, other) => one - other);
  }

  /** The first shard that can take a group of so many nodes; a new one where none can. */
  firstWithRoom(trays: number): number {
    while (this.roomIn(this.ordinals[this.first]) <= 0) this.first++;
    for (let index = this.first; index < this.ordinals.length; index++) {
      const ordinal = this.ordinals[index];
      if (ordinal !== undefined && this.roomIn(ordinal) >= trays) return ordinal;
    }
    while (this.shards.has(this.free)) this.free++;
    this.ordinals.push(this.free);
    return this.free;
  }

  private roomIn(ordinal: number | undefined): number {
    const shard = ordinal === undefined ? undefined : this.shards.get(ordinal);
    if (shard === undefined) return this.nodeLimit;
    return shard.groups.length < this.poolLimit ? this.nodeLimit - shard.nodes : 0;
  }
}

function identity({ pool, group }: PoolGroup): string {
  return `${pool}/${group.key}`;
}
