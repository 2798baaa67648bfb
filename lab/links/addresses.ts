import { isIPv4 } from 'node:net';

/** An IPv4 address as a number. */
function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

interface Range {
  readonly first: number;
  readonly size: number;
}

function rangeOf(cidr: string): Range | undefined {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(cidr) ?? [];
  if (!isIPv4(address) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  return numberOf(address) % size === 0 ? { first: numberOf(address), size } : undefined;
}

/** Whether a text is a range of IPv4 addresses that begins where it says. */
export const isRange = (text: string): boolean => rangeOf(text) !== undefined;

/** Whether a text is an IPv4 address. */
export const isAddress = (text: string): boolean => isIPv4(text);

/** Whether an address lies in a range. */
export function isInside(address: string, cidr: string): boolean {
  const range = rangeOf(cidr);
  if (range === undefined || !isIPv4(address)) return false;
  const place = numberOf(address) - range.first;
  return place >= 0 && place < range.size;
}

/** A host of a range to send from and to: its second address, or its only one; none for the range of all addresses. */
export function hostOf(cidr: string): string | undefined {
  const range = rangeOf(cidr);
  if (range === undefined || range.size >= 2 ** 31) return undefined;
  return textOf(range.first + (range.size > 1 ? 1 : 0));
}

/** Both hosts of a /30, in their order; none of any other range. */
export function hostsOf(cidr: string): string[] {
  const range = rangeOf(cidr);
  return range?.size === 4 ? [textOf(range.first + 1), textOf(range.first + 2)] : [];
}

/** The /30 that an address lies in; empty where it is no address. */
export function linkLocalRange(address: string): string {
  if (!isIPv4(address)) return '';
  const number = numberOf(address);
  return `${textOf(number - (number % 4))}/30`;
}

/** Whether a range has everything that another one has. */
export function covers(cidr: string, other: string): boolean {
  const [outer, inner] = [rangeOf(cidr), rangeOf(other)];
  if (outer === undefined || inner === undefined) return false;
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

/** How many bits of a range are fixed. */
export const bitsOf = (cidr: string): number => Number(cidr.split('/')[1]);
