/** Who is told of alarms. */
export interface AlarmsPlan {
  /** Key of the owner in the estate file. @default who answers for the whole estate */
  readonly owner?: string;
  readonly email: string;
}

/** What is kept and told of a cluster, and what decides which pods it takes. */
export interface ClusterWatchPlan {
  /** Days for which logs of its control plane are kept. @default what its cloud keeps by default: nothing, but on AWS */
  readonly logRetentionDays?: number;
  /** Who is told of its nodes. @default nobody */
  readonly alarms?: AlarmsPlan;
  /** Whether the policy of the project decides which images run, Google Cloud only. @default false */
  readonly binaryAuthorization?: boolean;
  /** Whether the add-on of Azure Policy runs in it, Azure only. @default true */
  readonly policyAddon?: boolean;
}

/** What is told of a file system. */
export interface FileSystemWatchPlan {
  /** Who is told when it fills up. @default nobody */
  readonly alarms?: AlarmsPlan;
}

/** What is kept of an object store. */
export interface ObjectStoreWatchPlan {
  /** Days for which its access logs are kept. @default what its cloud keeps by default: nothing, but on AWS */
  readonly accessLogRetentionDays?: number;
}
