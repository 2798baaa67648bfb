import { wrap } from '../estate/report/excerpt';
import { REPORT_WIDTH } from '../estate/report/table';
import { counted } from '../estate/spec/words';
import { groupBy } from '../estate/units';
import { formatHoldings } from './holdings';
import { jobLines } from './job-words';
import { UNPROTECT } from './lift';
import { isSmaller } from './losses';
import { type DiffReport, type ReportedRefusal, type ReportedStack, resourcesThat, toolOf } from './report';
import type { ReportedResource } from './reported';
import { countNoun } from './resource-kinds';
import { tagKeys } from './tags';
import type { Action } from './types';
import {
  ACTIONS,
  type AffectedPool,
  describeAction,
  describeCauses,
  describeCut,
  describeGivenUp,
  describeKept,
  describeLoss,
  describeNotes,
  describeOpen,
  describeRelease,
  describeResources,
  describeShrinking,
  describeUnconfirmed,
  distinctRefusals,
  entriesToAccept,
  GIVEN_UP,
  IDS_CHANGE,
  leavingStacks,
  movedByState,
  orderTitle,
  RELEASES_CHANGE,
  rolledPools,
  STATE_MOVES,
  sameEstates,
  waitingPools,
  wayDown,
} from './words';

/** On a terminal, an edit of more entries than this is told by its first ones. */
const MOST_EDITS = 20;
/** On a terminal, a section names this many resources before it counts the rest. */
const MOST_RESOURCES = 40;

/** How a report is printed. */
export interface TextOptions {
  /** Whether lines and lists are cut to what a terminal shows. @default false */
  readonly isTerminal?: boolean;
}

/** Prints a report as text; for a terminal in the width of reports, otherwise whole. */
export function formatDiff(report: DiffReport, { isTerminal = false }: TextOptions = {}): string {
  const most = isTerminal ? MOST_RESOURCES : Number.POSITIVE_INFINITY;
  const lines = [
    ...editLines(report, isTerminal ? MOST_EDITS : Number.POSITIVE_INFINITY),
    ...portfolioLines(report),
    ...stackLines(report.stacks),
    ...tagLines(report.stacks),
    ...lossLines(report, 'replaced', most),
    ...lossLines(report, 'destroyed', most),
    ...cutLines(report),
    ...shrinkLines(report, most),
    ...keptLines(report, most, isTerminal),
    ...givenUpLines(report),
    ...refusalLines(report),
    ...poolLines('Updated in place, with nodes replaced one after another', rolledPools(report)),
    ...poolLines('Only new nodes get it; those that run stay as they are', waitingPools(report)),
    ...jobLines(report.jobs, isTerminal),
    ...refactorLines(report),
    ...migrationLines(report),
    ...releaseLines(report),
    ...orderLines(report, isTerminal),
    ...closingLines(report),
  ];
  return lines.map((line) => (isTerminal && !line.includes(`${UNPROTECT}=`) ? cut(line) : line)).join('\n');
}

function cut(line: string): string {
  return line.length > REPORT_WIDTH ? `${line.slice(0, REPORT_WIDTH - 1)}…` : line;
}

/** A command with its indent; for a terminal in lines that still can be copied, its remark above it. */
function commandLines(command: string, indent: string, isTerminal: boolean): string[] {
  if (!isTerminal || indent.length + command.length <= REPORT_WIDTH) return [`${indent}${command}`];
  const [run = '', ...remarks] = command.split(/(?:^| {2})# /);
  const above = remarks.flatMap((remark) => wrap(remark, REPORT_WIDTH - indent.length - 2)).map((line) => `# ${line}`);
  const folded = run === '' ? [] : wrap(run, REPORT_WIDTH - indent.length - 4);
  const parts = folded.map((line, index) => {
    return `${index === 0 ? '' : '  '}${line}${index < folded.length - 1 ? ' \\' : ''}`;
  });
  return [...above, ...parts].map((line) => `${indent}${line}`);
}

function editLines(report: DiffReport, most: number): string[] {
  const { edits } = report;
  if (edits === undefined) return [];
  if (edits.length === 0) return [sameEstates(report)];
  const shown = edits.slice(0, most).map(({ path, change }) => (path === '' ? change : `${path}: ${change}`));
  const rest = edits.length - shown.length;
  return rest === 0 ? shown : [...shown, `… and ${rest} more`];
}

/** What the edit does to numbers of the whole estate. */
function portfolioLines({ portfolio = [], tellsPortfolio }: DiffReport): string[] {
  if (!tellsPortfolio) return [];
  const width = Math.max(...portfolio.map(({ what }) => what.length));
  return portfolio.map(
    ({ what, before, after }) => `  ${what.padEnd(width)}   ${before || 'none'} -> ${after || 'none'}`,
  );
}

/** What becomes of the outputs of a stack, `2 outputs removed`: of those that others read, or if nothing else changes. */
function outputWords({ outputs, resources }: ReportedStack): string[] {
  const told = outputs.filter(
    ({ change, readers }) => resources.length === 0 || (change !== 'added' && readers.length > 0),
  );
  return [...groupBy(told, ({ change }) => change)].map(
    ([change, members]) => `${counted(members.length, 'output')} ${change}`,
  );
}

function stackLines(stacks: readonly ReportedStack[]): string[] {
  const told = stacks.filter(
    ({ resources, outputs, isLeft }) =>
      isLeft || (outputs.length > 0 && resources.length === 0) || resources.some((each) => !each.isTagChange),
  );
  const width = Math.max(...told.map(({ stack }) => stack.length));
  return told.map((each) => {
    const { stack, cloud, isLeft } = each;
    const resources = each.resources.filter(({ isTagChange }) => !isTagChange);
    const start = `  ${cloud.padEnd(6)} ${stack.padEnd(width)}   `;
    if (isLeft) {
      const what = describeResources(resources);
      return `${start}leaves the estate with ${counted(resources.length, 'resource')}${what === '' ? '' : `: ${what}`}`;
    }
    const present = ACTIONS.map((action) => ({
      action,
      members: resources.filter((resource) => resource.action === action),
    })).filter(({ members }) => members.length > 0);
    const counts = present.map(({ action, members }) => `${members.length} ${describeAction(action)}`);
    const [only] = present.length === 1 ? present : present.filter(({ action }) => action === 'created');
    const what = only === undefined ? '' : describeResources(only.members);
    const described = present.length === 1 || only === undefined ? what : `created are ${what}`;
    const changes = counts.length === 0 ? [] : [`${counts.join(', ')}${described === '' ? '' : `: ${described}`}`];
    return `${start}${[...changes, ...outputWords(each)].join('; ')}`;
  });
}

/** Changes of tags drown the lines that matter, so they are one line together. */
function tagLines(stacks: readonly ReportedStack[]): string[] {
  const changed = stacks.flatMap(({ resources }) => resources.filter((each) => each.isTagChange));
  if (changed.length === 0) return [];
  const keys = tagKeys(changed).join(', ');
  const places = new Set(changed.map(({ stack }) => stack)).size;
  return [
    `  tags only${keys === '' ? '' : ` (${keys})`}: ${counted(changed.length, 'resource')} in ${counted(places, 'stack')}`,
  ];
}

/** What is replaced or destroyed, one by one where it matters, the rest counted by entry. */
function lossLines(report: DiffReport, action: 'replaced' | 'destroyed', most: number): string[] {
  const all = resourcesThat(report, action);
  if (all.length === 0) return [];
  const isMoved = ({ because }: ReportedResource) => because.every(({ path }) => path === 'environment');
  const matters = (each: ReportedResource) =>
    (action === 'replaced' && !isMoved(each)) || each.isProtected || each.holdings.length > 0;
  const shown = all.filter(matters).slice(0, most);
  const rest = all.filter((each) => !shown.includes(each));
  return [
    action === 'replaced' ? 'Replaced' : 'Destroyed',
    ...resourceLines(shown, (each) => [...describeCauses(each.because).map(because), ...describeNotes(each)]),
    ...restLines(rest),
  ];
}

const because = (cause: string) => `because ${cause}`;

function restLines(rest: readonly ReportedResource[]): string[] {
  return [...groupBy(rest, ({ key, stack }) => `${key} in ${stack}`)].map(
    ([where, members]) => `  ${where}: ${describeResources(members)}`,
  );
}

/** Resources with what there is to say of them, those of an entry that say the same together. */
function resourceLines(
  resources: readonly ReportedResource[],
  linesOf: (resource: ReportedResource) => readonly string[],
): string[] {
  const told = resources.map((resource) => ({ resource, lines: linesOf(resource) }));
  const same = groupBy(told, ({ resource, lines }) => {
    const { key, noun, stack, isProtected } = resource;
    return JSON.stringify([key, noun, stack, isProtected, lines]);
  });
  return [...same.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { key, noun, address, stack, isProtected, isAccepted } = first.resource;
    const guard = isProtected ? (isAccepted ? ' (protected, accepted)' : ' (protected)') : '';
    const lines = first.lines.map((line) => `    ${line}`);
    if (members.length === 1) return [`  ${key}${guard}: ${noun} ${address} in ${stack}`, ...lines];
    const addresses = members.map(({ resource }) => `      ${resource.address}`);
    const each = lines.length === 0 ? '' : ', each';
    return [`  ${key}${guard}: ${countNoun(members.length, noun)} in ${stack}${each}`, ...lines, ...addresses];
  });
}

/** Links that are cut for a while, or for good. */
function cutLines({ cut }: DiffReport): string[] {
  return cut.length === 0 ? [] : ['Cut', ...cut.map((each) => `  ${each.path} ${describeCut(each)}`)];
}

/** What stays, but smaller. */
function shrinkLines(report: DiffReport, most: number): string[] {
  const all = report.stacks.flatMap(({ resources }) => resources.filter(isSmaller));
  if (all.length === 0) return [];
  return ['Smaller', ...resourceLines(all.slice(0, most), describeShrinking), ...restLines(all.slice(most))];
}

/** What leaves the estate although nothing destroys it. */
function keptLines(report: DiffReport, most: number, isTerminal: boolean): string[] {
  const places = leavingStacks(report);
  if (places.length === 0) return [];
  return [
    'Leaves the estate and goes on existing',
    ...places.flatMap((place) => {
      const kept = place.resources.filter(isKept);
      const matters = kept.filter((each) => each.isProtected || each.holdings.length > 0).slice(0, most);
      const rest = kept.filter((each) => !matters.includes(each));
      return [
        ...resourceLines(matters, (each) => (place.isLeft ? heldLines(each) : describeNotes(each))),
        ...restLines(rest),
        ...wayDownLines(place, isTerminal),
      ];
    }),
  ];
}

/** What a resource of a stack that is left holds: how it ends is said of the stack. */
function heldLines({ holdings }: ReportedResource): string[] {
  const held = formatHoldings(holdings);
  return held === '' ? [] : [held];
}

function wayDownLines(place: ReportedStack, isTerminal: boolean): string[] {
  const { says, commands } = wayDown(place);
  return [`    ${says}`, ...commands.flatMap((command) => commandLines(command, '      ', isTerminal))];
}

function givenUpLines({ givenUp }: DiffReport): string[] {
  return givenUp.length === 0 ? [] : [GIVEN_UP, ...givenUp.map((each) => `  ${describeGivenUp(each)}`)];
}

function isKept({ action }: { readonly action: Action }): boolean {
  return action === 'kept';
}

function refusalLines(report: DiffReport): string[] {
  const refusals = distinctRefusals(report);
  const section = (title: string, members: readonly ReportedRefusal[]) =>
    members.length === 0 ? [] : [title, ...members.flatMap(refusalItem)];
  return [
    ...section(
      'Refused when it is applied, whatever is accepted',
      refusals.filter(({ unlessEmpty }) => !unlessEmpty),
    ),
    ...section(
      'Refused when it is applied, unless there are no nodes',
      refusals.filter(({ unlessEmpty }) => unlessEmpty),
    ),
  ];
}

function refusalItem({ key, who, why, way, attributes, source, unlessEmpty }: ReportedRefusal): string[] {
  return [
    `  ${who} refuses ${key}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}: ${why}`,
    `    instead: ${way}`,
    ...(unlessEmpty ? [`    where it has none: --accept ${key}`] : []),
    `    ${source}`,
  ];
}

function poolLines(title: string, pools: readonly AffectedPool[]): string[] {
  if (pools.length === 0) return [];
  const lines = pools.flatMap(({ key, held, attributes, notes }) => [
    `  ${key}${held === '' ? '' : `: ${held}`}`,
    `    because ${attributes.join(', ')} ${attributes.length === 1 ? 'changes' : 'change'}`,
    ...notes.map((note) => `    ${note}`),
  ]);
  return [title, ...lines];
}

function refactorLines(report: DiffReport): string[] {
  const { refactoring } = report;
  const moved = movedByState(report);
  return [
    ...(moved === '' ? [] : [moved]),
    ...(refactoring.length === 0 ? [] : [IDS_CHANGE, ...refactoring.map((command) => `  ${command}`)]),
  ];
}

function migrationLines({ migrations }: DiffReport): string[] {
  return migrations.length === 0 ? [] : [STATE_MOVES, ...migrations.map((command) => `  ${command}`)];
}

function releaseLines({ releases }: DiffReport): string[] {
  return releases.length === 0 ? [] : [RELEASES_CHANGE, ...releases.map((each) => `  ${describeRelease(each)}`)];
}

function orderLines(report: DiffReport, isTerminal: boolean): string[] {
  const { order, passes, stacks } = report;
  const clouds = new Map(stacks.map(({ stack, cloud }) => [stack, cloud]));
  const twice = passes.filter(([lower]) => toolOf(clouds.get(lower)) === 'cdktf');
  return [
    ...(order.length === 0 ? [] : [orderTitle(report)]),
    ...order.flatMap((command) => commandLines(command, '  ', isTerminal)),
    ...twice.map(
      ([lower, upper]) =>
        `${lower} adds what ${upper} needs and removes what it uses: deploy ${lower}, ${upper}, then ${lower} again`,
    ),
  ];
}

function closingLines(report: DiffReport): string[] {
  const { stacks, unchanged, protected: lost, givenUp, refused } = report;
  const countOpen = (entries: readonly { readonly isAccepted: boolean }[]) =>
    entries.filter(({ isAccepted }) => !isAccepted).length;
  const isOpen = (entries: readonly { readonly isAccepted: boolean }[]) => countOpen(entries) > 0;
  const resources = stacks.flatMap((stack) => stack.resources);
  const losses = resourcesThat(report, 'replaced').length + resourcesThat(report, 'destroyed').length;
  const shrinks = resources.some(isSmaller);
  const [affected, kept, unconfirmed] = [describeLoss(report), describeKept(report), describeUnconfirmed(report)];
  const open = entriesToAccept(report);
  const untouched = unchanged > 0 ? ` ${counted(unchanged, 'stack')} ${unchanged === 1 ? 'is' : 'are'} unchanged.` : '';
  const lines = [
    stacks.length === 0 && 'No resource changes.',
    losses === 0 && !shrinks ? `Nothing is replaced or destroyed.${untouched}` : untouched.trim(),
    affected !== '' && `Affected: ${affected}.`,
    kept !== '' && `No longer in the estate: ${kept}.`,
    unconfirmed !== '' && `${unconfirmed}.`,
    refused.length > 0 && `Refused: ${counted(distinctRefusals(report).length, 'change')} cannot be applied.`,
    isOpen(lost) &&
      `Refused: ${counted(countOpen(lost), 'protected resource')} would ${describeOpen(report)}.${isOpen(givenUp) ? '' : ' To go on:'}`,
    isOpen(givenUp) &&
      `Refused: ${counted(countOpen(givenUp), 'kept entry', 'kept entries')} would be given up. To go on:`,
    ...open.map((key) => `  --accept ${key}`),
  ];
  return lines.filter((line): line is string => line !== false && line !== '');
}
