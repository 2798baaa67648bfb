import { formatPending, type PendingReport } from '../estate/report/pending';
import { formatTable } from '../estate/report/table';
import type { StackRow } from '../estate/report/views';
import { counted } from '../estate/spec/words';

/** A problem of a stack, and which entry of the estate file it comes from. */
export interface Finding {
  /** Entry of the estate file, such as `clusters.x.pools.y`. */
  readonly estate?: string;
  /** Where that entry is written: `estate.yaml:12`. */
  readonly at?: string;
  /** Terraform address of the resource; empty on AWS, and where the problem is not about a resource. */
  readonly address: string;
  /** Path of the construct. */
  readonly construct: string;
  /** Everything that is known about it, as text. */
  readonly text: string;
}

/** What planning one stack came to; the keys are those of `estate plan --json`. */
export interface PlannedStack extends StackRow {
  readonly tool: 'cdk' | 'terraform';
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
  /** Time that its plan took; on AWS, offline, its share of the one run of CDK that makes and checks all templates. */
  readonly seconds: number;
  /** Everything that stopped the plan, as text; absent when the plan is complete. */
  readonly error?: string;
  /** The problems in the error, one by one, where they are known. */
  readonly findings?: readonly Finding[];
  /** True when an earlier run has planned the same, and nothing was done. */
  readonly isKnown?: boolean;
  /** Stacks that have to be applied before this one can be planned, because it reads their outputs. */
  readonly waitsFor?: readonly string[];
  /** Stacks whose outputs were made up, because a plan without credentials reads them. */
  readonly assumes?: readonly string[];
}

/** The answer of `estate plan`. */
export interface PlanReport {
  readonly ok: boolean;
  readonly stacks: readonly PlannedStack[];
  /** How long everything took, the synthesis included. */
  readonly seconds: number;
  /** The tool's own text of each plan, where it was asked for. */
  readonly details: readonly string[];
  /** Halves of links that are left out, and what comes next. @default nothing waits */
  readonly pending?: PendingReport;
}

/** Form of the file of a share; another one is not merged. */
export const SHARE_VERSION = 1;

/** What the plan of a share of the stacks leaves in its file. */
export interface ShareResult {
  /** Form of the file. */
  readonly version: typeof SHARE_VERSION;
  /** Release of the tool that wrote it. */
  readonly tool: string;
  /** Name of the estate. */
  readonly estate: string;
  /** Hash of everything that stacks are made from: the same estate and lock file have the same one. */
  readonly plan: string;
  /** Which share it is, from 1 on. */
  readonly shard: number;
  readonly of: number;
  /** How long everything took, the synthesis included. */
  readonly seconds: number;
  readonly stacks: readonly PlannedStack[];
}

/** Puts the plans of stacks together. */
export function planReport(
  stacks: readonly PlannedStack[],
  details: readonly string[],
  milliseconds: number,
): PlanReport {
  const ok = stacks.every(({ error }) => error === undefined);
  return { ok, stacks, details, seconds: inSeconds(milliseconds) };
}

/** The answer as one JSON document. */
export function planJson({ ok, seconds, stacks, pending }: PlanReport): string {
  return JSON.stringify({ ok, seconds, stacks, ...(pending && { pending }) }, undefined, 2);
}

/**
 * The answer as text: details, then what failed and what waits, then one table with its totals.
 *
 * The total of the seconds is the time that passed: stacks are planned side by side, after a synthesis that they share.
 */
export function formatPlan({ stacks, details, seconds, pending }: PlanReport): string {
  const sum = (count: (stack: PlannedStack) => number) => stacks.reduce((total, stack) => total + count(stack), 0);
  const total = {
    cloud: 'total',
    layer: '',
    stack: counted(stacks.length, 'stack'),
    created: sum(({ created }) => created),
    updated: sum(({ updated }) => updated),
    replaced: sum(({ replaced }) => replaced),
    destroyed: sum(({ destroyed }) => destroyed),
    seconds,
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
      {
        title: 'seconds',
        value: (row) => ('isKnown' in row && row.isKnown ? 'known' : row.seconds.toFixed(1)),
        align: 'right',
      },
    ],
  );
  const waits = formatPending(pending);
  const open = [...formatOpen(stacks), ...(waits === '' ? [] : [waits])];
  return [...details, ...stacks.flatMap(formatFailure), table, ...open].join('\n');
}

function formatFailure({ stack, error }: PlannedStack): string[] {
  return error === undefined ? [] : [`${stack} failed:\n${indent(error)}\n`];
}

/** What the numbers of the table do not say. */
function formatOpen(stacks: readonly PlannedStack[]): string[] {
  const failed = stacks.filter(({ error }) => error !== undefined);
  return [
    ...(failed.length > 0 ? [`${counted(failed.length, 'stack')} failed: ${names(failed)}`] : []),
    ...stacks.flatMap(({ stack, waitsFor = [] }) =>
      waitsFor.length > 0 ? [`${stack} waits: apply ${waitsFor.join(', ')} first, its outputs are needed`] : [],
    ),
  ];
}

/** Who plans: the local provider, real ones with placeholder credentials, or real ones with the user's own. */
export type PlanMode = 'local' | 'real' | 'accounts';

/** What a plan rests on: what was contacted, and what was made up. */
export function formatClosing({ stacks }: PlanReport, mode: PlanMode): string {
  if (mode === 'local') {
    return 'Nothing was contacted: no account, no network.  One stack in full: npx estate plan --offline --stack NAME --details';
  }
  if (mode === 'accounts') {
    return 'Planned with your credentials against your accounts and states; nothing was changed.';
  }
  const assuming = stacks.filter(({ assumes }) => assumes !== undefined);
  const assumed = [...new Set(assuming.flatMap(({ assumes }) => assumes ?? []))].sort();
  return [
    'No account was contacted: the real providers had placeholder credentials, and no connection beyond this machine.',
    ...(assumed.length === 0
      ? []
      : [
          `Made up, as nothing can be applied without an account: the outputs of ${assumed.join(', ')},`,
          `which ${names(assuming)} ${assuming.length === 1 ? 'reads' : 'read'}.`,
        ]),
  ].join('\n');
}

function names(stacks: readonly PlannedStack[]): string {
  return stacks.map(({ stack }) => stack).join(', ');
}

/** Findings as one text, those of an entry of the estate file below its place. */
export function formatFindings(findings: readonly Finding[]): string {
  const byPlace = new Map<string, string[]>();
  for (const { estate, at, text } of findings) {
    const place = estate === undefined ? '' : `${estate}${at === undefined ? '' : ` (${at})`}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), text]);
  }
  return [...byPlace]
    .map(([place, texts]) => (place === '' ? texts.join('\n') : `${place}\n${indent(texts.join('\n'))}`))
    .join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

/** A duration with the precision that reports have. */
export function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
