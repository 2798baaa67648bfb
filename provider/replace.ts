import { blockKey } from './plan-change';
import type { PathStep } from './protocol';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  type ChangeKind,
  type NestedBlockSchema,
  type TypeConstraint,
} from './schema';
import { elementsOf, isObject, type Value, valueKey } from './values';

/** To the real providers an unset value, an empty text and an empty collection are the same. */
function orNull(value: Value | undefined): Value {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  return isObject(value) && Object.keys(value).length === 0 ? null : value;
}

/** The values that a dotted path reaches, through any lists on its way. */
function reached(value: Value, segments: readonly string[]): Value[] {
  if (Array.isArray(value)) return value.flatMap((element) => reached(element, segments));
  const [name, ...rest] = segments;
  if (name === undefined) return value === null ? [] : [value];
  return isObject(value) ? reached(value[name] ?? null, rest) : [];
}

function attributeChanges(type: TypeConstraint, rest: readonly string[], prior: Value, planned: Value): boolean {
  if (rest.length === 0) return valueKey(type, orNull(prior)) !== valueKey(type, orNull(planned));
  return valueKey('dynamic', reached(prior, rest)) !== valueKey('dynamic', reached(planned, rest));
}

function setChanges(nested: NestedBlockSchema, rest: readonly string[], prior: Value, planned: Value): boolean {
  const [before, after] = [prior, planned].map(
    (set) => new Map(elementsOf(set).map((element) => [blockKey(nested.block, element), element])),
  );
  if (before === undefined || after === undefined) return false;
  const changed = [...before, ...after].filter(([key]) => before.has(key) !== after.has(key));
  // A changed element of a set is one removed and one added: each argument in it counts as changed.
  return changed.some(
    ([, element]) => rest.length === 0 || reached(element, rest).some((leaf) => orNull(leaf) !== null),
  );
}

function find(
  block: BlockSchema,
  segments: readonly string[],
  prior: Value,
  planned: Value,
  at: readonly PathStep[],
): PathStep[][] {
  const [name, ...rest] = segments;
  if (name === undefined) return [];
  const before = isObject(prior) ? (prior[name] ?? null) : null;
  const after = isObject(planned) ? (planned[name] ?? null) : null;
  const here = [...at, name];
  const attribute = attributesOf(block)[name];
  if (attribute !== undefined) return attributeChanges(attribute.type, rest, before, after) ? [here] : [];
  const nested = blocksOf(block)[name];
  if (nested === undefined) return [];
  if (nested.nesting_mode === 'set') return setChanges(nested, rest, before, after) ? [here] : [];
  if (nested.nesting_mode !== 'list') {
    if (rest.length === 0) return (before === null) === (after === null) ? [] : [here];
    return find(nested.block, rest, before, after, here);
  }
  const [had, has] = [elementsOf(before), elementsOf(after)];
  if (rest.length === 0) return had.length === has.length && Array.isArray(after) ? [] : [here];
  return Array.from({ length: Math.max(had.length, has.length) }).flatMap((_, index) =>
    find(nested.block, rest, had[index] ?? null, has[index] ?? null, [...here, index]),
  );
}

function valueAt(value: Value, steps: readonly PathStep[]): Value {
  return steps.reduce<Value>((found, step) => {
    if (Array.isArray(found)) return typeof step === 'number' ? (found[step] ?? null) : null;
    return isObject(found) ? (found[step] ?? null) : null;
  }, value);
}

/** What becomes of a number that may be encoded in several ways, or of something that is on or off. */
function amount(value: Value): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** The kind of a change, where it is known: of two texts none is larger. */
function kindOf(before: Value, after: Value): ChangeKind | undefined {
  if (orNull(before) === null) return orNull(after) === null ? undefined : 'set';
  if (orNull(after) === null) return 'unset';
  const [from, to] = [amount(before), amount(after)];
  if (from !== undefined && to !== undefined) return to > from ? 'larger' : 'smaller';
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  if (before.length !== after.length) return after.length > before.length ? 'longer' : 'shorter';
  const [had, has] = [before, after].map((list) =>
    list
      .map((each) => valueKey('dynamic', each))
      .sort()
      .join(),
  );
  return had === has ? 'reordered' : undefined;
}

/** Kinds of changes of a path that replace the resource; any change does where they are not told. */
type Replacing = readonly [path: string, kinds?: readonly ChangeKind[]];

/**
 * Paths whose change makes the provider replace the resource.
 *
 * @param forceNew paths whose every change does
 * @param when paths of which only some kinds of changes do
 */
export function replacingPaths(
  block: BlockSchema,
  forceNew: readonly string[],
  prior: Value,
  planned: Value,
  when: Readonly<Record<string, readonly ChangeKind[]>> = {},
): PathStep[][] {
  if (prior === null || planned === null) return [];
  const paths = new Map<string, PathStep[]>();
  const replacing: Replacing[] = [...forceNew.map((path): Replacing => [path]), ...Object.entries(when)];
  for (const [path, kinds] of replacing) {
    for (const steps of find(block, path.split('.'), prior, planned, [])) {
      const kind = kinds === undefined ? undefined : kindOf(valueAt(prior, steps), valueAt(planned, steps));
      if (kinds === undefined || (kind !== undefined && kinds.includes(kind))) paths.set(steps.join('.'), steps);
    }
  }
  return [...paths.values()];
}
