import type { KubeSchema } from '../../bundle/kube-schema';
import { compacted, isRecord, type RawSchema, shared } from './compact';
import type { RecordedFile } from './openapi';

interface Definition {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema?: { readonly openAPIV3Schema?: RawSchema };
    }[];
  };
}

function isDefinition(document: unknown): document is Definition {
  return isRecord(document) && document.kind === 'CustomResourceDefinition';
}

/** A kind that a definition adds to a cluster; nothing of a document that is no definition. */
export function readDefinition(
  document: unknown,
  from: string,
  apiVersion: string | undefined,
  meta: Readonly<Record<string, KubeSchema>>,
): RecordedFile | undefined {
  if (!isDefinition(document)) return undefined;
  const { group, scope, names, versions } = document.spec;
  const chosen = versions.find(({ name, storage }) => (apiVersion === undefined ? storage : name === apiVersion));
  const raw = chosen?.schema?.openAPIV3Schema;
  if (chosen === undefined || raw === undefined)
    throw new Error(`${names.kind} has no ${apiVersion ?? 'stored version'}`);
  const schema = withMeta(compacted(raw, (each) => each));
  const others = versions.filter(({ name, served }) => served && name !== chosen.name).map(({ name }) => name);
  const { kind, plural } = names;
  const row = {
    group,
    version: chosen.name,
    kind,
    plural,
    namespaced: scope === 'Namespaced',
    file: `${group}_${chosen.name}_${kind.toLowerCase()}`,
    from,
    ...(others.length > 0 && { others }),
  };
  return { kinds: [row], recording: { kinds: { [kind]: kind }, schemas: { ...shared({ [kind]: schema }), ...meta } } };
}

/** Metadata are the same in all kinds; what only the server writes is not looked at. */
function withMeta(schema: KubeSchema): KubeSchema {
  const { metadata = {}, status, ...rest } = schema.properties ?? {};
  const { properties: named } = metadata;
  const limits =
    named === undefined
      ? []
      : [{ type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: named } as const];
  return {
    ...schema,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: META_NAME, ...(limits.length > 0 && { allOf: limits }) },
      ...rest,
      ...(status !== undefined && { status: { 'x-kubernetes-preserve-unknown-fields': true } }),
    },
  };
}

/** Name of the schema of metadata in recordings of definitions. */
export const META_NAME = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
