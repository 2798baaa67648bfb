import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../terraform/document';

/** Lists of `{ Key, Value }` are maps in disguise: what tags are on AWS. */
function asMap(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const entries = value.map((element): [string, unknown] | undefined =>
    isJsonObject(element) && typeof element.Key === 'string' ? [element.Key, element] : undefined,
  );
  return entries.every((entry) => entry !== undefined) ? new Map(entries) : undefined;
}

/** Dotted paths of everything that differs between two JSON values; lists by position, lists of tags by their key. */
export function jsonPaths(before: unknown, after: unknown, at: readonly string[]): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [had, has] = [asMap(before), asMap(after)];
  if (had !== undefined && has !== undefined) {
    const keys = [...new Set([...had.keys(), ...has.keys()])].sort();
    return keys.filter((key) => !isDeepStrictEqual(had.get(key), has.get(key))).map((key) => [...at, key].join('.'));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((element, index) => jsonPaths(element, after[index], [...at, String(index)]));
  }
  // An intrinsic function is one value, whatever it is made of.
  const isPlain = (value: unknown) => isJsonObject(value) && !Object.keys(value).some((key) => /^(Ref|Fn::)/.test(key));
  if (isJsonObject(before) && isJsonObject(after) && isPlain(before) && isPlain(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => jsonPaths(before[name], after[name], [...at, name]));
  }
  return [at.join('.')];
}
