import { ENGINES } from '../catalog';
import type { PendingLinks, TellingStack, WaitingGrant, WaitingHalf } from '../plan/links/pending';
import { counted } from '../spec/words';
import { compareKeys, groupBy } from '../units';

/** What waits in an estate whose links, grants and replications are not all known yet, with the commands that come next. */
export interface PendingReport {
  /** Halves of links that are left out of the output, and of nothing else. */
  readonly halves: readonly PendingRow[];
  /** Halves that are made, and carry nothing until they are applied again. @default there are none */
  readonly incomplete?: readonly PendingRow[];
  /** Grants that let nobody in yet. @default none waits */
  readonly grants?: readonly PendingGrantRow[];
  /** Replications that do not copy yet. @default none waits */
  readonly replications?: readonly PendingReplicationRow[];
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

/** One replication that waits. */
export interface PendingReplicationRow {
  readonly replication: string;
  /** Store that is copied. */
  readonly store: string;
  /** Store that it is copied into. */
  readonly into: string;
  /** Places in the exchange file that have nothing yet. */
  readonly missing: readonly string[];
  /** Stacks that tell it. */
  readonly from: readonly string[];
}

/** The estate file that commands need not name. */
const USUAL_FILE = 'estate.yaml';

/** What waits, as it is reported; undefined where nothing does. */
export function pendingReport(
  { halves, incomplete, grants, replications, next }: PendingLinks,
  file = USUAL_FILE,
): PendingReport | undefined {
  if (halves.length + incomplete.length + grants.length + replications.length === 0) return undefined;
  return {
    halves: halves.map(rowOf),
    ...(incomplete.length > 0 && { incomplete: incomplete.map(rowOf) }),
    ...(grants.length > 0 && { grants: grants.map(grantRowOf) }),
    ...(replications.length > 0 && {
      replications: replications.map(({ missing, ...row }) => ({ ...row, ...toldOf(missing) })),
    }),
    next: commandsFor(next, file),
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

/** What applies stacks, keeps what they tell and imports it; nothing where there are none. */
export function commandsFor(
  next: readonly Pick<TellingStack, 'stack' | 'cloud'>[],
  file = USUAL_FILE,
): readonly string[] {
  return next.length === 0 ? [] : [...next.map(applyCommand), importCommand(next, file)];
}

function importCommand(next: readonly Pick<TellingStack, 'stack'>[], file: string): string {
  const named = file === USUAL_FILE ? '' : ` --file ${file}`;
  return `npx estate exchange import ${next.map(({ stack }) => outputsFile(stack)).join(' ')}${named}`;
}

function outputsFile(stack: string): string {
  return `${stack}.outputs.json`;
}

/** What waits and which commands come next, as text; empty where nothing waits. */
export function formatPending(report: PendingReport | undefined): string {
  if (report === undefined) return '';
  const { halves, incomplete = [], grants = [], replications = [], next } = report;
  const halfWaits = halves.length === 1 ? 'half of a link waits' : 'halves of links wait';
  const halfIs = incomplete.length === 1 ? 'half of a link is' : 'halves of links are';
  const grantWaits = grants.length === 1 ? 'edge of a grant waits' : 'edges of grants wait';
  const copyWaits = replications.length === 1 ? 'replication waits' : 'replications wait';
  return [
    ...headed(`${halves.length} ${halfWaits} for what other stacks tell, and nothing else does:`, [
      ...halves.map(
        ({ link, site, missing, from }) => `  ${link} at ${site}: ${toldBy(missing)}, from ${from.join(', ')}`,
      ),
    ]),
    ...headed(
      `${incomplete.length} ${halfIs} incomplete: nothing goes through until ${incomplete.length === 1 ? 'it is' : 'they are'} applied again with`,
      [
        ...incomplete.map(
          ({ link, site, missing, from }) => `  ${link} at ${site}: ${toldBy(missing)}, from ${from.join(', ')}`,
        ),
      ],
    ),
    ...headed(`${grants.length} ${grantWaits} for what other stacks tell, and nothing else does:`, [
      ...grants.map(
        ({ grant, shard, missing, from }) => `  ${grant} from ${shard}: ${toldBy(missing)}, from ${from.join(', ')}`,
      ),
    ]),
    ...headed(`${replications.length} ${copyWaits} for what other stacks tell, and nothing else does:`, [
      ...replications.map(
        ({ replication, store, into, missing, from }) =>
          `  ${replication} of ${store} in ${into}: ${toldBy(missing)}, from ${from.join(', ')}`,
      ),
    ]),
    ...headed(NEXT, [...next.map((command) => `  ${command}`)]),
  ].join('\n');
}

/** What is above the commands, which are of gateways and of what tells something. */
const NEXT = 'Next, once what these stand on is applied, which "npx estate runbook first-apply" lists in full:';

function headed(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [head, ...lines];
}

/** `tunnels.a.ohio (4)`: what is missing, without each inside range. */
function toldBy(missing: readonly string[]): string {
  const places = groupBy(missing, (path) => path.split('.').slice(0, 3).join('.'));
  return [...places].map(([place, all]) => (all.length === 1 ? place : `${place} (${all.length})`)).join(', ');
}

/** `2 halves of links wait`, for a line that says more. */
export function pendingLine({ halves, incomplete = [], grants = [], replications = [] }: PendingReport): string {
  const parts = [
    ...(halves.length > 0 ? [`${counted(halves.length, 'half', 'halves')} of links`] : []),
    ...(incomplete.length > 0 ? [`${counted(incomplete.length, 'incomplete half', 'incomplete halves')}`] : []),
    ...(grants.length > 0 ? [`${counted(grants.length, 'edge')} of grants`] : []),
    ...(replications.length > 0 ? [counted(replications.length, 'replication')] : []),
  ];
  const all = halves.length + incomplete.length + grants.length + replications.length;
  return `${parts.join(' and ')} ${all === 1 ? 'waits' : 'wait'}`;
}
