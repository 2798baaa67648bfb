import { isDeepStrictEqual } from 'node:util';
import { immutableChanges } from '../bundle/immutable';
import { BY_HAND } from '../bundle/places';
import type { ClusterObject } from '../bundle/types';
import { compareKeys, groupBy } from '../estate/units';
import type { JobEdit } from './queue-edits';

/** What becomes of the objects of one cluster. */
export interface BundleChange {
  /** Shard. */
  readonly cluster: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** What becomes of the objects of all clusters, and what no server takes of that. */
export interface BundleEdits {
  /** Clusters whose objects change, sorted. */
  readonly changes: readonly BundleChange[];
  readonly refused: readonly JobEdit[];
}

/** Compares the objects of bundles one by one, in each cluster by kind, namespace and name; not what is applied by hand. */
export function bundleEdits(before: readonly ClusterObject[], after: readonly ClusterObject[]): BundleEdits {
  const [was, is] = [byCluster(before), byCluster(after)];
  const clusters = [...new Set([...was.keys(), ...is.keys()])].sort(compareKeys);
  const told = clusters.map((cluster) => clusterEdits(cluster, was.get(cluster) ?? [], is.get(cluster) ?? []));
  return {
    changes: told.flatMap(({ change }) => (change.added + change.changed + change.removed > 0 ? [change] : [])),
    refused: told.flatMap(({ refused }) => refused),
  };
}

function byCluster(objects: readonly ClusterObject[]): ReadonlyMap<string, readonly ClusterObject[]> {
  return groupBy(
    objects.filter(({ part }) => !BY_HAND.includes(part)),
    ({ shard }) => shard,
  );
}

function clusterEdits(cluster: string, before: readonly ClusterObject[], after: readonly ClusterObject[]) {
  const old = new Map(before.map((each) => [each.identity, each]));
  const now = new Map(after.map((each) => [each.identity, each]));
  const changed = after.flatMap((each) => {
    const earlier = old.get(each.identity);
    return earlier === undefined || isDeepStrictEqual(earlier.object, each.object) ? [] : [[earlier, each] as const];
  });
  const refused = changed.flatMap(([was, is]): JobEdit[] =>
    immutableChanges(was.object, is.object).map(({ path }) => ({
      edit: 'immutable',
      cluster,
      what: `${is.object.kind} ${[is.object.metadata.namespace, is.object.metadata.name].filter(Boolean).join('/')}: ${path}`,
    })),
  );
  const change: BundleChange = {
    cluster,
    added: [...now.keys()].filter((identity) => !old.has(identity)).length,
    changed: changed.length,
    removed: [...old.keys()].filter((identity) => !now.has(identity)).length,
  };
  return { change, refused };
}
