import type { Cloud, Sourced } from '../../catalog';
import type { Layer } from '../../plan/names';

/** Parts of the order of a first apply in an account. */
export const PHASES = ['before', 'apply', 'enter', 'last'] as const;

/** Part of the order of a first apply in an account. */
export type Phase = (typeof PHASES)[number];

/** One step of a first apply. */
export interface Step {
  /** Stable name: that of its row, or `deploy`. */
  readonly step: string;
  /** What to do. */
  readonly title: string;
  /** Why, or what goes wrong without it. */
  readonly why?: string;
  /** From where it is done. @default anywhere */
  readonly from?: string;
  /** Commands that do it, in their order. */
  readonly run: readonly string[];
  /** Commands that show that it is done. */
  readonly see: readonly string[];
  /** How to know that it is done. */
  readonly done?: string;
  /** Where that is said. */
  readonly sources: readonly Sourced[];
}

/** The step that applies a stack. */
export interface DeployStep extends Step {
  readonly step: 'deploy';
  readonly stack: string;
  readonly layer: Layer;
  /** Stacks that have to be there before it. */
  readonly after: readonly string[];
  /** What it reaches while it is applied, and from where. */
  readonly reach: readonly string[];
  /** Why it may stop the first time, and what then. */
  readonly again: readonly string[];
}

/** A step in the order of an account. */
export type OrderedStep = { readonly phase: Phase } & (Step | DeployStep);

/** The order of the first apply in one account. */
export interface AccountOrder {
  readonly cloud: Cloud;
  /** Key of the account. */
  readonly account: string;
  /** What its cloud calls it: account, subscription, project or compartment. */
  readonly id: string;
  readonly steps: readonly OrderedStep[];
}

/** The order of the first apply of an estate. */
export interface FirstApply {
  readonly estate: string;
  /** Steps before those of any account. */
  readonly before: readonly Step[];
  /** By cloud, then account: none waits for another one. */
  readonly accounts: readonly AccountOrder[];
  /** Steps when all accounts are done: what other runbooks say. */
  readonly after: readonly Step[];
}

/** Whether a step applies a stack. */
export function isDeploy<S extends Step>(step: S): step is S & DeployStep {
  return step.step === 'deploy';
}
