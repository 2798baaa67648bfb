import { type Cloud, NETWORK_RANGES } from '../catalog';
import { type Cidr, cidr, cidrContains, cidrsOverlap, formatCidr } from '../cidr';
import type { Diagnostic } from '../diagnostics';
import type { ExcludedBlock } from '../spec/excluded';
import type { Estate } from '../spec/schema';
import { compareKeys } from '../units';
import { Buddy } from './buddy';
import type { SiteDemand } from './requests';

/** Blocks by lock key, those of keys that left the estate among them. */
export type Held = Readonly<Record<string, string>>;

/** The blocks of one site while its ranges are cut from them. */
export interface SiteBlocks {
  /** Undefined when there is no room for the site. */
  readonly first?: string;
  /** A further block for the network; undefined when none is left. */
  readonly more: (prefix: number) => string | undefined;
}

const NETWORK_KEY = /^sites\.[^.]+\.network(\.\d+)?$/;
const RESERVE_KEY = /^sites\.[^.]+\.reserve$/;

/** True for the lock key of a block of a site's network. */
export function isNetworkKey(key: string): boolean {
  return NETWORK_KEY.test(key);
}

/** True for the lock key of what is kept for a site's network to grow into: nothing lies in it that could be lost. */
export function isReserveKey(key: string): boolean {
  return RESERVE_KEY.test(key);
}

/** True for the lock key of a block that is cut from a supernet: of a network, or kept for one to grow into. */
export function isBlockKey(key: string): boolean {
  return isNetworkKey(key) || isReserveKey(key);
}

/** The site that a lock key belongs to. */
export function siteOfKey(key: string): string {
  return key.split('.')[1] ?? '';
}

/** Lock key of the n-th block of a site's network. */
export function networkKey(site: string, ordinal: number): string {
  return ordinal === 1 ? `sites.${site}.network` : `sites.${site}.network.${ordinal}`;
}

/** Lock key of the block that a site's network grows into. */
export function reserveKey(site: string): string {
  return `sites.${site}.reserve`;
}

/**
 * The held blocks without those that overlap one of another site.
 *
 * Two branches that each added a site can have given both the same block, and merge without a conflict. The site that
 * comes first in the order of keys keeps it, so the repair does not depend on who makes it.
 */
export function soundBlocks(held: Held, living: ReadonlySet<string>): Held {
  const space = new Buddy({ base: 0, prefix: 0 });
  const reserves = new Map<string, Buddy>();
  const lost = new Set<string>();
  const keys = Object.keys(held).filter(isBlockKey);
  const rank = (key: string): number => (living.has(siteOfKey(key)) ? 0 : 2) + (RESERVE_KEY.test(key) ? 0 : 1);
  for (const key of keys.sort((one, other) => rank(one) - rank(other) || compareKeys(one, other))) {
    const block = cidr(held[key] ?? '');
    const reserve = reserves.get(siteOfKey(key));
    const inReserve = reserve !== undefined && cidrContains(reserve.pool, block);
    const isFree = inReserve ? reserve.reserve(block) : space.reserve(block);
    if (!isFree) lost.add(key);
    else if (RESERVE_KEY.test(key)) reserves.set(siteOfKey(key), new Buddy(block));
  }
  return lost.size === 0 ? held : Object.fromEntries(Object.entries(held).filter(([key]) => !lost.has(key)));
}

/** The supernet of a cloud while its sites take their blocks from it. */
export class Supernet {
  private readonly buddy: Buddy;

  private constructor(
    readonly cloud: Cloud,
    supernet: Cidr,
    private readonly held: Held,
  ) {
    this.buddy = new Buddy(supernet);
  }

  /** The supernets of the clouds that have sites, with everything taken out that is held, pinned or excluded. */
  static open(
    demands: readonly SiteDemand[],
    supernets: Estate['addressing']['supernets'],
    excluded: readonly ExcludedBlock[],
    held: Held,
  ): readonly Supernet[] {
    const taken = [
      ...Object.keys(held).flatMap((key) => (isBlockKey(key) ? [cidr(held[key] ?? '')] : [])),
      ...demands.flatMap(({ pin }) => (pin === undefined ? [] : [cidr(pin)])),
      ...excluded.map(({ block }) => block),
    ];
    return [...new Set(demands.map(({ cloud }) => cloud))].map((cloud) => {
      const range = supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr;
      const supernet = new Supernet(cloud, cidr(range), held);
      for (const block of taken) supernet.buddy.exclude(block);
      return supernet;
    });
  }

  get pool(): Cidr {
    return this.buddy.pool;
  }

  /** Gives a site its reserve and its first block: its pin, else what the lock holds, else a new one. */
  admit(demand: SiteDemand, allocated: Record<string, string>): SiteBlocks {
    const key = networkKey(demand.key, 1);
    const known = demand.pin ?? this.heldHere(key);
    const reserve = this.reserveOf(demand, known, allocated);
    const first = known ?? reserve?.take(NETWORK_RANGES.siteBlockPrefix) ?? this.take(NETWORK_RANGES.siteBlockPrefix);
    if (first !== undefined) allocated[key] = first;
    return {
      ...(first !== undefined && { first }),
      more: (prefix) => {
        const wanted = Math.min(NETWORK_RANGES.siteBlockPrefix, prefix);
        return reserve?.take(wanted) ?? this.take(wanted);
      },
    };
  }

  /** What the lock holds for a key, if it still lies in the supernet. */
  heldHere(key: string): string | undefined {
    const block = this.held[key];
    return block !== undefined && cidrContains(this.pool, cidr(block)) ? block : undefined;
  }

  private take(prefix: number): string | undefined {
    const block = this.buddy.allocate(prefix);
    return block && formatCidr(block);
  }

  /** The block that a network grows into: what the lock holds, else around the first block, else a new one. */
  private reserveOf(
    { key, reserveBlocks }: SiteDemand,
    first: string | undefined,
    allocated: Record<string, string>,
  ): Reserve | undefined {
    if (reserveBlocks === undefined) return undefined;
    const prefix = NETWORK_RANGES.siteBlockPrefix - Math.log2(reserveBlocks);
    const kept = this.heldHere(reserveKey(key));
    const isFit = kept !== undefined && cidr(kept).prefix === prefix;
    const block = isFit ? kept : (this.around(key, first, prefix) ?? this.take(prefix));
    if (block === undefined) return undefined;
    allocated[reserveKey(key)] = block;
    return new Reserve(cidr(block), [...this.blocksOf(key), ...(first === undefined ? [] : [cidr(first)])]);
  }

  /** The block of a size that lies around the first one, taken; undefined when others have a part of it. */
  private around(site: string, first: string | undefined, prefix: number): string | undefined {
    if (first === undefined) return undefined;
    const size = 2 ** (32 - prefix);
    const block = { base: Math.floor(cidr(first).base / size) * size, prefix };
    if (!cidrContains(this.pool, block)) return undefined;
    const own = new Buddy(block);
    for (const mine of [...this.blocksOf(site), ...this.heldReserve(site), cidr(first)]) own.exclude(mine);
    if (this.buddy.freeIn(block) !== own.freeAddresses) return undefined;
    this.buddy.exclude(block);
    return formatCidr(block);
  }

  private blocksOf(site: string): readonly Cidr[] {
    const blocks: Cidr[] = [];
    for (let ordinal = 1; ; ordinal++) {
      const block = this.held[networkKey(site, ordinal)];
      if (block === undefined) return blocks;
      blocks.push(cidr(block));
    }
  }

  private heldReserve(site: string): readonly Cidr[] {
    const block = this.held[reserveKey(site)];
    return block === undefined ? [] : [cidr(block)];
  }
}

/** What a site keeps for its network, without the blocks that the network has already. */
class Reserve {
  private readonly buddy: Buddy;

  constructor(block: Cidr, taken: readonly Cidr[]) {
    this.buddy = new Buddy(block);
    for (const mine of taken) this.buddy.exclude(mine);
  }

  take(prefix: number): string | undefined {
    const block = this.buddy.allocate(prefix);
    return block && formatCidr(block);
  }
}

/** Blocks that sites have and that something else claims: by a pin of another site, or because it is in use already. */
export function claimedBlocks(
  demands: readonly SiteDemand[],
  excluded: readonly ExcludedBlock[],
  held: Held,
): readonly Diagnostic[] {
  const pins = demands.flatMap(({ key, path, pin }) => (pin === undefined ? [] : [{ key, path, block: cidr(pin) }]));
  const paths = new Map(demands.map(({ key, path, pin }) => [key, { path, pin }]));
  return Object.entries(held).flatMap(([key, text]): Diagnostic[] => {
    if (!isBlockKey(key)) return [];
    const block = cidr(text);
    const site = siteOfKey(key);
    const owner = paths.get(site);
    const pin = pins.find((one) => one.key !== site && cidrsOverlap(one.block, block));
    if (pin !== undefined) return [pinTaken(pin, key, text, owner !== undefined)];
    const isPinned = owner?.pin !== undefined && key === networkKey(site, 1);
    const clash = clashWith(block, excluded);
    return owner === undefined || isPinned || clash === undefined || !NETWORK_KEY.test(key)
      ? []
      : [inUse(owner.path, key, text, clash, `sites.${site}`)];
  });
}

function pinTaken(
  pin: { readonly path: string; readonly block: Cidr },
  key: string,
  text: string,
  isLiving: boolean,
): Diagnostic {
  return {
    code: 'AddressTaken',
    severity: 'error',
    path: `${pin.path}.cidr`,
    value: formatCidr(pin.block),
    message: `${formatCidr(pin.block)} overlaps ${text}, which the lock file holds for "${key}"`,
    hint: isLiving
      ? 'pin another block: a network cannot be moved'
      : 'pin another block, or give up what left the estate with "npx estate lock --prune"',
  };
}

/** What a block overlaps of what something else uses. */
export function clashWith(block: Cidr, excluded: readonly ExcludedBlock[]): ExcludedBlock | undefined {
  return excluded.find((one) => cidrsOverlap(one.block, block));
}

/** A range that was given before it was said that something else uses it. */
export function inUse(
  path: string,
  key: string,
  text: string,
  { block, why, path: claim }: ExcludedBlock,
  /** What `estate lock --accept` gives up together with it. */
  accepted: string,
): Diagnostic {
  const message = `${text} of "${key}" overlaps ${formatCidr(block)}, ${why}`;
  if (claim[0] === 'links') {
    // A network that runs is the surer of the two: what the company has was only written down.
    const hint = `write the blocks that are really there; if this one is, what is in the network has to be replaced with "npx estate lock --accept ${accepted}"`;
    return { code: 'AddressTaken', severity: 'error', path: claim.join('.'), value: formatCidr(block), message, hint };
  }
  return {
    code: 'AddressTaken',
    severity: 'error',
    path,
    value: key,
    message,
    hint: `a range that is in use cannot be moved: leave its block out of "addressing", or have what is in it replaced with "npx estate lock --accept ${accepted}"`,
  };
}
