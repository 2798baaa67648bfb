import { attributesOf, type BlockSchema, blocksOf, type TypeConstraint } from '../../provider/schema';
import { isObject, Unknown, type Value, type ValueObject, valueKey } from '../../provider/values';

/** A value of a type; the second one differs from the first and, where it is a number, is larger. */
export function sampleOf(type: TypeConstraint, which: 0 | 1): Value {
  if (type === 'string' || type === 'dynamic') return which === 0 ? 'abc' : 'abd';
  if (type === 'number') return which === 0 ? 1 : 2;
  if (type === 'bool') return which === 1;
  if (type[0] === 'map') return { key: sampleOf(type[1], which) };
  if (type[0] === 'object')
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, sampleOf(inner, which)]));
  if (type[0] === 'tuple') return type[1].map((inner) => sampleOf(inner, which));
  return [sampleOf(type[1], which)];
}

/** What a service would have answered for a result that is known only after apply. */
function made(type: TypeConstraint): Value {
  if (type === 'string' || type === 'dynamic') return 'made-up';
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  if (type[0] === 'map') return {};
  if (type[0] === 'object')
    return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, made(inner)]));
  return [];
}

function known(type: TypeConstraint, value: Value): Value {
  if (value instanceof Unknown) return made(type);
  if (typeof type === 'string' || value === null) return value;
  if (type[0] === 'object')
    return isObject(value)
      ? Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, known(inner, value[name] ?? null)]))
      : value;
  if (type[0] === 'tuple') return value;
  const inner = type[1];
  if (Array.isArray(value)) return value.map((element) => known(inner, element));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, element]) => [name, known(inner, element)]))
    : value;
}

/** A planned state, or a configuration, as it is after an apply: what was unknown or not given is made up. */
export function applied(block: BlockSchema, planned: Value, isConfiguration = false): Value {
  if (!isObject(planned)) return planned;
  const attributes = Object.entries(attributesOf(block)).map(([name, attribute]): [string, Value] => {
    const value = planned[name] ?? null;
    if (attribute.write_only === true) return [name, null];
    if (value === null && isConfiguration && attribute.computed === true) return [name, made(attribute.type)];
    return [name, known(attribute.type, value)];
  });
  const nested = Object.entries(blocksOf(block)).map(
    ([name, { block: inner, nesting_mode: nesting }]): [string, Value] => {
      const value = planned[name] ?? null;
      if (value instanceof Unknown) return [name, nesting === 'list' || nesting === 'set' ? [] : null];
      if (Array.isArray(value)) return [name, value.map((element) => applied(inner, element, isConfiguration))];
      if (nesting === 'map' && isObject(value))
        return [
          name,
          Object.fromEntries(
            Object.entries(value).map(([key, element]) => [key, applied(inner, element, isConfiguration)]),
          ),
        ];
      return [name, applied(inner, value, isConfiguration)];
    },
  );
  return Object.fromEntries([...attributes, ...nested]);
}

function isConfigured(block: BlockSchema, config: ValueObject, prior: ValueObject): boolean {
  return Object.entries(attributesOf(block)).every(([name, { type }]) => {
    const value = config[name] ?? null;
    return value === null || valueKey(type, value) === valueKey(type, prior[name] ?? null);
  });
}

/** What Terraform proposes for a configuration: results that are known stay where nothing is configured. */
export function proposedNew(block: BlockSchema, prior: Value, config: Value): Value {
  if (!isObject(config) || !isObject(prior)) return config;
  const attributes = Object.entries(attributesOf(block)).map(([name, { computed }]): [string, Value] => {
    const value = config[name] ?? null;
    return [name, value === null && computed === true ? (prior[name] ?? null) : value];
  });
  const nested = Object.entries(blocksOf(block)).map(
    ([name, { block: inner, nesting_mode: nesting }]): [string, Value] => {
      const [value, before] = [config[name] ?? null, prior[name] ?? null];
      if (!Array.isArray(value)) return [name, nesting === 'map' ? value : proposedNew(inner, before, value)];
      const elements = Array.isArray(before) ? before : [];
      if (nesting !== 'set')
        return [name, value.map((element, at) => proposedNew(inner, elements[at] ?? null, element))];
      return [
        name,
        value.map((element) => {
          const same = elements.find(
            (each) => isObject(each) && isObject(element) && isConfigured(inner, element, each),
          );
          return same === undefined ? element : proposedNew(inner, same, element);
        }),
      ];
    },
  );
  return Object.fromEntries([...attributes, ...nested]);
}

/** The values that a dotted path reaches, through any positions. */
export function reached(value: Value, segments: readonly string[]): Value[] {
  if (Array.isArray(value)) return value.flatMap((element) => reached(element, segments));
  const [name, ...rest] = segments;
  if (name === undefined) return [value];
  return isObject(value) ? reached(value[name] ?? null, rest) : [];
}
