import { Document, Scalar, visit } from 'yaml';
import { hash8 } from '../estate/name';
import { type BundleFile, type KubeObject, MANAGED_BY } from './types';

/** Longest name of a file: the most that disks take is 255 bytes, and whoever writes puts something behind it. */
const LONGEST_NAME = 200;

/** Plain words that one reader of YAML or another takes for something else than text. */
const NOT_PLAIN = /^(0o|=|<)/;

/**
 * A value as YAML that readers of YAML 1.1, as Kubernetes has them, and of 1.2 take for the same.
 *
 * No anchors, no folded lines: one line of a file is one value, so that reviews show what changes.
 */
export function yamlText(value: unknown): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && NOT_PLAIN.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** The group of an object: none of what is in the core of Kubernetes. */
export function groupOf({ apiVersion }: KubeObject): string {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? '' : group;
}

/** What tells an object from all others of its cluster. */
export function identityOf(object: KubeObject): string {
  const { namespace = '', name } = object.metadata;
  return [groupOf(object), object.kind, namespace, name].join('/');
}

/** An object as it is written: keys in their order, labels and annotations sorted, and whose it is. */
export function writtenObject(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const { name, namespace, labels, annotations, ...other } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: sortedByKey({ ...MANAGED_BY, ...labels }),
      ...(annotations !== undefined && { annotations: sortedByKey(annotations) }),
      ...other,
    },
    ...rest,
  };
}

/** The same entries in the order of their keys. */
export function sortedByKey<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Words of a kind in lower case: `resource-flavor`. */
export function kebabCase(kind: string): string {
  return kind
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/**
 * The name of the file of an object: its kind, namespace and name.
 *
 * A namespace ends with a dot, which none has in it. Names that no disk could tell apart, or hold, end with a hash.
 */
export function objectFileName(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  const plain = `${kebabCase(object.kind)}-${namespace === undefined ? '' : `${namespace}.`}${name}`;
  if (plain.length <= LONGEST_NAME && /^[a-z0-9.-]+$/.test(plain)) return `${plain}.yaml`;
  const kept = plain.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return `${kept.slice(0, LONGEST_NAME)}-${hash8(identityOf(object))}.yaml`;
}

/** The file of an object in a folder. */
export function objectFile(folder: string, object: KubeObject): BundleFile {
  const written = writtenObject(object);
  return { path: `${folder}/${objectFileName(object)}`, text: yamlText(written), object: written };
}

/** Files in the order of their paths. */
export function byPath<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}
