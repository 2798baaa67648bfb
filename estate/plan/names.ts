import type { Tags } from '../units';

/** The four layers of stacks. */
export const LAYERS = ['foundation', 'network', 'storage', 'cluster'] as const;

/** A layer of stacks. */
export type Layer = (typeof LAYERS)[number];

/** The name of a stack: `<estate>-<key>-<layer>`. */
export function stackName(estate: string, key: string, layer: Layer): string {
  return `${estate}-${key}-${layer}`;
}

/** Whether a site has a stack of stores: for those of the estate, or for such as left it and are kept. */
export function hasStorage(site: {
  readonly stores: readonly unknown[];
  readonly retired: readonly unknown[];
}): boolean {
  return site.stores.length + site.retired.length > 0;
}

/** The key of a shard: the cluster's own for the first, `<cluster>-<n>` for those that growth appended. */
export function shardKey(cluster: string, ordinal: number): string {
  return ordinal === 1 ? cluster : `${cluster}-${ordinal}`;
}

/** Labels of one thing: those of the estate and one that says what it belongs to. */
export function tagsOf(estateTags: Tags, kind: 'site' | 'cluster' | 'store' | 'account', key: string): Tags {
  return { ...estateTags, [kind]: key };
}
