/** What becomes of a resource. */
export type Action = 'created' | 'updated' | 'replaced' | 'destroyed';

/** Why a resource is replaced: the attribute, and what its value came from when that is replaced itself. */
export interface Cause {
  /** Dotted path of the attribute inside the resource. */
  readonly path: string;
  /** Address of the replaced resource that the attribute reads. */
  readonly of?: string;
  /** False where only the provider can tell, because it decides by a value that no file holds. */
  readonly certain: boolean;
}

/** What an edit does to one resource. */
export interface ResourceChange {
  /** Terraform address, or logical id in the CloudFormation template. */
  readonly address: string;
  readonly type: string;
  /** Construct path below the stack, such as `cluster/train-1/Resource`. */
  readonly path: string;
  readonly action: Action;
  /** Dotted paths of the attributes that change; empty unless it is updated or replaced. */
  readonly attributes: readonly string[];
  /** Why it is replaced; empty otherwise. */
  readonly because: readonly Cause[];
  /** Carries a guard against loss: `prevent_destroy`, a retention policy or deletion protection. */
  readonly isProtected: boolean;
  /** Leaves the stack but goes on existing. */
  readonly isRetained: boolean;
  /** Attributes whose change the provider refuses to apply. */
  readonly refused: readonly string[];
  /** Attributes whose change makes the provider replace the nodes of a pool one after another. */
  readonly rolled: readonly string[];
  /** What else to know: the order of a replacement, a guard that stops it. */
  readonly notes: readonly string[];
}

/** What an edit does to the resources of one stack. */
export interface StackChange {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
}
