import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanData } from '../estate/plan/types';
import { formatHeadline } from '../estate/report/views';
import { counted } from '../estate/spec/words';
import { resolveEstate } from './app';
import { readAwsStacks, readTerraformStacks, type StackSummary } from './assembly';
import type { Cache } from './cache';
import { needsTerraform, synthesizeAws, synthesizeTerraform } from './synthesize';

/** Runs `estate synth`: writes the stacks of all clouds and says how many there are. */
export async function synth(file: string, cache: Cache): Promise<void> {
  const { plan } = resolveEstate(file);
  const stacks = await synthesize(plan.data, 'cdk.out', 'cdktf.out', cache);
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  process.stdout.write(
    `${formatHeadline(plan)}\nsynthesized ${counted(stacks.length, 'stack')} with ${counted(resources, 'resource')}\n`,
  );
}

/** Synthesizes the clouds of a plan side by side. */
export async function synthesize(
  plan: PlanData,
  awsOutdir: string,
  terraformOutdir: string,
  cache: Cache,
): Promise<StackSummary[]> {
  const { clouds } = plan;
  const options = { plan, awsOutdir, terraformOutdir, cache };
  // A half that left the estate is written too, without stacks, where an earlier run wrote it.
  await Promise.all([
    (clouds.includes('aws') || existsSync(join(awsOutdir, 'manifest.json'))) && synthesizeAws(options),
    (needsTerraform(clouds) || existsSync(join(terraformOutdir, 'manifest.json'))) && synthesizeTerraform(options),
  ]);
  return [
    ...(clouds.includes('aws') ? readAwsStacks(awsOutdir) : []),
    ...(needsTerraform(clouds) ? readTerraformStacks(terraformOutdir) : []),
  ];
}
