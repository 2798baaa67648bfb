import { compareKeys } from '../units';
import { isReserveKey } from './blocks';
import type { Lock } from './lock';
import { homesIn } from './merge-lock';

/** Something recorded that is elsewhere in a new lock: what exists there is replaced. */
export interface Move {
  /** Lock key of a range, or the path of a group: `clusters.<cluster>.pools.<pool>.<group>`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What a new lock moves of what others have recorded, in the order of keys.
 *
 * What left the estate is no move, and neither is a reserve: nothing lies in it yet.
 */
export function movesBetween(recorded: readonly Lock[], next: Lock): readonly Move[] {
  const moves = new Map<string, Move>();
  const note = (key: string, from: string, to: string | undefined): void => {
    if (to !== undefined && to !== from) moves.set(key, { key, from, to });
  };
  for (const { addresses, shards } of recorded) {
    for (const [key, from] of Object.entries(addresses)) if (!isReserveKey(key)) note(key, from, next.addresses[key]);
    for (const [cluster, own] of Object.entries(shards)) {
      const after = homesIn(next.shards[cluster]);
      for (const [group, home] of homesIn(own)) {
        const to = after.get(group);
        const path = `clusters.${cluster}.pools.${group.replace('/', '.')}`;
        note(path, `shard ${home}`, to === undefined ? undefined : `shard ${to}`);
      }
    }
  }
  return [...moves.values()].sort((one, other) => compareKeys(one.key, other.key));
}

/** Whether a key is one that is accepted: itself, an entry above it, or everything. */
export function isAccepted(key: string, accepted: readonly string[]): boolean {
  return accepted.some((entry) => entry === '*' || key === entry || key.startsWith(`${entry}.`));
}
