import type { StackCounts, StackRoom } from '../catalog';
import type { Diagnostic } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import type { Estate, Store } from '../spec/schema';
import { compareKeys, formatCount, groupBy, sortedEntries } from '../units';
import { accountOf, siteId, storePath } from './identity';
import { isOlder, type Lock } from './lock';

/** Where the stores of an estate lie. */
export interface StorePlacement {
  /** Ordinals of stacks from 1 on, by the path of the store; none on clouds whose stacks take any number of stores. */
  readonly stacks: ReadonlyMap<string, number>;
  /** Recorded stores that do not fit their stack: only what two branches recorded does not. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Entry {
  readonly path: string;
  readonly kind: Store['kind'];
}

/**
 * Chooses the stacks of stores: a recorded one stays where it is, and a new one goes to the first of its site with room.
 *
 * Nothing follows from the order of the file, and no store ever moves: data cannot.
 */
export function planStacks(estate: Estate, lock: Lock, retired: Lock['retired']): StorePlacement {
  const stacks = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  for (const [key, stores] of groupBy(sortedEntries(estate.stores), ([, { site }]) => site)) {
    const { storageStack: room, title } = catalogOf(estate).clouds[accountOf(estate, key).cloud];
    if (room === undefined) continue;
    const site = siteId(estate, key);
    const filled = new Fill(room);
    const added: Entry[] = [];
    for (const [name, store] of stores) {
      if (store.existing !== undefined) continue;
      const path = storePath(name, store);
      const stack = recordedStack(lock, path, site);
      if (stack === undefined) added.push({ path, kind: store.kind });
      else stacks.set(path, filled.add(stack, store.kind));
    }
    diagnostics.push(...overfull(`sites.${key}`, title, filled));
    // What is kept is in no template, but may be brought back to its stack.
    for (const entry of Object.values(retired)) {
      if (entry.kind !== 'group' && entry.site === site) filled.add(entry.stack ?? 1, entry.kind);
    }
    for (const { path, kind } of added.sort((one, other) => compareKeys(one.path, other.path))) {
      stacks.set(path, filled.add(filled.firstWithRoom(kind), kind));
    }
  }
  return { stacks, diagnostics };
}

/**
 * The stack that a lock has a store in; undefined for one that is new at its site.
 *
 * Stores were in the first one before stacks were recorded.
 */
export function recordedStack(lock: Lock, path: string, site: string): number | undefined {
  const guarded = lock.guarded[path];
  if (guarded !== undefined && guarded.kind !== 'pool' && guarded.site === site) return lock.chosen[path]?.stack ?? 1;
  const kept = lock.retired[`sites.${site}.${path}`];
  if (kept !== undefined && kept.kind !== 'group') return kept.stack ?? 1;
  return isOlder(lock) ? 1 : undefined;
}

/** What the stacks of one site hold, by the most that each store can add. */
class Fill {
  private readonly counts = new Map<number, StackCounts>();

  constructor(readonly room: StackRoom) {}

  /** Puts a store into a stack, and returns the stack. */
  add(stack: number, kind: Store['kind']): number {
    this.counts.set(stack, this.sum(stack, kind));
    return stack;
  }

  firstWithRoom(kind: Store['kind']): number {
    let stack = 1;
    while (this.counts.has(stack) && !this.hasRoom(this.sum(stack, kind))) stack += 1;
    return stack;
  }

  entries(): readonly (readonly [number, StackCounts])[] {
    return [...this.counts].sort(([one], [other]) => one - other);
  }

  private hasRoom(counts: StackCounts): boolean {
    const { limits, share } = this.room;
    return COUNTED.every((what) => counts[what] <= limits[what] * share);
  }

  private sum(stack: number, kind: Store['kind']): StackCounts {
    const { resources, outputs, bytes } = this.counts.get(stack) ?? this.room.empty;
    const more = this.room.perStore[kind];
    return { resources: resources + more.resources, outputs: outputs + more.outputs, bytes: bytes + more.bytes };
  }
}

const COUNTED = ['resources', 'outputs', 'bytes'] as const;

/** Stacks with more than the service takes. Bytes are estimated high, so they are left to those who see the template. */
function overfull(path: string, title: string, filled: Fill): Diagnostic[] {
  return filled.entries().flatMap(([stack, counts]) =>
    (['resources', 'outputs'] as const)
      .filter((what) => counts[what] > filled.room.limits[what])
      .map((what) => ({
        code: 'StackFull',
        severity: 'error',
        path,
        value: counts[what],
        message: `the stores that the lock file has in storage stack ${stack} of the site make ${formatCount(counts[what])} ${what}, ${title} takes ${formatCount(filled.room.limits[what])} in a stack`,
        hint: 'take those that are not deployed yet, from the side of a merge that gives way, out of "chosen" and "guarded" of the lock file; "npx estate lock" then places them anew',
      })),
  );
}
