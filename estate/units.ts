/** Labels that every resource of an estate carries; each cloud maps them to its own character set. */
export type Tags = Readonly<Record<string, string>>;

/** A sum of money as written in an estate file: `38B USD`, `250M EUR`, `12000 USD`. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const MAGNITUDE: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9 };
const MONEY = /^(\d+(?:\.\d+)?)\s?([KMB]?)\s([A-Z]{3})$/;

/** Parses `38B USD`; undefined when the text is not an amount with a currency. */
export function parseMoney(text: string): Money | undefined {
  const [, digits, magnitude = '', currency] = MONEY.exec(text) ?? [];
  if (digits === undefined || currency === undefined) return undefined;
  return { amount: Number(digits) * (MAGNITUDE[magnitude] ?? 1), currency };
}

/** Bytes in each unit in which a provider sizes a file system. */
export const BYTES = { GB: 1e9, TB: 1e12, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

/** A unit in which a provider sizes a file system. */
export type SizeUnit = keyof typeof BYTES;

/** Converts a size from one unit to another. */
export function convertSize(size: number, from: SizeUnit, to: SizeUnit): number {
  return (size * BYTES[from]) / BYTES[to];
}

/** Prints a whole number, or its digits, with thousands separators, independent of the machine's locale. */
export function formatCount(count: number | string): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** The entries of a map in the order of their keys, so that the order of writing never matters. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([one], [other]) => compareKeys(one, other));
}

/** Orders keys by code unit with whole numbers compared as numbers (`rack-2` before `rack-10`). */
export function compareKeys(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  // Where they part inside a number, the whole of it counts.
  let start = at;
  while (start > 0 && isDigit(one, start - 1)) start--;
  if (isDigit(one, start) && isDigit(other, start)) {
    const [left, right] = [digitsAt(one, start), digitsAt(other, start)];
    if (left !== right) return Number(left) - Number(right) || (left < right ? -1 : 1);
  }
  if (at === shorter) return one.length - other.length;
  // Inside a word the one that a number interrupts comes first.
  const inWord = at > 0 && !isDigit(one, at - 1);
  if (inWord && isDigit(one, at) !== isDigit(other, at)) return isDigit(one, at) ? -1 : 1;
  return one.charCodeAt(at) - other.charCodeAt(at);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function digitsAt(text: string, start: number): string {
  let end = start;
  while (isDigit(text, end)) end++;
  return text.slice(start, end);
}

/** Groups items by a key, in the order of first appearance. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
