import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Scanner } from '../../estate/catalog/findings';
import { ROOT } from '../documents';
import type { Found } from './judge';
import { cloudFormationResources, type Resource } from './resources';

interface Violation {
  /** Of cdk-nag with what it is of in brackets. */
  readonly ruleName: string;
  readonly description: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly Violation[];
    readonly suppressedViolations?: readonly Violation[];
  }[];
}

/** Who writes a part of the report, by the name of the plugin. */
const PLUGINS: Readonly<Record<string, Scanner>> = { AwsSolutions: 'cdk-nag', 'CloudFormation Validate': 'cdk' };

/** How to look at stacks of AWS. */
export interface NagOptions {
  /** Folder of the assembly. */
  readonly outdir: string;
  /** Makes the stacks. */
  readonly addStacks: (app: App) => void;
  /** Whether CDK checks the templates as well, which takes some seconds. */
  readonly validate: boolean;
}

/** Synthesizes stacks of AWS with cdk-nag, and says what it finds: what constructs acknowledge, and what they do not. */
export function nag({ outdir, addStacks, validate }: NagOptions): Found[] {
  const { context }: { context: object } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const app = new App({
    outdir,
    autoSynth: false,
    builtinCloudFormationValidation: validate,
    context: {
      ...context,
      'aws:cdk:disable-creation-stack-traces': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      '@aws-cdk/core:stackResourceLimit': 0,
    },
  });
  addStacks(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  const report: ValidationReport = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  const resources = new Map(cloudFormationResources(outdir).map((row) => [`${row.stack}/${row.path}`, row]));
  return report.pluginReports.flatMap(({ pluginName, violations, suppressedViolations = [] }) => {
    const tool = PLUGINS[pluginName];
    if (tool === undefined) throw new Error(`the validation report has a plugin "${pluginName}", which nobody reads`);
    return [...violations, ...suppressedViolations].flatMap((violation) => foundOf(tool, violation, resources));
  });
}

function foundOf(tool: Scanner, violation: Violation, resources: ReadonlyMap<string, Resource>): Found[] {
  const [, rule = '', of] = /^([^[]*)(?:\[(.*)\])?$/s.exec(violation.ruleName) ?? [];
  return violation.violatingConstructs.map(({ constructPath }) => {
    const resource = resources.get(constructPath);
    if (resource === undefined) throw new Error(`${violation.ruleName} names ${constructPath}, which is no resource`);
    return { ...resource, tool, rule, of, message: violation.description, acknowledged: violation.reason };
  });
}
