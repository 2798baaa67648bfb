import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../estate/plan/types';
import { formatTable } from '../estate/report/table';
import { formatHeadline, plural, type StackRow, stackRows } from '../estate/report/views';
import type { StackPlanResult } from '../offline';
import { ToolError } from './app';
import { readAwsStacks, readValidationErrors } from './assembly';
import { Progress } from './progress';
import { type SynthesisOptions, synthesizeAws, synthesizeTerraform } from './synthesize';

/** What planning one stack came to; the keys are those of `estate plan --json`. */
export interface PlannedStack extends StackRow {
  readonly tool: 'cdk' | 'terraform';
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
  readonly seconds: number;
  readonly error?: string;
  /** Stacks whose outputs were made up, because the real provider's plan of this stack reads them. */
  readonly assumes?: readonly string[];
}

/** The answer of `estate plan`. */
export interface PlanReport {
  readonly ok: boolean;
  readonly stacks: readonly PlannedStack[];
  /** Terraform's own text of each plan, where it was asked for. */
  readonly details: readonly string[];
}

/** Which stacks to plan, and what to keep. */
export interface PlanOptions {
  readonly file: string;
  /** Pattern with `*` and `?` that the names of stacks must match. @default every stack */
  readonly pattern?: string;
  readonly details: boolean;
  /** Who plans the Terraform stacks: the local provider, or the real ones with placeholder credentials. @default 'local' */
  readonly providers?: 'local' | 'real';
}

/** How each kind of plan is announced. */
const ANNOUNCED = { local: 'offline', real: 'with the real providers and no credentials' } as const;

/** Synthesizes the estate into a scratch folder and plans every matching stack without an account. */
export async function planOffline(plan: Plan, options: PlanOptions): Promise<PlanReport> {
  const wanted = matching(stackRows(plan), options.pattern);
  const scratch = mkdtempSync(join(tmpdir(), 'estate-plan-'));
  try {
    const synthesis: SynthesisOptions = {
      file: options.file,
      clouds: plan.clouds,
      awsOutdir: join(scratch, 'cdk.out'),
      terraformOutdir: join(scratch, 'cdktf.out'),
      validate: true,
    };
    process.stderr.write(`${formatHeadline(plan)}\n`);
    const parallel = availableParallelism();
    const progress = new Progress(
      `planning ${plural(wanted.length, 'stack')} ${ANNOUNCED[options.providers ?? 'local']}, ${parallel} at a time`,
      wanted.length,
    );
    const [aws, terraform] = await settle([
      planAws(wanted, synthesis, progress),
      planTerraform(wanted, synthesis, progress, options),
    ]);
    progress.end();
    const byName = new Map([...aws, ...terraform.stacks].map((stack) => [stack.stack, stack]));
    const stacks = wanted.flatMap(({ stack }) => byName.get(stack) ?? []);
    return { ok: stacks.every(({ error }) => error === undefined), stacks, details: terraform.details };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Waits for both halves before failing, so that nothing runs on behind an error message. */
async function settle<A, B>([one, other]: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

async function planAws(
  wanted: readonly StackRow[],
  synthesis: SynthesisOptions,
  progress: Progress,
): Promise<PlannedStack[]> {
  const rows = wanted.filter(({ cloud }) => cloud === 'aws');
  if (rows.length === 0) return [];
  const seconds = await synthesizeAws(synthesis);
  const synthesized = new Map(readAwsStacks(synthesis.awsOutdir).map((stack) => [stack.stack, stack]));
  const errors = readValidationErrors(synthesis.awsOutdir);
  return rows.map((row) => {
    progress.step(row.stack);
    const error = errors.get(row.stack);
    return {
      ...row,
      tool: 'cdk',
      created: synthesized.get(row.stack)?.resources ?? 0,
      updated: 0,
      replaced: 0,
      destroyed: 0,
      // CDK synthesizes and checks all stacks in one run.
      seconds: round(seconds / rows.length),
      ...(error && { error }),
    };
  });
}

async function planTerraform(
  wanted: readonly StackRow[],
  synthesis: SynthesisOptions,
  progress: Progress,
  { details, providers }: PlanOptions,
): Promise<{ stacks: PlannedStack[]; details: string[] }> {
  const rows = new Map(wanted.filter(({ cloud }) => cloud !== 'aws').map((row) => [row.stack, row]));
  if (rows.size === 0) return { stacks: [], details: [] };
  await synthesizeTerraform(synthesis);
  const { planStacks }: typeof import('../offline') = require('../offline');
  const results = await planStacks({
    outdir: synthesis.terraformOutdir,
    stacks: [...rows.keys()],
    details,
    providers,
    onProgress: (done) => progress.step(done.stack),
  });
  return {
    stacks: results.flatMap((result) => {
      const row = rows.get(result.stack);
      return row === undefined ? [] : [terraformStack(row, result)];
    }),
    details: results.flatMap((result) => (result.details === undefined ? [] : [result.details])),
  };
}

function terraformStack(row: StackRow, result: StackPlanResult): PlannedStack {
  const { created, updated, replaced, destroyed, error, assumes } = result;
  const counts = { created, updated, replaced, destroyed, seconds: round(result.seconds) };
  return { ...row, tool: 'terraform', ...counts, ...(error && { error }), ...(assumes && { assumes }) };
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

/** The answer as text: failures first, then one table with its totals. */
export function formatPlan({ stacks, details }: PlanReport): string {
  const sum = (count: (stack: PlannedStack) => number) => stacks.reduce((total, stack) => total + count(stack), 0);
  const total = {
    cloud: 'total',
    layer: '',
    stack: plural(stacks.length, 'stack'),
    created: sum(({ created }) => created),
    updated: sum(({ updated }) => updated),
    replaced: sum(({ replaced }) => replaced),
    destroyed: sum(({ destroyed }) => destroyed),
    seconds: sum(({ seconds }) => seconds),
  };
  const table = formatTable<typeof total | PlannedStack>(
    [...stacks, total],
    [
      { title: 'cloud', value: (row) => row.cloud },
      { title: 'layer', value: (row) => row.layer },
      { title: 'stack', value: (row) => row.stack },
      { title: 'created', value: (row) => row.created },
      { title: 'updated', value: (row) => row.updated },
      { title: 'replaced', value: (row) => row.replaced },
      { title: 'destroyed', value: (row) => row.destroyed },
      { title: 'seconds', value: (row) => row.seconds.toFixed(1), align: 'right' },
    ],
  );
  const failures = stacks.flatMap(({ stack, error }) => (error === undefined ? [] : [`${stack} failed:\n${error}\n`]));
  return [...details, ...failures, table].join('\n');
}

/** What a plan without an account rests on: what was contacted, and what was made up. */
export function formatClosing({ stacks }: PlanReport, providers: 'local' | 'real'): string {
  if (providers === 'local') {
    return 'Nothing was contacted: no account, no network.  One stack in full: npx estate plan --offline --stack NAME --details';
  }
  const assuming = stacks.filter(({ assumes }) => assumes !== undefined);
  const assumed = [...new Set(assuming.flatMap(({ assumes }) => assumes ?? []))].sort();
  return [
    'No account was contacted: the real providers had placeholder credentials, and no connection beyond this machine.',
    ...(assumed.length === 0
      ? []
      : [
          `Made up, as nothing can be applied without an account: the outputs of ${assumed.join(', ')},`,
          `which ${assuming.map(({ stack }) => stack).join(', ')} ${assuming.length === 1 ? 'reads' : 'read'}.`,
        ]),
  ].join('\n');
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
