import { type Cidr, cidr, cidrContains } from '../cidr';
import { compareKeys, groupBy } from '../units';
import { isBlockKey, isNetworkKey, isReserveKey, siteOfKey } from './blocks';
import { Buddy } from './buddy';
import { homesIn, rangesIn } from './homes';
import { mergeNumbers } from './links/numbers';
import { type Choice, EMPTY_LOCK, type Lock, packKeys, parseLock } from './lock';
import { joinMade } from './running-sizes';

/** The two versions of a text that a merge could not join. */
export interface ConflictSides {
  readonly ours: string;
  readonly theirs: string;
}

/** A lock made of two, and the same without the homes of groups and stores that only the side that gives way knows. */
export interface MergedLock {
  readonly lock: Lock;
  /** For when both sides filled one shard or stack: what the side that gives way has in it finds a new home. */
  readonly withoutNewHomes: Lock;
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

/** The locks of both sides of a lock file that a merge has left in conflict; throws EstateError when one is no lock. */
export function lockSides({ ours, theirs }: ConflictSides, file: string): readonly [ours: Lock, theirs: Lock] {
  return [parseLock(mendCommas(ours), file), parseLock(mendCommas(theirs), file)];
}

/** True when no two entries of a lock claim the same addresses. */
export function isSound(lock: Lock): boolean {
  const { addresses, released } = mergeLocks(lock, lock).lock;
  const count = (held: Lock['addresses']) => Object.keys(held).length;
  return count(addresses) + count(released) === Object.keys(heldBy(lock)).length;
}

/**
 * Joins what two branches have decided.
 *
 * What `first` says of a key stays, whatever else claims it: the side that is deployed or upstream, or else what both
 * branched from. Then comes what both sides have (where they differ, the lower block or shard), then our entries, then
 * theirs where nothing is in the way. What is left out the planner decides anew.
 */
export function mergeLocks(ours: Lock, theirs: Lock, first: Lock = EMPTY_LOCK): MergedLock {
  const [mine, other, known] = [heldBy(ours), heldBy(theirs), heldBy(first)];
  const claims = new Claims();
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(other)])].map((key) => {
    const agreement = known[key] === undefined ? 1 + agreementOn(mine[key], other[key]) : 0;
    const block = known[key] ?? lower(mine[key], other[key]);
    return { key, rank: 2 * agreement + (isBlockKey(key) ? 0 : 1), block };
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
    shards: mergeShards(ours.shards, theirs.shards, first.shards, true),
    chosen: mergeChosen(ours, theirs, first),
    guarded: { ...theirs.guarded, ...ours.guarded, ...first.guarded },
    retired: { ...theirs.retired, ...ours.retired, ...first.retired },
    ...mergeNumbers(ours, theirs, first),
  };
  const staying = first === EMPTY_LOCK ? ours : first;
  const withoutNewHomes: Lock = {
    ...lock,
    shards: mergeShards(ours.shards, theirs.shards, staying.shards, false),
    ...withoutNewStores(lock, staying),
  };
  return { lock, withoutNewHomes };
}

/** Leaves the stores out that only another lock has placed, so that they find room anew. */
function withoutNewStores({ chosen, guarded }: Lock, staying: Lock): Pick<Lock, 'chosen' | 'guarded'> {
  const isNew = (path: string) => chosen[path]?.stack !== undefined && staying.guarded[path] === undefined;
  const old = <T>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).filter(([path]) => !isNew(path)));
  return { chosen: old(chosen), guarded: old(guarded) };
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
  private readonly networks = new Map<string, Cidr[]>();
  private readonly sites = new Map<string, Buddy>();

  /** Takes a block unless something else has a part of it. */
  accept(key: string, text: string): boolean {
    const block = cidr(text);
    const site = siteOfKey(key);
    if (isReserveKey(key)) return this.acceptReserve(site, block);
    if (isNetworkKey(key)) return this.acceptNetwork(site, block);
    const ranges = this.sites.get(site) ?? everything();
    this.sites.set(site, ranges);
    return ranges.reserve(block);
  }

  private acceptNetwork(site: string, block: Cidr): boolean {
    const reserve = this.reserves.get(site);
    const isInside = reserve !== undefined && cidrContains(reserve.pool, block);
    const isFree = isInside ? reserve.reserve(block) : this.space.reserve(block);
    if (isFree) this.networks.set(site, [...(this.networks.get(site) ?? []), block]);
    return isFree;
  }

  /** A reserve may lie around blocks that its own network has already. */
  private acceptReserve(site: string, block: Cidr): boolean {
    const own = new Buddy(block);
    for (const network of this.networks.get(site) ?? []) own.exclude(network);
    if (this.space.freeIn(block) !== own.freeAddresses) return false;
    this.space.exclude(block);
    this.reserves.set(site, own);
    return true;
  }
}

function everything(): Buddy {
  return new Buddy({ base: 0, prefix: 0 });
}

/** What a deployed thing has from the start or never gets: said by the lock that knows it first, even by nothing. */
const FROM_THE_START = ['named', 'vault', 'ownZone', 'nodes'] as const;

/** Joins what was chosen; of the groups of one pool each stays in the range that the first lock to know it says. */
function mergeChosen(ours: Lock, theirs: Lock, first: Lock): Lock['chosen'] {
  const ranges = new Map([...rangesIn(theirs), ...rangesIn(ours), ...rangesIn(first)]);
  const paths = [theirs, ours, first].flatMap(({ chosen }) => Object.keys(chosen));
  return Object.fromEntries(
    [...new Set(paths)].map((path) => {
      const joined: Choice = { ...theirs.chosen[path], ...ours.chosen[path], ...first.chosen[path] };
      const { ranges: _, vaults: __, made: ___, ...entry } = joined;
      // Where a store lies is said by the lock that says at which site, even by none: the first stack.
      const owner = [first, ours, theirs].find(({ guarded }) => guarded[path] !== undefined);
      if (entry.stack !== undefined) entry.stack = owner?.chosen[path]?.stack ?? 1;
      const known = [first, ours, theirs].find(({ chosen }) => chosen[path] !== undefined)?.chosen[path] ?? {};
      for (const key of FROM_THE_START) if (known[key] === undefined) delete entry[key];
      const vaults = [...new Set([ours, theirs, first].flatMap(({ chosen }) => chosen[path]?.vaults ?? []))];
      const made = joinMade([theirs, ours, first].map(({ chosen }) => chosen[path]?.made));
      const [, cluster, , pool] = path.split('.');
      const own = [...ranges].flatMap(([group, range]) => {
        const prefix = `${cluster}/${pool}/`;
        return range > 1 && group.startsWith(prefix) ? [{ range: String(range), key: group.slice(prefix.length) }] : [];
      });
      const packed = [...groupBy(own, ({ range }) => range)].map(([range, groups]) => {
        return [range, packKeys(groups.map(({ key }) => key))] as const;
      });
      return [
        path,
        {
          ...entry,
          ...(vaults.length > 0 && { vaults: vaults.sort(compareKeys) }),
          ...(made && { made }),
          ...(packed.length > 0 && { ranges: Object.fromEntries(packed) }),
        },
      ];
    }),
  );
}

/** Joins the homes of groups; those of `first` stay, and without `withOthers` only those of clusters that it lacks. */
function mergeShards(
  ours: Lock['shards'],
  theirs: Lock['shards'],
  first: Lock['shards'],
  withOthers: boolean,
): Lock['shards'] {
  const clusters = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return Object.fromEntries(
    clusters.map((cluster) => {
      const [mine, other, known] = [homesIn(ours[cluster]), homesIn(theirs[cluster]), homesIn(first[cluster])];
      const groups = new Set([...mine.keys(), ...other.keys()]);
      const homes = [...groups].flatMap((group) => {
        const home = known.get(group);
        if (home !== undefined) return [{ group, ordinal: home }];
        if (!withOthers && Object.hasOwn(first, cluster)) return [];
        const ordinals = [mine.get(group), other.get(group)].filter((ordinal) => ordinal !== undefined);
        return [{ group, ordinal: Math.min(...ordinals) }];
      });
      return [cluster, packShards(homes)];
    }),
  );
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
