import { counted } from '../estate/spec/words';
import { jobItems } from './job-words';
import { isSmaller } from './losses';
import type { DiffReport, ReportedStack } from './report';
import { resourcesThat } from './report';
import type { ReportedResource } from './reported';
import { tagKeys } from './tags';
import {
  ACTIONS,
  type AffectedPool,
  describeCauses,
  describeCut,
  describeGivenUp,
  describeKept,
  describeLoss,
  describeNotes,
  describeRelease,
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

/** Hosts of pull requests refuse longer comments; what is behind the limit is counted. */
const MOST_ITEMS = 200;

/** Prints a report as Markdown for a pull request: the edit, a table of stacks, and folded lists of what is lost. */
export function formatDiffMarkdown(report: DiffReport): string {
  const smaller = report.stacks.flatMap(({ resources }) => resources.filter(isSmaller));
  const parts = [
    editList(report),
    portfolioTable(report),
    stackTable(report),
    verdict(report),
    refusals(report),
    details('Replaced', resourcesThat(report, 'replaced').map(lossItem)),
    details('Destroyed', resourcesThat(report, 'destroyed').map(lossItem)),
    items(report.cut.map((each) => `- ${code(each.path)} ${describeCut(each)}`)),
    details(
      'Smaller',
      smaller.map((each) => resourceItem(each, describeShrinking(each))),
    ),
    details(
      'Leaves the estate and goes on existing',
      leavingStacks(report).flatMap(keptItems),
      resourcesThat(report, 'kept').length,
    ),
    details(
      GIVEN_UP,
      report.givenUp.map((each) => `- ${describeGivenUp(each)}`),
    ),
    warnings(report),
    items(jobItems(report.jobs)),
    movedByState(report),
    commands(IDS_CHANGE, report.refactoring),
    commands(STATE_MOVES, report.migrations),
    report.releases.length === 0
      ? ''
      : `${RELEASES_CHANGE}.\n\n${items(report.releases.map((each) => `- ${describeRelease(each)}`))}`,
    commands(orderTitle(report), report.order),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Text as code, whatever is in it: no pipe may end a cell, no backtick the code. */
function code(text: string): string {
  return `\`${text.replace(/`/g, "'").replace(/\|/g, '\\|')}\``;
}

function items(lines: readonly string[]): string {
  const rest = lines.length - MOST_ITEMS;
  return [...lines.slice(0, MOST_ITEMS), ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}

function editList(report: DiffReport): string {
  const { edits } = report;
  if (edits === undefined) return '';
  if (edits.length === 0) return sameEstates(report);
  return items(edits.map(({ path, change }) => `- ${code(path === '' ? change : `${path}: ${change}`)}`));
}

/** What the edit does to the whole estate, for those who read no stacks. */
function portfolioTable({ portfolio = [], tellsPortfolio }: DiffReport): string {
  if (portfolio.length === 0 || !tellsPortfolio) return '';
  const rows = portfolio.map(({ what, before, after }) => `| ${what} | ${before} | ${after} |`);
  return ['| estate | before | after |', '|---|---:|---:|', ...rows].join('\n');
}

function stackTable({ stacks, unchanged }: DiffReport): string {
  const untouched = unchanged > 0 ? `${counted(unchanged, 'stack')} unchanged` : '';
  if (stacks.length === 0) return `No resource changes${untouched === '' ? '' : `; ${untouched}`}.`;
  const told = stacks.filter(
    ({ resources, outputs, isLeft }) => isLeft || outputs.length > 0 || resources.some((each) => !each.isTagChange),
  );
  const rows = told.map(({ stack, cloud, resources }) => {
    const counts = ACTIONS.map(
      (action) => resources.filter((each) => each.action === action && !each.isTagChange).length,
    );
    return `| ${[cloud, code(stack), ...counts].join(' | ')} |`;
  });
  const head = [
    '| cloud | stack | created | updated | replaced | destroyed | left |',
    '|---|---|---:|---:|---:|---:|---:|',
  ];
  const tags = stacks.flatMap(({ resources }) => resources.filter((each) => each.isTagChange));
  const folded =
    tags.length === 0
      ? ''
      : `${counted(tags.length, 'resource')} with other tags only: ${tagKeys(tags).map(code).join(', ')}`;
  const below = [untouched, folded].filter((line) => line !== '');
  return [...(rows.length === 0 ? [] : [...head, ...rows, '']), below.join('; ')].join('\n').trimEnd();
}

function verdict(report: DiffReport): string {
  const { lost, refused } = report;
  const losses = resourcesThat(report, 'replaced').length + resourcesThat(report, 'destroyed').length;
  const [affected, kept, unconfirmed] = [describeLoss(report), describeKept(report), describeUnconfirmed(report)];
  const open = entriesToAccept(report);
  const told = losses > 0 ? `${counted(losses, 'resource')} replaced or destroyed` : 'Smaller';
  const lines = [
    losses === 0 && lost.length === 0
      ? '**Nothing is replaced or destroyed.**'
      : `**${told}${affected === '' ? '' : `: ${affected}`}.**`,
    refused.length > 0 && `**Refused when it is applied: ${counted(distinctRefusals(report).length, 'change')}.**`,
    kept !== '' && `No longer in the estate: ${kept}.`,
    unconfirmed !== '' && `${unconfirmed}.`,
    open.length > 0 && `Protected and not accepted: ${open.map(code).join(', ')}`,
  ];
  return lines.filter((line) => line !== false).join('\n\n');
}

function refusals(report: DiffReport): string {
  return items(
    distinctRefusals(report).map(({ key, who, why, way, attributes, source, unlessEmpty }) => {
      const what = attributes.length === 0 ? '' : ` (${attributes.map(code).join(', ')})`;
      const open = unlessEmpty ? ` Where it has none: ${code(`--accept ${key}`)}.` : '';
      return `- ${who} refuses ${code(key)}${what}: ${why}. Instead: ${way}.${open} ${source}`;
    }),
  );
}

function details(title: string, lines: readonly string[], count = lines.length): string {
  if (lines.length === 0) return '';
  return `<details><summary>${title} (${count})</summary>\n\n${items(lines)}\n\n</details>`;
}

function lossItem(resource: ReportedResource): string {
  return resourceItem(resource, [...describeCauses(resource.because), ...describeNotes(resource)]);
}

function resourceItem(resource: ReportedResource, reasons: readonly string[]): string {
  const { key, noun, address, stack, isProtected, isAccepted } = resource;
  const guard = isProtected ? (isAccepted ? ', protected (accepted)' : ', **protected**') : '';
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `- ${code(key)} ${noun} ${code(address)} in ${code(stack)}${guard}${why}`;
}

function keptItems(stack: ReportedStack): string[] {
  const kept = stack.resources.filter(({ action }) => action === 'kept');
  if (kept.length === 0) return [];
  const { says, commands: run } = wayDown(stack);
  const down = run.map((command) => `  - ${code(command)}`);
  return [`- ${says}`, ...down, ...kept.map((each) => resourceItem(each, stack.isLeft ? [] : describeNotes(each)))];
}

function warnings(report: DiffReport): string {
  const list = (pools: readonly AffectedPool[], what: string) =>
    pools.map(
      ({ key, held, attributes, notes }) =>
        `- ${[`${code(key)} ${held}: ${what}, because ${attributes.join(', ')} changes`, ...notes].join('; ')}`,
    );
  return items([
    ...list(rolledPools(report), 'nodes are replaced one after another'),
    ...list(waitingPools(report), 'only new nodes get it'),
  ]);
}

function commands(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, '', '```sh', ...lines, '```'].join('\n');
}
