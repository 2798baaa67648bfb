import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCloudFormationModels } from '../diff/cloudformation-stack';
import { groupBy } from '../estate/units';
import { isJsonObject, memberOf } from '../terraform/document';
import { readStacks } from '../terraform/manifest';
import { ToolError } from './app';

/** One synthesized stack, as far as reports look at it. */
export interface StackSummary {
  readonly stack: string;
  readonly resources: number;
  readonly dependsOn: readonly string[];
}

/** The stacks of a CloudFormation assembly. */
export function readAwsStacks(outdir: string): StackSummary[] {
  return readCloudFormationModels(outdir).map(({ stack, template, dependsOn }) => ({
    stack,
    resources: Object.keys(memberOf(template, 'Resources')).length,
    dependsOn,
  }));
}

/** The stacks of a folder that cdktf synthesized. */
export function readTerraformStacks(outdir: string): StackSummary[] {
  return [...readStacks(outdir).values()].map(({ name, json, dependsOn }) => {
    const byType = Object.values(memberOf(json, 'resource'));
    const resources = byType.reduce<number>((sum, byId) => sum + Object.keys(isJsonObject(byId) ? byId : {}).length, 0);
    return { stack: name, resources, dependsOn };
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
