import type { KubeSchema } from './kube-schema';
import { isRecord } from './problems';

type Schemas = Readonly<Record<string, KubeSchema>>;

/** Names of schemas of Kubernetes itself, which is written in Go: there null is what is not said. */
const NATIVE = 'io.k8s.';

/** What Go makes of null, where something has to stand. */
const ZEROS: Readonly<Partial<Record<NonNullable<KubeSchema['type']>, unknown>>> = {
  string: '',
  integer: 0,
  number: 0,
  boolean: false,
  object: {},
  array: [],
};

/**
 * An object as servers see it: fields that are null are gone, unless their schema wants to have it so.
 *
 * In lists and maps of Kubernetes itself null becomes an empty value.
 */
export function withoutNulls(value: unknown, root: KubeSchema, schemas: Schemas, name: string): unknown {
  return cleaned(value, root, schemas, name.startsWith(NATIVE));
}

function cleaned(value: unknown, given: KubeSchema, schemas: Schemas, isNative: boolean): unknown {
  if (given.$ref !== undefined) {
    return cleaned(value, schemas[given.$ref] ?? {}, schemas, isNative || given.$ref.startsWith(NATIVE));
  }
  const { properties = {}, additionalProperties, items = {} } = given;
  if (Array.isArray(value)) {
    return value.map((item) =>
      item === null && isNative ? zeroOf(items, schemas) : cleaned(item, items, schemas, isNative),
    );
  }
  if (!isRecord(value)) return value;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (inner === undefined) return [];
    if (inner !== null) return [[name, cleaned(inner, field ?? others ?? {}, schemas, isNative)]];
    const known = field ?? others;
    if (known === undefined || known.nullable === true) return [[name, null]];
    return field === undefined && isNative ? [[name, zeroOf(known, schemas)]] : [];
  });
  return Object.fromEntries(entries);
}

function zeroOf(schema: KubeSchema, schemas: Schemas): unknown {
  if (schema.$ref !== undefined) return zeroOf(schemas[schema.$ref] ?? {}, schemas);
  return schema.format === 'quantity' ? '0' : (ZEROS[schema.type ?? 'object'] ?? null);
}
