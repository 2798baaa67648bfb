import { type Cloud, ENGINES } from '../../catalog';
import { applyStep, stackOrder, stepsOf } from '../../plan/order';
import type { StacksPlan } from '../../plan/types';
import { buildPipeline } from './build';
import { commands, ORACLE_ENV, regionOf, shellWord, written } from './common';
import type { Pipeline, PipelineGroup, PipelineOptions, PipelineText } from './types';

/** Name of the project that checks the estate before anything is planned. */
const CHECKS = 'estate-checks';

/**
 * The projects of an estate for Atlantis: one for each stack, ordered by layers and by what each stack waits for.
 *
 * Atlantis runs on one machine and has no matrix, so the offline plan is not divided: a project of its own does it.
 */
export function atlantisPipeline(plan: StacksPlan, options: PipelineOptions): PipelineText {
  const pipeline = buildPipeline(plan, options);
  const accounts = new Map(pipeline.groups.map((group) => [group.account.name, group]));
  const text = written(pipeline, 'atlantis', {
    version: 3,
    automerge: false,
    parallel_plan: true,
    parallel_apply: true,
    abort_on_execution_order_fail: true,
    projects: [
      {
        name: CHECKS,
        dir: '.',
        workflow: CHECKS,
        execution_order_group: 0,
        autoplan: { enabled: true, when_modified: modified('.', pipeline) },
      },
      ...projects(plan, pipeline),
    ],
    workflows: {
      [CHECKS]: {
        plan: { steps: [...checks(pipeline), 'touch "$PLANFILE"'].map((run) => ({ run })) },
        apply: { steps: [{ run: 'echo "nothing to apply"' }] },
      },
      ...Object.fromEntries([...accounts].map(([name, group]) => [name, workflow(group, pipeline)])),
    },
  });
  return { path: 'atlantis.yaml', text };
}

function checks(pipeline: Pipeline): readonly string[] {
  return [
    ...commands.validate(pipeline),
    commands.diff(pipeline, 'origin/$BASE_BRANCH_NAME'),
    `npx estate plan --offline --file ${shellWord(pipeline.file)}`,
  ];
}

/** Where the stack of a project is when a hook has synthesized the estate. */
function folderOf(cloud: Cloud, stack: string): string {
  return ENGINES[cloud] === 'terraform' ? `cdktf.out/stacks/${stack}` : '.';
}

/** Files whose change plans a project, seen from its folder. */
function modified(dir: string, { file }: Pipeline): readonly string[] {
  const up = dir === '.' ? '' : '../'.repeat(dir.split('/').length);
  return [...new Set([file, '**/*.yaml', '**/*.lock.json', 'package-lock.json'])].map((path) => `${up}${path}`);
}

function projects(plan: StacksPlan, pipeline: Pipeline): readonly object[] {
  const stacks = stackOrder(plan);
  const steps = stepsOf(stacks);
  return stacks.map(({ stack, cloud, account, layer, after }) => {
    const dir = folderOf(cloud, stack);
    return {
      name: stack,
      branch: `/^${pipeline.branch.replace(/[.+*?^$()[\]{}|\\/]/g, '\\$&')}$/`,
      dir,
      workflow: account.name,
      execution_order_group: steps.indexOf(applyStep(cloud, layer)) + 1,
      ...(after.length > 0 && { depends_on: [...after] }),
      autoplan: { enabled: true, when_modified: modified(dir, pipeline) },
      plan_requirements: [],
      apply_requirements: ['approved', 'mergeable', 'undiverged'],
    };
  });
}

/** What is run for the stacks of an account, with an identity for plans and one for applies. */
function workflow(group: PipelineGroup, pipeline: Pipeline): object {
  const isTerraform = ENGINES[group.account.cloud] === 'terraform';
  const settings = (job: 'plan' | 'apply') => group.logins.flatMap((cloud) => LOGINS[cloud](group, pipeline, job));
  return {
    plan: {
      steps: [
        ...settings('plan'),
        ...(isTerraform
          ? ['init', 'plan']
          : [{ run: 'npx cdk diff "$PROJECT_NAME" --app cdk.out --exclusively' }, { run: 'touch "$PLANFILE"' }]),
      ],
    },
    apply: {
      steps: [...settings('apply'), ...(isTerraform ? ['apply'] : [{ run: commands.apply(group, '$PROJECT_NAME') }])],
    },
  };
}

/** A variable of a step that is taken from the server, where each account and job has its own. */
function fromServer(name: string, { account }: PipelineGroup, job: 'plan' | 'apply', what: string): object {
  const variable = `${account.name}-${job}-${what}`.replaceAll('-', '_').toUpperCase();
  return { env: { name, command: `printenv ${variable}` } };
}

const set = (name: string, value: string): object => ({ env: { name, value } });

const LOGINS: Readonly<
  Record<Cloud, (group: PipelineGroup, pipeline: Pipeline, job: 'plan' | 'apply') => readonly object[]>
> = {
  aws: (group, pipeline, job) => [
    fromServer('AWS_ROLE_ARN', group, job, 'aws-role'),
    set('AWS_REGION', regionOf(group, 'aws', pipeline)),
  ],
  azure: (group, _pipeline, job) => {
    const { ids } = group.account;
    return [
      set('ARM_USE_OIDC', 'true'),
      fromServer('ARM_CLIENT_ID', group, job, 'azure-client-id'),
      ids.cloud === 'azure'
        ? set('ARM_TENANT_ID', ids.tenantId)
        : fromServer('ARM_TENANT_ID', group, job, 'azure-tenant-id'),
      ids.cloud === 'azure'
        ? set('ARM_SUBSCRIPTION_ID', ids.subscriptionId)
        : fromServer('ARM_SUBSCRIPTION_ID', group, job, 'azure-subscription-id'),
    ];
  },
  google: (group, _pipeline, job) => [fromServer('GOOGLE_APPLICATION_CREDENTIALS', group, job, 'google-credentials')],
  oracle: () => Object.entries(ORACLE_ENV).map(([name, value]) => set(name, value)),
};
