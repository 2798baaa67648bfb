import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './cli';
import { withFolder } from './synth';

/** What GitHub's own parser finds wrong with workflows: keys, expressions, references between jobs. */
export function workflowErrors(...texts: readonly string[]): Promise<string[][]> {
  return withFolder((folder) => {
    const files = texts.map((text, index) => {
      const path = join(folder, `${index}.yml`);
      writeFileSync(path, text);
      return path;
    });
    const loader = ['--import', `file://${join(ROOT, 'node_modules/tsx/dist/esm/index.mjs')}`];
    const done = spawnSync(process.execPath, [...loader, join(__dirname, 'check-workflows.mjs'), ...files], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout.replaceAll(`${folder}/`, ''));
  });
}

/**
 * GitLab's JSON Schema of pipelines (app/assets/javascripts/editor/schema/ci.json of GitLab, MIT), without its texts;
 * as the package gitlab-ci-local 4.64.0 has it.
 */
const GITLAB_SCHEMA = join(__dirname, 'gitlab-ci.schema.json.gz');
const gitlab = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
  JSON.parse(gunzipSync(readFileSync(GITLAB_SCHEMA)).toString('utf8')),
);

/** What GitLab's schema finds wrong with a pipeline. */
export function gitlabErrors(text: string): string[] {
  gitlab(parse(text));
  return (gitlab.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the types of Argo Workflows, which are made from its API, find wrong with a template: unknown keys too. */
export function argoErrors(text: string): Promise<string> {
  return withFolder((folder) => {
    const models = join(ROOT, 'node_modules/@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/WorkflowTemplate');
    const file = join(folder, 'template.ts');
    const value = JSON.stringify(parse(text), undefined, 2);
    writeFileSync(
      file,
      `import type { IWorkflowTemplate } from ${JSON.stringify(models)};\nexport const template: IWorkflowTemplate = ${value};\n`,
    );
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--pretty',
      'false',
    ];
    const done = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, file], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    return done.stdout.replaceAll(`${folder}/`, '');
  });
}

const text = z.string().min(1);
const stage = z.strictObject({
  steps: z.array(
    z.union([
      z.enum(['init', 'plan', 'apply']),
      z.strictObject({ run: text }),
      z.strictObject({
        env: z.union([z.strictObject({ name: text, value: text }), z.strictObject({ name: text, command: text })]),
      }),
    ]),
  ),
});
const requirement = z.enum(['approved', 'mergeable', 'undiverged']);

/**
 * Keys of atlantis.yaml that are used, as Atlantis 0.3x takes them: it publishes no schema.
 *
 * Its source: server/core/config/raw/repo_cfg.go, project.go, autoplan.go, workflow.go and step.go, read 2026-11.
 */
const ATLANTIS = z.strictObject({
  version: z.literal(3),
  automerge: z.boolean(),
  parallel_plan: z.boolean(),
  parallel_apply: z.boolean(),
  abort_on_execution_order_fail: z.boolean(),
  projects: z.array(
    z.strictObject({
      // Nothing that a URL would escape.
      name: z.string().regex(/^[\w.~/-]+$/),
      branch: z
        .string()
        .regex(/^\/.+\/$/)
        .optional(),
      dir: z.string().refine((dir) => !dir.includes('..')),
      workflow: text,
      execution_order_group: z.int(),
      depends_on: z.array(text).optional(),
      autoplan: z.strictObject({ enabled: z.boolean(), when_modified: z.array(text) }),
      plan_requirements: z.array(requirement).optional(),
      apply_requirements: z.array(requirement).optional(),
    }),
  ),
  workflows: z.record(text, z.strictObject({ plan: stage, apply: stage })),
});

/** What is wrong with the projects of Atlantis. */
export function atlantisErrors(yaml: string): string[] {
  const { error } = ATLANTIS.safeParse(parse(yaml));
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
