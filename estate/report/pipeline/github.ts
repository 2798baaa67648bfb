import { Scalar } from 'yaml';
import { type Cloud, ENGINES } from '../../catalog';
import { PIPELINE_ACTIONS, PIPELINE_LIMITS } from '../../catalog/pipelines';
import type { StacksPlan } from '../../plan/types';
import { buildPipeline } from './build';
import {
  checkSize,
  commands,
  environmentOf,
  LINK_KEYS,
  needsLinkKeys,
  ORACLE_ENV,
  regionOf,
  withLinkKeys,
  written,
} from './common';
import type { Pipeline, PipelineGroup, PipelineOptions, PipelineText } from './types';

type Step = Readonly<Record<string, unknown>>;
type Job = Readonly<Record<string, unknown>>;

/** The most that a comment of a pull request holds, with room for what is not ASCII. */
const COMMENT_BYTES = 60_000;

/** The workflow of an estate for GitHub Actions. */
export function githubPipeline(plan: StacksPlan, options: PipelineOptions): PipelineText {
  const pipeline = buildPipeline(plan, options, PIPELINE_LIMITS.githubMatrixJobs.value);
  const text = written(pipeline, 'github', {
    name: `estate ${pipeline.estate}`,
    on: { pull_request: {}, push: { branches: [pipeline.branch] }, workflow_dispatch: {} },
    permissions: { contents: 'read' },
    concurrency: {
      group: `estate-${pipeline.estate}-${expression('github.ref')}`,
      'cancel-in-progress': expression("github.event_name == 'pull_request'"),
    },
    jobs: { ...checks(pipeline), ...Object.fromEntries(pipeline.groups.flatMap((group) => deploys(group, pipeline))) },
  });
  const instead = 'divide the estate into several files, or write it for argo-workflows';
  checkSize(text, PIPELINE_LIMITS.githubFileBytes.value, 'a workflow of GitHub', instead);
  return { path: `.github/workflows/estate-${pipeline.estate}.yml`, text };
}

function uses(name: keyof typeof PIPELINE_ACTIONS, settings?: object): Step {
  const { name: action, commit, version } = PIPELINE_ACTIONS[name];
  const pinned = new Scalar(`${action}@${commit}`);
  pinned.comment = ` ${version}`;
  return { uses: pinned, ...(settings && { with: settings }) };
}

const node = [uses('node', { 'node-version': '22', cache: 'npm' }), { run: 'npm ci --no-audit --no-fund' }];
// The wrapper is no Terraform: it changes what the program prints.
const terraform = uses('terraform', { terraform_version: '~> 1.12', terraform_wrapper: false });
const checkout = uses('checkout', { 'persist-credentials': false });

function checks(pipeline: Pipeline): Readonly<Record<string, Job>> {
  const { shards } = pipeline;
  const hosted = { 'runs-on': 'ubuntu-latest' };
  const shard = expression('matrix.shard');
  return {
    validate: { ...hosted, steps: [checkout, ...node, ...commands.validate(pipeline).map((run) => ({ run }))] },
    diff: {
      ...hosted,
      if: "github.event_name == 'pull_request'",
      permissions: { contents: 'read', 'pull-requests': 'write' },
      steps: [
        uses('checkout', { 'persist-credentials': false, 'fetch-depth': 0 }),
        ...node,
        {
          name: 'Tell what the edit does',
          env: {
            BASE: expression('github.event.pull_request.base.sha'),
            PULL_REQUEST: expression('github.event.pull_request.number'),
            // A pull request from a fork may not write comments; its answer is in the summary.
            MAY_COMMENT: expression('github.event.pull_request.head.repo.full_name == github.repository'),
            GH_TOKEN: expression('github.token'),
          },
          run: lines(
            'code=0',
            `${commands.diff(pipeline, '$BASE')} > diff.md || code=$?`,
            'cat diff.md >> "$GITHUB_STEP_SUMMARY"',
            `if [ "$MAY_COMMENT" = true ]; then head -c ${COMMENT_BYTES} diff.md | gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file -; fi`,
            'exit "$code"',
          ),
        },
      ],
    },
    shard: {
      ...hosted,
      needs: ['validate'],
      strategy: {
        'fail-fast': false,
        matrix: { shard: Array.from({ length: shards }, (_, index) => index + 1) },
      },
      steps: [
        checkout,
        ...node,
        terraform,
        { run: commands.shard(pipeline, shard, `shard-${shard}.json`) },
        {
          ...uses('upload', { name: `shard-${shard}`, path: `shard-${shard}.json` }),
          // A part whose stacks fail has a result too.
          if: expression('!cancelled()'),
        },
      ],
    },
    'offline-plan': {
      ...hosted,
      needs: ['shard'],
      if: expression("!cancelled() && needs.shard.result != 'skipped'"),
      steps: [
        checkout,
        ...node,
        uses('download', { pattern: 'shard-*', path: 'shards', 'merge-multiple': true }),
        { run: commands.merge(pipeline, 'shards/*.json') },
      ],
    },
  };
}

/** The jobs that plan and apply a group: the environment of the second one is where somebody approves. */
function deploys(group: PipelineGroup, pipeline: Pipeline): [string, Job][] {
  const needs = group.after.length === 0 ? ['offline-plan'] : group.after.map((name) => `apply-${name}`);
  const { name } = group;
  return [
    [`plan-${name}`, { needs, ...deploy(group, pipeline, 'plan') }],
    [`apply-${name}`, { needs: [`plan-${name}`], ...deploy(group, pipeline, 'apply') }],
  ];
}

function deploy(group: PipelineGroup, pipeline: Pipeline, job: 'plan' | 'apply'): Job {
  const { account, stacks, logins } = group;
  const cloud = account.cloud;
  // Only a machine inside Oracle Cloud can log in there.
  const place = logins.includes('oracle') ? 'oracle' : cloud;
  const runner = place === 'oracle' ? 'self-hosted' : 'ubuntu-latest';
  const stack = '$STACK';
  const hasKeys = needsLinkKeys(group);
  const run = [commands.plan(pipeline, stack), ...(job === 'apply' ? [commands.apply(group, stack)] : [])];
  return {
    if: `github.ref == 'refs/heads/${pipeline.branch}'`,
    'runs-on': expression(`vars.ESTATE_RUNNER_${place.toUpperCase()} || '${runner}'`),
    'timeout-minutes': expression(
      `fromJSON(vars.ESTATE_TIMEOUT_MINUTES || '${PIPELINE_LIMITS.githubJobMinutes.value}')`,
    ),
    environment: environmentOf(group, job),
    permissions: { contents: 'read', 'id-token': 'write' },
    strategy: { 'fail-fast': false, matrix: { stack: stacks } },
    env: Object.assign({}, ...logins.map((login) => LOGINS[login].env(group)), {
      STACK: expression('matrix.stack'),
      ...(hasKeys && { [LINK_KEYS]: expression(`vars.${LINK_KEYS}`) }),
    }),
    steps: [
      checkout,
      ...node,
      ...(ENGINES[cloud] === 'terraform' ? [terraform] : []),
      ...logins.flatMap((login) => LOGINS[login].steps(group, pipeline)),
      ...run.map((command) => ({ run: withLinkKeys(hasKeys, command) })),
    ],
  };
}

/** How a job logs in to a cloud. */
interface Login {
  readonly env: (group: PipelineGroup) => Readonly<Record<string, string>>;
  readonly steps: (group: PipelineGroup, pipeline: Pipeline) => readonly Step[];
}

const LOGINS: Readonly<Record<Cloud, Login>> = {
  aws: {
    env: () => ({}),
    steps: (group, pipeline) => [
      uses('aws', {
        'role-to-assume': expression('vars.ESTATE_AWS_ROLE'),
        'aws-region': regionOf(group, 'aws', pipeline),
        'role-duration-seconds': expression("vars.ESTATE_AWS_SESSION_SECONDS || '3600'"),
        ...(group.account.ids.cloud === 'aws' && {
          'allowed-account-ids': group.account.ids.accountId,
        }),
      }),
    ],
  },
  azure: {
    env: ({ account: { ids } }) => ({
      ARM_USE_OIDC: 'true',
      ARM_CLIENT_ID: expression('vars.ESTATE_AZURE_CLIENT_ID'),
      ARM_TENANT_ID: ids.cloud === 'azure' ? ids.tenantId : expression('vars.ESTATE_AZURE_TENANT_ID'),
      ARM_SUBSCRIPTION_ID: ids.cloud === 'azure' ? ids.subscriptionId : expression('vars.ESTATE_AZURE_SUBSCRIPTION_ID'),
    }),
    steps: () => [],
  },
  google: {
    env: () => ({}),
    steps: () => [
      uses('google', {
        workload_identity_provider: expression('vars.ESTATE_GOOGLE_PROVIDER'),
        service_account: expression('vars.ESTATE_GOOGLE_SERVICE_ACCOUNT'),
      }),
    ],
  },
  oracle: { env: () => ORACLE_ENV, steps: () => [] },
};

function expression(text: string): string {
  return `\${{ ${text} }}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
