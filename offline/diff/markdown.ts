import { counted } from '../../estate/spec/words';
import type { DiffReport, ReportedResource } from './report';
import { resourcesThat } from './report';
import {
  ACTIONS,
  describeCause,
  describeLoss,
  describeNotes,
  entriesToAccept,
  refusedChanges,
  rolledPools,
} from './words';

/** Hosts of pull requests refuse longer comments; what is behind the limit is counted. */
const MOST_ITEMS = 200;

/** Prints a report as Markdown for a pull request: the edit, a table of stacks, and folded lists of what is lost. */
export function formatDiffMarkdown(report: DiffReport): string {
  const parts = [
    editList(report),
    stackTable(report),
    verdict(report),
    details(report, 'replaced'),
    details(report, 'destroyed'),
    warnings(report),
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

function editList({ edits }: DiffReport): string {
  if (edits.length === 0) return 'The two estates say the same.';
  return items(edits.map(({ path, change }) => `- ${code(path === '' ? change : `${path}: ${change}`)}`));
}

function stackTable({ stacks, unchanged }: DiffReport): string {
  const untouched = unchanged > 0 ? `${counted(unchanged, 'stack')} unchanged` : '';
  if (stacks.length === 0) return `No resource changes${untouched === '' ? '' : `; ${untouched}`}.`;
  const rows = stacks.map(({ stack, cloud, resources }) => {
    const counts = ACTIONS.map((action) => resources.filter((each) => each.action === action).length);
    return `| ${[cloud, code(stack), ...counts].join(' | ')} |`;
  });
  const head = ['| cloud | stack | created | updated | replaced | destroyed |', '|---|---|---:|---:|---:|---:|'];
  return [...head, ...rows, ...(untouched === '' ? [] : ['', untouched])].join('\n');
}

function verdict(report: DiffReport): string {
  const losses = resourcesThat(report, 'replaced').length + resourcesThat(report, 'destroyed').length;
  if (losses === 0) return '**Nothing is replaced or destroyed.**';
  const affected = describeLoss(report);
  const open = entriesToAccept(report);
  const lines = [
    `**${counted(losses, 'resource')} replaced or destroyed${affected === '' ? '' : `: ${affected}`}.**`,
    open.length > 0 && `Protected and not accepted: ${open.map(code).join(', ')}`,
  ];
  return lines.filter((line) => line !== false).join('\n\n');
}

function details(report: DiffReport, action: 'replaced' | 'destroyed'): string {
  const resources = resourcesThat(report, action);
  if (resources.length === 0) return '';
  const title = `${action === 'replaced' ? 'Replaced' : 'Destroyed'} (${resources.length})`;
  return `<details><summary>${title}</summary>\n\n${items(resources.map(resourceItem))}\n\n</details>`;
}

function resourceItem(resource: ReportedResource): string {
  const { key, noun, address, stack, because, isProtected, isAccepted } = resource;
  const guard = isProtected ? (isAccepted ? ', protected (accepted)' : ', **protected**') : '';
  const reasons = [...because.map(describeCause), ...describeNotes(resource)];
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `- ${code(key)} ${noun} ${code(address)} in ${code(stack)}${guard}${why}`;
}

function warnings(report: DiffReport): string {
  const refused = refusedChanges(report).map(
    ({ key, what, attributes }) => `- ${code(key)} ${what}: the provider refuses to change ${attributes.join(', ')}`,
  );
  const rolled = rolledPools(report).map(
    ({ key, held, attributes }) =>
      `- ${code(key)} ${held}: nodes are replaced one after another, because ${attributes.join(', ')} changes`,
  );
  return items([...refused, ...rolled]);
}
