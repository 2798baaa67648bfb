import { availableParallelism } from 'node:os';
import { ENGINES } from '../estate/catalog';
import { formatHeadline, type StackRow, stackRows } from '../estate/report/views';
import { counted } from '../estate/spec/words';
import { memberOf, stackNamedBy } from '../terraform/document';
import type { SynthesizedStack } from '../terraform/manifest';
import type { ResolvedEstate } from './app';
import { cdkDiff, findCdk } from './cdk-diff';
import { type Children, withChildren } from './children';
import { type EstateFinder, estateFinder } from './estate-key';
import { inOrderOf, matching, type PlanOptions, terraformStack } from './plan';
import { inSeconds, type PlannedStack, type PlanReport, planReport } from './plan-report';
import { Progress } from './progress';
import { settle } from './settle';
import { type SynthesisOptions, synthesizeAws, synthesizeTerraform } from './synthesize';
import { initialize, planInPlace } from './terraform-plan';

interface AccountRun {
  readonly wanted: readonly StackRow[];
  readonly synthesis: SynthesisOptions;
  readonly progress: Progress;
  readonly find: EstateFinder;
  readonly details: boolean;
  readonly children: Children;
}

interface Planned {
  readonly stack: PlannedStack;
  readonly details?: string;
}

/**
 * Synthesizes the estate where the stock tools do, and plans every matching stack with the user's credentials.
 *
 * Terraform stacks are planned against their state, as `cdktf plan` does; AWS stacks are compared with what is deployed.
 */
export async function planAccounts(
  estate: ResolvedEstate,
  options: Omit<PlanOptions, 'providers' | 'stacks'>,
): Promise<PlanReport> {
  const { plan } = estate;
  const wanted = matching(stackRows(plan), options.pattern);
  const started = performance.now();
  return withChildren(async (children) => {
    process.stderr.write(`${formatHeadline(plan)}\n`);
    const parallel = availableParallelism();
    const title = `planning ${counted(wanted.length, 'stack')} with your credentials, ${parallel} at a time`;
    const progress = new Progress(title, wanted.length);
    const synthesis: SynthesisOptions = {
      plan: plan.data,
      awsOutdir: 'cdk.out',
      terraformOutdir: 'cdktf.out',
      cache: options.cache,
      onChild: children.follow,
    };
    const details = options.details === true;
    const run: AccountRun = { wanted, synthesis, progress, find: estateFinder(estate), details, children };
    try {
      const [aws, terraform] = await settle([planAws(run), planTerraform(run)]);
      const planned = [...aws, ...terraform];
      const begun = children.interrupted ? rowsOf(planned, wanted) : wanted;
      return planReport(
        inOrderOf(
          begun,
          planned.map(({ stack }) => stack),
        ),
        planned.flatMap((one) => one.details ?? []),
        performance.now() - started,
      );
    } finally {
      progress.end();
    }
  });
}

/** The rows that were planned before the run was interrupted. */
function rowsOf(planned: readonly Planned[], rows: readonly StackRow[]): readonly StackRow[] {
  const names = new Set(planned.map(({ stack }) => stack.stack));
  return rows.filter(({ stack }) => names.has(stack));
}

/** Plans rows one after the other in as many lanes as there are processors; none is begun after an interrupt. */
async function inLanes(rows: readonly StackRow[], children: Children, plan: (row: StackRow) => Promise<Planned>) {
  const left = [...rows];
  const planned: Planned[] = [];
  const lane = async () => {
    for (let row = left.shift(); row !== undefined && !children.interrupted; row = left.shift())
      planned.push(await plan(row));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return planned;
}

async function planAws({ wanted, synthesis, progress, details, children }: AccountRun): Promise<Planned[]> {
  const rows = wanted.filter(({ cloud }) => ENGINES[cloud] === 'cloudformation');
  if (rows.length === 0) return [];
  const cdk = findCdk();
  progress.begin('synthesis for AWS');
  await synthesizeAws(synthesis);
  progress.pause('synthesis for AWS');
  return inLanes(rows, children, async (row) => {
    progress.begin(row.stack);
    const started = performance.now();
    const { text, error, ...counts } = await cdkDiff(cdk, synthesis.awsOutdir, row.stack, children);
    const seconds = inSeconds(performance.now() - started);
    progress.step(row.stack, { seconds, state: error === undefined ? 'done' : 'failed' });
    const stack: PlannedStack = { ...row, tool: 'cdk', ...counts, seconds, ...(error !== undefined && { error }) };
    return { stack, ...(details && error === undefined && { details: text }) };
  });
}

async function planTerraform(run: AccountRun): Promise<Planned[]> {
  const { synthesis, progress, children, details, find } = run;
  const rows = run.wanted.filter(({ cloud }) => ENGINES[cloud] === 'terraform');
  if (rows.length === 0) return [];
  const { findTerraform }: typeof import('../terraform') = require('../terraform');
  const { readStacks }: typeof import('../terraform/manifest') = require('../terraform/manifest');
  const binary = await findTerraform();
  progress.begin('synthesis for Terraform');
  await synthesizeTerraform(synthesis);
  progress.pause('synthesis for Terraform');
  const stacks = readStacks(synthesis.terraformOutdir);
  let initialized: Promise<unknown> = Promise.resolve();
  return inLanes(rows, children, async (row) => {
    const stack = stacks.get(row.stack);
    if (stack === undefined) return missing(row);
    progress.begin(row.stack);
    const mine = initialized.then(() => initialize({ binary, stack, children }));
    initialized = mine;
    const error = await mine;
    const planned =
      error === undefined
        ? await planInPlace({ binary, stack, sources: sourcesOf(stack), children, details })
        : { ...NOTHING, stack: row.stack, error };
    const { seconds, waitsFor } = planned;
    const state = planned.error !== undefined ? 'failed' : waitsFor.length > 0 ? 'waiting' : 'done';
    progress.step(row.stack, { seconds, state });
    return {
      stack: { ...terraformStack(row, planned, find), ...(waitsFor.length > 0 && { waitsFor }) },
      details: planned.details,
    };
  });
}

const NOTHING = {
  created: 0,
  updated: 0,
  replaced: 0,
  destroyed: 0,
  seconds: 0,
  diagnostics: [],
  waitsFor: [],
  details: undefined,
} as const;

function missing(row: StackRow): Planned {
  const { diagnostics: _diagnostics, waitsFor: _waitsFor, details: _details, ...counts } = NOTHING;
  return { stack: { ...row, tool: 'terraform', ...counts, error: 'the synthesis did not write this stack' } };
}

/** Stacks whose state a stack reads, by the name of the data source that does. */
function sourcesOf({ json: { data } }: SynthesizedStack): ReadonlyMap<string, string> {
  const names = Object.keys(memberOf(data, 'terraform_remote_state'));
  return new Map(names.map((name) => [name, stackNamedBy(name) ?? name]));
}
