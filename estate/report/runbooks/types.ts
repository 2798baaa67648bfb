import type { PoolChapter } from '../../catalog/pool-steps';
import type { Step } from '../first-apply/types';

/** Folder of the bundle beside the estate file, in all runbooks. */
export const BUNDLE_FOLDER = 'gitops';

/** Folder of a cluster in the bundle. */
export function bundleFolder(shard: string): string {
  return `${BUNDLE_FOLDER}/clusters/${shard}`;
}

/** A part of a runbook with its steps, in their order. */
export interface RunbookChapter {
  readonly chapter: PoolChapter | 'manager';
  readonly title: string;
  readonly steps: readonly Step[];
}

/** What somebody does by hand in one cluster. */
export interface ClusterRunbook {
  /** Shard, which is also the context of kubectl. */
  readonly cluster: string;
  /** What it is about, by what that is called. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly chapters: readonly RunbookChapter[];
}

/** What somebody does by hand with something of an estate, cluster by cluster. */
export interface Runbook {
  readonly title: string;
  readonly clusters: readonly ClusterRunbook[];
}
