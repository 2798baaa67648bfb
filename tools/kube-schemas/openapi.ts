import type { KubeSchema, RecordedKind, Recording } from '../../bundle/kube-schema';
import { compacted, isRecord, type RawSchema, reachable } from './compact';

/** Kinds and schemas of one file of recordings. */
export interface RecordedFile {
  readonly kinds: readonly RecordedKind[];
  readonly recording: Recording;
}

/** Values that fields of a definition accept, by definition and field. */
export type Enums = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const PREFIX = '#/components/schemas/';
const POSTED = /^\/api(?:s\/[^/]+)?\/[^/]+\/(namespaces\/\{namespace\}\/)?([a-z]+)$/;

/** The schemas of metadata of all objects. */
export const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** What only servers write, and nobody who applies an object means. */
const UNREAD: Readonly<Record<string, KubeSchema>> = {
  managedFields: { type: 'array' },
  status: { 'x-kubernetes-preserve-unknown-fields': true },
};

/**
 * Values of fields that accept only some, which the sources of Kubernetes list and its OpenAPI files do not.
 *
 * @param text the generated definitions of Kubernetes, in Go
 * @param names names of definitions by what their functions are called
 */
export function readEnums(text: string): Enums {
  const enums = new Map<string, Map<string, readonly string[]>>();
  let definition = '';
  let field = '';
  for (const line of text.split('\n')) {
    const [, called] = /^func schema_(\w+)\(/.exec(line) ?? [];
    if (called !== undefined) definition = called;
    const [, name] = /^\t{5}"(\w+)": \{$/.exec(line) ?? [];
    if (name !== undefined) field = name;
    const [, list] = /^\t{7}Enum:\s+\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (list === undefined) continue;
    const values = [...list.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
    const fields = enums.get(definition) ?? new Map<string, readonly string[]>();
    enums.set(definition, fields.set(field, values));
  }
  return enums;
}

/** `schema_k8sio_api_core_v1_Container` defines `io.k8s.api.core.v1.Container`. */
function functionOf(definition: string): string {
  return definition.replace(/^io\.k8s\.api\./, 'k8sio.api.').replace(/\./g, '_');
}

/** The kinds that one group and version of Kubernetes itself serves, with everything that they are made of. */
export function readOpenApi(document: RawSchema, enums: Enums, from: string): RecordedFile {
  const all = schemasOf(document, enums);
  const kinds = kindsOf(document, from);
  const names = Object.fromEntries(kinds.map(({ kind, schema }) => [kind, schema]));
  const schemas = Object.fromEntries(reachable(Object.values(names), all).map((name) => [name, all[name] ?? {}]));
  return { kinds: kinds.map(({ schema: _, ...row }) => row), recording: { kinds: names, schemas } };
}

function schemasOf(document: RawSchema, enums: Enums): Record<string, KubeSchema> {
  const components = isRecord(document.components) ? document.components.schemas : undefined;
  if (!isRecord(components)) throw new Error('the document has no schemas');
  const entries = Object.entries(components).map(([name, raw]): [string, KubeSchema] => {
    const schema = compacted(isRecord(raw) ? raw : {}, plain);
    return [name, withoutStatus(name, withEnums(schema, enums.get(functionOf(name))))];
  });
  return Object.fromEntries(entries);
}

/** What Kubernetes' own types say in other words than definitions of kinds do. */
function plain(schema: RawSchema): RawSchema {
  const { default: _, ...rest } = schema;
  const [only] = Array.isArray(rest.allOf) ? rest.allOf : [];
  if (isRecord(only) && typeof only.$ref === 'string') return { $ref: only.$ref };
  if (typeof rest.$ref === 'string') return { $ref: rest.$ref.replace(PREFIX, '') };
  if (rest.format === 'int-or-string') return { 'x-kubernetes-int-or-string': true };
  if (JSON.stringify(rest.oneOf) === '[{"type":"string"},{"type":"number"}]') return { format: 'quantity' };
  const isAny = rest.type === 'object' && rest.properties === undefined && rest.additionalProperties === undefined;
  return isAny ? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } : rest;
}

function withEnums(schema: KubeSchema, enums: ReadonlyMap<string, readonly string[]> | undefined): KubeSchema {
  if (enums === undefined || schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties).map(([name, field]): [string, KubeSchema] => {
    const values = enums.get(name);
    if (values === undefined) return [name, field];
    return [
      name,
      field.items === undefined ? { ...field, enum: values } : { ...field, items: { ...field.items, enum: values } },
    ];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** What only the server writes is not looked at. */
function withoutStatus(name: string, schema: KubeSchema): KubeSchema {
  const { properties } = schema;
  if (properties === undefined) return schema;
  const isKind = properties.spec !== undefined && properties.status !== undefined;
  const unread = name === META ? ['managedFields'] : isKind ? ['status'] : [];
  const kept = Object.entries(properties).map(([key, field]): [string, KubeSchema] => [
    key,
    unread.includes(key) ? (UNREAD[key] ?? {}) : field,
  ]);
  return { ...schema, properties: Object.fromEntries(kept) };
}

function kindsOf(document: RawSchema, from: string): readonly (RecordedKind & { readonly schema: string })[] {
  const paths = isRecord(document.paths) ? document.paths : {};
  const rows = Object.entries(paths).flatMap(([path, operations]) => {
    const [, inNamespace, plural] = POSTED.exec(path) ?? [];
    const post = isRecord(operations) ? operations.post : undefined;
    if (plural === undefined || !isRecord(post)) return [];
    const { group, version, kind } = post['x-kubernetes-group-version-kind'] as Record<
      'group' | 'version' | 'kind',
      string
    >;
    const [, schema] = new RegExp(`"${PREFIX}([^"]+)"`).exec(JSON.stringify(post.requestBody)) ?? [];
    if (schema === undefined) throw new Error(`what is posted to ${path} has no schema`);
    const file = `${group === '' ? 'core' : group}_${version}`;
    return [{ group, version, kind, plural, namespaced: inNamespace !== undefined, file, from, schema }];
  });
  return rows.sort((one, other) => (one.kind < other.kind ? -1 : 1));
}
