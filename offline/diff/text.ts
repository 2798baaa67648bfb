import { REPORT_WIDTH } from '../../estate/report/table';
import { counted } from '../../estate/spec/words';
import { groupBy } from '../../estate/units';
import type { EstateEdit } from './estate-edits';
import { type DiffReport, type ReportedResource, type ReportedStack, resourcesThat } from './report';
import {
  ACTIONS,
  describeCause,
  describeLoss,
  describeNotes,
  describeResources,
  entriesToAccept,
  refusedChanges,
  rolledPools,
} from './words';

/** An edit of more entries than this is told by its first ones. */
const MOST_EDITS = 20;
/** A section names this many resources that hold something or are replaced, before it counts the rest. */
const MOST_RESOURCES = 40;

/** Prints a report for a terminal, every line in the width of reports. */
export function formatDiff(report: DiffReport): string {
  const lines = [
    ...editLines(report.edits),
    ...stackLines(report.stacks),
    ...lossLines(report, 'replaced'),
    ...lossLines(report, 'destroyed'),
    ...warningLines(report),
    ...closingLines(report),
  ];
  return lines.map(cut).join('\n');
}

function cut(line: string): string {
  return line.length > REPORT_WIDTH ? `${line.slice(0, REPORT_WIDTH - 1)}…` : line;
}

function editLines(edits: readonly EstateEdit[]): string[] {
  if (edits.length === 0) return ['The two estates say the same.'];
  const shown = edits.slice(0, MOST_EDITS).map(({ path, change }) => (path === '' ? change : `${path}: ${change}`));
  const rest = edits.length - shown.length;
  return rest === 0 ? shown : [...shown, `… and ${rest} more`];
}

function stackLines(stacks: readonly ReportedStack[]): string[] {
  const width = Math.max(...stacks.map(({ stack }) => stack.length));
  return stacks.map(({ stack, cloud, resources }) => {
    const counted = ACTIONS.map((action) => ({ action, members: resources.filter((each) => each.action === action) }));
    const present = counted.filter(({ members }) => members.length > 0);
    const counts = present.map(({ action, members }) => `${members.length} ${action}`).join(', ');
    const [only] = present.length === 1 ? present : present.filter(({ action }) => action === 'created');
    const what = only === undefined ? '' : describeResources(only.members);
    const told = present.length === 1 || only === undefined ? what : `created are ${what}`;
    return `  ${cloud.padEnd(6)} ${stack.padEnd(width)}   ${counts}${told === '' ? '' : `: ${told}`}`;
  });
}

/** What is replaced or destroyed, one by one where it matters, the rest counted by entry. */
function lossLines(report: DiffReport, action: 'replaced' | 'destroyed'): string[] {
  const all = resourcesThat(report, action);
  if (all.length === 0) return [];
  const matters = (each: ReportedResource) => action === 'replaced' || each.isProtected || each.holdings.length > 0;
  const shown = all.filter(matters).slice(0, MOST_RESOURCES);
  const rest = all.filter((each) => !shown.includes(each));
  return [
    action === 'replaced' ? 'Replaced' : 'Destroyed',
    ...shown.flatMap(resourceLines),
    ...[...groupBy(rest, ({ key, stack }) => `${key} in ${stack}`)].map(
      ([where, members]) => `  ${where}: ${describeResources(members)}`,
    ),
  ];
}

function resourceLines(resource: ReportedResource): string[] {
  const { key, noun, address, stack, isProtected, isAccepted, because } = resource;
  const guard = isProtected ? (isAccepted ? ' (protected, accepted)' : ' (protected)') : '';
  const causes = because.map((cause) => `because ${describeCause(cause)}`);
  return [
    `  ${key}${guard}: ${noun} ${address} in ${stack}`,
    ...[...causes, ...describeNotes(resource)].map((line) => `    ${line}`),
  ];
}

function warningLines(report: DiffReport): string[] {
  const refused = refusedChanges(report).flatMap(({ key, what, attributes }) => [
    `  ${key}: ${what}`,
    `    ${attributes.join(', ')} cannot change there; put what you want into a new pool beside it`,
  ]);
  const rolled = rolledPools(report).flatMap(({ key, held, attributes }) => [
    `  ${key}${held === '' ? '' : `: ${held}`}`,
    `    because ${attributes.join(', ')} changes`,
  ]);
  return [
    ...(refused.length > 0 ? ['Refused by the provider when it is applied', ...refused] : []),
    ...(rolled.length > 0 ? ['Updated in place, with nodes replaced one after another', ...rolled] : []),
  ];
}

function closingLines(report: DiffReport): string[] {
  const { stacks, unchanged, protected: lost } = report;
  const losses = resourcesThat(report, 'replaced').length + resourcesThat(report, 'destroyed').length;
  const affected = describeLoss(report);
  const open = entriesToAccept(report);
  const untouched = unchanged > 0 ? ` ${counted(unchanged, 'stack')} ${unchanged === 1 ? 'is' : 'are'} unchanged.` : '';
  const lines = [
    stacks.length === 0 && 'No resource changes.',
    losses === 0 ? `Nothing is replaced or destroyed.${untouched}` : untouched.trim(),
    affected !== '' && `Affected: ${affected}.`,
    open.length > 0 &&
      `Refused: ${counted(lost.filter(({ isAccepted }) => !isAccepted).length, 'protected resource')} would be lost. To go on:`,
    ...open.map((key) => `  --accept ${key}`),
  ];
  return lines.filter((line): line is string => line !== false && line !== '');
}
