import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { parseSource } from '../../estate/spec/source';

/** A text that stands in the place of another. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A value that is added to a document. */
export interface Addition {
  readonly path: readonly (string | number)[];
  readonly value: string;
}

/** As many are tried one by one, where all at once would change something else. */
const MOST_TRIED = 20;

/**
 * The edits that add values to a document of YAML or JSON and change nothing else of it, neither text nor meaning. What
 * cannot be added so, since an alias or a merge stands in the way, is left out.
 */
export function additionsTo(text: string, additions: readonly Addition[]): readonly Edit[] {
  if (additions.length === 0) return [];
  const root = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' }).contents;
  const place: Place = { text, json: isJson(text) };
  const found = additions.flatMap((addition) => {
    const edit = editOf(place, root, addition.path, addition.value);
    return edit === undefined ? [] : [{ addition, edit }];
  });
  const adds = (some: typeof found) => isAdded(text, some);
  if (adds(found)) return found.map(({ edit }) => edit).sort(inOrder);
  const kept: typeof found = [];
  for (const each of found.slice(0, MOST_TRIED)) {
    if (adds([...kept, each])) kept.push(each);
  }
  return kept.map(({ edit }) => edit).sort(inOrder);
}

/** A text after edits. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .reverse()
    .reduce((all, { start, end, text: own }) => all.slice(0, start) + own + all.slice(end), text);
}

interface Place {
  readonly text: string;
  readonly json: boolean;
}

interface PlacedEdit extends Edit {
  /** Column that it begins in. */
  readonly column: number;
}

/** Where two begin at one place, the one further in belongs to what ends there first. */
function inOrder(one: PlacedEdit, other: PlacedEdit): number {
  return one.start - other.start || other.column - one.column;
}

/** Whether a text means after edits what it did before, with some values more. */
function isAdded(text: string, some: readonly { readonly addition: Addition; readonly edit: PlacedEdit }[]): boolean {
  const edits = some.map(({ edit }) => edit).sort(inOrder);
  const after = parseSource(edited(text, edits), '');
  const wanted = some.reduce(
    (value: unknown, { addition: { path, value: own } }) => withValue(value, path, own),
    parseSource(text, '').value,
  );
  return after.diagnostics.length === 0 && isDeepStrictEqual(after.value, wanted);
}

function withValue(value: unknown, path: Addition['path'], own: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return own;
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? withValue(each, rest, own) : each));
  const map: Readonly<Record<string, unknown>> = Object(value ?? {});
  return { ...map, [step]: withValue(Object.hasOwn(map, step) ? map[step] : undefined, rest, own) };
}

function editOf(place: Place, node: unknown, path: Addition['path'], value: string): PlacedEdit | undefined {
  const [step, ...rest] = path;
  if (isSeq(node)) return editOf(place, node.items[Number(step)], rest, value);
  if (!isMap(node) || step === undefined) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (pair === undefined) return node.flow ? flowEdit(place, node, path, value) : blockEdit(place, node, path, value);
  if (isScalar(pair.value) && pair.value.value === null) return nullEdit(place, pair.value, rest, value);
  return editOf(place, pair.value, rest, value);
}

/** Nothing is written, or a null: a map takes its place. */
function nullEdit(place: Place, node: Node, path: Addition['path'], value: string): PlacedEdit | undefined {
  if (node.range == null || path.length === 0) return undefined;
  const [start, end] = node.range;
  const before = place.text[start - 1] === ':' ? ' ' : '';
  const behind = place.text[end] === '#' ? ' ' : '';
  return {
    start,
    end,
    text: `${before}${flowText(place, path, value)}${behind}`,
    column: Number.POSITIVE_INFINITY,
  };
}

/** One more entry behind the last of a map in braces, laid out as they are. */
function flowEdit(place: Place, map: YAMLMap, path: Addition['path'], value: string): PlacedEdit | undefined {
  if (map.range == null) return undefined;
  const open = map.range[0] + 1;
  const last = map.items.at(-1);
  const inner = flowText(place, path, value);
  if (last === undefined) return { start: open, end: open, text: inner.slice(1, -1), column: 0 };
  const [first] = map.items;
  const gap = place.text.slice(open, startOf(first?.key));
  const end = endOf(last);
  if (end === undefined) return undefined;
  if (!/^\s*\n[ \t]*$/.test(gap)) {
    const space = place.json && gap === '' ? '' : ' ';
    return { start: end, end, text: `,${space}${inner.slice(1, -1).trim()}`, column: 0 };
  }
  const [, indent = ''] = /\n([ \t]*)$/.exec(gap) ?? [];
  const lines = place.json ? JSON.stringify(nested(path, value), undefined, 2).split('\n').slice(1, -1) : undefined;
  const body = lines?.map((line) => `${indent}${line.slice(2)}`).join('\n') ?? `${indent}${inner.slice(1, -1).trim()}`;
  return { start: end, end, text: `,\n${body}`, column: 0 };
}

/** A line more behind the last of a map. */
function blockEdit({ text }: Place, map: YAMLMap, path: Addition['path'], value: string): PlacedEdit | undefined {
  const first = startOf(map.items[0]?.key);
  const last = map.items.at(-1);
  const end = last && endOf(last);
  if (first === undefined || end === undefined) return undefined;
  const column = first - (text.lastIndexOf('\n', first - 1) + 1);
  const lines = path.map((step, depth) => {
    const isLast = depth === path.length - 1;
    return `${' '.repeat(column + 2 * depth)}${scalar(String(step))}:${isLast ? ` ${scalar(value)}` : ''}`;
  });
  if (text[end - 1] === '\n') return { start: end, end, text: `${lines.join('\n')}\n`, column };
  const next = text.indexOf('\n', end);
  const at = next === -1 ? text.length : next;
  return { start: at, end: at, text: `\n${lines.join('\n')}`, column };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** Where an entry of a map ends, without comments behind it. */
function endOf({ key, value }: Pair): number | undefined {
  const node = (value ?? key) as Node | null;
  if (isMap(node) && !node.flow) return node.items.length === 0 ? node.range?.[1] : endOf(node.items.at(-1) as Pair);
  if (isSeq(node) && !node.flow && node.items.length > 0) return endOf({ key, value: node.items.at(-1) } as Pair);
  return node?.range?.[1];
}

function nested(path: Addition['path'], value: string): unknown {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
}

function flowText({ json }: Place, path: Addition['path'], value: string): string {
  if (json) return JSON.stringify(nested(path, value));
  return path.reduceRight<string>((inner, step) => `{ ${scalar(String(step))}: ${inner} }`, scalar(value));
}

/** Words that some readers of YAML take for something else than text. */
const OTHER_WORDS = /^(?:null|true|false|yes|no|on|off|y|n)$/;

function scalar(text: string): string {
  return /^[a-z][a-z0-9./-]*$/.test(text) && !OTHER_WORDS.test(text) ? text : JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
