/** Values of a chart: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where a component comes from, pinned; nothing of it is rendered or kept here. */
export type ComponentSource =
  /** A chart in an OCI registry, such as `oci://registry.k8s.io/kueue/charts/kueue`. */
  | { readonly kind: 'oci'; readonly url: string; readonly version: string; readonly digest?: string }
  /** A chart of a Helm repository. */
  | { readonly kind: 'helm'; readonly url: string; readonly chart: string; readonly version: string }
  /** Manifests of a repository at a tag or commit. */
  | { readonly kind: 'git'; readonly url: string; readonly ref: string; readonly path: string };

/** What exactly one owner gives to the nodes of a pool. */
export type Capability =
  | 'driver'
  | 'device-plugin'
  | 'fabric'
  | 'fabric-library'
  | 'shared-memory-domain'
  | 'exporter'
  | 'node-problems'
  | 'queue'
  | 'job-kinds'
  | 'lustre-driver'
  | 'object-driver'
  | 'local-disks';

/** A component that GitOps installs in one cluster. */
export interface ComponentPlan {
  /** Key of its row, which is also the name of its release. */
  readonly name: string;
  readonly title: string;
  readonly namespace: string;
  readonly source: ComponentSource;
  readonly values: { readonly [key: string]: Json };
  readonly gives: readonly Capability[];
  /** Pools that it is for, sorted; none where it is for the cluster as a whole. */
  readonly pools: readonly string[];
  /** Names of components that have to be there before it, sorted. */
  readonly needs: readonly string[];
  /** Whether its pods may do everything on nodes: its namespace says so to pod security. */
  readonly isPrivileged: boolean;
}

/** Who gives what to the nodes of one pool. */
export interface OwnerPlan {
  readonly pool: string;
  readonly capability: Capability;
  /** Name of a component, or `cloud`: the service brings it by itself. */
  readonly owner: string;
  /** What the cloud brings, as part of a sentence. @default none: a component gives it */
  readonly because?: string;
}

/** Software of one cluster. */
export interface SoftwareSet {
  readonly shard: string;
  /** Sorted by name. */
  readonly components: readonly ComponentPlan[];
  /** Sorted by pool and capability. */
  readonly owners: readonly OwnerPlan[];
}

/** Software of all clusters, sorted by shard. */
export interface SoftwarePlan {
  readonly sets: readonly SoftwareSet[];
}
