import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { pendingLinks } from '../estate/plan/links/pending';
import { type Share, stacksOfShare } from '../estate/plan/shares';
import { pendingReport } from '../estate/report/pending';
import { formatHeadline } from '../estate/report/views';
import { estateFile, type ResolvedEstate, resolveEstate, ToolError } from './app';
import type { Cache } from './cache';
import { cacheFor } from './cache-command';
import { planOffline } from './plan';
import { formatClosing, formatPlan, type PlanMode, type PlanReport, planJson } from './plan-report';
import { mergeShares, parseShare, shareOrigin, shareText } from './shares';
import { requireWritable, writeOut } from './write';

/** Options of `estate plan`. */
export interface PlanFlags {
  readonly file?: string;
  readonly stack?: string;
  readonly details?: boolean;
  readonly offline?: boolean;
  /** False when the real providers must do without credentials. */
  readonly credentials?: boolean;
  readonly json?: boolean;
  /** False when nothing is taken from earlier runs. */
  readonly cache?: boolean;
  /** Part of the stacks that is planned, such as `3/8`. */
  readonly shard?: string;
  /** File that the result of a part is written to. */
  readonly out?: string;
  /** Results of all parts; true where none is named. */
  readonly merge?: readonly string[] | true;
}

/** Plans the stacks that match a pattern, or merges such plans; prints the answer and sets the exit code. */
export async function runPlan(pattern: string | undefined, flags: PlanFlags, release: string): Promise<void> {
  const { file, stacks } = chosen(pattern, flags);
  checkShareFlags({ ...flags, stack: stacks });
  const mode = flags.merge === undefined ? modeOf(flags) : 'local';
  const done = await answer(stacks, file, flags, release);
  process.stdout.write(`${flags.json ? planJson(done) : `${formatPlan(done)}\n${formatClosing(done, mode)}`}\n`);
  if (!done.ok) process.exitCode = 1;
}

async function answer(
  pattern: string | undefined,
  file: string | undefined,
  flags: PlanFlags,
  release: string,
): Promise<PlanReport> {
  if (flags.merge !== undefined) {
    const named = estateFile(file);
    const estate = resolveEstate(named);
    const { plan } = estate;
    process.stderr.write(`${formatHeadline(plan)}\n`);
    return withPending(mergeShares(flags.merge === true ? [] : flags.merge, plan, release), estate, named);
  }
  const details = flags.details === true;
  const cache = cacheFor(flags.cache);
  if (flags.shard !== undefined && flags.out !== undefined) {
    const share = parseShare(flags.shard);
    requireWritable(flags.out);
    return planShare(resolveEstate(estateFile(file)), { share, out: flags.out, details, release, cache });
  }
  const named = estateFile(file);
  const estate = resolveEstate(named);
  const mode = modeOf(flags);
  const options = { pattern, details, cache };
  if (mode !== 'accounts')
    return withPending(await planOffline(estate, { ...options, providers: mode }), estate, named);
  const { planAccounts }: typeof import('./plan-accounts') = require('./plan-accounts');
  return withPending(await planAccounts(estate, options), estate, named);
}

/** A plan with what its links wait for, which no stack of it shows. */
function withPending(report: PlanReport, { plan, told }: ResolvedEstate, file: string): PlanReport {
  const pending = pendingReport(pendingLinks(plan, told?.exchange), file);
  return pending === undefined ? report : { ...report, pending };
}

/** What the plan of a part needs to know. */
interface ShareOptions {
  readonly share: Share;
  readonly out: string;
  readonly details: boolean;
  readonly release: string;
  readonly cache: Cache;
}

/** Plans one part of the stacks and writes its result. */
async function planShare(estate: ResolvedEstate, options: ShareOptions): Promise<PlanReport> {
  const { share, out, details, release, cache } = options;
  const done = await planOffline(estate, { stacks: stacksOfShare(estate.plan, share), details, cache });
  writeOut(out, shareText(shareOrigin(estate.plan, release), share, done));
  return done;
}

/** Refuses flags of parts that contradict each other, all of them at once, before anything is read. */
function checkShareFlags({ shard, out, merge, offline, stack, details }: PlanFlags): void {
  const found: Diagnostic[] = [];
  const refuse = (path: string, message: string, hint: string) =>
    found.push({ code: 'ShardFlags', severity: 'error', path, message, hint });
  if (shard !== undefined) {
    if (merge !== undefined)
      refuse('--merge', '--shard plans a part and --merge puts parts together', 'leave out one of them');
    if (!offline && merge === undefined) refuse('--shard', 'parts are planned without an account', 'add --offline');
    if (out === undefined) refuse('--shard', 'the result of a part needs a file', 'add --out FILE');
    if (stack !== undefined)
      refuse('--shard', `--shard chooses the stacks, and so does "${stack}"`, 'leave out one of them');
  }
  if (out !== undefined && shard === undefined)
    refuse('--out', '--out takes the result of a part', 'add --shard N/OF, or leave out --out');
  if (merge !== undefined && shard === undefined) {
    if (merge === true)
      found.push({
        code: 'MergeFiles',
        severity: 'error',
        path: '--merge',
        message: 'no file is named to merge',
        hint: 'name the results of all parts: npx estate plan --merge shard-*.json',
      });
    if (stack !== undefined) refuse('--merge', `--merge is of all stacks, not of "${stack}"`, 'leave out the name');
    if (details) refuse('--merge', 'the results of parts have no details', 'leave out --details');
  }
  if (found.length > 0) throw new EstateError(found);
}

/** How estate files end; no stack has such a name. */
const ESTATE_FILE = /\.(ya?ml|json)$/i;

/** The file and the stacks that are meant: what ends like an estate file is one, as in the other commands. */
function chosen(pattern: string | undefined, flags: PlanFlags) {
  if (pattern === undefined || !ESTATE_FILE.test(pattern)) {
    return { file: flags.file, stacks: flags.stack ?? pattern };
  }
  if (flags.file !== undefined && flags.file !== pattern)
    throw new ToolError(`two estate files are named: ${pattern} and ${flags.file}`, 'name one of them');
  return { file: pattern, stacks: flags.stack };
}

function modeOf({ offline, credentials }: PlanFlags): PlanMode {
  if (offline) return 'local';
  return credentials === false ? 'real' : 'accounts';
}
