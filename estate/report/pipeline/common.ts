import { Document } from 'yaml';
import { type Cloud, ENGINES } from '../../catalog';
import { PIPELINE_LOGINS } from '../../catalog/pipelines';
import { EstateError } from '../../diagnostics';
import { formatCount } from '../../units';
import type { Pipeline, PipelineEngine, PipelineGroup } from './types';

/** A word of a shell command: quoted where the shell would take it apart. */
export function shellWord(text: string): string {
  return /^[\w./@:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Commands that jobs run in the shell, where `stack` is how the engine says which stack. */
export const commands = {
  validate: ({ file }: Pipeline) => [
    `npx estate validate ${shellWord(file)}`,
    `npx estate lock --check ${shellWord(file)}`,
  ],
  diff: ({ file }: Pipeline, base: string) => `npx estate diff "git:${base}" ${shellWord(file)} --markdown`,
  shard: ({ file, shards }: Pipeline, shard: string, out: string) =>
    `npx estate plan --offline --file ${shellWord(file)} --shard "${shard}/${shards}" --out "${out}"`,
  merge: ({ file }: Pipeline, files: string) => `npx estate plan --file ${shellWord(file)} --merge ${files}`,
  plan: ({ file }: Pipeline, stack: string) => `npx estate plan --file ${shellWord(file)} --stack "${stack}" --details`,
  /** After a plan, which has synthesized the stack and made its folder ready. */
  apply: ({ account }: PipelineGroup, stack: string) =>
    ENGINES[account.cloud] === 'terraform'
      ? `terraform -chdir="cdktf.out/stacks/${stack}" apply -input=false -auto-approve`
      : `npx cdk deploy "${stack}" --app cdk.out --exclusively --require-approval never`,
};

/** Variable with the commands that read keys of links from where they are kept; nothing where it is unset. */
export const LINK_KEYS = 'ESTATE_LINK_KEYS';

/** Whether jobs of a group give Terraform keys of links, which no file holds. */
export function needsLinkKeys({ account, layer }: PipelineGroup): boolean {
  return layer === 'link' && ENGINES[account.cloud] === 'terraform';
}

/** A command in a shell that has the keys of links, where it needs them. */
export function withLinkKeys(needs: boolean, command: string): string {
  return needs ? `eval "\${${LINK_KEYS}:-}" && ${command}` : command;
}

/** Name of what holds the settings of jobs of an account: an environment, or an account of a service. */
export function environmentOf({ account }: PipelineGroup, job: 'plan' | 'apply'): string {
  return `${account.name}-${job}`;
}

/** Region in which the jobs of a group begin; each stack names its own. */
export function regionOf({ account }: PipelineGroup, cloud: Cloud, { state }: Pipeline): string {
  if (cloud !== account.cloud && 'region' in state) return state.region;
  return account.regions[0] ?? '';
}

/**
 * Variables that let the provider of Oracle Cloud and the backend of its states sign as the instance that they run on.
 *
 * The provider reads `TF_VAR_auth` or `OCI_AUTH`, the backend `OCI_auth`: the case matters.
 */
export const ORACLE_ENV = { TF_VAR_auth: 'InstancePrincipal', OCI_auth: 'InstancePrincipal' } as const;

const ABOUT: Readonly<Record<PipelineEngine, string>> = {
  github: 'Workflow of GitHub Actions',
  gitlab: 'Pipeline of GitLab CI/CD',
  'argo-workflows': 'Template of Argo Workflows',
  atlantis: 'Projects of Atlantis',
};

/** The text of a document, with what it is and how jobs log in above it. */
export function written(pipeline: Pipeline, engine: PipelineEngine, value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const logins = [...new Set(pipeline.groups.flatMap((group) => group.logins))];
  const lines = [
    `${ABOUT[engine]} for the estate "${pipeline.estate}".`,
    `Written by: npx estate pipeline ${shellWord(pipeline.file)} --for ${engine}`,
    'Write it again after an edit that adds or removes stacks. What has to be set up: docs/pipeline.md of training-estate.',
    'No key is kept anywhere:',
    ...logins.flatMap((cloud) => {
      const { how, source, checked, unverified } = PIPELINE_LOGINS[cloud];
      return [
        `- ${cloud}: ${how} (${source}, ${checked})`,
        ...(unverified === undefined ? [] : [`  not verified: ${unverified}`]),
      ];
    }),
  ];
  document.commentBefore = lines.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0 });
}

/** Refuses a text that is larger than its engine takes. */
export function checkSize(text: string, most: number, engine: string, instead: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= most) return;
  throw new EstateError([
    {
      code: 'PipelineTooLarge',
      severity: 'error',
      path: '--for',
      value: bytes,
      message: `the pipeline has ${formatCount(bytes)} bytes, ${engine} takes ${formatCount(most)}`,
      hint: instead,
    },
  ]);
}
