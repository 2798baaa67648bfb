import { CLOUDS, type Cloud } from '../../catalog';
import { PIPELINE_LIMITS } from '../../catalog/pipelines';
import { APPLY_STEPS, applyStep } from '../../plan/order';
import type { StacksPlan } from '../../plan/types';
import { buildPipeline } from './build';
import { commands, environmentOf, needsLinkKeys, ORACLE_ENV, regionOf, withLinkKeys, written } from './common';
import type { Pipeline, PipelineGroup, PipelineOptions, PipelineText } from './types';

type Job = Readonly<Record<string, unknown>>;

/**
 * The pipeline of an estate for GitLab CI/CD.
 *
 * Stages order it, not `needs`: a job may need 50 others only, and each job of a matrix counts.
 */
export function gitlabPipeline(plan: StacksPlan, options: PipelineOptions): PipelineText {
  const pipeline = buildPipeline(plan, options, PIPELINE_LIMITS.gitlabMatrixJobs.value);
  const used = new Set(pipeline.groups.map(({ account, layer }) => applyStep(account.cloud, layer)));
  const steps = APPLY_STEPS.filter((step) => used.has(step));
  const text = written(pipeline, 'gitlab', {
    workflow: {
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, { if: onBranch(pipeline) }],
    },
    stages: ['check', 'shard', 'offline-plan', ...steps.flatMap((step) => [`plan-${step}`, `apply-${step}`])],
    default: { image: '$ESTATE_IMAGE', before_script: ['npm ci --no-audit --no-fund'] },
    ...checks(pipeline),
    ...Object.fromEntries(
      pipeline.groups.flatMap((group) =>
        (['plan', 'apply'] as const).map((job) => [`${job}-${group.name}`, deploy(group, pipeline, job)]),
      ),
    ),
  });
  return { path: '.gitlab-ci.yml', text };
}

function onBranch({ branch }: Pipeline): string {
  return `$CI_COMMIT_BRANCH == "${branch}"`;
}

function checks(pipeline: Pipeline): Readonly<Record<string, Job>> {
  const shards = Array.from({ length: pipeline.shards }, (_, index) => `${index + 1}`);
  return {
    validate: { stage: 'check', script: commands.validate(pipeline) },
    diff: {
      stage: 'check',
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
      variables: { GIT_DEPTH: '0' },
      script: [`${commands.diff(pipeline, '$CI_MERGE_REQUEST_DIFF_BASE_SHA')} > diff.md`],
      // Shown in the merge request; a note would need a token that somebody keeps.
      artifacts: { when: 'always', expose_as: 'estate diff', paths: ['diff.md'] },
    },
    shard: {
      stage: 'shard',
      parallel: { matrix: [{ SHARD: shards }] },
      script: [commands.shard(pipeline, '$SHARD', 'shard-$SHARD.json')],
      artifacts: { when: 'always', paths: ['shard-*.json'] },
    },
    'offline-plan': {
      stage: 'offline-plan',
      // A part whose stacks fail has a result too.
      when: 'always',
      script: [commands.merge(pipeline, 'shard-*.json')],
    },
  };
}

/** The job that plans or applies the stacks of a group; the second one waits for somebody. */
function deploy(group: PipelineGroup, pipeline: Pipeline, job: 'plan' | 'apply'): Job {
  const { account, layer, stacks, logins } = group;
  const ordered = CLOUDS.filter((cloud) => logins.includes(cloud));
  const tokens = ordered.filter((cloud) => LOGINS[cloud].token !== undefined);
  const rule = { if: onBranch(pipeline) };
  return {
    stage: `${job}-${applyStep(account.cloud, layer)}`,
    rules: [job === 'apply' ? { ...rule, when: 'manual' } : rule],
    ...(job === 'apply' && { allow_failure: false }),
    ...(logins.includes('oracle') && { tags: ['$ESTATE_RUNNER_ORACLE'] }),
    environment: { name: environmentOf(group, job), ...(job === 'plan' && { action: 'access' }) },
    parallel: { matrix: [{ STACK: stacks }] },
    variables: Object.assign({}, ...ordered.map((cloud) => LOGINS[cloud].variables(group, pipeline))),
    ...(tokens.length > 0 && {
      id_tokens: Object.fromEntries(tokens.map((cloud) => [LOGINS[cloud].token, { aud: '$CI_SERVER_URL' }])),
    }),
    script: [
      ...ordered.flatMap((cloud) => LOGINS[cloud].script),
      ...[commands.plan(pipeline, '$STACK'), ...(job === 'apply' ? [commands.apply(group, '$STACK')] : [])].map(
        (command) => withLinkKeys(needsLinkKeys(group), command),
      ),
    ],
  };
}

/** How a job logs in to a cloud. */
interface Login {
  /** Variable with the token of the job. @default none: the runner is known to the cloud */
  readonly token?: string;
  readonly variables: (group: PipelineGroup, pipeline: Pipeline) => Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

const tokenFile = (token: string, file: string) => `printf %s "$${token}" > ${file}`;

const LOGINS: Readonly<Record<Cloud, Login>> = {
  aws: {
    token: 'ESTATE_AWS_TOKEN',
    variables: (group, pipeline) => ({
      AWS_ROLE_ARN: '$ESTATE_AWS_ROLE',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/estate-aws-token',
      AWS_REGION: regionOf(group, 'aws', pipeline),
    }),
    script: [tokenFile('ESTATE_AWS_TOKEN', '/tmp/estate-aws-token')],
  },
  azure: {
    token: 'ARM_OIDC_TOKEN',
    variables: ({ account: { ids } }) => ({
      ARM_USE_OIDC: 'true',
      ARM_CLIENT_ID: '$ESTATE_AZURE_CLIENT_ID',
      ARM_TENANT_ID: ids.cloud === 'azure' ? ids.tenantId : '$ESTATE_AZURE_TENANT_ID',
      ARM_SUBSCRIPTION_ID: ids.cloud === 'azure' ? ids.subscriptionId : '$ESTATE_AZURE_SUBSCRIPTION_ID',
    }),
    script: [],
  },
  google: {
    token: 'ESTATE_GOOGLE_TOKEN',
    variables: () => ({ GOOGLE_APPLICATION_CREDENTIALS: '$ESTATE_GOOGLE_CREDENTIALS' }),
    script: [tokenFile('ESTATE_GOOGLE_TOKEN', '/tmp/estate-google-token')],
  },
  oracle: { variables: () => ORACLE_ENV, script: [] },
};
