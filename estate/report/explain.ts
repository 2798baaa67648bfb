import type { Position } from '../diagnostics';
import type { Plan } from '../plan/types';
import { keysSchema } from '../spec/json-schema';
import type { LoadedEstate } from '../spec/load';
import { fileSchema } from '../spec/schema-file';
import { shapeAt, valueAt } from '../spec/shape';
import { formatPath, orList } from '../spec/words';
import { wrap } from './excerpt';
import type { ResolvedFact } from './fact';
import { resolvedFacts } from './facts';
import { type FoundKey, type FoundPath, findPath, fixedKeys } from './key-path';
import { estateKeys, type KeyReference } from './reference';
import { REPORT_WIDTH } from './table';

/** Everything there is to say of one key of an estate. */
export interface Explanation {
  readonly path: string;
  readonly meaning: string;
  readonly type: string;
  readonly unit?: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly example?: unknown;
  /** What decides whether the key may stand there: `kind` is "s3", "gcs" or "oci". */
  readonly forms?: KeyReference['forms'];
  /** Keys that may stand below it, where those are fixed. */
  readonly keys?: readonly string[];
  /** What the file says, defaults included; undefined when nothing was written and there is no default. */
  readonly value?: unknown;
  /** Where it is written; absent for defaults. */
  readonly at?: Omit<Position, 'text'>;
  readonly resolved: readonly Omit<ResolvedFact, 'keys'>[];
}

/** The reference of the estate file itself, which has no key. */
const WHOLE = { type: 'map', required: true, description: 'An AI-training estate.' } as const;

let references: ReturnType<typeof estateKeys> | undefined;

/** The keys of the estate file; made once, and only where something is explained. */
function keyReferences(): ReturnType<typeof estateKeys> {
  references ??= estateKeys(keysSchema());
  return references;
}

/** Where a path leads in an estate. */
export function findKey(text: string, { estate, header }: LoadedEstate): FoundPath {
  return findPath(text, { ...estate, ...header }, keyReferences());
}

/** Explains a key that was found; the plan is left out where the estate cannot be resolved. */
export function explain(
  { estate, header, positions }: LoadedEstate,
  plan: Plan | undefined,
  { path, pattern }: FoundKey,
): Explanation {
  const all = keyReferences();
  const reference: Omit<KeyReference, 'path'> = all.get(pattern) ?? WHOLE;
  const { description, type, unit, required, default: preset, forms } = reference;
  const example = shapeAt(fileSchema, path, estate)?.example ?? reference.example;
  const value = valueAt({ ...header, ...estate }, path);
  const keys = fixedKeys(pattern, all).filter((key) => fits(all.get(`${pattern}.${key}`), value));
  const facts = plan === undefined ? [] : resolvedFacts({ estate, plan }, path);
  return {
    path: formatPath(path),
    meaning: description,
    type: type.replace(/`/g, ''),
    ...(unit !== undefined && { unit }),
    required,
    ...(preset !== undefined && { default: preset }),
    ...(example !== undefined && { example }),
    ...(forms && { forms }),
    ...(keys.length > 0 && { keys }),
    ...(value !== undefined && { value }),
    ...(positions.holds(path) && { at: placeOf(positions.locate(path, 'key')) }),
    resolved: facts.map(({ keys: _keys, ...fact }) => fact),
  };
}

/** False for keys of another form of the entry than the one that was written. */
function fits(key: KeyReference | undefined, entry: unknown): boolean {
  const form = key?.forms === undefined ? undefined : valueAt(entry, [key.forms.key]);
  return form === undefined || key?.forms?.values.includes(String(form)) === true;
}

function placeOf({ file, line, column, length }: Position): Omit<Position, 'text'> {
  return { file, line, column, length };
}

/** An explanation as text within 120 columns. */
export function formatExplanation(explanation: Explanation): string {
  const { path, resolved } = explanation;
  const lines = [path || 'the estate file', ...headRows(explanation).flatMap(([title, text]) => row(title, text))];
  if (resolved.length === 0) return lines.join('\n');
  // Many facts come from one row of the catalog, so that its source is told once.
  const sources = [...new Set(resolved.flatMap(({ source }) => source ?? []))];
  const facts = resolved.flatMap(({ what, value, because, source }) => {
    const mark = source === undefined ? '' : ` [${sources.indexOf(source) + 1}]`;
    return [...row(what, value), ...row('', `because ${because}${mark}`)];
  });
  const notes = sources.flatMap((source, index) => row(`[${index + 1}]`, source));
  return [...lines, '', 'resolved to', ...facts, ...(notes.length > 0 ? ['', 'sources', ...notes] : [])].join('\n');
}

function headRows(explanation: Explanation): readonly (readonly [string, string])[] {
  const { meaning, type, unit, required, default: preset, example, forms, keys } = explanation;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['meaning', meaning],
    ['type', [type, unit, ...(required ? ['required'] : [])].filter((part) => part !== undefined).join(', ')],
    ['only where', forms && `${forms.key} is ${orList(forms.values)}`],
    ['default', required ? undefined : JSON.stringify(preset)],
    ['example', JSON.stringify(example)],
    ['keys', keys?.join(', ')],
    ['value', shownValue(explanation)],
  ];
  return rows.flatMap(([title, text]) => (text ? [[title, text] as const] : []));
}

function shownValue({ path, value, at }: Explanation): string | undefined {
  if (value === undefined) return /(^|\.)\*(\.|$)/.test(path) ? undefined : 'not written';
  return `${short(value)}  (${at === undefined ? 'default' : `${at.file}:${at.line}:${at.column}`})`;
}

function row(title: string, text: string): readonly string[] {
  return wrap(text, REPORT_WIDTH - MARGIN).map((line, index) =>
    `  ${(index === 0 ? title : '').padEnd(MARGIN - 2)}${line}`.trimEnd(),
  );
}

/** Columns before the text of a row. */
const MARGIN = 20;

/** A value in one line; large ones by what they hold. */
function short(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= 90) return text;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null
    ? `a map with ${Object.keys(value).join(', ')}`
    : `${text.slice(0, 89)}…`;
}
