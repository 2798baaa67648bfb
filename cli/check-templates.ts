import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CloudFormationStackModel, readCloudFormationModels } from '../diff/cloudformation-stack';
import { type Cache, hashOf } from './cache';
import { runProgram } from './synthesize';
import { versionOf } from './tool-key';

/** Something that CDK's built-in validation finds wrong with a template. */
export interface TemplateError {
  /** Path of the construct. */
  readonly construct: string;
  readonly text: string;
}

/** What the validation says of a template. */
export interface CheckedTemplate {
  readonly errors: readonly TemplateError[];
  /** Whether an earlier run has checked it. */
  readonly isKnown: boolean;
}

/** What is wrong with a template, wherever the construct lies that a resource comes from. */
interface Verdict {
  readonly logicalId?: string;
  readonly text: string;
}

/** What CDK's built-in validation finds wrong with the templates of stacks, by stack; warnings are no errors. */
export async function checkTemplates(
  outdir: string,
  stacks: readonly string[],
  { cache, onChild }: { readonly cache: Cache; readonly onChild?: (child: ChildProcess) => void },
): Promise<ReadonlyMap<string, CheckedTemplate>> {
  const models = readCloudFormationModels(outdir).filter(({ stack }) => stacks.includes(stack));
  const keyed = models.map((model) => ({ model, key: keyOf(outdir, model) }));
  const verdicts = new Map<string, readonly Verdict[]>();
  const known = new Set<string>();
  for (const { model, key } of keyed) {
    // Only what is right is kept.
    if (cache.get('templates', key) === 'right') known.add(model.stack);
  }
  const unknown = keyed.filter(({ model }) => !known.has(model.stack));
  if (unknown.length > 0) {
    const input = unknown.map(({ model }) => {
      const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(model.environment) ?? [];
      return { stack: model.stack, file: fileOf(outdir, model), account, region };
    });
    const found: readonly (Verdict & { readonly file: string })[] = JSON.parse(
      await runProgram('check-templates', input, { onChild }),
    );
    for (const { model, key } of unknown) {
      const own = found.filter(({ file }) => file === fileOf(outdir, model));
      verdicts.set(model.stack, own);
      if (own.length === 0) cache.put('templates', key, 'right');
    }
  }
  return new Map(
    models.map((model) => {
      const errors = errorsOf(model, verdicts.get(model.stack) ?? []);
      return [model.stack, { errors, isKnown: known.has(model.stack) }];
    }),
  );
}

const keyOf = (outdir: string, model: CloudFormationStackModel) =>
  hashOf(versionOf('aws-cdk-lib'), model.environment, readFileSync(fileOf(outdir, model), 'utf8'));

const fileOf = (outdir: string, { stack }: CloudFormationStackModel) => resolve(join(outdir, `${stack}.template.json`));

function errorsOf({ stack, paths }: CloudFormationStackModel, verdicts: readonly Verdict[]): TemplateError[] {
  return verdicts.map(({ logicalId, text }) => {
    const path = logicalId === undefined ? undefined : paths.get(logicalId);
    const construct = path === undefined ? stack : `${stack}/${path}`;
    return { construct, text: `${construct}: ${text}` };
  });
}
