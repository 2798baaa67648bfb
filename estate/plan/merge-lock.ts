import { cidr, cidrContains } from '../cidr';
import { compareKeys, groupBy } from '../units';
import { isBlockKey, siteOfKey } from './blocks';
import { Buddy } from './buddy';
import { EMPTY_LOCK, type Lock, packKeys, parseLock, unpackKeys } from './lock';

/** The two versions of a text that a merge could not join. */
export interface ConflictSides {
  readonly ours: string;
  readonly theirs: string;
}

/** A lock made of two, and the same without the homes of groups that only the other side knows. */
export interface MergedLock {
  readonly lock: Lock;
  /** For when both sides filled one shard: the groups of the other side find new homes. */
  readonly withoutTheirHomes: Lock;
}

/** The two sides of a text with the marks of a merge conflict; undefined when it has none. */
export function conflictSides(text: string): ConflictSides | undefined {
  if (!/^<{7}/m.test(text)) return undefined;
  const sides = { ours: '', theirs: '' };
  let part: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  for (const line of text.split('\n')) {
    if (/^<{7}/.test(line)) part = 'ours';
    else if (/^\|{7}/.test(line)) part = 'base';
    else if (/^={7}/.test(line) && part !== 'both') part = 'theirs';
    else if (/^>{7}/.test(line)) part = 'both';
    else {
      if (part === 'both' || part === 'ours') sides.ours += `${line}\n`;
      if (part === 'both' || part === 'theirs') sides.theirs += `${line}\n`;
    }
  }
  return sides;
}

/** Joins both sides of a lock file that a merge has left in conflict; throws EstateError when one is no lock. */
export function mergeConflict({ ours, theirs }: ConflictSides, file: string): MergedLock {
  return mergeLocks(parseLock(mendCommas(ours), file), parseLock(mendCommas(theirs), file));
}

/**
 * Joins what two branches have decided.
 *
 * What both have stays, whichever side it is read from: where they differ, the lower block or shard. Then come our
 * entries, then theirs where nothing is in the way. What is left out the planner decides anew.
 */
export function mergeLocks(ours: Lock, theirs: Lock): MergedLock {
  const [mine, other] = [heldBy(ours), heldBy(theirs)];
  const claims = new Claims();
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(other)])].map((key) => {
    const agreement = agreementOn(mine[key], other[key]);
    return { key, rank: 2 * agreement + (isBlockKey(key) ? 0 : 1), block: lower(mine[key], other[key]) };
  });
  const kept: Record<string, string> = {};
  for (const { key, block } of keys.sort((a, b) => a.rank - b.rank || compareKeys(a.key, b.key))) {
    if (claims.accept(key, block)) kept[key] = block;
  }
  const isLiving = (key: string) => Object.hasOwn(ours.addresses, key) || Object.hasOwn(theirs.addresses, key);
  const entries = Object.entries(kept);
  const lock: Lock = {
    version: EMPTY_LOCK.version,
    addresses: Object.fromEntries(entries.filter(([key]) => isLiving(key))),
    released: Object.fromEntries(entries.filter(([key]) => !isLiving(key))),
    shards: mergeShards(ours.shards, theirs.shards, true),
  };
  return { lock, withoutTheirHomes: { ...lock, shards: mergeShards(ours.shards, theirs.shards, false) } };
}

function heldBy({ addresses, released }: Lock): Readonly<Record<string, string>> {
  return { ...released, ...addresses };
}

/** 0 where both sides say the same, 1 where they differ, 2 where only ours speaks, 3 where only theirs does. */
function agreementOn(mine: string | undefined, other: string | undefined): number {
  if (mine === other) return 0;
  if (other === undefined) return 2;
  return mine === undefined ? 3 : 1;
}

function lower(one: string | undefined, other: string | undefined): string {
  if (one === undefined || other === undefined) return one ?? other ?? '';
  const [left, right] = [cidr(one), cidr(other)];
  return (left.base - right.base || left.prefix - right.prefix) > 0 ? other : one;
}

/** What is taken already: blocks in the whole estate, ranges inside their site. */
class Claims {
  private readonly space = everything();
  private readonly reserves = new Map<string, Buddy>();
  private readonly sites = new Map<string, Buddy>();

  /** Takes a block unless something else has a part of it. */
  accept(key: string, text: string): boolean {
    const block = cidr(text);
    const site = siteOfKey(key);
    if (!isBlockKey(key)) {
      const ranges = this.sites.get(site) ?? everything();
      this.sites.set(site, ranges);
      return ranges.reserve(block);
    }
    const reserve = this.reserves.get(site);
    if (reserve !== undefined && cidrContains(reserve.pool, block)) return reserve.reserve(block);
    const isFree = this.space.reserve(block);
    if (isFree && key.endsWith('.reserve')) this.reserves.set(site, new Buddy(block));
    return isFree;
  }
}

function everything(): Buddy {
  return new Buddy({ base: 0, prefix: 0 });
}

function mergeShards(ours: Lock['shards'], theirs: Lock['shards'], withTheirs: boolean): Lock['shards'] {
  const clusters = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return Object.fromEntries(
    clusters.map((cluster) => {
      const [mine, other] = [homesIn(ours[cluster]), homesIn(theirs[cluster])];
      const isOurs = Object.hasOwn(ours, cluster);
      const groups = [...new Set([...mine.keys(), ...(withTheirs || !isOurs ? other.keys() : [])])];
      const homes = groups.map((group) => {
        const ordinals = [mine.get(group), other.get(group)].filter((ordinal) => ordinal !== undefined);
        return { group, ordinal: Math.min(...ordinals) };
      });
      return [cluster, packShards(homes)];
    }),
  );
}

function homesIn(shards: Lock['shards'][string] = {}): Map<string, number> {
  const homes = new Map<string, number>();
  for (const [ordinal, pools] of Object.entries(shards)) {
    for (const [pool, keys] of Object.entries(pools)) {
      for (const key of unpackKeys(keys)) homes.set(`${pool}/${key}`, Number(ordinal));
    }
  }
  return homes;
}

function packShards(homes: readonly { readonly group: string; readonly ordinal: number }[]): Lock['shards'][string] {
  const shards = groupBy(homes, ({ ordinal }) => String(ordinal));
  return Object.fromEntries(
    [...shards].map(([ordinal, members]) => {
      const pools = groupBy(members, ({ group }) => group.split('/')[0] ?? '');
      const packed = [...pools].map(([pool, own]) => {
        return [pool, packKeys(own.map(({ group }) => group.slice(pool.length + 1)))] as const;
      });
      return [ordinal, Object.fromEntries(packed)];
    }),
  );
}

/** Puts the commas right that a merge of lines leaves at the end of lists, or takes from between their entries. */
function mendCommas(text: string): string {
  return text.replace(/,(\s*[}\]])/g, '$1').replace(/(["\]}])(\s*\n\s*")/g, '$1,$2');
}
