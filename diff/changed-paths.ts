import { blockKey } from '../provider/plan-change';
import type { PathStep } from '../provider/protocol';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  type NestedBlockSchema,
  type TypeConstraint,
} from '../provider/schema';
import { elementsOf, elementType, isObject, type Value, valueKey } from '../provider/values';

/** To the real providers an unset value, an empty text and an empty collection are the same. */
function isUnset(value: Value): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function sameAttribute(type: TypeConstraint, before: Value, after: Value): boolean {
  if (isUnset(before) && isUnset(after)) return true;
  return valueKey(type, before) === valueKey(type, after);
}

function attributePaths(type: TypeConstraint, before: Value, after: Value, at: readonly PathStep[]): PathStep[][] {
  if (sameAttribute(type, before, after)) return [];
  const isSet = typeof type !== 'string' && type[0] === 'set';
  if (Array.isArray(before) && Array.isArray(after) && !isSet && before.length === after.length) {
    return before.flatMap((element, index) =>
      attributePaths(elementType(type, index), element, after[index] ?? null, [...at, index]),
    );
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) =>
      attributePaths(elementType(type, name), before[name] ?? null, after[name] ?? null, [...at, name]),
    );
  }
  return [[...at]];
}

function nestedPaths(nested: NestedBlockSchema, before: Value, after: Value, at: readonly PathStep[]): PathStep[][] {
  const { block, nesting_mode: mode } = nested;
  if (mode === 'set') {
    const [had = [], has = []] = [before, after].map((set) =>
      elementsOf(set)
        .map((element) => blockKey(block, element))
        .sort(),
    );
    return had.join('\n') === has.join('\n') ? [] : [[...at]];
  }
  if (mode === 'list') {
    const [had, has] = [elementsOf(before), elementsOf(after)];
    if (had.length !== has.length) return [[...at]];
    return had.flatMap((element, index) => changedPaths(block, element, has[index] ?? null, [...at, index]));
  }
  if (mode === 'map' && isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => changedPaths(block, before[key] ?? null, after[key] ?? null, [...at, key]));
  }
  if (before === null && after === null) return [];
  return before === null || after === null ? [[...at]] : changedPaths(block, before, after, at);
}

/** Paths of everything that differs between two values of a block; sets count as one value, whatever their order. */
export function changedPaths(
  block: BlockSchema,
  before: Value,
  after: Value,
  at: readonly PathStep[] = [],
): PathStep[][] {
  if (!isObject(before) || !isObject(after)) {
    return valueKey('dynamic', before) === valueKey('dynamic', after) ? [] : [[...at]];
  }
  const paths = Object.entries(attributesOf(block)).flatMap(([name, { type }]) =>
    attributePaths(type, before[name] ?? null, after[name] ?? null, [...at, name]),
  );
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) =>
    nestedPaths(inner, before[name] ?? null, after[name] ?? null, [...at, name]),
  );
  return [...paths, ...nested];
}

/** Prints a path; the position in a block that can only be there once says nothing and is left out. */
export function dottedPath(block: BlockSchema, path: readonly PathStep[]): string {
  const parts: PathStep[] = [];
  let inner: BlockSchema | undefined = block;
  let only = false;
  for (const step of path) {
    if (typeof step === 'number') {
      if (!only) parts.push(step);
      continue;
    }
    const nested: NestedBlockSchema | undefined = inner === undefined ? undefined : blocksOf(inner)[step];
    only = nested !== undefined && (nested.max_items === 1 || nested.nesting_mode === 'single');
    inner = nested?.block;
    parts.push(step);
  }
  return parts.join('.');
}

/** The value at a path; null where there is none. */
export function valueAt(value: Value, path: readonly PathStep[]): Value {
  let found: Value = value;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)] ?? null;
    else found = isObject(found) ? (found[step] ?? null) : null;
  }
  return found;
}
