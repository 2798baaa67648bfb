import type { TolerationPlan } from '../../estate/plan/queue/types';
import type { Path } from '../../estate/spec/positions';
import type { PodViolation } from './pod-security';

/** What one pod asks of its node, by resource: thousandths of cores of `cpu`, bytes of `memory`, else whole units. */
export type Requests = Readonly<Record<string, number>>;

/** One layer of slices: so many pods of a pod set lie together in one domain of a level. */
export interface SliceLayer {
  /** Label of nodes. */
  readonly topology: string;
  readonly size: number;
}

/** How the pods of a pod set want to lie: annotations of Kueue. */
export interface TopologyRequest {
  /** Label of the level in one domain of which all have to be. */
  readonly required?: string;
  /** Label of the level in one domain of which they should be. */
  readonly preferred?: string;
  readonly unconstrained?: boolean;
  /** Widest first. */
  readonly slices: readonly SliceLayer[];
  /** Name of the pod sets that are placed together, a leader and its workers. */
  readonly group?: string;
}

/** A requirement of an affinity to nodes. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Which nodes a pod wants. */
export interface NodeWish {
  readonly selector: Readonly<Record<string, string>>;
  /** Terms of the required affinity, of which one has to hold; each is a list that has to hold as a whole. */
  readonly terms: readonly (readonly LabelRequirement[])[];
  readonly tolerations: readonly TolerationPlan[];
}

/** A port of its node that a pod holds. */
export interface HostPort {
  readonly port: number;
  readonly protocol: string;
  /** `0.0.0.0` for all of its node. */
  readonly address: string;
  readonly at: Path;
}

/** A name that a manifest writes, with its place. */
export interface NamedThing {
  readonly name: string;
  readonly at: Path;
}

/** What pods need of their cluster besides room on a node. */
export interface PodNeeds {
  /** What levels of pod security forbid of them. */
  readonly violations: readonly PodViolation[];
  readonly hostPorts: readonly HostPort[];
  /** PersistentVolumeClaims that they mount. */
  readonly claims: readonly NamedThing[];
  /** Service account that they run as. @default `default`, which every namespace has */
  readonly account?: NamedThing;
  /** Node that they name themselves. @default none: they are placed */
  readonly node?: NamedThing;
}

/** Pods of a job that are alike. */
export interface PodSet {
  readonly name: string;
  readonly count: number;
  /** Fewest pods that the job starts with. @default all of them */
  readonly least?: number;
  readonly requests: Requests;
  readonly nodes: NodeWish;
  /** @default none: the queue's topology is used without any wish */
  readonly topology?: TopologyRequest;
  /** What its pods claim of devices: ResourceClaims, or templates of them. */
  readonly claims: readonly { readonly name: string; readonly isTemplate: boolean; readonly at: Path }[];
  /** PriorityClass of its pods. @default none: they have the priority of the queue */
  readonly priorityClass?: { readonly name: string; readonly at: Path };
  /** @default not known: they are made from something in the cluster */
  readonly needs?: PodNeeds;
  /** What webhooks say against it. */
  readonly refusals: readonly Reason[];
  /** Where its pod template is written. */
  readonly at: Path;
}

/** A workload of Kueue that a job makes: all of its pods start together. */
export interface WorkloadPart {
  /** What it is of the job, such as `one of 3 replicas`. @default the whole job */
  readonly title?: string;
  /** How many such workloads the job makes. */
  readonly copies: number;
  readonly podSets: readonly PodSet[];
}

/** A job as a manifest says it. */
export interface JobManifest {
  readonly kind: string;
  readonly name: string;
  /** @default `default`, or what the command says */
  readonly namespace: string;
  /** @default none: Kueue does not know of it */
  readonly queue?: string;
  /** Name of the priority class of the queue. */
  readonly priority?: string;
  /** Largest index that names of its pods end with. @default they have none */
  readonly lastIndex?: number;
  /** Runtime that its pods are made from: that of a TrainJob. @default it has its pods written in it */
  readonly runtime?: NamedThing & { readonly kind: string };
  readonly part: WorkloadPart;
  /** What webhooks say against the job as a whole. */
  readonly refusals: readonly Reason[];
  /** Where what is told of is written. */
  readonly at: { readonly kind: Path; readonly name: Path; readonly queue: Path; readonly priority: Path };
}

/** What comes of a job. */
export const OUTCOMES = ['admitted', 'depends', 'hangs', 'never', 'refused'] as const;

/** What comes of a job, worst last: `hangs` is admitted with pods that never run, or waits without saying why. */
export type Outcome = (typeof OUTCOMES)[number];

/** Pods of a pod set in one domain. */
export interface Placed {
  /** Id of the group of the pool, such as a rack. */
  readonly group: string;
  readonly pods: number;
  readonly nodes: number;
}

/** Where a pod set would go on an estate that is otherwise empty. */
export interface Placement {
  readonly podSet: string;
  readonly pods: number;
  readonly flavor: string;
  readonly pool: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** Where it is placed by topology. @default none: the scheduler chooses nodes */
  readonly groups?: readonly Placed[];
}

/** Why a job never runs, is refused, or hangs. */
export interface Reason {
  /** Stable PascalCase code. */
  readonly code: string;
  /** What Kueue says, in its own words; empty where it says nothing. */
  readonly says: string;
  /** What that means, a lower-case sentence without a final period. */
  readonly means: string;
  /** What to write instead. */
  readonly instead?: string;
  /** Shard of the worker that it is about, where workers differ. @default wherever it would run */
  readonly worker?: string;
  /** What in the manifest it is about. */
  readonly at?: Path;
}

/** What comes of a job in one cluster. */
export interface ClusterVerdict {
  readonly shard: string;
  /** Shard of the manager that sends it there. @default it is given to the cluster itself */
  readonly manager?: string;
  readonly outcome: Outcome;
  /** Queue of Kueue that takes it. @default none does */
  readonly clusterQueue?: string;
  readonly placements: readonly Placement[];
  /** Empty where it is admitted. */
  readonly reasons: readonly Reason[];
  /** What it needs there that the estate does not bring, and what it does past the queue; the outcome is the same. */
  readonly notes: readonly Reason[];
}

/** What comes of a job. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Best first; of a job of the manager the one cluster that it goes to. */
  readonly clusters: readonly ClusterVerdict[];
  /** What is wrong wherever it would run, such as what a webhook refuses. */
  readonly reasons: readonly Reason[];
  /** What does not change what comes of it, wherever it would run. */
  readonly notes: readonly Reason[];
}
