/** An IPv4 block as numbers: first address and prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

const PATTERN = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Parses a canonical IPv4 block (no host bits set); undefined when the text is not one. */
export function parseCidr(text: string): Cidr | undefined {
  const parts = PATTERN.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts;
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return base % cidrSize({ base, prefix }) === 0 ? { base, prefix } : undefined;
}

/** Parses a canonical IPv4 block that is known to be valid, such as a catalog row. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`"${text}" is not a canonical IPv4 block`);
  return parsed;
}

/** Prints a block as `a.b.c.d/prefix`. */
export function formatCidr({ base, prefix }: Cidr): string {
  return `${formatAddress(base)}/${prefix}`;
}

/** Prints one address as `a.b.c.d`. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Number of addresses in a block. */
export function cidrSize({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

/** True when `inner` lies wholly inside `outer`. */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + cidrSize(inner) <= outer.base + cidrSize(outer);
}

/** True when two blocks share an address. */
export function cidrsOverlap(one: Cidr, other: Cidr): boolean {
  return cidrContains(one, other) || cidrContains(other, one);
}

/** Ranges without those that lie in another one of them, or are the same; what is no range stays. */
export function outermost(ranges: readonly string[]): readonly string[] {
  const blocks = ranges.map(parseCidr);
  return ranges.filter((_, index) => {
    const own = blocks[index];
    if (own === undefined) return true;
    return !blocks.some((other, at) => {
      if (other === undefined || at === index || !cidrContains(other, own)) return false;
      return other.prefix < own.prefix || at < index;
    });
  });
}

/** The `index`-th address of a block, counted from its first. */
export function cidrHost(text: string, index: number): string {
  return formatAddress(cidr(text).base + index);
}

/** The `index`-th sub-block of the given prefix length inside a block. */
export function cidrSubnet(text: string, prefix: number, index: number): string {
  const base = cidr(text).base + index * 2 ** (32 - prefix);
  return formatCidr({ base, prefix });
}
