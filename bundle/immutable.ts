import { isDeepStrictEqual } from 'node:util';
import { IMMUTABLE_ROWS, type ImmutableField } from './immutable-rows';
import type { KubeSchema } from './kube-schema';
import { isRecord } from './problems';
import { type KindSchema, schemaOf } from './schemas';

export type { ImmutableField } from './immutable-rows';

/** A rule that keeps a field as it is. */
const SAME = 'self == oldSelf';
/** A rule that keeps a field as it is once another one is there. */
const SAME_ONCE = /^!has\(oldSelf\.(\w+)\) \|\| .*\bself\.(\w+) == oldSelf\.\2\)*$/;

/**
 * Fields of a kind that servers let nobody change: another value needs another object.
 *
 * They are read from rules of recorded schemas, and from a table of what servers and webhooks check by code. Of a kind
 * that is not recorded there are none that are known.
 */
export function immutableFields(apiVersion: string, kind: string): readonly ImmutableField[] {
  const rows = IMMUTABLE_ROWS.filter(({ of }) => of === `${apiVersion}/${kind}`).flatMap(({ fields, source }) =>
    fields.map((field) => ({ ...field, source })),
  );
  const schema = schemaOf(apiVersion, kind);
  const found = schema === undefined || schema.row.group === '' ? [] : fieldsOfRules(schema);
  return [...rows, ...found].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function fieldsOfRules({ root, schemas, row }: KindSchema): readonly ImmutableField[] {
  const source = `schema of ${row.kind} in ${row.from}`;
  const found: ImmutableField[] = [];
  const walk = (schema: KubeSchema, path: string): void => {
    const named = schema.$ref === undefined ? undefined : schemas[schema.$ref];
    if (named !== undefined) walk(named, path);
    for (const { rule } of schema['x-kubernetes-validations'] ?? []) {
      const [, once, field] = SAME_ONCE.exec(rule) ?? [];
      if (rule === SAME) found.push({ path, mayComeAndGo: true, source });
      if (once !== undefined) found.push({ path: `${path}.${field}`, once: `${path}.${once}`, source });
    }
    for (const [name, inner] of Object.entries(schema.properties ?? {}))
      walk(inner, path === '' ? name : `${path}.${name}`);
    if (schema.items !== undefined) walk(schema.items, `${path}[]`);
  };
  // Schemas of Kubernetes itself refer to each other in circles, and have no rules.
  if (row.group.includes('.') && Object.values(schemas).some(hasRules)) walk(root, '');
  return found;
}

function hasRules(schema: KubeSchema): boolean {
  return JSON.stringify(schema).includes('oldSelf');
}

/** The immutable fields in which two states of an object differ: a server refuses the second in place of the first. */
export function immutableChanges(before: unknown, after: unknown): readonly ImmutableField[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  const { apiVersion, kind } = before;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  if (apiVersion !== after.apiVersion || kind !== after.kind) return [];
  return immutableFields(apiVersion, kind).filter((field) => isChanged(before, after, field));
}

function isChanged(
  before: unknown,
  after: unknown,
  { path, except = [], once, mayComeAndGo = false }: ImmutableField,
): boolean {
  const [condition] = once === undefined ? [true] : valuesAt(before, once);
  if (condition === undefined || condition === false) return false;
  const old = valuesAt(without(before, except), path);
  const now = valuesAt(without(after, except), path);
  const isThere = (value: unknown) => value !== undefined && value !== null;
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index).some((index) => {
    const [one, other] = [old[index], now[index]];
    if (mayComeAndGo && !(isThere(one) && isThere(other))) return false;
    return (isThere(one) || isThere(other)) && !isDeepStrictEqual(one, other);
  });
}

/** Values at a path, one for each entry of the lists on it. */
function valuesAt(value: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>(
    (values, part) => {
      const name = part.replace(/\[\]$/, '');
      const inner = values.map((each) => (isRecord(each) ? each[name] : undefined));
      return part.endsWith('[]') ? inner.flatMap((each) => (Array.isArray(each) ? each : [])) : inner;
    },
    [value],
  );
}

/** The same without the fields at some paths. */
function without(value: unknown, paths: readonly string[]): unknown {
  return paths.reduce<unknown>((whole, path) => dropped(whole, path.split('.')), value);
}

function dropped(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (!isRecord(value) || !(name in value)) return value;
  const { [name]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: dropped(inner, rest) };
}
