import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App as CdkApp } from 'aws-cdk-lib/core';
import { dropTokenStackTraces, resolveOnce, App as TerraformApp } from '../../constructs/cdktf';
import type { StacksPlan } from '../../estate/plan/types';

/** CDK's settings, which the stock tool hands to the app. */
const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

/** Runs a body with a folder of its own that is gone afterwards. */
export async function withFolder<T>(body: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'estate-test-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Synthesizes the stacks of every cloud of a plan into `cdk.out` and `cdktf.out` below a folder, or into one folder. */
export function synthesizePlan(plan: StacksPlan, folder: string, outdir?: string): void {
  if (plan.clouds.includes('aws')) {
    const aws: typeof import('../../stacks/aws') = require('../../stacks/aws');
    const app = new CdkApp({
      outdir: outdir ?? join(folder, 'cdk.out'),
      context: { ...context, 'aws:cdk:disable-creation-stack-traces': true },
      builtinCloudFormationValidation: false,
    });
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // as bin/aws.ts does
    try {
      aws.addStacks(app, plan);
      app.synth();
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
  if (plan.clouds.every((cloud) => cloud === 'aws')) return;
  dropTokenStackTraces(); // as bin/terraform.ts does
  resolveOnce();
  const app = new TerraformApp({ outdir: outdir ?? join(folder, 'cdktf.out') });
  const stacks = {
    azure: (): typeof import('../../stacks/azure') => require('../../stacks/azure'),
    google: (): typeof import('../../stacks/google') => require('../../stacks/google'),
    oracle: (): typeof import('../../stacks/oracle') => require('../../stacks/oracle'),
  };
  for (const cloud of plan.clouds) if (cloud !== 'aws') stacks[cloud]().addStacks(app, plan);
  app.synth();
}

/** Every file below a folder with its text, by path. */
export function readTree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
