import type { Position } from '../diagnostics';
import type { Plan } from '../plan/types';
import { jsonSchema } from '../spec/json-schema';
import type { LoadedEstate } from '../spec/load';
import type { Path } from '../spec/positions';
import { estateSchema } from '../spec/schema';
import { keysOf, shapeAt, valueAt } from '../spec/shape';
import { formatPath } from '../spec/words';
import { wrap } from './excerpt';
import { type ResolvedFact, resolvedFacts } from './facts';
import { referenceOf } from './key-path';
import { estateKeys } from './reference';
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
  /** Keys that may stand below it, where those are fixed. */
  readonly keys?: readonly string[];
  /** What the file says, defaults included; undefined when nothing was written and there is no default. */
  readonly value?: unknown;
  /** Where it is written; absent for defaults. */
  readonly at?: Omit<Position, 'text'>;
  readonly resolved: readonly Omit<ResolvedFact, 'keys'>[];
}

/** Units by the end of a key. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/MBpsPerTiB$/, 'MB/s for each TiB'],
  [/TiB$/, 'TiB'],
  [/GiB$/, 'GiB'],
  [/TB$/, 'TB'],
  [/Days$/, 'days'],
  [/Hours$/, 'hours'],
  [/^years$/, 'years'],
  [/^(racks|nodes|accelerators)$/, 'a count'],
  [/PerRack$/, 'trays of each rack'],
  [/Blocks$/, '/16 blocks'],
];

/** Explains a key that exists in the schema; the plan is left out where the estate cannot be resolved. */
export function explain({ estate, positions }: LoadedEstate, plan: Plan | undefined, path: Path): Explanation {
  const shape = shapeAt(estateSchema, path, estate);
  const reference = referenceOf(path, estateKeys(jsonSchema()));
  const value = valueAt(estate, path);
  const keys = shape === undefined ? [] : keysOf(shape.schema);
  const unit = UNITS.find(([pattern]) => pattern.test(String(path.at(-1))))?.[1];
  const written = positions.holds(path) ? positions.locate(path, 'key') : undefined;
  const facts = plan === undefined ? [] : resolvedFacts({ estate, plan }, path);
  return {
    path: formatPath(path),
    meaning: reference?.description || shape?.description || '',
    type: reference?.type ?? (keys.length > 0 ? 'map' : 'value'),
    ...(unit !== undefined && { unit }),
    required: reference?.required ?? false,
    ...(reference?.default !== undefined && { default: reference.default }),
    ...(shape?.example !== undefined && { example: shape.example }),
    ...(keys.length > 0 && { keys }),
    ...(value !== undefined && { value }),
    ...(written && { at: placeOf(written) }),
    resolved: facts.map(({ keys: _keys, ...fact }) => fact),
  };
}

function placeOf({ file, line, column, length }: Position): Omit<Position, 'text'> {
  return { file, line, column, length };
}

/** An explanation as text within 120 columns. */
export function formatExplanation(explanation: Explanation): string {
  const { path, meaning, type, unit, required, default: preset, example, keys, value, at, resolved } = explanation;
  const shown = value === undefined ? 'not written' : short(value);
  const where =
    at === undefined ? (value === undefined ? '' : '  (default)') : `  (${at.file}:${at.line}:${at.column})`;
  const head = [
    ['meaning', meaning],
    ['type', `${type.replace(/`/g, '')}${unit === undefined ? '' : `, ${unit}`}${required ? ', required' : ''}`],
    ...(preset === undefined || required ? [] : [['default', JSON.stringify(preset)]]),
    ...(example === undefined ? [] : [['example', JSON.stringify(example)]]),
    ...(keys === undefined ? [] : [['keys', keys.join(', ')]]),
    ['value', `${shown}${where}`],
  ].filter(([, text]) => text !== '');
  const blocks = resolved.flatMap(({ what, value: found, because, source }) => [
    ...row(what, found, 2),
    ...row('', `because  ${because}`, 2),
    ...(source === undefined ? [] : row('', `source   ${source}`, 2)),
  ]);
  const body = head.flatMap(([title = '', text = '']) => row(title, text, 2));
  return [path, ...body, ...(blocks.length === 0 ? [] : ['', 'resolved to', ...blocks])].join('\n');
}

function row(title: string, text: string, indent: number): readonly string[] {
  const margin = indent + 18;
  const hanging = /^(because|source) +/.exec(text)?.[0].length ?? 0;
  return wrap(text, REPORT_WIDTH - margin - hanging).map((line, index) => {
    const lead = index === 0 ? `${' '.repeat(indent)}${title.padEnd(16)}  ` : ' '.repeat(margin + hanging);
    return `${lead}${line}`.trimEnd();
  });
}

/** A value in one line; large ones by what they hold. */
function short(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= 90) return text;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null
    ? `a map with ${Object.keys(value).join(', ')}`
    : `${text.slice(0, 89)}…`;
}
