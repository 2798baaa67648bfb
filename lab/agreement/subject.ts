import { samplesOf } from '../../provider/checks';
import { completedValues } from '../../provider/rules/completed';
import { deprecatedPaths } from '../../provider/rules/deprecated';
import { takesFraction } from '../../provider/rules/whole';
import {
  type AcceptedValues,
  attributesOf,
  type BlockSchema,
  blocksOf,
  loadProvider,
  type ProviderName,
  type ResourceRules,
  type TypeConstraint,
} from '../../provider/schema';
import { elementType, isObject, Unknown, type Value, type ValueObject } from '../../provider/values';
import type { Random } from '../../tools/fuzz/random';
import { acceptedNumber, acceptedText } from '../../tools/fuzz/texts';

/** A type of resource, with everything that is recorded of it. */
export interface Subject {
  readonly provider: ProviderName;
  readonly type: string;
  readonly block: BlockSchema;
  readonly rules: ResourceRules;
  readonly values: Readonly<Record<string, AcceptedValues>>;
  /** Paths of deprecated arguments. */
  readonly deprecated: readonly string[];
  readonly takesFraction: (path: string) => boolean;
}

/** A type of resource of a provider; undefined for one that is not recorded. */
export function subjectOf(provider: ProviderName, type: string): Subject | undefined {
  const recorded = loadProvider(provider);
  const block = recorded.resource_schemas[type]?.block;
  if (block === undefined) return undefined;
  const samples = Object.entries(samplesOf(type)).map(([path, values]) => [path, { one_of: values }] as const);
  return {
    provider,
    type,
    block,
    rules: recorded.rules[type] ?? {},
    values: { ...completedValues(provider, type, recorded.values[type]), ...Object.fromEntries(samples) },
    deprecated: deprecatedPaths(block).filter((path) => path !== ''),
    takesFraction: (path) => takesFraction(recorded, type, path),
  };
}

/** A value of a type that the recording says is accepted at a path. */
export function sampleValue(random: Random, subject: Subject, type: TypeConstraint, path: string): Value {
  const rule = subject.values[path] ?? {};
  if (type === 'string' || type === 'dynamic') return acceptedText(random, rule);
  if (type === 'number') return acceptedNumber(random, rule);
  if (type === 'bool') return random.chance(0.5);
  if (type[0] === 'tuple') return type[1].map((inner) => sampleValue(random, subject, inner, path));
  if (type[0] === 'object') {
    const members = Object.entries(type[1]);
    return Object.fromEntries(
      members.map(([name, inner]) => [name, sampleValue(random, subject, inner, `${path}.${name}`)]),
    );
  }
  const [kind, inner] = type;
  const element = sampleValue(random, subject, inner, typeof inner === 'string' ? `${path}[]` : path);
  return kind === 'map' ? { key: element } : [element];
}

/** A block with what it requires and nothing else. */
export function sampleBlock(random: Random, subject: Subject, block: BlockSchema, path: string): ValueObject {
  const made: ValueObject = {};
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    const at = `${path}${name}`;
    made[name] = attribute.required === true ? sampleValue(random, subject, attribute.type, at) : null;
  }
  for (const [name, { block: inner, nesting_mode: mode, min_items: fewest = 0 }] of Object.entries(blocksOf(block))) {
    const at = `${path}${name}.`;
    const isList = mode === 'list' || mode === 'set';
    if (isList) made[name] = Array.from({ length: fewest }, () => sampleBlock(random, subject, inner, at));
    else made[name] = fewest > 0 ? sampleBlock(random, subject, inner, at) : mode === 'map' ? {} : null;
  }
  return made;
}

/** A configuration in which what was unknown is what it may turn out to be. */
export function knownBlock(
  random: Random,
  subject: Subject,
  block: BlockSchema,
  value: ValueObject,
  path = '',
): ValueObject {
  const known: ValueObject = {};
  for (const [name, { type }] of Object.entries(attributesOf(block))) {
    known[name] = knownValue(random, subject, type, value[name] ?? null, `${path}${name}`);
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    const own = value[name] ?? null;
    const at = `${path}${name}.`;
    if (own instanceof Unknown) known[name] = sampleBlock(random, subject, block, path)[name] ?? null;
    else if (Array.isArray(own)) {
      known[name] = own.map((each) => (isObject(each) ? knownBlock(random, subject, nested.block, each, at) : each));
    } else known[name] = isObject(own) ? knownBlock(random, subject, nested.block, own, at) : own;
  }
  return known;
}

function knownValue(random: Random, subject: Subject, type: TypeConstraint, value: Value, path: string): Value {
  if (value instanceof Unknown) return sampleValue(random, subject, type, path);
  if (Array.isArray(value)) {
    return value.map((each, index) => {
      const inner = elementType(type, index);
      return knownValue(random, subject, inner, each, typeof inner === 'string' ? `${path}[]` : path);
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      knownValue(random, subject, elementType(type, name), each, `${path}.${name}`),
    ]),
  );
}
