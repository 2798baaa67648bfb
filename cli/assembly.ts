import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../estate/units';
import { ToolError } from './app';

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

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly severity: string;
      readonly violatingConstructs: readonly {
        readonly constructPath: string;
        readonly cloudFormationResource: { readonly templatePath: string; readonly propertyPaths?: readonly string[] };
      }[];
    }[];
  }[];
}

/** Something that CDK's built-in validation finds wrong with a template. */
export interface TemplateError {
  /** Path of the construct. */
  readonly construct: string;
  readonly text: string;
}

/** What CDK's built-in validation finds wrong with the templates, by stack; warnings are no errors. */
export function readValidationErrors(outdir: string): ReadonlyMap<string, readonly TemplateError[]> {
  const path = join(outdir, 'validation-report.json');
  if (!existsSync(path)) throw new ToolError('CDK wrote no validation report', 'unset CDK_VALIDATION and plan again');
  const found = readJson<ValidationReport>(path)
    .pluginReports.flatMap(({ violations }) => violations)
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath, cloudFormationResource: { templatePath } }) => ({
        stack: templatePath.replace(/\.template\.json$/, ''),
        construct: constructPath,
        text: `${constructPath}: ${description} (${ruleName})`,
      })),
    );
  return new Map(
    [...groupBy(found, ({ stack }) => stack)].map(([stack, errors]) => [
      stack,
      errors.map(({ construct, text }) => ({ construct, text })),
    ]),
  );
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}
