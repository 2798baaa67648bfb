import { readCloudFormationModels } from '../diff/cloudformation-stack';
import { isJsonObject, memberOf } from '../terraform/document';
import { readStacks } from '../terraform/manifest';

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
