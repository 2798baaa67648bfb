/** What becomes of a resource; `kept` leaves the estate but goes on existing. */
export type Action = 'created' | 'updated' | 'replaced' | 'destroyed' | 'kept';

/** Why a resource is replaced: the attribute, and what its value came from when that changes itself. */
export interface Cause {
  /** Dotted path of the attribute inside the resource. */
  readonly path: string;
  /** Address of the changed resource that the attribute reads. */
  readonly of?: string;
  /** Data source that lies between them: it is read again because the resource changes. */
  readonly through?: string;
  /** False where only the provider can tell, because it decides by a value that no file holds. */
  readonly certain: boolean;
}

/** What a resource is called. */
export interface ResourceName {
  /** Terraform address, or logical id in the CloudFormation template. */
  readonly address: string;
  readonly type: string;
  /** Construct path below the stack, such as `cluster/train-1/Resource`. */
  readonly path: string;
}

/** A change that a service or a provider does not carry out, and the way that it does. */
export interface Refusal {
  /** Dotted paths of the attributes that it refuses to change; empty where the refusal is about something else. */
  readonly attributes: readonly string[];
  /** Who refuses, such as `EKS`. */
  readonly who: string;
  /** Why, as half a sentence: `a control plane goes up one minor version at a time`. */
  readonly why: string;
  /**
   * Other resources that it is about: their names go before `why`, as in `POOL is` before `behind`.
   *
   * @default none
   */
  readonly subjects?: readonly ResourceName[];
  /** The steps that work. */
  readonly way: string;
  /** Where it is said: URL, or file of the provider with its tag. */
  readonly source: string;
  /** Whether it refuses only while something lives at the site, such as a subnet with nodes in it. */
  readonly whileInUse?: boolean;
  /** Whether it refuses only what has nodes: who accepts the change of the entry says that it has none. */
  readonly unlessEmpty?: boolean;
}

/** What a number of a resource counts. */
export type Unit = 'nodes' | 'TiB' | 'days';

/** A number of a resource that an edit lowers. */
export interface Shrinkage {
  /** Dotted path of the attribute that holds it. */
  readonly path: string;
  readonly unit: Unit;
  readonly before: number;
  readonly after: number;
  /** What more there is to know, such as that the running size is set to 0. */
  readonly note?: string;
}

/** What stops the destruction of a resource, or of a whole stack. */
export type GuardName =
  | 'prevent_destroy'
  | 'deletion_policy'
  | 'deletion_protection'
  | 'DeletionPolicy'
  | 'DeletionProtection'
  | 'TerminationProtection';

/** What an edit does to one resource. */
export interface ResourceChange extends ResourceName {
  readonly action: Action;
  /** Dotted paths of the attributes that change; empty unless it is updated or replaced. */
  readonly attributes: readonly string[];
  /** Why it is replaced; empty otherwise. */
  readonly because: readonly Cause[];
  /** Carries a guard against loss, before or after: `prevent_destroy`, a retention policy or deletion protection. */
  readonly isGuarded: boolean;
  /**
   * What stops its end, or would if its stack was destroyed.
   *
   * @default none
   */
  readonly guards?: readonly GuardName[];
  /**
   * Its physical name, where the files tell.
   *
   * @default - not known
   */
  readonly name?: string;
  /** Is guarded and lost: replaced, destroyed, or kept outside the estate. */
  readonly isProtected: boolean;
  /** Leaves the stack but goes on existing. */
  readonly isRetained: boolean;
  /** What of the change is refused when it is applied. */
  readonly refused: readonly Refusal[];
  /** Attributes whose change makes the provider replace the nodes of a pool one after another. */
  readonly rolled: readonly string[];
  /** Attributes whose change reaches new nodes only: those that run stay as they are. */
  readonly newNodesOnly: readonly string[];
  /** Attributes that are only not known before, because a data source is read again: what they say may well stay. */
  readonly reread: readonly string[];
  /** Numbers that get smaller while the resource stays. */
  readonly shrunk: readonly Shrinkage[];
  /** What else to know: the order of a replacement, a guard that stops it. */
  readonly notes: readonly string[];
}

/** What becomes of an output that other stacks may read. */
export interface OutputChange {
  readonly name: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Stacks before the edit that read it. */
  readonly readers: readonly string[];
  /** Those of them that read it after the edit too. */
  readonly staying: readonly string[];
}

/** A Terraform provider that a stack pins in another release than before. */
export interface ReleaseChange {
  /** Its name, such as `azurerm`. */
  readonly provider: string;
  readonly before: string;
  readonly after: string;
}

/** What an edit does to the resources of one stack. */
export interface StackChange {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  /** What becomes of its outputs. */
  readonly outputs: readonly OutputChange[];
  /** Stacks that it is deployed after, before or after the edit. */
  readonly dependsOn: readonly string[];
  /** Whether the edit leaves it out: nothing that is deployed then touches it. */
  readonly isLeft: boolean;
  /** What is refused of the stack as a whole, such as another value of an export in use. */
  readonly refused: readonly Refusal[];
  /**
   * Whether CloudFormation refuses to delete the stack.
   *
   * @default false
   */
  readonly isTerminationProtected?: boolean;
  /**
   * Whether Terraform keeps its state elsewhere than before.
   *
   * @default false
   */
  readonly movesState?: boolean;
  /**
   * Providers that it pins in another release.
   *
   * @default none
   */
  readonly releases?: readonly ReleaseChange[];
}
