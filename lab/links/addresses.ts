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

/** How many bits of a range are fixed. */
export const bitsOf = (cidr: string): number => Number(cidr.split('/')[1]);
