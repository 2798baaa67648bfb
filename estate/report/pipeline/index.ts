import type { StacksPlan } from '../../plan/types';
import { argoPipeline } from './argo-workflows';
import { atlantisPipeline } from './atlantis';
import { githubPipeline } from './github';
import { gitlabPipeline } from './gitlab';
import type { PipelineEngine, PipelineOptions, PipelineText } from './types';

export { PIPELINE_ENGINES, type PipelineEngine, type PipelineOptions, type PipelineText } from './types';

const WRITERS: Readonly<Record<PipelineEngine, (plan: StacksPlan, options: PipelineOptions) => PipelineText>> = {
  github: githubPipeline,
  gitlab: gitlabPipeline,
  'argo-workflows': argoPipeline,
  atlantis: atlantisPipeline,
};

/** Writes the pipeline of an estate as its engine takes it: the same estate always gives the same text. */
export function pipelineText(engine: PipelineEngine, plan: StacksPlan, options: PipelineOptions): PipelineText {
  return WRITERS[engine](plan, options);
}
