import { ENGINES } from '../catalog';
import type { PendingLinks, TellingStack, WaitingGrant, WaitingHalf } from '../plan/links/pending';
import { counted } from '../spec/words';
import { compareKeys, groupBy } from '../units';

/** What waits in an estate whose links and grants are not all known yet, with the commands that come next. */
export interface PendingReport {
  /** Halves of links that are left out of the output, and of nothing else. */
  readonly halves: readonly PendingRow[];
  /** Grants that let nobody in yet. @default none waits */
  readonly grants?: readonly PendingGrantRow[];
  /** Commands that come next, in their order; none where something else has to be done first. */
  readonly next: readonly string[];
}

/** Half of a link that waits. */
export interface PendingRow {
  readonly link: string;
  readonly site: string;
  readonly stack: string;
  /** Places in the exchange file that have nothing yet. */
  readonly missing: readonly string[];
  /** Stacks that tell it. */
  readonly from: readonly string[];
}

/** One shard of a grant that waits. */
export interface PendingGrantRow {
  readonly grant: string;
  readonly shard: string;
  readonly stack: string;
  /** Places in the exchange file that have nothing yet. */
  readonly missing: readonly string[];
  /** Stacks that tell it. */
  readonly from: readonly string[];
}

/** The estate file that commands need not name. */
const USUAL_FILE = 'estate.yaml';

/** What waits, as it is reported; undefined where nothing does. */
export function pendingReport({ halves, grants, next }: PendingLinks, file = USUAL_FILE): PendingReport | undefined {
  if (halves.length + grants.length === 0) return undefined;
  return {
    halves: halves.map(rowOf),
    ...(grants.length > 0 && { grants: grants.map(grantRowOf) }),
    next: next.length === 0 ? [] : [...next.map(applyCommand), importCommand(next, file)],
  };
}

function rowOf({ link, site, stack, missing }: WaitingHalf): PendingRow {
  return { link, site, stack, ...toldOf(missing) };
}

function grantRowOf({ grant, shard, stack, missing }: WaitingGrant): PendingGrantRow {
  return { grant, shard, stack, ...toldOf(missing) };
}

function toldOf(missing: WaitingHalf['missing']): Pick<PendingRow, 'missing' | 'from'> {
  const from = [...new Set(missing.map((fact) => fact.from))].sort(compareKeys);
  return { missing: missing.map(({ path }) => path), from };
}

/** What applies a stack and keeps what it tells. */
export function applyCommand({ stack, cloud }: Pick<TellingStack, 'stack' | 'cloud'>): string {
  const outputs = `--outputs-file ${outputsFile(stack)}`;
  return ENGINES[cloud] === 'cloudformation'
    ? `npx cdk deploy ${stack} --exclusively ${outputs}`
    : `npx cdktf deploy ${stack} --ignore-missing-stack-dependencies ${outputs}`;
}

function importCommand(next: readonly TellingStack[], file: string): string {
  const named = file === USUAL_FILE ? '' : ` --file ${file}`;
  return `npx estate exchange import ${next.map(({ stack }) => outputsFile(stack)).join(' ')}${named}`;
}

function outputsFile(stack: string): string {
  return `${stack}.outputs.json`;
}

/** What waits and which commands come next, as text; empty where nothing waits. */
export function formatPending(report: PendingReport | undefined): string {
  if (report === undefined) return '';
  const { halves, grants = [], next } = report;
  const halfWaits = halves.length === 1 ? 'half of a link waits' : 'halves of links wait';
  const grantWaits = grants.length === 1 ? 'edge of a grant waits' : 'edges of grants wait';
  return [
    ...headed(`${halves.length} ${halfWaits} for what other stacks tell, and nothing else does:`, [
      ...halves.map(
        ({ link, site, missing, from }) => `  ${link} at ${site}: ${toldBy(missing)}, from ${from.join(', ')}`,
      ),
    ]),
    ...headed(`${grants.length} ${grantWaits} for what other stacks tell, and nothing else does:`, [
      ...grants.map(
        ({ grant, shard, missing, from }) => `  ${grant} from ${shard}: ${toldBy(missing)}, from ${from.join(', ')}`,
      ),
    ]),
    ...(next.length === 0 ? [] : ['Next:', ...next.map((command) => `  ${command}`)]),
  ].join('\n');
}

function headed(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [head, ...lines];
}

/** `tunnels.a.ohio (4)`: what is missing, without each inside range. */
function toldBy(missing: readonly string[]): string {
  const places = groupBy(missing, (path) => path.split('.').slice(0, 3).join('.'));
  return [...places].map(([place, all]) => (all.length === 1 ? place : `${place} (${all.length})`)).join(', ');
}

/** `2 halves of links wait`, for a line that says more. */
export function pendingLine({ halves, grants = [] }: PendingReport): string {
  const parts = [
    ...(halves.length > 0 ? [`${counted(halves.length, 'half', 'halves')} of links`] : []),
    ...(grants.length > 0 ? [`${counted(grants.length, 'edge')} of grants`] : []),
  ];
  return `${parts.join(' and ')} ${halves.length + grants.length === 1 ? 'waits' : 'wait'}`;
}
