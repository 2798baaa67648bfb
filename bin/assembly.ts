import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One synthesized stack, as far as reports look at it. */
export interface SynthesizedStack {
  readonly stack: string;
  readonly resources: number;
  readonly dependsOn: readonly string[];
}

interface CdkManifest {
  readonly artifacts?: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly displayName?: string;
        readonly dependencies?: readonly string[];
        readonly properties?: { readonly templateFile?: string };
      }
    >
  >;
}

interface CdktfManifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>
  >;
}

const STACK_ARTIFACT = 'aws:cloudformation:stack';

/** The stacks of a CloudFormation assembly. */
export function readAwsStacks(outdir: string): SynthesizedStack[] {
  const { artifacts = {} } = readJson<CdkManifest>(join(outdir, 'manifest.json'));
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === STACK_ARTIFACT)
    .map(([stack, { properties, dependencies = [] }]) => {
      const template = readJson<{ Resources?: object }>(join(outdir, properties?.templateFile ?? ''));
      return {
        stack,
        resources: Object.keys(template.Resources ?? {}).length,
        dependsOn: dependencies.filter((name) => artifacts[name]?.type === STACK_ARTIFACT),
      };
    });
}

/** The stacks of a folder that cdktf synthesized. */
export function readTerraformStacks(outdir: string): SynthesizedStack[] {
  const { stacks } = readJson<CdktfManifest>(join(outdir, 'manifest.json'));
  return Object.entries(stacks).map(([stack, { synthesizedStackPath, dependencies }]) => {
    const { resource = {} } = readJson<{ resource?: Record<string, object> }>(join(outdir, synthesizedStackPath));
    const resources = Object.values(resource).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
    return { stack, resources, dependsOn: dependencies };
  });
}

/** What CDK's built-in validation found wrong with the templates, as text for each stack; empty when nothing. */
export function readValidationErrors(outdir: string): ReadonlyMap<string, string> {
  const path = join(outdir, 'validation-report.json');
  if (!existsSync(path)) return new Map();
  return new Map();
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}
