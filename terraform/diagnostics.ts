import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { isJsonObject, type JsonObject } from './document';

/** A problem or a warning that Terraform or the local provider reports. */
export interface OfflineDiagnostic {
  readonly severity: 'error' | 'warning';
  /** Terraform address of the resource; empty when the finding is about the document. */
  readonly address: string;
  /** Path of the construct in the app's tree, where cdktf wrote it down. */
  readonly construct: string;
  /** Dotted path inside the resource, list positions as numbers; empty when it is about the resource as a whole. */
  readonly path: string;
  readonly summary: string;
  readonly detail: string;
}

/** What one `plan -json` or `apply -json` said. */
export interface TerraformReport {
  readonly diagnostics: readonly OfflineDiagnostic[];
  /** Planned changes, by the resource's address. */
  readonly changes: readonly { readonly address: string; readonly action: string }[];
}

/** How many resources a plan does what to. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
}

/** Counts the changes of a plan. */
export function countChanges({ changes }: Pick<TerraformReport, 'changes'>): ChangeCounts {
  const count = (action: string) => changes.filter((change) => change.action === action).length;
  return { created: count('create'), updated: count('update'), replaced: count('replace'), destroyed: count('delete') };
}

/** Path of the member or element of a JSON text that holds a place. */
type Locate = (offset: number) => readonly (string | number)[];

function locator(text: string): Locate {
  let document: ReturnType<typeof parseDocument> | undefined;
  return (offset) => {
    document ??= parseDocument(text, { lineCounter: new LineCounter(), keepSourceTokens: false });
    let best: (string | number)[] = [];
    visit(document, {
      Pair: (_, pair, ancestors) => {
        if (!isScalar(pair.key)) return undefined;
        const start = pair.key.range?.[0] ?? Number.POSITIVE_INFINITY;
        const value = pair.value;
        const end =
          typeof value === 'object' && value !== null && 'range' in value && Array.isArray(value.range)
            ? value.range[1]
            : start;
        if (typeof end !== 'number' || offset < start || offset > end) return visit.SKIP;
        best = pathOf([...ancestors, pair]);
        return undefined;
      },
    });
    return best;
  };
}

function pathOf(nodes: readonly unknown[]): (string | number)[] {
  const path: (string | number)[] = [];
  for (const [index, node] of nodes.entries()) {
    if (!isJsonObject(node)) continue;
    if ('key' in node && isScalar(node.key)) path.push(String(node.key.value));
    const next = nodes[index + 1];
    if ('items' in node && Array.isArray(node.items) && !(isJsonObject(next) && 'key' in next)) {
      const position = node.items.indexOf(next);
      if (position >= 0) path.push(position);
    }
  }
  return path;
}

function textIn(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

/** Address and inner path of a place in a Terraform JSON document. */
function placeOf(steps: readonly (string | number)[]): { address: string; path: string } {
  const [kind, type, name, ...rest] = steps;
  if (kind === 'resource' || kind === 'data') {
    if (name === undefined) return { address: String(type ?? ''), path: '' };
    return { address: `${kind === 'data' ? 'data.' : ''}${type}.${name}`, path: rest.join('.') };
  }
  return { address: '', path: steps.join('.') };
}

function constructOf(json: JsonObject, address: string): string {
  const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
  const kind = address.startsWith('data.') ? 'data' : 'resource';
  const resource = objectIn(objectIn(objectIn(json, kind), type), name.replace(/\[.*$/, ''));
  return textIn(objectIn(objectIn(resource, '//'), 'metadata'), 'path');
}

/** What Terraform says is missing or too much, in the words of its own checks. */
const NAMED = [
  /^The argument "([^"]+)" is required/,
  /^(?:At least|No more than|Only|Exactly) \S+ "?([a-z0-9_]+)"? blocks? (?:are|is) (?:required|allowed)/,
];

/** The argument that a finding names without pointing at it, because it is not there. */
function absentArgument(detail: string): string | undefined {
  for (const pattern of NAMED) {
    const name = pattern.exec(detail)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

function readDiagnostic(raw: JsonObject, json: JsonObject, locate: Locate): OfflineDiagnostic {
  const start = objectIn(objectIn(raw, 'range'), 'start').byte;
  const place = typeof start === 'number' ? placeOf(locate(start)) : { address: '', path: '' };
  const address = textIn(raw, 'address') || place.address;
  const detail = textIn(raw, 'detail');
  const absent = address === '' ? undefined : absentArgument(detail);
  const isAtIt = absent === undefined || place.path.split('.').includes(absent);
  return {
    severity: raw.severity === 'warning' ? 'warning' : 'error',
    address,
    construct: constructOf(json, address),
    path: isAtIt ? place.path : [place.path, absent].filter((part) => part !== '').join('.'),
    summary: textIn(raw, 'summary'),
    detail,
  };
}

/** A line as JSON; a Terraform that crashes may end in the middle of one. */
function parseLine(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Reads the lines that `terraform … -json` prints about a document. */
export function readReport(stdout: string, json: JsonObject, text: string): TerraformReport {
  const locate = locator(text);
  // Terraform validates twice, before and while it plans, and repeats its warnings.
  const diagnostics = new Map<string, OfflineDiagnostic>();
  const changes: { address: string; action: string }[] = [];
  for (const line of stdout.split('\n')) {
    const message = parseLine(line);
    if (!isJsonObject(message)) continue;
    if (message.type === 'diagnostic') {
      const diagnostic = readDiagnostic(objectIn(message, 'diagnostic'), json, locate);
      diagnostics.set(JSON.stringify(diagnostic), diagnostic);
    }
    if (message.type === 'planned_change') {
      const change = objectIn(message, 'change');
      changes.push({ address: textIn(objectIn(change, 'resource'), 'addr'), action: textIn(change, 'action') });
    }
  }
  return { diagnostics: [...diagnostics.values()], changes };
}

/** A finding as one readable paragraph: where, what, and what to do. */
export function describeDiagnostic({ address, construct, path, summary, detail }: OfflineDiagnostic): string {
  const where = [address, path].filter((part) => part !== '').join(': ');
  const lines = [`${where}${where === '' ? '' : ': '}${summary}`];
  if (detail !== '') lines.push(...detail.split('\n').map((line) => `  ${line}`));
  if (construct !== '') lines.push(`  at construct ${construct}`);
  return lines.join('\n');
}
