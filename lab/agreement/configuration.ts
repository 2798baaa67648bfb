import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  type NestedBlockSchema,
  type TypeConstraint,
} from '../../provider/schema';
import { elementType, isObject, UNKNOWN, Unknown, type Value, type ValueObject, valueKey } from '../../provider/values';
import { isJsonObject, type JsonObject } from '../../terraform/document';

const EXPRESSION = /[$%]\{/;

function scalar(type: TypeConstraint, value: unknown): Value {
  if (typeof value === 'string' && EXPRESSION.test(value)) return UNKNOWN;
  if (type === 'string') return String(value);
  if (type === 'number') return Number(value);
  if (type === 'bool') return value === true || value === 'true';
  return null;
}

function ofType(type: TypeConstraint, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && EXPRESSION.test(value)) return UNKNOWN;
  if (typeof type === 'string') return scalar(type, value);
  if (type[0] === 'object') {
    const given: JsonObject = isJsonObject(value) ? value : {};
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, ofType(inner, given[name])]));
  }
  if (type[0] === 'map') {
    return Object.fromEntries(
      Object.entries(isJsonObject(value) ? value : {}).map(([key, each]) => [key, ofType(type[1], each)]),
    );
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((each, index) => ofType(elementType(type, index), each));
}

function dynamicBlocks(given: JsonObject): ReadonlySet<string> {
  const { dynamic } = given;
  const all: readonly unknown[] = Array.isArray(dynamic) ? dynamic : [dynamic];
  return new Set(all.flatMap((each) => (isJsonObject(each) ? Object.keys(each) : [])));
}

function ofNested(nested: NestedBlockSchema, value: unknown): Value {
  const { block, nesting_mode: mode } = nested;
  if (mode === 'list' || mode === 'set') {
    const list: readonly unknown[] =
      value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
    return list.map((each) => configuration(block, isJsonObject(each) ? each : {}));
  }
  if (mode === 'map') {
    return Object.fromEntries(
      Object.entries(isJsonObject(value) ? value : {}).map(([key, each]) => [
        key,
        configuration(block, isJsonObject(each) ? each : {}),
      ]),
    );
  }
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isJsonObject(one) ? configuration(block, one) : null;
}

/**
 * What Terraform would send a provider of a block that is written as Terraform JSON: every attribute and every kind of
 * block that the schema has, and what an expression decides as unknown.
 */
export function configuration(block: BlockSchema, given: JsonObject): ValueObject {
  const dynamic = dynamicBlocks(given);
  return {
    ...Object.fromEntries(
      Object.entries(attributesOf(block)).map(([name, { type }]) => [name, ofType(type, given[name])]),
    ),
    ...Object.fromEntries(
      Object.entries(blocksOf(block)).map(([name, nested]) => [
        name,
        dynamic.has(name) ? UNKNOWN : ofNested(nested, given[name]),
      ]),
    ),
  };
}

function copyOfValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOfValue);
  return isObject(value) ? copyOf(value) : value;
}

/** A copy that shares nothing with its original but unknown values. */
export function copyOf(value: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyOfValue(each)]));
}

function withoutTwins(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function normalValue(type: TypeConstraint, value: Value): Value {
  if (typeof type === 'string' || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    const normal = value.map((each, index) => normalValue(elementType(type, index), each));
    return type[0] === 'set' ? withoutTwins(normal, (each) => valueKey(elementType(type, 0), each)) : normal;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, normalValue(elementType(type, key), each)]),
  );
}

/** A configuration whose sets hold nothing twice, as Terraform sends them. */
export function normalized(block: BlockSchema, value: Value): Value {
  if (!isObject(value)) return value;
  return {
    ...Object.fromEntries(
      Object.entries(attributesOf(block)).map(([name, { type }]) => [name, normalValue(type, value[name] ?? null)]),
    ),
    ...Object.fromEntries(
      Object.entries(blocksOf(block)).map(([name, nested]) => {
        const own = value[name] ?? null;
        if (!Array.isArray(own)) return [name, normalized(nested.block, own)];
        const inner = own.map((each) => normalized(nested.block, each));
        return [
          name,
          nested.nesting_mode === 'set' ? withoutTwins(inner, (each) => JSON.stringify(keyable(each))) : inner,
        ];
      }),
    ),
  };
}

/** A value without what JSON cannot say. */
function keyable(value: Value): unknown {
  if (value instanceof Unknown) return { unknown: true };
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(keyable);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, keyable(each)]))
    : value;
}

/** What Terraform itself refuses before it asks a provider: required arguments that are null, and numbers of blocks. */
export function refusedByCore(block: BlockSchema, value: Value, path = ''): string[] {
  if (!isObject(value)) return [];
  const missing = Object.entries(attributesOf(block)).flatMap(([name, { required }]) =>
    required === true && (value[name] ?? null) === null ? [`${path}${name} is required`] : [],
  );
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) => {
    const own = value[name] ?? null;
    if (own instanceof Unknown) return [];
    const at = `${path}${name}`;
    if (!Array.isArray(own)) {
      const isMissing = own === null && (inner.min_items ?? 0) > 0;
      return isMissing ? [`${at} is required`] : refusedByCore(inner.block, own, `${at}.`);
    }
    const { min_items: fewest = 0, max_items: most = 0 } = inner;
    const count =
      own.length < fewest || (most > 0 && own.length > most) ? [`${at} stands there ${own.length} times`] : [];
    return [...count, ...own.flatMap((each) => refusedByCore(inner.block, each, `${at}.`))];
  });
  return [...missing, ...nested];
}
