import type { Path } from '../spec/positions';
import { estateSchema } from '../spec/schema';
import { keysOf, shapeAt, valueAt } from '../spec/shape';
import { didYouMean } from '../spec/suggest';
import { formatPath, orList, quote } from '../spec/words';
import type { KeyReference } from './reference';

/** What a dotted path leads to, or why it leads nowhere. */
export type FoundPath =
  | { readonly path: Path; readonly problem?: undefined }
  | { readonly path?: undefined; readonly problem: string; readonly hint: string };

/**
 * Reads a dotted path of an estate: `clusters.ohio.pools.train.zone`, also where the key is not written.
 *
 * `*` stands for an entry of any name. Keys may hold dots themselves, as those of labels do: the longest one that is
 * written counts.
 */
export function findPath(text: string, value: unknown): FoundPath {
  const path: (string | number)[] = [];
  let rest = text.replace(/\[(\d+|)\]/g, (_match, index: string) => `.${index === '' ? '0' : index}`);
  while (rest !== '') {
    const here = valueAt(value, path);
    const written = writtenKeys(here).filter((key) => rest === key || rest.startsWith(`${key}.`));
    const key = written.sort((one, other) => other.length - one.length)[0] ?? rest.split('.')[0] ?? '';
    const step = Array.isArray(here) || isListAt(path, value) ? listIndex(key) : key;
    if (step === undefined || shapeAt(estateSchema, [...path, step], value) === undefined) {
      return nowhere(path, key, value);
    }
    path.push(step);
    rest = rest.slice(key.length + 1);
  }
  return { path };
}

/** The reference of the key that a path stands for; undefined for an entry that the user has named. */
export function referenceOf(path: Path, keys: readonly KeyReference[]): KeyReference | undefined {
  return keys.find(({ path: pattern }) => {
    const steps = pattern.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '[]'] : [step]));
    return (
      steps.length === path.length &&
      steps.every((step, index) => {
        const own = path[index];
        return step === '*' || step === String(own) || (step === '[]' && typeof own === 'number');
      })
    );
  });
}

function nowhere(path: Path, key: string, value: unknown): FoundPath {
  const shape = shapeAt(estateSchema, path, value);
  const known = [
    ...new Set([...(shape === undefined ? [] : keysOf(shape.schema)), ...writtenKeys(valueAt(value, path))]),
  ];
  const where = path.length === 0 ? 'an estate' : quote(formatPath(path));
  if (known.length === 0)
    return { problem: `${where} has nothing below it`, hint: `explain ${formatPath(path)} instead` };
  return { problem: `${where} has no ${quote(key)}${didYouMean(key, known)}`, hint: `it may have ${orList(known)}` };
}

function isListAt(path: Path, value: unknown): boolean {
  const shape = shapeAt(estateSchema, path, value);
  return (
    shape !== undefined &&
    shapeAt(estateSchema, [...path, 0], value) !== undefined &&
    keysOf(shape.schema).length === 0 &&
    shape.schema._zod.def.type === 'array'
  );
}

function listIndex(key: string): number | undefined {
  return /^\d+$/.test(key) ? Number(key) : key === '*' ? 0 : undefined;
}

function writtenKeys(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
