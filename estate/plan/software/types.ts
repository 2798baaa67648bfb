import type { Capability, ComponentSource, Json, Values } from '../../catalog/software';

export type { Capability, ComponentSource, Json, Values };

/** A component that GitOps installs in one cluster. */
export interface ComponentPlan {
  /** Key of its row, which is also the name of its release. */
  readonly name: string;
  readonly title: string;
  readonly namespace: string;
  readonly source: ComponentSource;
  readonly values: Values;
  readonly gives: readonly Capability[];
  /** Label of its pods that nodes keep until somebody deletes them, as a driver. @default none */
  readonly heldBy?: string;
  /** Whether another version is written onto nodes in the place of files that jobs have open. @default false */
  readonly isWritten?: true;
  /** Pools that it is for, sorted; none where it is for the cluster as a whole. */
  readonly pools: readonly string[];
  /** Names of components that have to be there before it, sorted. */
  readonly needs: readonly string[];
  /** Whether its pods may do everything on nodes: its namespace says so to pod security. */
  readonly isPrivileged: boolean;
  /** Whether its pods have a priority class of the system, which Google Cloud allows by a quota of the namespace only. */
  readonly hasSystemPriority: boolean;
  /** Where it keeps the driver that it builds, without a tag. @default the estate says nothing of it */
  readonly driverImage?: string;
}

/** Who gives what to the nodes of one pool. */
export interface OwnerPlan {
  readonly pool: string;
  readonly capability: Capability;
  /** Name of a component, `cloud`: the service brings it by itself, or `others`: the estate says that somebody does. */
  readonly owner: string;
  /** What the cloud brings, or why it is for others, as part of a sentence. @default none: a component gives it */
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
