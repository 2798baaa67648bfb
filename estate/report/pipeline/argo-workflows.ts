import type { Cloud } from '../../catalog';
import { PIPELINE_LIMITS } from '../../catalog/pipelines';
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

type Template = Readonly<Record<string, unknown>>;

const SOURCE = '/estate/source';
const SHARDS = '/estate/shards';
const TOKENS = '/var/run/secrets/estate';

/** The workflow template of an estate for Argo Workflows. */
export function argoPipeline(plan: StacksPlan, options: PipelineOptions): PipelineText {
  const pipeline = buildPipeline(plan, options);
  const { estate } = pipeline;
  const text = written(pipeline, 'argo-workflows', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'WorkflowTemplate',
    metadata: { name: `estate-${estate}` },
    spec: {
      entrypoint: 'pipeline',
      arguments: {
        parameters: [
          { name: 'repository', description: 'Where the estate file is, as git clones it.' },
          { name: 'revision', value: pipeline.branch, description: 'Branch or commit that is planned.' },
          { name: 'base', value: '', description: 'Commit that it is compared with; empty for no comparison.' },
          { name: 'apply', value: 'false', enum: ['false', 'true'], description: 'Whether stacks are applied.' },
          { name: 'image', description: 'Image with Node, git and Terraform or OpenTofu.' },
        ],
      },
      // Results of parts, which a pod of its own puts together.
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'shards' },
          spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      templates: [
        { name: 'pipeline', dag: { tasks: stages() } },
        { name: 'checks', dag: { tasks: checks(pipeline) } },
        { name: 'deploy', dag: { tasks: pipeline.groups.flatMap(deploys) } },
        { name: 'approve', suspend: {} },
        ...jobs(pipeline),
        ...environments(pipeline),
      ],
    },
  });
  const instead = 'divide the estate into several files';
  checkSize(text, PIPELINE_LIMITS.argoResourceBytes.value, 'a resource of Argo Workflows', instead);
  return { path: `estate-${estate}.workflow-template.yaml`, text };
}

function parameter(name: string): string {
  return `{{workflow.parameters.${name}}}`;
}

function stages(): readonly object[] {
  const when = `"${parameter('apply')}" == "true"`;
  return [
    { name: 'checks', template: 'checks' },
    { name: 'deploy', template: 'deploy', depends: 'checks.Succeeded', when },
  ];
}

function checks({ shards }: Pipeline): readonly object[] {
  const items = Array.from({ length: shards }, (_, index) => `${index + 1}`);
  return [
    { name: 'validate', template: 'validate' },
    { name: 'diff', template: 'diff', when: `"${parameter('base')}" != ""` },
    {
      name: 'shard',
      template: 'shard',
      depends: 'validate.Succeeded',
      arguments: { parameters: [{ name: 'shard', value: '{{item}}' }] },
      withItems: items,
    },
    // A part whose stacks fail has a result too.
    { name: 'offline-plan', template: 'offline-plan', depends: 'shard.Succeeded || shard.Failed' },
  ];
}

/** The tasks of a group: all its stacks are planned, somebody approves, all are applied. */
function deploys(group: PipelineGroup): readonly object[] {
  const { name, stacks, after } = group;
  const each = { arguments: { parameters: [{ name: 'stack', value: '{{item}}' }] }, withItems: stacks };
  const depends = after.map((earlier) => `apply-${earlier}.Succeeded`).join(' && ');
  return [
    { name: `plan-${name}`, template: environmentOf(group, 'plan'), ...(depends !== '' && { depends }), ...each },
    { name: `approve-${name}`, template: 'approve', depends: `plan-${name}.Succeeded` },
    {
      name: `apply-${name}`,
      template: environmentOf(group, 'apply'),
      depends: `approve-${name}.Succeeded`,
      ...each,
    },
  ];
}

/** A pod that runs commands in the repository; it has the service account of the namespace unless one is given. */
function template(name: string, run: readonly string[], more: Template = {}): Template {
  const { container = {}, inputs = {}, ...rest } = more as Record<string, object>;
  return {
    name,
    ...rest,
    inputs: {
      ...inputs,
      artifacts: [
        {
          name: 'source',
          path: SOURCE,
          git: { repo: parameter('repository'), revision: parameter('revision') },
        },
      ],
    },
    container: {
      name: 'main',
      image: parameter('image'),
      workingDir: SOURCE,
      command: ['sh', '-ec'],
      args: [['npm ci --no-audit --no-fund', ...run, ''].join('\n')],
      ...container,
    },
  };
}

function jobs(pipeline: Pipeline): readonly Template[] {
  const shared = { volumeMounts: [{ name: 'shards', mountPath: SHARDS }] };
  const shard = '{{inputs.parameters.shard}}';
  return [
    template('validate', commands.validate(pipeline)),
    template('diff', [commands.diff(pipeline, parameter('base'))]),
    template('shard', [commands.shard(pipeline, shard, `${SHARDS}/shard-${shard}.json`)], {
      inputs: { parameters: [{ name: 'shard' }] },
      container: shared,
    }),
    template('offline-plan', [commands.merge(pipeline, `${SHARDS}/shard-*.json`)], { container: shared }),
  ];
}

/** A template for each account and job: with its own service account, and settings in a config map of that name. */
function environments(pipeline: Pipeline): readonly Template[] {
  const byAccount = new Map(pipeline.groups.map((group) => [group.account.name, group]));
  return [...byAccount.values()].flatMap((group) =>
    (['plan', 'apply'] as const).map((job) => {
      const environment = environmentOf(group, job);
      const stack = '{{inputs.parameters.stack}}';
      const logins = group.logins.map((cloud) => LOGINS[cloud](group, pipeline, environment));
      const run = [commands.plan(pipeline, stack), ...(job === 'apply' ? [commands.apply(group, stack)] : [])];
      const own = pipeline.groups.filter(({ account }) => account.name === group.account.name);
      const hasKeys = own.some(needsLinkKeys);
      const volumes = logins.flatMap((login) => login.volumes);
      return template(
        environment,
        run.map((command) => withLinkKeys(hasKeys, command)),
        {
          serviceAccountName: environment,
          inputs: { parameters: [{ name: 'stack' }] },
          ...(volumes.length > 0 && { volumes }),
          container: {
            env: [...logins.flatMap((login) => login.env), ...(hasKeys ? [linkKeys(environment)] : [])],
            ...(volumes.length > 0 && {
              volumeMounts: volumes.map(({ name }) => ({ name, mountPath: `${TOKENS}/${name}`, readOnly: true })),
            }),
          },
        },
      );
    }),
  );
}

/** Absent where no link of the account needs a key. */
function linkKeys(configMap: string) {
  return { name: LINK_KEYS, valueFrom: { configMapKeyRef: { name: configMap, key: 'link-keys', optional: true } } };
}

interface Login {
  readonly env: readonly object[];
  readonly volumes: readonly { readonly name: string }[];
}

/** A token of the pod's service account for a cloud, which Kubernetes renews. */
function token(cloud: Cloud, audience: string) {
  return { name: cloud, projected: { sources: [{ serviceAccountToken: { audience, path: 'token' } }] } };
}

function setting(name: string, configMap: string, key: string) {
  return { name, valueFrom: { configMapKeyRef: { name: configMap, key } } };
}

const LOGINS: Readonly<Record<Cloud, (group: PipelineGroup, pipeline: Pipeline, environment: string) => Login>> = {
  aws: (group, pipeline, environment) => ({
    env: [
      setting('AWS_ROLE_ARN', environment, 'aws-role'),
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${TOKENS}/aws/token` },
      { name: 'AWS_REGION', value: regionOf(group, 'aws', pipeline) },
    ],
    volumes: [token('aws', 'sts.amazonaws.com')],
  }),
  azure: ({ account: { ids } }, _pipeline, environment) => ({
    env: [
      { name: 'ARM_USE_OIDC', value: 'true' },
      { name: 'ARM_OIDC_TOKEN_FILE_PATH', value: `${TOKENS}/azure/token` },
      setting('ARM_CLIENT_ID', environment, 'azure-client-id'),
      ids.cloud === 'azure'
        ? { name: 'ARM_TENANT_ID', value: ids.tenantId }
        : setting('ARM_TENANT_ID', environment, 'azure-tenant-id'),
      ids.cloud === 'azure'
        ? { name: 'ARM_SUBSCRIPTION_ID', value: ids.subscriptionId }
        : setting('ARM_SUBSCRIPTION_ID', environment, 'azure-subscription-id'),
    ],
    volumes: [token('azure', 'api://AzureADTokenExchange')],
  }),
  google: (_group, _pipeline, environment) => ({
    env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: `${TOKENS}/google-credentials/google-credentials.json` }],
    volumes: [
      token('google', 'estate'),
      Object.assign({ name: 'google-credentials' }, { configMap: { name: environment } }),
    ],
  }),
  oracle: () => ({ env: Object.entries(ORACLE_ENV).map(([name, value]) => ({ name, value })), volumes: [] }),
};
