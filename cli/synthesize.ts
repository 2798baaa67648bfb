import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLOUDS, type Cloud, ENGINES } from '../estate/catalog';
import type { PlanData } from '../estate/plan/types';
import { HANDED, type HandedJob, ToolError } from './app';
import { type Cache, NO_CACHE } from './cache';
import { makeSlices, wantedSlices } from './make-slices';
import { requirePeers } from './peers';
import { CDK_LAYOUT, CDKTF_LAYOUT, type OutputLayout } from './slice-output';
import { removeStaleStacks, removeStaleTemplates } from './stale';
import { synthesisKey } from './tool-key';
import { makeFolder } from './write';

/** Where a synthesis reads from and writes to. */
export interface SynthesisOptions {
  /** What the stacks are made from: decided once, whatever becomes of the estate file meanwhile. */
  readonly plan: PlanData;
  /** Folder of the CloudFormation assembly. */
  readonly awsOutdir: string;
  /** Folder of the Terraform stacks. */
  readonly terraformOutdir: string;
  /** What earlier runs have made. @default - everything is made again */
  readonly cache?: Cache;
  /** Stacks that are wanted: others are only written where they are made together. @default - all */
  readonly stacks?: readonly string[];
  /** Whether everything stays protected, whatever `ESTATE_UNPROTECT` names. @default false */
  readonly isProtected?: boolean;
  /** Folder for what is only needed meanwhile. @default - that of the system */
  readonly scratch?: string;
  /** Called with each process that is started, so that it can be ended with this one. @default - not called */
  readonly onChild?: (child: ChildProcess) => void;
}

/** What a synthesis came to. */
export interface Synthesis {
  /** Stacks that were taken as an earlier run has made them. */
  readonly known: readonly string[];
}

/** Folder of the installed package: the sources and CDK's settings are there. */
const PACKAGE = join(__dirname, '..');

/** True when the estate has stacks for Terraform. */
export function needsTerraform(clouds: readonly Cloud[]): boolean {
  return clouds.some((cloud) => ENGINES[cloud] === 'terraform');
}

/** Synthesizes the AWS half. */
export async function synthesizeAws(options: SynthesisOptions): Promise<Synthesis> {
  const settings: { context: object } = JSON.parse(readFileSync(join(PACKAGE, 'cdk.json'), 'utf8'));
  return synthesizeHalf(options, {
    engine: 'cloudformation',
    app: 'aws',
    outdir: options.awsOutdir,
    layout: CDK_LAYOUT,
    env: {
      CDK_CONTEXT_JSON: JSON.stringify(settings.context),
      // Templates are checked by a program of their own, which knows those that were checked before.
      CDK_VALIDATION: 'false',
    },
    removeStale: removeStaleTemplates,
  });
}

/** Synthesizes the Azure, Google Cloud and Oracle Cloud half. */
export async function synthesizeTerraform(options: SynthesisOptions): Promise<Synthesis> {
  return synthesizeHalf(options, {
    engine: 'terraform',
    app: 'terraform',
    outdir: options.terraformOutdir,
    layout: CDKTF_LAYOUT,
    env: { CDKTF_CONTEXT_JSON: '{}' },
    removeStale: removeStaleStacks,
  });
}

/** What differs between the two programs that synthesize. */
interface Half {
  readonly engine: 'cloudformation' | 'terraform';
  readonly app: string;
  readonly outdir: string;
  readonly layout: OutputLayout;
  readonly env: Readonly<Record<string, string>>;
  readonly removeStale: (outdir: string) => void;
}

async function synthesizeHalf(options: SynthesisOptions, half: Half): Promise<Synthesis> {
  const clouds = CLOUDS.filter((cloud) => ENGINES[cloud] === half.engine && options.plan.clouds.includes(cloud));
  requirePeers(clouds);
  makeOutdir(half.outdir);
  const slices = wantedSlices(options.plan, options.stacks).filter(({ cloud }) => clouds.includes(cloud));
  const known = new Set<string>();
  if (slices.length === 0) {
    await runApp(half, [{ data: { ...options.plan, clouds: [] }, outdir: half.outdir }], options);
  } else {
    // What is lifted for a while, and traces of calls, are in no key.
    const isPlain = (options.isProtected || !process.env.ESTATE_UNPROTECT) && !process.env.ESTATE_DEBUG;
    const outputs = await makeSlices(slices, {
      plan: options.plan,
      cache: isPlain ? (options.cache ?? NO_CACHE) : NO_CACHE,
      tool: synthesisKey,
      layout: half.layout,
      outdir: half.outdir,
      scratch: options.scratch ?? tmpdir(),
      processes: isPlain ? processesThatFit() : 1,
      // What is lifted is looked for in the whole plan.
      run: (jobs) => runApp(half, isPlain ? jobs : jobs.map((job) => ({ ...job, data: options.plan })), options),
      onKnown: (stack) => known.add(stack),
    });
    half.layout.write(half.outdir, outputs);
    half.removeStale(half.outdir);
  }
  return { known: [...known] };
}

/** Memory that a program of a half takes for a large share of an estate, in bytes. */
const PROGRAM_BYTES = 400 * 1024 * 1024;

function processesThatFit(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / PROGRAM_BYTES)));
}

/** Makes the folder of an output, so that one that cannot be written to is said in one sentence. */
function makeOutdir(outdir: string): void {
  try {
    makeFolder(outdir);
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
async function runApp({ app, env }: Half, jobs: readonly HandedJob[], options: SynthesisOptions): Promise<void> {
  await runProgram(app, jobs, {
    env: { ...env, ...(options.isProtected && { ESTATE_UNPROTECT: '' }), ...HANDED },
    onChild: options.onChild,
  });
}

/** Runs a program of `bin/` on data that it reads from its standard input; what it printed. */
export async function runProgram(
  name: string,
  input: unknown,
  options: { readonly env?: Readonly<Record<string, string>>; readonly onChild?: (child: ChildProcess) => void } = {},
): Promise<string> {
  // Compiled, this file lies one folder deeper.
  const loader = ['bin', '../bin'].map((folder) => join(PACKAGE, folder, 'load.js')).find((file) => existsSync(file));
  if (loader === undefined) throw new ToolError('bin/load.js is missing from the package', 'install the package again');
  const child = spawn(process.execPath, [loader, name], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  options.onChild?.(child);
  // A process that ends before it has read says why itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(input));
  let printed = '';
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
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
    throw new ToolError(`synthesis of ${name} failed${code === null ? ', it was stopped' : ''}\n${output}`);
  return printed;
}
