import type { Cloud } from '../../catalog';
import type { Layer } from '../../plan/names';
import type { AccountPlan } from '../../plan/types';
import type { StateSettings } from '../../spec/schema';

/** Engines whose pipelines can be written. */
export const PIPELINE_ENGINES = ['github', 'gitlab', 'argo-workflows', 'atlantis'] as const;

/** Engine whose pipeline is written. */
export type PipelineEngine = (typeof PIPELINE_ENGINES)[number];

/** What a pipeline is written for. */
export interface PipelineOptions {
  /** Path of the estate file from the top of the repository. */
  readonly file: string;
  /** Branch that is applied. */
  readonly branch: string;
  /** Parts that the offline plan is divided into. @default one for each 40 stacks, at most 32 */
  readonly shards?: number;
}

/** Stacks that are planned and applied side by side: those of one layer in one account. */
export interface PipelineGroup {
  /** `<account>-<layer>`, and `-<n>` where one matrix does not take them all. */
  readonly name: string;
  readonly account: AccountPlan;
  readonly layer: Layer;
  /** Names of its stacks, sorted. */
  readonly stacks: readonly string[];
  /** Groups that have to be applied before it. */
  readonly after: readonly string[];
  /** Clouds that its jobs log in to: its own, and that which keeps the state. */
  readonly logins: readonly Cloud[];
}

/** A pipeline, before it is written for an engine. */
export interface Pipeline {
  readonly estate: string;
  readonly file: string;
  readonly branch: string;
  readonly shards: number;
  readonly state: StateSettings;
  readonly clouds: readonly Cloud[];
  readonly groups: readonly PipelineGroup[];
}

/** A text that an engine takes as it is, with the name that its file has. */
export interface PipelineText {
  readonly path: string;
  readonly text: string;
}
