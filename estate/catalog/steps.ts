import type { Sourced } from './types';

/**
 * Where a step stands in the order of a first apply: before everything, after stacks of a layer, with the bundle, or at the
 * end of an account or of everything.
 */
export const STEP_PLACES = [
  'before',
  'after-foundation',
  'after-network',
  'after-storage',
  'after-cluster',
  'after-gateway',
  'after-link',
  'bundle',
  'hand-over',
  'last',
  'after',
] as const;

/** Where a step stands in the order of a first apply. */
export type StepPlace = (typeof STEP_PLACES)[number];

/**
 * What somebody does by hand in a first apply, or sees to.
 *
 * Texts name what differs by `{word}`. Those of `run` and `see` are filled for each thing that the step is of, the others
 * once, so that they have words of the account, site or cluster only.
 */
export interface StepRow<Thing extends string = string> extends Sourced {
  /** Stable name of the step. */
  readonly id: string;
  readonly at: StepPlace;
  /** What it is done for, and for each of which: where there is none of it, the step falls away. */
  readonly of: Thing;
  /** Whether it is about something that exists already, and that its owner sees to. @default false */
  readonly exists?: true;
  /** What to do, as an imperative. */
  readonly title: string;
  /** Why, or what goes wrong without it. */
  readonly why?: string;
  /** From where it is done. @default anywhere */
  readonly from?: string;
  /** Commands that do it. @default none: it is done elsewhere, or only looked at */
  readonly run?: readonly string[];
  /** Commands that show that it is done. */
  readonly see?: readonly string[];
  /** How to know that it is done. */
  readonly done?: string;
}

/** What stacks of some layers need while they are applied. */
export interface DeployRow<Thing extends string = string> extends Sourced {
  readonly layers: readonly ('foundation' | 'network' | 'storage' | 'cluster' | 'gateway' | 'link')[];
  /** Whether it is about something that exists already. @default false */
  readonly exists?: true;
  /** Where there is none of it, nothing of this is said. */
  readonly of: Thing;
  /** What is reached, and from where. */
  readonly reach?: string;
  /** Why it may stop the first time, and what then. */
  readonly again?: string;
}

/** The steps of a cloud, in their order at each place. */
export interface CloudSteps<Thing extends string = string> {
  /** Words of its accounts, which every step knows. */
  readonly words: readonly string[];
  /** What steps are of, with the words that tell one from another. */
  readonly things: Readonly<Record<Thing, readonly string[]>>;
  readonly steps: readonly StepRow<Thing>[];
  readonly deploys: readonly DeployRow<Thing>[];
}
