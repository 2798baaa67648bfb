import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cloud, ENGINES } from '../estate/catalog';
import type { PlanData } from '../estate/plan/types';
import { HANDED, ToolError } from './app';
import { requirePeers } from './peers';

/** Where a synthesis reads from and writes to. */
export interface SynthesisOptions {
  /** What the stacks are made from: decided once, whatever becomes of the estate file meanwhile. */
  readonly plan: PlanData;
  /** Folder of the CloudFormation assembly. */
  readonly awsOutdir: string;
  /** Folder of the Terraform stacks. */
  readonly terraformOutdir: string;
  /** Whether to check the templates with CDK's built-in validation, which takes some seconds. */
  readonly validate: boolean;
  /** Whether everything stays protected, whatever `ESTATE_UNPROTECT` names. @default false */
  readonly isProtected?: boolean;
  /** Called with each process that is started, so that it can be ended with this one. @default - not called */
  readonly onChild?: (child: ChildProcess) => void;
}

/** Folder of the installed package: the sources and CDK's settings are there. */
const PACKAGE = join(__dirname, '..');

/** True when the estate has stacks for Terraform. */
export function needsTerraform(clouds: readonly Cloud[]): boolean {
  return clouds.some((cloud) => ENGINES[cloud] === 'terraform');
}

/** Synthesizes the AWS half; returns the seconds it took. */
export async function synthesizeAws(options: SynthesisOptions): Promise<number> {
  requirePeers(options.plan.clouds.filter((cloud) => ENGINES[cloud] === 'cloudformation'));
  makeOutdir(options.awsOutdir);
  const settings: { context: object } = JSON.parse(readFileSync(join(PACKAGE, 'cdk.json'), 'utf8'));
  // Findings are read from the report, so that they belong to a stack and not to the whole run.
  const context = { ...settings.context, '@aws-cdk/core:failSynthOnValidationErrors': false };
  return runApp('aws', options, {
    CDK_OUTDIR: options.awsOutdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_VALIDATION: String(options.validate),
  });
}

/** Synthesizes the Azure, Google Cloud and Oracle Cloud half; returns the seconds it took. */
export async function synthesizeTerraform(options: SynthesisOptions): Promise<number> {
  requirePeers(options.plan.clouds.filter((cloud) => ENGINES[cloud] === 'terraform'));
  makeOutdir(options.terraformOutdir);
  return runApp('terraform', options, { CDKTF_OUTDIR: options.terraformOutdir, CDKTF_CONTEXT_JSON: '{}' });
}

/** Makes the folder of an output, so that one that cannot be written to is said in one sentence. */
function makeOutdir(outdir: string): void {
  try {
    mkdirSync(outdir, { recursive: true });
    accessSync(outdir, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(
      `${outdir} cannot be written to: ${reason}`,
      'allow this user to write there, or run elsewhere',
    );
  }
}

/** Runs an app of `bin/` in a process of its own, as the stock tools do. */
async function runApp(
  app: string,
  { plan, onChild, isProtected = false }: SynthesisOptions,
  env: Record<string, string>,
): Promise<number> {
  // Compiled, this file lies one folder deeper.
  const loader = ['bin', '../bin'].map((folder) => join(PACKAGE, folder, 'load.js')).find((file) => existsSync(file));
  if (loader === undefined) throw new ToolError('bin/load.js is missing from the package', 'install the package again');
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [loader, app], {
    env: {
      ...process.env,
      ...env,
      ...(isProtected && { ESTATE_UNPROTECT: '' }),
      ...HANDED,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onChild?.(child);
  // A process that ends before it has read says why itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(plan));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code === 2 || code === 3) throw new ToolError(output.trimEnd(), undefined, code);
  if (code !== 0)
    throw new ToolError(`synthesis of ${app} failed${code === null ? ', it was stopped' : ''}\n${output}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}
