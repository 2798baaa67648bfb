import { PARTS, type Part } from './types';

/** Parts that nobody applies without a reason. */
export const BY_HAND: readonly Part[] = ['acceptance'];

/** Parts that are applied by themselves, in their order. */
export const APPLIED: readonly Part[] = PARTS.filter((part) => !BY_HAND.includes(part));

/** The folder of one cluster. */
export function clusterFolder(shard: string): string {
  return `clusters/${shard}`;
}

/** The folder of one part of a cluster. */
export function partFolder(shard: string, part: Part): string {
  return `${clusterFolder(shard)}/${part}`;
}
