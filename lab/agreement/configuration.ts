import { toValue } from '../../diff/conform';
import { conformBlock } from '../../provider/conform';
import { attributesOf, type BlockSchema, blocksOf, type TypeConstraint } from '../../provider/schema';
import { elementType, isObject, UNKNOWN, Unknown, type Value, type ValueObject, valueKey } from '../../provider/values';
import { isJsonObject, type JsonObject } from '../../terraform/document';

const EXPRESSION = /[$%]\{/;

/** A written block with what an expression decides as unknown, and blocks that Terraform makes of a collection too. */
function written(json: JsonObject): ValueObject {
  const { dynamic, ...given } = json;
  const made = (Array.isArray(dynamic) ? dynamic : [dynamic]).flatMap((each) =>
    isJsonObject(each) ? Object.keys(each) : [],
  );
  const known = Object.entries(given).map(([name, each]): [string, Value] => [name, writtenValue(each)]);
  return Object.fromEntries([...known, ...made.map((name): [string, Value] => [name, UNKNOWN])]);
}

function writtenValue(json: unknown): Value {
  if (Array.isArray(json)) return json.map(writtenValue);
  if (isJsonObject(json)) return written(json);
  return toValue(json, (text) => (EXPRESSION.test(text) ? UNKNOWN : text));
}

/**
 * What Terraform would send a provider of a block that is written as Terraform JSON: every attribute and every kind of
 * block that the schema has, and what an expression decides as unknown.
 */
export function configuration(block: BlockSchema, given: JsonObject): ValueObject {
  return conformBlock(block, written(given));
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
