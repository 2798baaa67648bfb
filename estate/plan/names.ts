import { type Owned, ownTags, writtenTags } from '../spec/ownership';
import type { Estate } from '../spec/schema';
import type { Tags } from '../units';

/** The layers of stacks; sites that are linked to none have the first four. */
export const LAYERS = ['foundation', 'network', 'storage', 'cluster', 'gateway', 'link'] as const;

/** A layer of stacks. */
export type Layer = (typeof LAYERS)[number];

/** The name of a stack: `<estate>-<key>-<layer>`. */
export function stackName(estate: string, key: string, layer: Layer): string {
  return `${estate}-${key}-${layer}`;
}

/** The key of a shard: the cluster's own for the first, `<cluster>-<n>` for those that growth appended. */
export function shardKey(cluster: string, ordinal: number): string {
  return nthName(cluster, ordinal);
}

/** The name of one of several like things: the first has the name itself, the others `<name>-<n>`. */
export function nthName(name: string, ordinal: number): string {
  return ordinal === 1 ? name : `${name}-${ordinal}`;
}

/** One of the stacks of the stores of a site. */
export interface StorageStackName {
  readonly stack: string;
  readonly ordinal: number;
}

/** The stacks of the stores of a site, of which the first has the name itself; none where it has no stores. */
export function storageStacks(first: string, stores: readonly { readonly stack?: number }[]): StorageStackName[] {
  return [...new Set(stores.map(({ stack = 1 }) => stack))]
    .sort((one, other) => one - other)
    .map((ordinal) => ({ stack: nthName(first, ordinal), ordinal }));
}

/** Labels of one thing: those of the estate and its owner, one that says what it belongs to, and those that are written. */
export function tagsOf(
  estate: Estate,
  kind: 'site' | 'cluster' | 'store' | 'account',
  key: string,
  levels: readonly (Owned | undefined)[],
): Tags {
  const entries = levels.filter((level) => level !== undefined);
  return { ...ownTags(estate, entries), [kind]: key, ...writtenTags(estate, entries) };
}
