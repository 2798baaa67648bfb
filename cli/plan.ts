import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ENGINES } from '../estate/catalog';
import { formatHeadline, type StackRow, stackRows } from '../estate/report/views';
import { counted } from '../estate/spec/words';
import type { StackPlanResult } from '../terraform';
import type { PlanMemory } from '../terraform/plan-memory';
import { withScratch } from '../terraform/scratch';
import { type ResolvedEstate, ToolError } from './app';
import { readAwsStacks } from './assembly';
import { type Cache, NO_CACHE } from './cache';
import { checkTemplates } from './check-templates';
import { type EstateFinder, estateFinder } from './estate-key';
import { type Finding, formatFindings, inSeconds, type PlannedStack, type PlanReport, planReport } from './plan-report';
import { Progress } from './progress';
import { settle } from './settle';
import { type SynthesisOptions, synthesizeAws, synthesizeTerraform } from './synthesize';
import { templateDetails } from './template-details';
import { planningKey } from './tool-key';

/** Which stacks to plan, and what to keep. */
export interface PlanOptions {
  /** Pattern with `*` and `?` that the names of stacks must match. @default every stack */
  readonly pattern?: string;
  /** Names of the stacks that are planned, instead of a pattern; offline only. @default those that match the pattern */
  readonly stacks?: readonly string[];
  /** Whether to keep the tool's own text of each plan. @default false */
  readonly details?: boolean;
  /** What earlier runs have made. @default - everything is made again */
  readonly cache?: Cache;
  /** Who plans Terraform stacks: the local provider, or real ones with placeholder credentials. @default 'local' */
  readonly providers?: 'local' | 'real';
}

/** What the plans of one run share. */
interface PlanRun {
  readonly wanted: readonly StackRow[];
  readonly synthesis: SynthesisOptions;
  readonly cache: Cache;
  readonly progress: Progress;
  readonly find: EstateFinder;
  readonly details: boolean;
  readonly providers: 'local' | 'real';
}

interface PlannedHalf {
  readonly stacks: readonly PlannedStack[];
  readonly details: readonly string[];
}

/** How each kind of plan is announced. */
const ANNOUNCED = { local: 'offline', real: 'with the real providers and no credentials' } as const;

const NOTHING: PlannedHalf = { stacks: [], details: [] };

/** Synthesizes the estate into a scratch folder and plans every matching stack there, without an account. */
export async function planOffline(estate: ResolvedEstate, options: PlanOptions): Promise<PlanReport> {
  const { plan } = estate;
  const wanted = chosenRows(stackRows(plan), options);
  const started = performance.now();
  return withScratch(async ({ folder, follow }) => {
    process.stderr.write(`${formatHeadline(plan)}\n`);
    const { providers = 'local', details = false, cache = NO_CACHE } = options;
    const title = `planning ${counted(wanted.length, 'stack')} ${ANNOUNCED[providers]}, ${availableParallelism()} at a time`;
    const progress = new Progress(title, wanted.length);
    const synthesis: SynthesisOptions = {
      plan: plan.data,
      awsOutdir: join(folder, 'cdk.out'),
      terraformOutdir: join(folder, 'cdktf.out'),
      cache,
      stacks: wanted.map(({ stack }) => stack),
      scratch: folder,
      onChild: follow,
    };
    const run: PlanRun = { wanted, synthesis, cache, progress, find: estateFinder(estate), details, providers };
    try {
      const [aws, terraform] = await settle([planAws(run), planTerraform(run)]);
      sayKnown([...aws.stacks, ...terraform.stacks], cache);
      return planReport(
        inOrderOf(wanted, [...aws.stacks, ...terraform.stacks]),
        [...aws.details, ...terraform.details],
        performance.now() - started,
      );
    } finally {
      progress.end();
    }
  });
}

/** Says what was taken from where, since it is no answer of this run. */
function sayKnown(stacks: readonly PlannedStack[], { folder }: Cache): void {
  const known = stacks.filter(({ isKnown }) => isKnown).length;
  if (known === 0) return;
  const what = known === stacks.length ? 'all' : `${known} of ${stacks.length}`;
  process.stderr.write(
    `${what} stacks are as an earlier run planned them, in ${folder}; --no-cache plans them again\n`,
  );
}

/** Plans in the order in which the estate lists the stacks; throws when they are not the same ones. */
export function inOrderOf(rows: readonly StackRow[], stacks: readonly PlannedStack[]): PlannedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.stack, stack]));
  const listed = rows.flatMap(({ stack }) => byName.get(stack) ?? []);
  const unplanned = rows.filter(({ stack }) => !byName.has(stack)).map(({ stack }) => stack);
  const unlisted = stacks.filter(({ stack }) => rows.every((row) => row.stack !== stack)).map(({ stack }) => stack);
  if (unplanned.length > 0) throw new ToolError(`not planned, though of the estate: ${unplanned.join(', ')}`);
  if (unlisted.length > 0) throw new ToolError(`planned, though not of the estate: ${unlisted.join(', ')}`);
  return listed;
}

async function planAws({ wanted, synthesis, cache, progress, find, details }: PlanRun): Promise<PlannedHalf> {
  const rows = wanted.filter(({ cloud }) => ENGINES[cloud] === 'cloudformation');
  if (rows.length === 0) return NOTHING;
  progress.begin('synthesis for AWS');
  const started = performance.now();
  const { known } = await synthesizeAws(synthesis);
  progress.pause('synthesis for AWS');
  const synthesized = new Map(readAwsStacks(synthesis.awsOutdir).map((stack) => [stack.stack, stack]));
  const names = rows.map(({ stack }) => stack);
  const verdicts = await checkTemplates(synthesis.awsOutdir, names, { cache, onChild: synthesis.onChild });
  // CDK synthesizes and checks all stacks in one run, of which each that was not known has its share.
  const isKnown = (stack: string) => known.includes(stack) && verdicts.get(stack)?.isKnown === true;
  const share = (performance.now() - started) / Math.max(1, names.filter((stack) => !isKnown(stack)).length);
  const stacks = rows.map((row): PlannedStack => {
    const made = synthesized.get(row.stack);
    if (made === undefined) throw new ToolError(`CDK did not write ${row.stack}, which the estate has`);
    const seconds = isKnown(row.stack) ? 0 : inSeconds(share);
    const findings = (verdicts.get(row.stack)?.errors ?? []).map(
      ({ construct, text }): Finding => ({ ...find(row.stack, construct), address: '', construct, text }),
    );
    const state = findings.length > 0 ? 'failed' : isKnown(row.stack) ? 'known' : 'done';
    progress.step(row.stack, { seconds, state });
    return {
      ...row,
      tool: 'cdk',
      created: made.resources,
      updated: 0,
      replaced: 0,
      destroyed: 0,
      seconds,
      ...(isKnown(row.stack) && { isKnown: true }),
      ...(findings.length > 0 && { error: formatFindings(findings), findings }),
    };
  });
  return { stacks, details: details ? rows.map(({ stack }) => templateDetails(synthesis.awsOutdir, stack)) : [] };
}

async function planTerraform(run: PlanRun): Promise<PlannedHalf> {
  const { synthesis, progress, details, providers } = run;
  const rows = new Map(run.wanted.filter(({ cloud }) => ENGINES[cloud] === 'terraform').map((row) => [row.stack, row]));
  if (rows.size === 0) return NOTHING;
  const { planStacks }: typeof import('../terraform') = require('../terraform');
  progress.begin('synthesis for Terraform');
  await synthesizeTerraform(synthesis);
  progress.pause('synthesis for Terraform');
  const results = await planStacks({
    outdir: synthesis.terraformOutdir,
    stacks: [...rows.keys()],
    details,
    providers,
    memory: memoryIn(run.cache),
    onStart: (stack) => progress.begin(stack),
    onProgress: ({ stack, seconds, error, isKnown }) =>
      progress.step(stack, { seconds, state: error ? 'failed' : isKnown ? 'known' : 'done' }),
  });
  return {
    stacks: results.flatMap((result) => {
      const row = rows.get(result.stack);
      return row === undefined ? [] : [terraformStack(row, result, run.find)];
    }),
    details: results.flatMap((result) => (result.details === undefined ? [] : [result.details])),
  };
}

/** Where offline plans of earlier runs are found; nowhere without a cache. */
function memoryIn(cache: Cache): PlanMemory | undefined {
  if (cache.folder === undefined) return undefined;
  return {
    tool: planningKey(),
    get: (key) => cache.get('plans', key),
    put: (key, value) => cache.put('plans', key, value),
  };
}

/** The plan of a Terraform stack, with its problems traced to the estate file. */
export function terraformStack(row: StackRow, result: StackPlanResult, find: EstateFinder): PlannedStack {
  const { created, updated, replaced, destroyed, assumes, isKnown } = result;
  const findings = findingsOf(row.stack, result, find);
  const error = result.error === undefined ? undefined : errorOf(result.error, findings);
  return {
    ...row,
    tool: 'terraform',
    created,
    updated,
    replaced,
    destroyed,
    seconds: inSeconds(result.seconds * 1000),
    ...(error !== undefined && { error }),
    ...(findings.length > 0 && { findings }),
    ...(assumes && { assumes }),
    ...(isKnown && { isKnown }),
  };
}

function findingsOf(stack: string, { diagnostics }: StackPlanResult, find: EstateFinder): Finding[] {
  const { describeDiagnostic }: typeof import('../terraform') = require('../terraform');
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({
      ...(diagnostic.construct !== '' && find(stack, diagnostic.construct)),
      address: diagnostic.address,
      construct: diagnostic.construct,
      text: describeDiagnostic(diagnostic),
    }));
}

/** The error with its findings below their places; what is no finding stays as it is. */
function errorOf(error: string, findings: readonly Finding[]): string {
  const rest = findings.reduce((text, finding) => text.replace(finding.text, ''), error).trim();
  return [...(findings.length > 0 ? [formatFindings(findings)] : []), ...(rest === '' ? [] : [rest])].join('\n');
}

/** The stacks that are named, else those that match the pattern. */
function chosenRows(rows: readonly StackRow[], { pattern, stacks }: PlanOptions): StackRow[] {
  if (stacks === undefined) return matching(rows, pattern);
  const named = new Set(stacks);
  return rows.filter(({ stack }) => named.has(stack));
}

/** The stacks whose names match a pattern with `*` and `?`. */
export function matching(rows: readonly StackRow[], pattern: string | undefined): StackRow[] {
  if (pattern === undefined) return [...rows];
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const found = rows.filter(({ stack }) => new RegExp(`^${source}$`).test(stack));
  if (found.length > 0) return found;
  throw new ToolError(`no stack matches "${pattern}"`, `stacks: ${rows.map(({ stack }) => stack).join(', ')}`);
}
