import { CLOUDS } from '../estate/catalog';
import type { Plan } from '../estate/plan/types';
import { compareKeys } from '../estate/units';

/** Something protected that had left the estate file and was kept, and is not any more. */
export interface GivenUp {
  /** Its key in the lock file, such as `sites.virginia.stores.logs`. */
  readonly path: string;
  /** What it is, such as `file system`. */
  readonly what: string;
}

const STORES = { lustre: 'file system', object: 'object store' } as const;

/** What left the file and is kept, by its key in the lock file. */
function keptBy(plan: Plan): Map<string, string> {
  const kept = new Map<string, string>();
  for (const cloud of CLOUDS) {
    for (const { key, retired } of plan.sites(cloud)) {
      for (const store of retired) kept.set(`sites.${key}.stores.${store.key}`, STORES[store.kind]);
    }
    for (const { cluster, retired } of plan.shards(cloud)) {
      for (const { pool, key, machine, capacity } of retired) {
        const what = ['node group', machine?.type, `(${capacity})`].filter((word) => word !== undefined).join(' ');
        kept.set(`clusters.${cluster}.pools.${pool}.${key}`, what);
      }
    }
  }
  return kept;
}

/** What an estate has, by the keys that the lock file would keep it under. */
function livingIn(plan: Plan): Set<string> {
  return new Set(
    CLOUDS.flatMap((cloud) => [
      ...plan.sites(cloud).flatMap(({ key, stores }) => stores.map((store) => `sites.${key}.stores.${store.key}`)),
      ...plan
        .shards(cloud)
        .flatMap(({ cluster, pools }) =>
          pools.flatMap((pool) => pool.groups.map((group) => `clusters.${cluster}.pools.${pool.key}.${group.key}`)),
        ),
    ]),
  );
}

/** What one plan keeps although it left the file, and the next neither keeps nor has again: only locks differ there. */
export function givenUp(before: Plan, after: Plan): GivenUp[] {
  const [kept, living] = [keptBy(after), livingIn(after)];
  return [...keptBy(before)]
    .filter(([path]) => !kept.has(path) && !living.has(path))
    .map(([path, what]) => ({ path, what }))
    .sort((one, other) => compareKeys(one.path, other.path));
}
