import { type GrantEnds, grantEnds } from '../grants';
import type { Path } from '../positions';
import type { Estate, Grant } from '../schema';

/** A grant with both its ends. */
export interface GrantEntry {
  readonly key: string;
  readonly path: Path;
  readonly grant: Grant;
  readonly ends: GrantEnds;
}

/** Grants whose ends exist. */
export function grantsOf(estate: Estate): readonly GrantEntry[] {
  return Object.entries(estate.grants).flatMap(([key, grant]) => {
    const ends = grantEnds(estate, grant);
    return ends === undefined ? [] : [{ key, path: ['grants', key], grant, ends }];
  });
}

/** Where the cluster of a grant stands in the file. */
export function clusterPathOf({ path, grant }: Pick<GrantEntry, 'path' | 'grant'>): Path {
  return typeof grant.from === 'string' ? [...path, 'from'] : [...path, 'from', 'cluster'];
}
