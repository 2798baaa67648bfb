import { type Lock, unpackKeys } from './lock';

/** The shard of each group of a cluster, by `<pool>/<group>`. */
export function homesIn(shards: Lock['shards'][string] = {}): Map<string, number> {
  const homes = new Map<string, number>();
  for (const [ordinal, pools] of Object.entries(shards)) {
    for (const [pool, keys] of Object.entries(pools)) {
      for (const key of unpackKeys(keys)) homes.set(`${pool}/${key}`, Number(ordinal));
    }
  }
  return homes;
}

/**
 * Which of the ranges of its zone each group lies in that a lock has placed, by `<cluster>/<pool>/<group>`.
 *
 * The first one where the lock says nothing else.
 */
export function rangesIn({ shards, chosen }: Pick<Lock, 'shards' | 'chosen'>): Map<string, number> {
  const ranges = new Map<string, number>();
  for (const [cluster, ordinals] of Object.entries(shards)) {
    for (const group of homesIn(ordinals).keys()) ranges.set(`${cluster}/${group}`, 1);
  }
  for (const [path, { ranges: own = {} }] of Object.entries(chosen)) {
    const [, cluster, , pool] = path.split('.');
    for (const [ordinal, keys] of Object.entries(own)) {
      for (const key of unpackKeys(keys)) ranges.set(`${cluster}/${pool}/${key}`, Number(ordinal));
    }
  }
  return ranges;
}
