import { type Cidr, cidrContains, cidrSize, cidrsOverlap } from '../cidr';

/**
 * Allocates aligned blocks from a pool: the smallest free block that fits, at the lowest address.
 *
 * What is taken never moves, and what is freed joins with its neighbour, so space stays usable.
 */
export class Buddy {
  /** First addresses of the free blocks of each prefix length, ascending. */
  private readonly free = new Map<number, number[]>();

  constructor(readonly pool: Cidr) {
    this.put(pool);
  }

  /** Takes a block of the given prefix length; undefined when none is free. */
  allocate(prefix: number): Cidr | undefined {
    for (let size = prefix; size >= this.pool.prefix; size--) {
      const base = this.free.get(size)?.[0];
      if (base === undefined) continue;
      const taken = { base, prefix };
      this.reserve(taken);
      return taken;
    }
    return undefined;
  }

  /** Takes exactly this block; false when a part of it is not free. */
  reserve(block: Cidr): boolean {
    for (let prefix = block.prefix; prefix >= this.pool.prefix; prefix--) {
      const size = 2 ** (32 - prefix);
      const holder = { base: Math.floor(block.base / size) * size, prefix };
      if (!this.remove(holder)) continue;
      this.splitAround(holder, block);
      return true;
    }
    return false;
  }

  /** Makes every free address inside a block unavailable, whatever else it covers. */
  exclude(block: Cidr): void {
    for (const [prefix, bases] of [...this.free]) {
      for (const base of [...bases]) {
        const candidate = { base, prefix };
        if (!cidrsOverlap(candidate, block)) continue;
        this.remove(candidate);
        if (!cidrContains(block, candidate)) this.splitAround(candidate, block);
      }
    }
  }

  /** Number of free addresses. */
  get freeAddresses(): number {
    return [...this.free].reduce((sum, [prefix, bases]) => sum + bases.length * 2 ** (32 - prefix), 0);
  }

  /** Number of free addresses inside a block. */
  freeIn(block: Cidr): number {
    let sum = 0;
    for (const [prefix, bases] of this.free) {
      for (const base of bases) {
        const free = { base, prefix };
        if (cidrContains(block, free)) sum += cidrSize(free);
        else if (cidrContains(free, block)) return cidrSize(block);
      }
    }
    return sum;
  }

  private splitAround(holder: Cidr, taken: Cidr): void {
    for (let prefix = holder.prefix + 1; prefix <= taken.prefix; prefix++) {
      const size = 2 ** (32 - prefix);
      const kept = Math.floor(taken.base / size) * size;
      const buddy = kept % (2 * size) === 0 ? kept + size : kept - size;
      this.put({ base: buddy, prefix });
    }
  }

  private put(block: Cidr): void {
    const bases = this.free.get(block.prefix) ?? [];
    bases.splice(lowerBound(bases, block.base), 0, block.base);
    this.free.set(block.prefix, bases);
  }

  private remove(block: Cidr): boolean {
    const bases = this.free.get(block.prefix);
    if (bases === undefined) return false;
    const index = lowerBound(bases, block.base);
    if (bases[index] !== block.base) return false;
    bases.splice(index, 1);
    return true;
  }
}

/** Share of a pool that is taken, from 0 to 1. */
export function fillOf(buddy: Buddy): number {
  return 1 - buddy.freeAddresses / cidrSize(buddy.pool);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
