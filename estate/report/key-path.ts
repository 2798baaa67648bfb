import type { Path } from '../spec/positions';
import { valueAt } from '../spec/shape';
import { didYouMean } from '../spec/suggest';
import { andList, counted, formatPath, orList, quote } from '../spec/words';
import type { KeyReference } from './reference';

/** What a dotted path leads to. */
export interface FoundKey {
  readonly path: Path;
  /** The same with `*` for the user's own keys and `[]` for items of lists. */
  readonly pattern: string;
}

/** What a dotted path leads to, or why it leads nowhere. */
export type FoundPath =
  | (FoundKey & { readonly problem?: undefined })
  | { readonly problem: string; readonly hint: string };

/** The keys of the estate file by their pattern: `clusters.*.pools.*.zone`. */
export type References = ReadonlyMap<string, KeyReference>;

/** A place on the way down a path. */
interface Place {
  readonly path: Path;
  readonly pattern: string;
  /** What is written there. */
  readonly value: unknown;
}

/**
 * Reads a dotted path of an estate: `clusters.ohio.pools.train.zone`, also where the key is not written.
 *
 * Entries must exist; `*` stands for an entry of any name. Keys may hold dots themselves, as those of labels do: the
 * longest one that is written counts.
 */
export function findPath(text: string, estate: unknown, references: References): FoundPath {
  let place: Place = { path: [], pattern: '', value: estate };
  let rest = text.replace(/\[(\d*)\]/g, (_match, index: string) => `.${index === '' ? '*' : index}`);
  for (let isOpen = rest !== ''; isOpen; ) {
    const key = firstKey(rest, writtenKeys(place.value));
    const next = step(place, key, references);
    if (next === undefined) return nowhere(place, key, references);
    place = next;
    isOpen = rest.length > key.length;
    rest = rest.slice(key.length + 1);
  }
  return { path: place.path, pattern: place.pattern };
}

/** Names of the keys that are fixed at a place of the estate file. */
export function fixedKeys(pattern: string, references: References): readonly string[] {
  const start = pattern === '' ? '' : `${pattern}.`;
  const below = [...references.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  const names = references.get(`${start}*`)?.names ?? [];
  return [...below.filter((name) => /^\w+$/.test(name)), ...names];
}

function firstKey(text: string, written: readonly string[]): string {
  const [longest] = written
    .filter((key) => text === key || text.startsWith(`${key}.`))
    .sort((one, other) => other.length - one.length);
  return longest ?? text.split('.')[0] ?? '';
}

function step({ path, pattern, value }: Place, key: string, references: References): Place | undefined {
  const next = patternBelow(pattern, key, value, references);
  if (next === undefined) return undefined;
  const member = next.endsWith('[]') && key !== '*' ? Number(key) : key;
  return { path: [...path, member], pattern: next, value: valueAt(value, [member]) };
}

function patternBelow(pattern: string, key: string, value: unknown, references: References): string | undefined {
  const fixed = pattern === '' ? key : `${pattern}.${key}`;
  if (key !== '*' && references.has(fixed)) return fixed;
  const entry = references.get(`${pattern}.*`) ?? references.get(`${pattern}[]`);
  const names = entry?.names ?? writtenKeys(value);
  return key === '*' || names.includes(key) ? entry?.path : undefined;
}

function nowhere({ path, pattern, value }: Place, key: string, references: References): FoundPath {
  const where = path.length === 0 ? 'an estate' : quote(formatPath(path));
  const anyEntry = `${formatPath(path)}.*`;
  if (Array.isArray(value) || references.has(`${pattern}[]`)) {
    const count = Array.isArray(value) ? value.length : 0;
    return {
      problem: `${where} has no item ${quote(key)}`,
      hint: `it has ${counted(count, 'item')}, counted from 0; ${quote(anyEntry)} explains any`,
    };
  }
  const isMap = references.has(`${pattern}.*`);
  const fixed = fixedKeys(pattern, references);
  const known = fixed.length > 0 ? fixed : writtenKeys(value);
  if (known.length === 0 && !isMap) {
    return { problem: `${where} has nothing below it`, hint: `explain ${quote(formatPath(path))} instead` };
  }
  const has =
    known.length === 0 ? 'it has no entries' : isMap ? `it has ${andList(known)}` : `it may have ${orList(known)}`;
  return {
    problem: `${where} has no ${quote(key)}${didYouMean(key, known)}`,
    hint: isMap ? `${has}; ${quote(anyEntry)} explains any` : has,
  };
}

function writtenKeys(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
