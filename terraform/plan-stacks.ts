import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeCrashLog } from '../provider/crash-log';
import { asExpected, OfflineError } from '../provider/errors';
import { loadProvider } from '../provider/schema';
import { serveProviders } from '../provider/server';
import { findTerraform, runTerraform, type TerraformBinary, type TerraformRun, terraformEnvironment } from './binary';
import {
  countChanges,
  describeDiagnostic,
  type OfflineDiagnostic,
  readReport,
  type TerraformReport,
} from './diagnostics';
import { type JsonObject, readDocument, relocate, statesRead } from './document';
import { readStacks, type SynthesizedStack } from './manifest';
import { openRealProviders, type RealProviders } from './no-credentials/real-providers';
import { type PlanMemory, planKey } from './plan-memory';
import { inOrder } from './schedule';
import { type Scratch, withScratch } from './scratch';

/** What the offline plan of one stack came to. */
export interface StackPlanResult {
  readonly stack: string;
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
  readonly seconds: number;
  /** Problems and warnings, each with the resource and the construct it is about. */
  readonly diagnostics: readonly OfflineDiagnostic[];
  /** Everything that stopped the plan, as text; absent when the plan is complete. */
  readonly error?: string;
  /** Terraform's own text of the plan, when it was asked for. */
  readonly details?: string;
  /** The plan as `terraform show -json` prints it, when it was asked for. */
  readonly json?: string;
  /** Stacks whose outputs were made up by the local provider, because this plan of real providers reads them. */
  readonly assumes?: readonly string[];
  /** True when nothing was planned: an earlier run has planned the same. */
  readonly isKnown?: boolean;
}

/** What to plan, and how. */
export interface PlanStacksOptions {
  /** Output folder of a cdktf synthesis: `manifest.json` and `stacks/NAME/cdk.tf.json`. */
  readonly outdir: string;
  /** Stacks to report. @default every stack of the manifest */
  readonly stacks?: readonly string[];
  /** Stacks planned at the same time. @default as many as there are processors */
  readonly parallelism?: number;
  /** Whether to keep Terraform's own text of each plan. @default false */
  readonly details?: boolean;
  /** Whether to keep each plan as JSON, which scanners read. @default false */
  readonly json?: boolean;
  /** Who plans: the local provider, or the real ones with placeholder credentials. @default 'local' */
  readonly providers?: 'local' | 'real';
  /** What earlier runs came to; plans of real providers are always made again. @default - every stack is planned */
  readonly memory?: PlanMemory;
  /** Called when the plan of a stack begins. @default - nothing is called */
  readonly onStart?: (stack: string) => void;
  /** Called when a stack is done, in the order in which they end. @default - nothing is called */
  readonly onProgress?: (done: StackPlanResult, count: number, total: number) => void;
}

/** Files of a stack's folder that belong to the user's own runs of Terraform. */
const NOT_COPIED = /^(cdk\.tf\.json|\.terraform.*|plan|terraform\.tfstate.*|.*\.tfstate(\.backup)?)$/;

const PLAN_FILE = 'offline.tfplan';

const STATE_FILE = 'terraform.tfstate';

/** Folder, in the scratch folder, of the plans that real providers make. */
const REAL_PLANS = '.real';

type Outcome = Omit<StackPlanResult, 'stack' | 'seconds'>;

interface StackRun {
  readonly binary: TerraformBinary;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly scratch: Scratch;
}

function terraform({ binary, folder, env, scratch }: StackRun, ...args: readonly string[]): Promise<TerraformRun> {
  return runTerraform(binary, args, { cwd: folder, env, onStart: scratch.follow });
}

function layOut(stack: SynthesizedStack, folder: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(stack.folder)) {
    if (!NOT_COPIED.test(entry)) cpSync(join(stack.folder, entry), join(folder, entry), { recursive: true });
  }
  writeFileSync(join(folder, 'cdk.tf.json'), text);
}

function failure(run: TerraformRun, report: TerraformReport): string | undefined {
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors.map(describeDiagnostic).join('\n');
  if (run.exitCode === 0) return undefined;
  const output = `${run.stderr}\n${run.stdout}`.trim();
  const how =
    run.signal === undefined
      ? `with exit code ${run.exitCode} and no diagnostics`
      : `by ${run.signal}, from outside; where memory is short, plan fewer stacks at the same time`;
  return `terraform ended ${how}; ${writeCrashLog(output)}\n${output.slice(-800)}`.trim();
}

/** What becomes of a plan, besides its report. */
interface Kept {
  readonly details: boolean;
  readonly json: boolean;
}

interface Wants extends Kept {
  readonly init: boolean;
  readonly apply: boolean;
}

async function planIn(run: StackRun, json: JsonObject, text: string, wants: Wants): Promise<Outcome> {
  if (wants.init) {
    const init = await terraform(run, 'init', '-no-color');
    if (init.exitCode !== 0) throw new OfflineError(init.stderr.trim(), 'modules must be local to be planned offline');
  }
  const keep = wants.apply || wants.details || wants.json ? [`-out=${PLAN_FILE}`] : [];
  const planned = await terraform(run, 'plan', '-json', '-lock=false', ...keep);
  const report = readReport(planned.stdout, json, text);
  let error = failure(planned, report);
  if (error === undefined && wants.apply) {
    const applied = await terraform(run, 'apply', '-json', '-lock=false', PLAN_FILE);
    error = failure(applied, readReport(applied.stdout, json, text));
  }
  const show = async (isWanted: boolean, form: string) =>
    error === undefined && isWanted ? (await terraform(run, 'show', form, PLAN_FILE)).stdout : undefined;
  return {
    ...countChanges(report),
    diagnostics: report.diagnostics,
    error,
    details: await show(wants.details, '-no-color'),
    json: await show(wants.json, '-json'),
  };
}

function failed(thrown: unknown): Outcome {
  const error = asExpected(thrown);
  if (!(error instanceof OfflineError)) throw error;
  const counts = { created: 0, updated: 0, replaced: 0, destroyed: 0, diagnostics: [] };
  return { ...counts, error: `${error.message}\n  ${error.hint}` };
}

/** The stacks asked for, and all whose state they read, with what each reads. */
function selected(
  stacks: ReadonlyMap<string, SynthesizedStack>,
  names: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const documents = new Map<string, JsonObject>([...stacks].map(([name, { json }]) => [name, json]));
  const reads = new Map<string, ReadonlyMap<string, string>>();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const json = documents.get(name);
    if (json === undefined) {
      throw new OfflineError(`there is no stack ${name}`, `the stacks are ${[...documents.keys()].sort().join(', ')}`);
    }
    if (reads.has(name)) continue;
    const read = statesRead(json, documents);
    reads.set(name, read);
    queue.push(...read.values());
  }
  return reads;
}

/** Plans stacks that were synthesized together, each in a folder of its own. */
class StackPlanner {
  /** Stacks whose outputs can be read. */
  private readonly applied = new Set<string>();

  constructor(
    private readonly binary: TerraformBinary,
    private readonly scratch: Scratch,
    private readonly keeps: Kept,
    private readonly real: RealProviders | undefined,
  ) {}

  /** Plans a stack; one that others read is applied too, but never by a real provider. */
  async plan(stack: SynthesizedStack, sources: ReadonlyMap<string, string>, isRead: boolean): Promise<Outcome> {
    const broken = [...sources.values()].find((name) => !this.applied.has(name));
    if (broken !== undefined) {
      throw new OfflineError(`it reads the outputs of ${broken}, which cannot be planned`, `put ${broken} right first`);
    }
    const states = new Map([...sources].map(([data, name]) => [data, join(this.scratch.folder, name, STATE_FILE)]));
    const text = JSON.stringify(relocate(stack.json, states), null, 1);
    if (this.real === undefined) return this.planLocally(stack, text, isRead);
    const applied = isRead ? await this.planLocally(stack, text, true) : undefined;
    const planned = await this.planReally(this.real, stack, text);
    const errors = [
      ...(planned.error === undefined ? [] : [planned.error]),
      ...(applied?.error === undefined ? [] : [`its outputs, which others read, cannot be made up: ${applied.error}`]),
    ];
    return {
      ...planned,
      ...(errors.length > 0 && { error: errors.join('\n') }),
      ...(sources.size > 0 && { assumes: [...new Set(sources.values())].sort() }),
    };
  }

  private async planLocally(stack: SynthesizedStack, text: string, apply: boolean): Promise<Outcome> {
    const { binary, scratch } = this;
    const { releases, types, hasModules } = readDocument(stack.json);
    const folder = join(scratch.folder, stack.name);
    layOut(stack, folder, text);
    // Here, where a schema that cannot be read is an error of the stack, and not of Terraform.
    for (const { name, version } of releases) loadProvider(name, version);
    const servers = await serveProviders({ providers: releases, mode: 'scratch', types });
    try {
      const env = terraformEnvironment({
        TF_REATTACH_PROVIDERS: servers.reattach,
        TF_CLI_CONFIG_FILE: scratch.cliConfig,
      });
      const wants = { init: hasModules, apply, ...this.keeps };
      const outcome = await planIn({ binary, folder, env, scratch }, stack.json, text, wants);
      if (apply && outcome.error === undefined) this.applied.add(stack.name);
      return outcome;
    } finally {
      servers.close();
    }
  }

  private planReally({ env }: RealProviders, stack: SynthesizedStack, text: string): Promise<Outcome> {
    const { binary, scratch } = this;
    const folder = join(scratch.folder, REAL_PLANS, stack.name);
    layOut(stack, folder, text);
    const wants = { init: true, apply: false, ...this.keeps };
    return planIn({ binary, folder, env, scratch }, stack.json, text, wants);
  }
}

/**
 * Plans the Terraform stacks of a synthesized output folder in a scratch folder, with the local or with real providers.
 *
 * A stack that reads another one's state is planned on top of an offline apply of that stack; all others run in parallel.
 */
export async function planStacks(options: PlanStacksOptions): Promise<StackPlanResult[]> {
  const stacks = readStacks(options.outdir);
  const wanted = options.stacks ?? [...stacks.keys()];
  const binary = await findTerraform();
  const memory = memoryOf(options, stacks, selected(stacks, wanted), binary);
  const known = wanted.flatMap((name) => memory.recall(name) ?? []);
  const unknown = wanted.filter((name) => known.every(({ stack }) => stack !== name));
  known.forEach((result, index) => {
    options.onProgress?.(result, index + 1, wanted.length);
  });
  if (unknown.length === 0) return byName(known);
  const reads = selected(stacks, unknown);
  const read = new Set([...reads.values()].flatMap((names) => [...names.values()]));
  return withScratch(async (scratch) => {
    const documents = [...stacks.values()].filter(({ name }) => reads.has(name)).map(({ json }) => json);
    const real = options.providers === 'real' ? await openRealProviders({ binary, scratch, documents }) : undefined;
    const keeps = { details: options.details === true, json: options.json === true };
    const planner = new StackPlanner(binary, scratch, keeps, real);
    const results = new Map<string, StackPlanResult>();
    let done = known.length;
    const planOne = async (name: string): Promise<void> => {
      const stack = stacks.get(name);
      if (stack === undefined) return;
      const started = performance.now();
      if (unknown.includes(name)) options.onStart?.(name);
      const sources = reads.get(name) ?? new Map<string, string>();
      let outcome: Outcome;
      try {
        outcome = await planner.plan(stack, sources, read.has(name));
      } catch (error) {
        outcome = failed(error);
      }
      const result = { stack: name, ...outcome, seconds: Math.round(performance.now() - started) / 1000 };
      results.set(name, result);
      memory.keep(result);
      if (!unknown.includes(name)) return;
      done += 1;
      options.onProgress?.(result, done, wanted.length);
    };
    const before = new Map([...reads].map(([name, sources]) => [name, [...sources.values()]]));
    try {
      await inOrder(before, options.parallelism ?? availableParallelism(), planOne);
    } finally {
      real?.close();
    }
    return byName([...known, ...[...results.values()].filter(({ stack }) => unknown.includes(stack))]);
  });
}

function byName(results: readonly StackPlanResult[]): StackPlanResult[] {
  return [...results].sort((one, other) => (one.stack < other.stack ? -1 : 1));
}

/** What a run knows and keeps of plans. */
interface RunMemory {
  recall(name: string): StackPlanResult | undefined;
  keep(result: StackPlanResult): void;
}

const NO_MEMORY: RunMemory = { recall: () => undefined, keep: () => undefined };

/** The memory of one run; only complete plans are kept. */
function memoryOf(
  { memory, details = false, json, providers }: PlanStacksOptions,
  stacks: ReadonlyMap<string, SynthesizedStack>,
  reads: ReadonlyMap<string, ReadonlyMap<string, string>>,
  binary: TerraformBinary,
): RunMemory {
  if (memory === undefined || json || providers === 'real') return NO_MEMORY;
  const keys = new Map(
    [...reads.keys()].map((name) => [name, planKey(name, { tool: memory.tool, binary, details, stacks, reads })]),
  );
  return {
    recall: (name) => {
      const key = keys.get(name);
      const found = key === undefined ? undefined : memory.get(key);
      return isResultOf(name, found) ? { ...found, seconds: 0, isKnown: true } : undefined;
    },
    keep: (result) => {
      const key = result.error === undefined ? keys.get(result.stack) : undefined;
      if (key !== undefined) memory.put(key, result);
    },
  };
}

function isResultOf(name: string, found: unknown): found is StackPlanResult {
  return typeof found === 'object' && found !== null && 'stack' in found && found.stack === name;
}
