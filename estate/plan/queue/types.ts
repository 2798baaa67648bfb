import type { Architecture, CapacityKind, Cloud } from '../../catalog';

/** How many of what: whole accelerators and pods, whole cores of `cpu`, GiB of `memory`. */
export interface QuotaPlan {
  /** Resource of Kubernetes, such as `nvidia.com/gpu` or `pods`. */
  readonly resource: string;
  readonly nominal: number;
  /** Most that may be borrowed above it. @default as much as others lend */
  readonly borrowing?: number;
  /** Most of it that is lent; `nominal` less this is never lent. @default all of it */
  readonly lending?: number;
}

/** What of one flavor a queue or a cohort has, in the order of its covered resources. */
export interface FlavorQuotas {
  readonly flavor: string;
  readonly quotas: readonly QuotaPlan[];
}

/** One level of a topology, widest first. */
export interface TopologyLevel {
  /** Label of nodes. */
  readonly key: string;
  /** What it is called in reports, such as `rack`. */
  readonly title: string;
}

/** How nodes of a kind hang together: a Topology of Kueue. */
export interface TopologyPlan {
  /** From its levels, so that other levels are another topology. */
  readonly name: string;
  readonly levels: readonly TopologyLevel[];
}

/** A toleration that the queue gives to pods of a flavor. */
export interface TolerationPlan {
  readonly key: string;
  readonly operator: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Nodes of one group of a pool that are in service. */
export interface FlavorGroup {
  readonly id: string;
  readonly nodes: number;
}

/** The nodes of one pool in one shard: a ResourceFlavor of Kueue, the same on the manager. */
export interface FlavorPlan {
  /** From what cannot change of it, so that a change is another flavor beside it. */
  readonly name: string;
  readonly shard: string;
  readonly cluster: string;
  readonly cloud: Cloud;
  /** Key of the pool. */
  readonly pool: string;
  readonly purpose: 'training' | 'serving';
  readonly machine: string;
  readonly architecture: Architecture;
  /** Accelerator key, or `cpu`. */
  readonly accelerator: string;
  /** What Kubernetes counts of it: that of the accelerator; `cpu` for pools without. */
  readonly resource: string;
  readonly capacity: CapacityKind;
  /** Of one node. */
  readonly perNode: {
    readonly accelerators: number;
    readonly vcpus?: number;
    readonly memoryGiB?: number;
    readonly pods: number;
  };
  /** Nodes in service; where an autoscaler sizes the pool, the most. */
  readonly nodes: number;
  /** Whether an autoscaler sizes it: nodes may not exist, so that it has no topology. */
  readonly isAutoscaled: boolean;
  /** Whether nodes come all at once when a request asks for them. @default false */
  readonly isQueued?: true;
  readonly groups: readonly FlavorGroup[];
  /** Name of its topology. @default none */
  readonly topology?: string;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly tolerations: readonly TolerationPlan[];
}

/**
 * A set of queues that lend to each other: a Cohort of Kueue. Each accelerator has a tree of its own, since Kueue takes a
 * resource such as `pods` in one group of a cohort only.
 */
export interface CohortPlan {
  readonly name: string;
  /** @default none: it is the whole */
  readonly parent?: string;
  readonly weight?: number;
  /** What is nobody's own and for all in it to borrow. */
  readonly quotas: readonly FlavorQuotas[];
}

/**
 * An AdmissionCheck of Kueue: the workers that MultiKueue sends to, or nodes that are asked for first.
 *
 * A queue of the manager has one check of workers, for all of its flavors: Kueue takes a queue out of service that has two,
 * or one for some flavors only. So there is one for each accelerator, and which worker takes a job is not tied to the flavor
 * that it has on the manager.
 */
export type CheckPlan =
  | {
      readonly kind: 'workers';
      /** Accelerator key. */
      readonly name: string;
      /** Shards that have the accelerator, sorted. */
      readonly shards: readonly string[];
    }
  | {
      readonly kind: 'provisioning';
      readonly name: string;
      /** Class of the request. */
      readonly provisioningClass: string;
    };

/** A ClusterQueue of Kueue. */
export interface ClusterQueuePlan {
  readonly name: string;
  /** Key of the team or the service that it is of. @default none: it is what a worker holds for all teams of the manager */
  readonly owner?: string;
  readonly kind: 'team' | 'serving' | 'worker';
  /** Accelerator key, or `cpu`. */
  readonly accelerator: string;
  readonly cohort: string;
  /** In the order of the quotas of each flavor. */
  readonly covered: readonly string[];
  /** In the order in which they are tried. */
  readonly flavors: readonly FlavorQuotas[];
  readonly weight?: number;
  readonly preemption: {
    readonly within: 'Never' | 'LowerPriority' | 'LowerOrNewerEqualPriority';
    readonly reclaim: 'Never' | 'LowerPriority' | 'Any';
    readonly borrowing: 'Never' | 'LowerPriority';
  };
  /** Name of the check that sends its jobs to workers. @default none: it is not on the manager */
  readonly workersCheck?: string;
  /** Names of checks of provisioning, with the flavors that each is for. */
  readonly checks: readonly { readonly check: string; readonly flavors: readonly string[] }[];
  /** Namespaces whose jobs it takes, sorted. */
  readonly namespaces: readonly string[];
}

/** A LocalQueue of Kueue: what jobs name in their label. */
export interface LocalQueuePlan {
  readonly namespace: string;
  /** The accelerator key: a job says `kueue.x-k8s.io/queue-name: gb300`; of a service its key. */
  readonly name: string;
  readonly clusterQueue: string;
}

/** A priority class of jobs, and of their pods. */
export interface PriorityPlan {
  readonly name: string;
  readonly value: number;
  /** Name of the PriorityClass of pods, whose value cannot change: it has the value in it. */
  readonly podClass: string;
  /** Whether its pods end pods of lower priority by themselves: services only. */
  readonly preempts: boolean;
}

/** Everything of Kueue in one cluster. */
export interface QueueSet {
  /** Shard that it is in. */
  readonly shard: string;
  readonly role: 'alone' | 'worker' | 'manager';
  readonly topologies: readonly TopologyPlan[];
  /** Of the manager all of its workers' that jobs of teams run on. */
  readonly flavors: readonly FlavorPlan[];
  /** Parents first. */
  readonly cohorts: readonly CohortPlan[];
  readonly queues: readonly ClusterQueuePlan[];
  readonly localQueues: readonly LocalQueuePlan[];
  readonly checks: readonly CheckPlan[];
  /** Namespaces of jobs and services, and of service accounts that identities are bound to, sorted. */
  readonly namespaces: readonly string[];
}

/** The queue of an estate, resolved: plain data, from which objects, views and verdicts come. */
export interface QueuePlan {
  /** Shard of the manager. @default none: each cluster queues for itself */
  readonly manager?: string;
  readonly fairSharing: boolean;
  readonly priorities: readonly PriorityPlan[];
  /** One for each shard that has pools, and for the manager; sorted by shard. */
  readonly sets: readonly QueueSet[];
}
