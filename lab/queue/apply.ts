import { APPLIED, partFolder } from '../../bundle/places';
import type { Bundle, KubeObject, Part } from '../../bundle/types';
import type { Api } from './bed';
import type { KwokNode } from './nodes';

/** What came of applying objects. */
export interface Applied {
  /** Objects that the server took. */
  readonly objects: readonly KubeObject[];
  /** Kinds that the server does not know, with how many of each. */
  readonly unknown: ReadonlyMap<string, number>;
  /** What it refused. */
  readonly refused: readonly string[];
}

/** Objects of one part of one cluster. */
export function objectsOf({ files }: Bundle, shard: string, part: Part): KubeObject[] {
  const folder = `${partFolder(shard, part)}/`;
  return files.flatMap(({ path, object }) => (path.startsWith(folder) && object !== undefined ? [object] : []));
}

/** What of objects is named by others comes first within a part, as tools that apply folders have it. */
const FIRST = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'PriorityClass'];

const rankOf = ({ kind }: KubeObject): number => {
  const place = FIRST.indexOf(kind);
  return place < 0 ? FIRST.length : place;
};

/** Applies objects in the way GitOps does. */
export async function applyObjects(api: Api, objects: readonly KubeObject[]): Promise<Applied> {
  const applied: KubeObject[] = [];
  const unknown = new Map<string, number>();
  const refused: string[] = [];
  for (const object of [...objects].sort((one, other) => rankOf(one) - rankOf(other))) {
    const { apiVersion, kind, metadata } = object;
    if ((await api.kindOf(object)) === undefined) {
      const title = `${kind} of ${apiVersion}`;
      unknown.set(title, (unknown.get(title) ?? 0) + 1);
      continue;
    }
    const { status, body } = await api.tryApply(object);
    if (status < 300) applied.push(body);
    else refused.push(`${kind} ${metadata.namespace ?? ''}/${metadata.name}: ${status} ${body.message}`);
  }
  return { objects: applied, unknown, refused };
}

/** Applies the parts of a cluster that are applied by themselves, in their order. */
export async function applyBundle(api: Api, bundle: Bundle, shard: string): Promise<Applied> {
  const all: Applied[] = [];
  for (const part of APPLIED) all.push(await applyObjects(api, objectsOf(bundle, shard, part)));
  const unknown = new Map<string, number>();
  for (const [title, count] of all.flatMap((one) => [...one.unknown]))
    unknown.set(title, (unknown.get(title) ?? 0) + count);
  return {
    objects: all.flatMap(({ objects }) => objects),
    unknown,
    refused: all.flatMap(({ refused }) => refused),
  };
}

/** Nodes at a time. */
const AT_A_TIME = 8;

/** Makes nodes; KWOK makes them ready. */
export async function makeNodes(api: Api, nodes: readonly KwokNode[]): Promise<void> {
  const left = [...nodes];
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await makeNode(api, next);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

/** Makes one node, or makes it anew. */
export async function makeNode(api: Api, { object, room }: Pick<KwokNode, 'object' | 'room'>): Promise<void> {
  // Status of what is made is the controllers' business, but nodes are made with theirs.
  const { status, body } = await api.ask<{ message?: string }>('POST', '/api/v1/nodes', {
    ...object,
    status: { capacity: room, allocatable: room },
  });
  if (status >= 300) throw new Error(`node ${object.metadata.name}: ${status} ${body.message}`);
}
