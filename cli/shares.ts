import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { type Share, stacksOfShare } from '../estate/plan/shares';
import type { Plan } from '../estate/plan/types';
import { stackRows } from '../estate/report/views';
import { counted, joined } from '../estate/spec/words';
import { groupBy } from '../estate/units';
import { planShardDocument } from './json/plan';
import { inOrderOf } from './plan';
import { type PlanReport, SHARE_VERSION, type ShareResult } from './plan-report';
import { reasonOf } from './write';

/** What all shares of one plan have in common. */
export type ShareOrigin = Pick<ShareResult, 'version' | 'tool' | 'estate' | 'plan'>;

/** The most shares: more would be processes without a stack. */
const MOST_SHARES = 9999;

/** Reads `3/8`; throws EstateError where that is no share. */
export function parseShare(text: string): Share {
  const [, share, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const found = { share: Number(share), of: Number(of) };
  if (share !== undefined && of !== undefined && found.share >= 1 && found.share <= found.of) return found;
  throw new EstateError([
    {
      code: 'ShardForm',
      severity: 'error',
      path: '--shard',
      value: text,
      message: `"${text}" is no part of the stacks`,
      hint: `write which part of how many, such as --shard 3/8: the first is 1, the last as many as there are, at most ${MOST_SHARES}`,
    },
  ]);
}

/** What the results of a plan are told from those of other ones by. */
export function shareOrigin(plan: Plan, tool: string): ShareOrigin {
  const hash = createHash('sha256').update(JSON.stringify(plan.data)).digest('hex');
  return { version: SHARE_VERSION, tool, estate: plan.name, plan: hash };
}

/** The text of the file of a share. */
export function shareText(origin: ShareOrigin, { share, of }: Share, { seconds, stacks }: PlanReport): string {
  const result: ShareResult = { ...origin, shard: share, of, seconds, stacks };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

/**
 * The one answer of all shares, as a plan of all stacks gives it; its time is that of the longest share.
 *
 * @throws EstateError with everything that is wrong with the files: unreadable, of another form or release, of another
 * estate or another state of it, twice, missing
 */
export function mergeShares(files: readonly string[], plan: Plan, tool: string): PlanReport {
  const origin = shareOrigin(plan, tool);
  const read = files.map((file) => readShare(file));
  const whole = read.filter((one): one is ReadShare => !isDiagnostic(one));
  const found = [
    ...read.filter(isDiagnostic),
    ...whole.flatMap((share) => foreign(share, origin, plan)),
    ...incomplete(whole, read.length - whole.length),
  ];
  if (found.length > 0) throw new EstateError(found);
  const stacks = inOrderOf(
    stackRows(plan),
    whole.flatMap(({ result }) => result.stacks),
  );
  return {
    ok: stacks.every(({ error }) => error === undefined),
    stacks,
    details: [],
    seconds: Math.max(...whole.map(({ result }) => result.seconds)),
  };
}

const AGAIN = 'plan that part again: npx estate plan --offline --shard N/OF --out FILE';

interface ReadShare {
  readonly file: string;
  readonly result: ShareResult;
}

function isDiagnostic(read: ReadShare | Diagnostic): read is Diagnostic {
  return 'code' in read;
}

function readShare(file: string): ReadShare | Diagnostic {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const half = error instanceof SyntaxError;
    return problem('ShardUnreadable', file, half ? 'is no whole JSON document' : `cannot be read: ${reasonOf(error)}`);
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version === 'number' && version !== SHARE_VERSION) {
    return problem('ShardVersion', file, `has form ${version}, this release reads form ${SHARE_VERSION}`);
  }
  const parsed = planShardDocument.safeParse(value);
  if (parsed.success && parsed.data.shard <= parsed.data.of) return { file, result: parsed.data };
  return problem('ShardUnreadable', file, 'is not what "estate plan --shard" writes');
}

function problem(code: string, file: string, what: string, hint = AGAIN): Diagnostic {
  return { code, severity: 'error', path: file, message: `${file} ${what}`, hint };
}

/** Why a result does not belong to the plan of the estate. */
function foreign({ file, result }: ReadShare, origin: ShareOrigin, plan: Plan): Diagnostic[] {
  if (result.estate !== origin.estate) {
    const hint = `name the estate file with --file, or leave the file out`;
    return [problem('ShardForeign', file, `is of the estate "${result.estate}", not of "${origin.estate}"`, hint)];
  }
  if (result.tool !== origin.tool) {
    return [problem('ShardVersion', file, `was written by release ${result.tool}, this is ${origin.tool}`)];
  }
  if (result.plan !== origin.plan) {
    return [problem('ShardForeign', file, 'is of another state of the estate: it, or its lock file, was edited since')];
  }
  const planned = result.stacks.map(({ stack }) => stack).sort();
  const meant = stacksOfShare(plan, { share: result.shard, of: result.of }).sort();
  const isWhole = planned.length === meant.length && planned.every((stack, index) => stack === meant[index]);
  return isWhole ? [] : [problem('ShardUnreadable', file, `has other stacks than part ${result.shard}/${result.of}`)];
}

/** What results lack of being all parts, each once; each file that cannot be read may be one that is missing. */
function incomplete(shares: readonly ReadShare[], unread: number): Diagnostic[] {
  const counts = groupBy(shares, ({ result }) => String(result.of));
  const of = shares[0]?.result.of ?? 0;
  if (counts.size > 1) {
    const parts = [...counts].map(([count, own]) => `${filesOf(own)} of ${count}`);
    const what = `names parts of different divisions: ${parts.join('; ')}`;
    return [problem('ShardMixed', '--merge', what, 'merge the parts of one division')];
  }
  const byShare = groupBy(shares, ({ result }) => String(result.shard));
  const twice = [...byShare].filter(([, own]) => own.length > 1);
  const all = Array.from({ length: of }, (_, index) => String(index + 1));
  const missing = all.filter((share) => !byShare.has(share));
  return [
    ...twice.map(([share, own]) =>
      problem('ShardTwice', filesOf(own), `are all part ${share}/${of}`, 'leave all of them out but one'),
    ),
    ...(missing.length > unread
      ? [
          problem(
            'ShardMissing',
            '--merge',
            `lacks ${counted(missing.length, 'part')} of ${of}: ${joined(missing, 'and')}`,
          ),
        ]
      : []),
  ];
}

function filesOf(shares: readonly ReadShare[]): string {
  return joined(
    shares.map(({ file }) => file),
    'and',
  );
}
