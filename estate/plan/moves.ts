import { compareKeys } from '../units';
import { isReserveKey } from './blocks';
import { homesIn, rangesIn } from './homes';
import type { Lock } from './lock';
import { recordedStack } from './store-stacks';

/** Something recorded that is elsewhere in a new lock: what exists there is replaced. */
export interface Move {
  /**
   * Lock key of a range, path of a group (`clusters.<cluster>.pools.<pool>.<group>`), `clusters.<cluster>.zones`, or
   * `stores.<store>.stack`.
   */
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
  const ranges = rangesIn(next);
  for (const lock of recorded) {
    const { addresses, shards } = lock;
    for (const [key, from] of Object.entries(addresses)) if (!isReserveKey(key)) note(key, from, next.addresses[key]);
    for (const [cluster, own] of Object.entries(shards)) {
      const after = homesIn(next.shards[cluster]);
      for (const [group, home] of homesIn(own)) {
        const to = after.get(group);
        note(pathOf(cluster, group), `shard ${home}`, to === undefined ? undefined : `shard ${to}`);
      }
    }
    for (const [path, { zones }] of Object.entries(lock.chosen)) {
      if (zones !== undefined) note(`${path}.zones`, zones.join(', '), next.chosen[path]?.zones?.join(', '));
    }
    for (const [path, { stack: to }] of Object.entries(next.chosen)) {
      const store = next.guarded[path];
      if (store === undefined || store.kind === 'pool' || to === undefined) continue;
      const from = recordedStack(lock, path, store.site);
      if (from !== undefined) note(`${path}.stack`, `stack ${from}`, `stack ${to}`);
    }
    for (const [group, range] of rangesIn(lock)) {
      const to = ranges.get(group);
      const [cluster = '', ...rest] = group.split('/');
      note(pathOf(cluster, rest.join('/')), `range ${range}`, to === undefined ? undefined : `range ${to}`);
    }
  }
  return [...moves.values()].sort((one, other) => compareKeys(one.key, other.key));
}

function pathOf(cluster: string, group: string): string {
  return `clusters.${cluster}.pools.${group.replace('/', '.')}`;
}

/** Whether a lock key is accepted: itself, an entry above it, the store of a range at a site, or everything. */
export function isAccepted(key: string, accepted: readonly string[]): boolean {
  const names = [key, key.replace(/^sites\.[^.]+\.(?=stores\.)/, '')];
  return accepted.some(
    (entry) => entry === '*' || names.some((name) => name === entry || name.startsWith(`${entry}.`)),
  );
}
