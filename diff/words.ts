import { ENGINES } from '../estate/catalog';
import { counted } from '../estate/spec/words';
import { formatCount, groupBy } from '../estate/units';
import { KEPT_ROWS, withoutPositions } from './facts';
import { formatHoldingChange, formatHoldings, formatSize } from './holdings';
import { endCommands, type StackCommand, UNPROTECT, unprotectedCommands } from './lift';
import { formatLosses, lostWith } from './losses';
import {
  type DiffReport,
  liftFor,
  type ReportedGivenUp,
  type ReportedRefusal,
  type ReportedStack,
  toolOf,
} from './report';
import type { ReportedResource } from './reported';
import { countNoun, kindOf } from './resource-kinds';
import type { Action, Cause, Shrinkage } from './types';

/** The ends of a resource, in the order in which reports count them. */
export const ACTIONS: readonly Action[] = ['created', 'updated', 'replaced', 'destroyed', 'kept'];

/** What the commands that change logical ids are for. */
export const IDS_CHANGE =
  'Logical ids change. A deployment would make these resources anew, so change their ids before it';

/** How many resources Terraform finds under another address by itself; empty where it is none. */
export function movedByState({ readdressed }: DiffReport): string {
  const moved = readdressed.filter(({ from }) => from.includes('.'));
  if (moved.length === 0) return '';
  const stacks = new Set(moved.map(({ stack }) => stack)).size;
  const what = `${counted(moved.length, 'resource')} of ${counted(stacks, 'stack')}`;
  return `Terraform finds ${what} under another address by itself: the moved blocks are in the output.`;
}

/** What it means that the state is kept elsewhere: it is told before the commands that bring it there. */
export const STATE_MOVES =
  'State is kept elsewhere: bring it along where it was last applied, or the next apply creates everything again';

/** What it means that providers have another release: it is told before those releases. */
export const RELEASES_CHANGE =
  'Providers have another release: installed by "terraform init -upgrade", and planned with a refresh, which reads what is new';

/** A provider in another release, with how many stacks pin it. */
export function describeRelease({ provider, before, after, stacks }: DiffReport['releases'][number]): string {
  return `${provider} ${before} -> ${after} in ${counted(stacks.length, 'stack')}`;
}

/** What an action is called in a list of counts. */
export function describeAction(action: Action): string {
  return action === 'kept' ? 'left as they are' : action;
}

/** What several resources are, by their nouns and with what they hold: `node pool for rack 17 (18 nodes, 72 GB300)`. */
export function describeResources(resources: readonly ReportedResource[]): string {
  const byNoun = groupBy(resources, ({ noun }) => noun);
  return [...byNoun]
    .sort(([, one], [, other]) => weightOf(other) - weightOf(one))
    .map(([noun, members]) => {
      const holdings = members.flatMap((each) => each.holdings);
      const becomes = members.flatMap((each) => (each.action === 'updated' ? each.becomes : each.holdings));
      const inside = formatHoldingChange(holdings, becomes);
      const { holds } = kindOf(members[0]?.type ?? '');
      const label = members.length === 1 && (holds === 'nodes' || holds === 'files') ? holdings[0]?.label : '';
      const what = members.length === 1 ? noun : countNoun(members.length, noun);
      return `${what}${label ? ` for ${label}` : ''}${inside === '' ? '' : ` (${inside})`}`;
    })
    .join(', ');
}

function weightOf(members: readonly ReportedResource[]): number {
  return members.reduce((sum, each) => sum + (each.holdings.length > 0 ? 1000 : 0), members.length);
}

/** The causes that say something: not a part of what is named already, and each place of a list once. */
function distinctCauses(because: readonly Cause[]): Cause[] {
  const plain = because.map((cause) => ({ ...cause, path: withoutPositions(cause.path) }));
  const isPart = ({ path, of }: Cause) => plain.some((other) => other.of === of && path.startsWith(`${other.path}.`));
  const distinct = plain.filter((cause) => !isPart(cause));
  return distinct.filter(
    (cause, index) =>
      distinct.findIndex(
        ({ path, of, through }) => path === cause.path && of === cause.of && through === cause.through,
      ) === index,
  );
}

/** Why a resource is replaced, in words: one line for each thing that it comes from. */
export function describeCauses(because: readonly Cause[]): string[] {
  const bySource = groupBy(distinctCauses(because), ({ of, through, certain }) => `${of} ${through} ${certain}`);
  return [...bySource.values()].map((causes) => {
    const paths = causes.map(({ path }) => (path === 'environment' ? 'its account or region' : path)).join(', ');
    const [{ of, through, certain } = { certain: true }] = causes;
    const [changes, comes] = causes.length === 1 ? ['changes', 'comes'] : ['change', 'come'];
    const source =
      of === undefined
        ? changes
        : through === undefined
          ? `${comes} from ${of}, which is replaced`
          : `${comes} from ${through}, which is read again because ${of} changes`;
    return `${paths} ${source}${certain ? '' : ' (the provider decides)'}`;
  });
}

/** A number that shrinks, in words: `113.5 -> 75.7 TiB`. */
export function describeShrinkage({ path, unit, before, after, note }: Shrinkage): string {
  const format = unit === 'TiB' ? formatSize : (size: number) => formatCount(Math.round(size));
  return `${path} ${format(before)} -> ${format(after)} ${unit}${note === undefined ? '' : `: ${note}`}`;
}

/** What a resource that stays loses, in words. */
export function describeShrinking(resource: ReportedResource): string[] {
  const { shrunk, holdings, becomes } = resource;
  const { holdings: lost } = lostWith(resource);
  const held = holdings.length > 0 && lost.length > 0 ? [formatHoldingChange(holdings, becomes)] : [];
  // Where the plan tells how many accelerators go, the bare count of nodes adds nothing.
  const rest = held.length > 0 ? shrunk.filter(({ unit, note }) => unit === 'days' || note !== undefined) : shrunk;
  return [...held, ...rest.map(describeShrinkage)];
}

/** What else a reader has to know of a lost resource. */
export function describeNotes(resource: ReportedResource): string[] {
  const { action, holdings, isRetained, notes } = resource;
  const held = formatHoldings(holdings);
  const kept = isRetained && action === 'replaced' ? ['the old one is retained'] : [];
  const row = action === 'kept' ? KEPT_ROWS.find(({ type }) => type === resource.type) : undefined;
  const ends = row === undefined ? [] : [`${row.still}; "${row.command}" ends that`];
  return [...(held === '' ? [] : [held]), ...kept, ...ends, ...notes];
}

/** Pools that an attribute is about, with what they hold and the attributes. */
export interface AffectedPool {
  readonly key: string;
  readonly held: string;
  readonly attributes: readonly string[];
  /** What else to know. */
  readonly notes: readonly string[];
}

function affectedPools(
  report: DiffReport,
  attributesOf: (resource: ReportedResource) => readonly string[],
): AffectedPool[] {
  const found = report.stacks.flatMap(({ resources }) => resources.filter((each) => attributesOf(each).length > 0));
  return [...groupBy(found, ({ key }) => key)].map(([key, members]) => ({
    key,
    held: formatHoldings(members.flatMap((each) => each.holdings)),
    attributes: [...new Set(members.flatMap(attributesOf))],
    notes: [...new Set(members.flatMap(({ notes }) => notes))],
  }));
}

/** Pools whose nodes are replaced one after another, with the attributes that cause it. */
export function rolledPools(report: DiffReport): AffectedPool[] {
  return affectedPools(report, ({ rolled }) => rolled);
}

/** Pools whose running nodes stay as they are, with the attributes that only new nodes get. */
export function waitingPools(report: DiffReport): AffectedPool[] {
  return affectedPools(report, ({ newNodesOnly }) => newNodesOnly);
}

/** Refusals that are the same of several resources of an entry, told once. */
export function distinctRefusals(report: DiffReport): ReportedRefusal[] {
  const same = groupBy(report.refused, ({ key, who, why, way }) => JSON.stringify([key, who, why, way]));
  return [...same.values()].flatMap((members) => {
    const [first] = members;
    const attributes = [...new Set(members.flatMap((each) => each.attributes.map(withoutPositions)))];
    return first === undefined ? [] : [{ ...first, attributes }];
  });
}

/** What links lose, in words, the path apart. */
export function describeCut({ isWhole, until }: DiffReport['cut'][number]): string {
  return `${isWhole ? 'is cut' : 'has fewer paths'} ${until}`;
}

/** What is lost in all. */
export function describeLoss(report: DiffReport): string {
  return formatLosses(report.lost);
}

/** What leaves the estate but goes on existing. */
export function describeKept(report: DiffReport): string {
  const kept = report.stacks.flatMap(({ resources }) => resources.filter(({ action }) => action === 'kept'));
  return formatHoldings(kept.flatMap(({ holdings }) => holdings));
}

/** Whom a first mail asks to confirm what they get, before which they hear of nothing; empty where nobody is. */
export function describeUnconfirmed({ stacks }: DiffReport): string {
  const added = stacks.flatMap(({ resources }) =>
    resources.filter(({ action, type }) => kindOf(type).isConfirmed && (action === 'created' || action === 'replaced')),
  );
  if (added.length === 0) return '';
  const mails = added.length === 1 ? '1 new subscription has' : `${added.length} new subscriptions have`;
  return `${mails} to be confirmed by a first mail: nothing is told there before`;
}

/** Stacks that leave, or let go of something: halves of links come before the gateways that they lead through, as they are destroyed. */
export function leavingStacks({ stacks }: DiffReport): ReportedStack[] {
  const rank = ({ layer }: ReportedStack) => (layer === 'link' ? 0 : layer === 'gateway' ? 1 : 2);
  return stacks
    .filter(({ resources, isLeft }) => isLeft || resources.some(({ action }) => action === 'kept'))
    .sort((one, other) => rank(one) - rank(other));
}

/** How to take down what leaves the estate and goes on existing. */
export function wayDown(place: ReportedStack): { readonly says: string; readonly commands: readonly string[] } {
  const { stack, cloud, isLeft, forgotten } = place;
  if (isLeft && forgotten.length > 0) {
    const paths = forgotten.map(({ path }) => path).join(', ');
    const from = [...new Set(forgotten.map((fact) => fact.from))].join(', ');
    const again = `import what ${from} tells again, by "npx estate exchange import"`;
    return { says: `${stack} leaves since the exchange file has no ${paths} any more: ${again}`, commands: [] };
  }
  if (isLeft) {
    const lift = liftFor(place);
    const command: StackCommand = { ...place, tool: toolOf(cloud), ...(lift !== undefined && { lift }) };
    const commands = [...unprotectedCommands(command), ...endCommands(command)];
    return { says: `${stack} leaves the estate; nothing destroys it: for that, run with the old estate`, commands };
  }
  const keeper = ENGINES[cloud] === 'cloudformation' ? 'CloudFormation retains it' : 'Terraform forgets it';
  return { says: `${stack} lets go of it: ${keeper}, and nothing manages it any longer`, commands: [] };
}

/** What is said before commands that have to be run one after the other. */
export function orderTitle({ order }: DiffReport): string {
  return order.some((command) => command.includes(`${UNPROTECT}=`))
    ? `Order that works; ${UNPROTECT} lifts the protection of what it names`
    : 'Order that works, since earlier stacks remove what later ones use';
}

/** What becomes of what is protected and was not accepted: `be lost or get smaller`. */
export function describeOpen(report: DiffReport): string {
  const open = report.protected.filter(({ isAccepted }) => !isAccepted);
  const isAmong = (actions: readonly Action[]) => open.some(({ action }) => actions.includes(action));
  const ends = [
    isAmong(['replaced', 'destroyed']) && 'be lost',
    isAmong(['updated']) && 'get smaller',
    isAmong(['kept']) && 'leave the estate',
  ];
  return ends.filter((end) => end !== false).join(' or ');
}

/** What it means that the lock file keeps something no longer. */
export const GIVEN_UP = 'No longer kept by the lock file: nothing destroys it, and nothing remembers it';

/** What is given up of what was kept, in words. */
export function describeGivenUp({ path, what, isAccepted }: ReportedGivenUp): string {
  return `${path} (protected${isAccepted ? ', accepted' : ''}): ${what}`;
}

/** The entries that have to be accepted before everything protected may be lost, or given up. */
export function entriesToAccept(report: DiffReport): string[] {
  const { protected: open, givenUp } = report;
  const entries = [...open.map((each) => ({ ...each, path: each.key })), ...givenUp];
  return [...new Set(entries.filter(({ isAccepted }) => !isAccepted).map(({ path }) => path))].sort();
}

/** What is said of two estate files without a difference, whose keys, lock files or recorded choices may still differ. */
export function sameEstates({ stacks }: DiffReport): string {
  const differs = stacks.some(({ resources, isLeft }) => resources.length > 0 || isLeft);
  return differs
    ? 'The two files say the same but for former keys; what they are made into differs.'
    : 'The two estates say the same.';
}
