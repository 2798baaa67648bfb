import {
  type AttributeSchema,
  attributesOf,
  type BlockSchema,
  blocksOf,
  type NestedBlockSchema,
  type ResourceRules,
  type TypeConstraint,
} from './schema';
import { isObject, UNKNOWN, Unknown, type Value, type ValueObject, valueKey } from './values';

type Defaults = NonNullable<ResourceRules['defaults']>;

const NO_DEFAULTS: Defaults = {};
const computedInside = new WeakMap<BlockSchema, boolean>();

function hasComputed(block: BlockSchema): boolean {
  let answer = computedInside.get(block);
  if (answer === undefined) {
    answer =
      Object.values(attributesOf(block)).some((attribute) => attribute.computed === true) ||
      Object.values(blocksOf(block)).some((nested) => hasComputed(nested.block));
    computedInside.set(block, answer);
  }
  return answer;
}

/** A text that is equal for equal contents of a block, whatever the order inside its sets. */
export function blockKey(block: BlockSchema, value: Value): string {
  if (!isObject(value)) return valueKey('dynamic', value);
  const parts = Object.entries(attributesOf(block)).map(([name, { type }]) => valueKey(type, value[name] ?? null));
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    const inner = value[name] ?? null;
    if (Array.isArray(inner)) {
      const keys = inner.map((element) => blockKey(nested.block, element));
      parts.push(`[${(nested.nesting_mode === 'set' ? keys.sort() : keys).join(',')}]`);
    } else if (nested.nesting_mode === 'map' && isObject(inner)) {
      parts.push(
        Object.keys(inner)
          .sort()
          .map((key) => `${key}:${blockKey(nested.block, inner[key] ?? null)}`)
          .join(),
      );
    } else {
      parts.push(blockKey(nested.block, inner));
    }
  }
  return `{${parts.join(';')}}`;
}

function defaultFor(attribute: AttributeSchema, path: string, defaults: Defaults): Value {
  const value = defaults[path];
  // An empty text is what "unset" already means to the real providers: they do not plan it.
  if (value === undefined || value === '' || attribute.optional !== true) return null;
  const type: TypeConstraint = attribute.type;
  if (type === 'string') return String(value);
  if (type === 'number') return typeof value === 'boolean' ? null : Number(value);
  if (type === 'bool') return typeof value === 'boolean' ? value : value === 'true';
  return null;
}

function planAttribute(
  attribute: AttributeSchema,
  path: string,
  prior: Value | undefined,
  proposed: Value,
  config: Value | undefined,
  defaults: Defaults,
): Value {
  if (attribute.write_only) return null;
  const unset = proposed === null || (attribute.computed === true && config === null);
  if (unset) {
    const planned = defaultFor(attribute, path, defaults);
    if (planned !== null) return planned;
  }
  if (proposed !== null || attribute.computed !== true) return proposed;
  // Known results stay as they are on an update; only what does not exist yet is unknown.
  return prior === undefined ? UNKNOWN : prior;
}

/** Whether an element of a set is the prior one once its computed parts are filled in. */
function isSameElement(block: BlockSchema, path: string, proposed: Value, prior: Value, defaults: Defaults): boolean {
  if (!isObject(proposed) || !isObject(prior)) return proposed === null && prior === null;
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    const wanted = proposed[name] ?? null;
    const found = prior[name] ?? null;
    const expected = wanted ?? defaultFor(attribute, `${path}${name}`, defaults);
    if (expected === null && attribute.computed) continue;
    if (attribute.write_only) continue;
    if (valueKey(attribute.type, expected) !== valueKey(attribute.type, found)) return false;
  }
  return Object.entries(blocksOf(block)).every(([name, nested]) => {
    const wanted = proposed[name] ?? null;
    const found = prior[name] ?? null;
    const inner = `${path}${name}.`;
    if (!Array.isArray(wanted) || !Array.isArray(found)) {
      return isSameElement(nested.block, inner, wanted, found, defaults);
    }
    if (wanted.length !== found.length) return false;
    if (nested.nesting_mode !== 'set') {
      return wanted.every((element, i) => isSameElement(nested.block, inner, element, found[i] ?? null, defaults));
    }
    const left = [...found];
    return wanted.every((element) => takeSame(nested.block, inner, element, left, defaults) !== undefined);
  });
}

function takeSame(
  block: BlockSchema,
  path: string,
  proposed: Value,
  left: Value[],
  defaults: Defaults,
): Value | undefined {
  const index = left.findIndex((candidate) => isSameElement(block, path, proposed, candidate, defaults));
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

function planNested(
  nested: NestedBlockSchema,
  path: string,
  prior: Value,
  proposed: Value,
  config: Value | undefined,
  defaults: Defaults,
): Value {
  const { block, nesting_mode: mode } = nested;
  if (Array.isArray(proposed)) {
    const before = Array.isArray(prior) ? prior : [];
    if (mode === 'set') {
      // Sets have no positions: the prior element is the one that agrees in everything but the computed parts.
      const left = hasComputed(block) ? [...before] : [];
      return proposed.map((element) => {
        const same = takeSame(block, path, element, left, defaults);
        return planValue(block, path, same ?? null, element, undefined, defaults);
      });
    }
    const configured = Array.isArray(config) ? config : [];
    return proposed.map((element, i) => planValue(block, path, before[i] ?? null, element, configured[i], defaults));
  }
  if (mode === 'map' && isObject(proposed)) {
    const before = isObject(prior) ? prior : {};
    return Object.fromEntries(
      Object.entries(proposed).map(([key, element]) => [
        key,
        planValue(block, path, before[key] ?? null, element, undefined, defaults),
      ]),
    );
  }
  return planValue(block, path, prior, proposed, config, defaults);
}

function planValue(
  block: BlockSchema,
  path: string,
  prior: Value,
  proposed: Value,
  config: Value | undefined,
  defaults: Defaults,
): Value {
  // A block that is unknown as a whole (a dynamic block over unknown values) is given back as it came.
  if (!isObject(proposed) || proposed instanceof Unknown) return proposed;
  const before = isObject(prior) ? prior : undefined;
  const configured = isObject(config) ? config : undefined;
  const planned: ValueObject = {};
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    planned[name] = planAttribute(
      attribute,
      `${path}${name}`,
      before?.[name],
      proposed[name] ?? null,
      configured?.[name],
      defaults,
    );
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    planned[name] = planNested(
      nested,
      `${path}${name}.`,
      before?.[name] ?? null,
      proposed[name] ?? null,
      configured?.[name],
      defaults,
    );
  }
  return planned;
}

/** What a resource will look like after apply: configured values as they are, defaults, and unknown results. */
export function planChange(
  block: BlockSchema,
  rules: ResourceRules | undefined,
  prior: Value,
  proposed: Value,
  config: Value,
): Value {
  return planValue(block, '', prior, proposed, config, rules?.defaults ?? NO_DEFAULTS);
}
