import { GITOPS_TOOLS, type GitOpsTool } from '../estate/catalog/gitops-steps';
import type { QueuePlan, QueueSet } from '../estate/plan/queue/types';
import type { SoftwareSet } from '../estate/plan/software/types';
import type { Plan, ShardPlan } from '../estate/plan/types';

/** An object of Kubernetes, with keys in the order in which they are written. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/**
 * Parts of the bundle of one cluster, each a folder, in the order in which they are applied: a part may want what those
 * before it bring, such as kinds of objects. `acceptance` is applied by hand, when somebody accepts nodes.
 */
export const PARTS = ['base', 'software', 'fabric', 'queue', 'storage', 'monitoring', 'acceptance'] as const;

/** A part of the bundle of one cluster. */
export type Part = (typeof PARTS)[number];

/** What the objects of one cluster are made from. */
export interface BundleContext {
  readonly plan: Plan;
  readonly shard: ShardPlan;
  readonly queue: QueuePlan;
  /** What of the queue lies in this cluster. */
  readonly set: QueueSet;
  readonly software: SoftwareSet;
}

/** Makes the objects of one part of one cluster; their order does not matter. */
export type PartMaker = (context: BundleContext) => readonly KubeObject[];

/** An object with where it goes. */
export interface ClusterObject {
  /** Shard in whose cluster it is. */
  readonly shard: string;
  readonly part: Part;
  /** What tells it from all others of its cluster. */
  readonly identity: string;
  readonly object: KubeObject;
}

/** How a bundle gets into clusters. */
export const GITOPS = GITOPS_TOOLS;

/** How a bundle gets into clusters. */
export type GitOps = GitOpsTool;

/** A file of a bundle; paths are relative to its folder and have forward slashes. */
export interface BundleFile {
  readonly path: string;
  readonly text: string;
  /** The object in it. @default none: settings of a tool, or values of a chart */
  readonly object?: KubeObject;
  /** Shard whose cluster it is for. @default none: of the bundle as a whole */
  readonly shard?: string;
  /** Part that it is of. @default none: it says how parts are applied */
  readonly part?: Part;
}

/** Everything of one `estate bundle`. */
export interface Bundle {
  /** Sorted by path. */
  readonly files: readonly BundleFile[];
}

/** What all objects of bundles are labelled with. */
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'training-estate' } as const;
