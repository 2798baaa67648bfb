import type { KubeSchema } from '../../bundle/kube-schema';
import { isRecord } from '../../bundle/problems';
import type { KindSchema } from '../../bundle/schemas';
import type { Random } from '../../tools/fuzz/random';
import { isFilled } from '../../tools/fuzz/random';

/** A place in an object, with its schema. */
export interface Slot {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly schema: KubeSchema;
}

/** An object that is changed in one way. */
export interface Mutant {
  readonly object: unknown;
  /** What was changed, and where. */
  readonly what: string;
}

/** What stands in the place of a value: nothing where the change does not fit. */
type Change = (slot: Slot, random: Random) => { readonly value: unknown } | undefined;

const LONG = 300;

/** Ways to change a place in an object; each is likely to make it wrong, and need not. */
export const MUTATIONS: Readonly<Record<string, Change>> = {
  'unknown field': ({ value }) => (isRecord(value) ? { value: { ...value, unheard: 1 } } : undefined),
  'field misspelt': ({ value }, random) => {
    const names = Object.keys(isRecord(value) ? value : {}).filter((name) => name.length > 2);
    if (!isRecord(value) || !isFilled(names)) return undefined;
    const { [random.pick(names)]: _, ...others } = value;
    const name = Object.keys(value).find((each) => !(each in others)) ?? '';
    return { value: { ...others, [name.slice(0, -1)]: value[name] } };
  },
  'field gone': ({ value }, random) => {
    const names = Object.keys(isRecord(value) ? value : {});
    if (!isRecord(value) || !isFilled(names)) return undefined;
    const { [random.pick(names)]: _, ...others } = value;
    return { value: others };
  },
  'field made up': ({ value, schema }, random) => {
    const names = Object.keys(schema.properties ?? {}).filter((name) => isRecord(value) && !(name in value));
    if (!isRecord(value) || !isFilled(names)) return undefined;
    const name = random.pick(names);
    return { value: { ...value, [name]: madeUp(schema.properties?.[name] ?? {}, random) } };
  },
  'another type': ({ value }, random) => ({ value: random.pick<unknown>(otherTypes(value)) }),
  null: () => ({ value: null }),
  'another text': ({ value }, random) =>
    typeof value === 'string'
      ? {
          value: random.pick([
            '',
            'Not_Valid!',
            'a',
            `${value}-`,
            value.toUpperCase(),
            'x'.repeat(LONG),
            '10',
            'a/b/c',
            '-1',
            '1x',
          ]),
        }
      : undefined,
  'another number': ({ value }, random) =>
    typeof value === 'number' ? { value: random.pick([-1, 0, 1, 1.5, 2 ** 31, 1_000_001, 70_000]) } : undefined,
  'value of the schema': ({ schema, value }, random) =>
    schema.enum !== undefined && isFilled(schema.enum)
      ? { value: random.pick(schema.enum) }
      : isRecord(value)
        ? undefined
        : { value: madeUp(schema, random) },
  'entry twice': ({ value }, random) =>
    Array.isArray(value) && isFilled(value) ? { value: [...value, random.pick(value)] } : undefined,
  'entry gone': ({ value }) => (Array.isArray(value) ? { value: value.slice(1) } : undefined),
  empty: ({ value }) => (Array.isArray(value) ? { value: [] } : isRecord(value) ? { value: {} } : undefined),
};

function otherTypes(value: unknown): readonly [unknown, ...unknown[]] {
  if (Array.isArray(value)) return [{}, 'text'];
  if (isRecord(value)) return [[], 'text', 1];
  if (typeof value === 'string') return [1, true, {}, []];
  if (typeof value === 'number') return ['text', String(value), {}, true];
  return ['true', 1, {}];
}

function madeUp(schema: KubeSchema, random: Random): unknown {
  if (schema.enum !== undefined && isFilled(schema.enum)) return random.pick(schema.enum);
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'quantity')
    return random.pick<unknown>([1, '1', '50%', '1Gi']);
  switch (schema.type) {
    case 'string':
      return random.pick(['a', 'name-1', '1h', '']);
    case 'integer':
    case 'number':
      return random.pick([0, 1, 5]);
    case 'boolean':
      return random.chance(0.5);
    case 'array':
      return [];
    default:
      return {};
  }
}

/** All places of an object that its schema knows, but what says which kind it is. */
export function slotsOf(object: unknown, { root, schemas }: KindSchema): readonly Slot[] {
  const slots: Slot[] = [];
  const resolve = (schema: KubeSchema): KubeSchema =>
    schema.$ref === undefined ? schema : resolve(schemas[schema.$ref] ?? {});
  const walk = (value: unknown, given: KubeSchema, path: readonly (string | number)[]): void => {
    const schema = resolve(given);
    const { properties = {}, additionalProperties, items = {} } = schema;
    // Where it is sent says the namespace.
    if (path.length > 0 && path.join('.') !== 'metadata.namespace')
      slots.push({ path, value, schema: { ...schema, properties: resolveAll(properties) } });
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, items, [...path, index]);
    else if (isRecord(value)) {
      const others = typeof additionalProperties === 'object' ? additionalProperties : {};
      for (const [name, inner] of Object.entries(value)) {
        if (path.length > 0 || !['apiVersion', 'kind', 'status'].includes(name))
          walk(inner, properties[name] ?? others, [...path, name]);
      }
    }
  };
  const resolveAll = (properties: Readonly<Record<string, KubeSchema>>) =>
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, resolve(schema)]));
  walk(object, root, []);
  return slots;
}

/** An object with one change, at a place and of a kind that are drawn; nothing where they do not fit. */
export function mutate(object: unknown, slots: readonly Slot[], random: Random): Mutant | undefined {
  const kinds = Object.keys(MUTATIONS);
  if (!isFilled(slots) || !isFilled(kinds)) return undefined;
  const slot = random.pick(slots);
  const kind = random.pick(kinds);
  const changed = MUTATIONS[kind]?.(slot, random);
  if (changed === undefined || JSON.stringify(changed.value) === JSON.stringify(slot.value)) return undefined;
  return { object: replaced(object, slot.path, changed.value), what: `${kind} at ${slot.path.join('.')}` };
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  return isRecord(value) ? { ...value, [key]: replaced(value[key], rest, by) } : value;
}
