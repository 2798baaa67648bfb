import type { KubeSchema } from '../../bundle/kube-schema';

/** A schema as its sources have it: everything that may stand in JSON. */
export type RawSchema = { readonly [key: string]: unknown };

/** What is kept of a schema: everything that decides whether an object is accepted. */
const KEPT: readonly string[] = [
  '$ref',
  'type',
  'format',
  'enum',
  'default',
  'nullable',
  'required',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];
const SCHEMA_KEYS = ['items', 'not'];
const SCHEMA_LISTS = ['anyOf', 'oneOf', 'allOf'];

/** Smallest text of a schema that is worth a name of its own. */
const SHARED_LENGTH = 120;

/** Whether a value is an object of JSON. */
export function isRecord(value: unknown): value is RawSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema without its descriptions; `change` may put another one in the place of each, from the innermost out. */
export function compacted(raw: RawSchema, change: (schema: RawSchema) => RawSchema): KubeSchema {
  const inner = (value: unknown) => (isRecord(value) ? compacted(value, change) : value);
  const entries = Object.entries(raw).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'properties' && isRecord(value)) {
      return [[key, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]))]];
    }
    if (key === 'additionalProperties' || SCHEMA_KEYS.includes(key)) return [[key, inner(value)]];
    if (SCHEMA_LISTS.includes(key) && Array.isArray(value)) return [[key, value.map(inner)]];
    return KEPT.includes(key) ? [[key, value]] : [];
  });
  return change(Object.fromEntries(entries)) as KubeSchema;
}

/** The same schemas, where what is written several times stands once under a name made from its content's place. */
export function shared(schemas: Readonly<Record<string, KubeSchema>>): Record<string, KubeSchema> {
  const counts = new Map<string, number>();
  for (const schema of Object.values(schemas)) visit(schema, (text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const names = new Map<string, string>();
  const result: Record<string, KubeSchema> = {};
  for (const [name, schema] of Object.entries(schemas)) result[name] = replaced(schema, true);
  return result;

  function replaced(schema: KubeSchema, isNamed = false): KubeSchema {
    const text = JSON.stringify(schema);
    if (!isNamed && text.length >= SHARED_LENGTH && (counts.get(text) ?? 0) > 1) {
      let name = names.get(text);
      if (name === undefined) {
        name = `#${names.size}`;
        names.set(text, name);
        result[name] = mapSchemas(schema, (inner) => replaced(inner));
      }
      return { $ref: name };
    }
    return mapSchemas(schema, (inner) => replaced(inner));
  }
}

function visit(schema: KubeSchema, see: (text: string) => void): void {
  const text = JSON.stringify(schema);
  if (text.length < SHARED_LENGTH) return;
  see(text);
  mapSchemas(schema, (inner) => {
    visit(inner, see);
    return inner;
  });
}

/** A schema with others in the place of those directly inside it. */
export function mapSchemas(schema: KubeSchema, change: (inner: KubeSchema) => KubeSchema): KubeSchema {
  const { properties, additionalProperties, items, not, anyOf, oneOf, allOf } = schema;
  return {
    ...schema,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, change(inner)])),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: change(additionalProperties) }),
    ...(items !== undefined && { items: change(items) }),
    ...(not !== undefined && { not: change(not) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(change) }),
    ...(oneOf !== undefined && { oneOf: oneOf.map(change) }),
    ...(allOf !== undefined && { allOf: allOf.map(change) }),
  };
}

/** Names of the schemas that one leads to, itself included. */
export function reachable(start: readonly string[], schemas: Readonly<Record<string, KubeSchema>>): readonly string[] {
  const seen = new Set<string>();
  const walk = (schema: KubeSchema): KubeSchema => {
    if (schema.$ref !== undefined) open(schema.$ref);
    return mapSchemas(schema, walk);
  };
  const open = (name: string): void => {
    const schema = schemas[name];
    if (seen.has(name) || schema === undefined) return;
    seen.add(name);
    walk(schema);
  };
  for (const name of start) open(name);
  return [...seen].sort();
}
