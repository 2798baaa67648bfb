import { CLOUDS } from '../estate/catalog';
import type { AccountPlan, Plan, ShardPlan, SitePlan } from '../estate/plan/types';
import type { PlannedEstate } from './app';

/** Says which entry of the estate file a construct of a stack comes from, such as `clusters.x.pools.y`. */
export type EstateKeyOf = (stack: string, construct: string) => string | undefined;

interface StackKeys {
  /** Entry that the stack as a whole comes from. */
  readonly own: string;
  /** Entries of its parts, by the id of a construct. */
  readonly ids: ReadonlyMap<string, string>;
  /** Entries of what stands beside a part, by the start of its id: `mount-scratch`, `mount-scratch-us-east-2b`. */
  readonly starts: ReadonlyMap<string, string>;
}

/** Finds the entries of the estate file that the stacks of a plan come from. */
export function estateKeys(plan: Plan): EstateKeyOf {
  const stacks = new Map<string, StackKeys>();
  for (const cloud of CLOUDS) {
    const shards = plan.shards(cloud);
    for (const account of plan.accounts(cloud)) stacks.set(account.stacks.foundation, foundationKeys(account));
    for (const site of plan.sites(cloud)) {
      const atSite = shards.filter((shard) => shard.site.key === site.key);
      stacks.set(site.stacks.network, networkKeys(site, atSite));
      for (const { stack } of site.storageStacks) stacks.set(stack, storageKeys(site));
    }
    for (const shard of shards) stacks.set(shard.stacks.cluster, clusterKeys(shard));
  }
  return (stack, construct) => {
    const keys = stacks.get(stack);
    if (keys === undefined) return undefined;
    for (const id of construct.split('/').slice(1)) {
      const found = keys.ids.get(id) ?? startingWith(keys.starts, id);
      if (found !== undefined) return found;
    }
    return keys.own;
  };
}

/** The entry whose start fits best: a store may be called as another one and some more. */
function startingWith(starts: ReadonlyMap<string, string>, id: string): string | undefined {
  const [best] = [...starts.keys()]
    .filter((start) => id === start || id.startsWith(`${start}-`))
    .sort((one, other) => other.length - one.length);
  return best === undefined ? undefined : starts.get(best);
}

function foundationKeys({ key, sites }: AccountPlan): StackKeys {
  const starts = new Map(sites.map((site) => [`site-${site.key}`, `sites.${site.key}`]));
  return { own: `accounts.${key}`, ids: new Map(), starts };
}

function networkKeys({ key, stores }: SitePlan, shards: readonly ShardPlan[]): StackKeys {
  const starts = new Map<string, string>();
  for (const shard of shards) {
    starts.set(`nodes-${shard.key}`, `clusters.${shard.cluster}`);
    starts.set(`control-plane-${shard.key}`, `clusters.${shard.cluster}`);
  }
  for (const store of stores) starts.set(`storage-${store.key}`, `stores.${store.key}`);
  return { own: `sites.${key}`, ids: new Map(), starts };
}

function storageKeys({ key, stores }: SitePlan): StackKeys {
  const ids = new Map(stores.map((store) => [store.key, `stores.${store.key}`]));
  const starts = new Map(stores.map((store) => [`store-${store.key}`, `stores.${store.key}`]));
  return { own: `sites.${key}`, ids, starts };
}

function clusterKeys({ cluster, pools, mounts }: ShardPlan): StackKeys {
  const own = `clusters.${cluster}`;
  const ids = new Map([['system', `${own}.systemPool`]]);
  const starts = new Map<string, string>();
  for (const pool of pools) {
    const entry = `${own}.pools.${pool.key}`;
    ids.set(`template-${pool.key}`, entry);
    for (const group of pool.groups) {
      ids.set(group.id, entry);
      ids.set(`capacity-${group.id}`, entry);
    }
  }
  for (const { key } of mounts) {
    starts.set(`mount-${key}`, `stores.${key}`);
    starts.set(`store-${key}`, `stores.${key}`);
  }
  return { own, ids, starts };
}

/** Finds the entry of the estate file that a construct of a stack comes from, and where it is written. */
export type EstateFinder = (
  stack: string,
  construct: string,
) => { readonly estate: string; readonly at: string } | undefined;

/** The finder of an estate: an entry that was left out is found at the nearest one above it. */
export function estateFinder({ plan, loaded }: PlannedEstate): EstateFinder {
  const keyOf = estateKeys(plan);
  return (stack, construct) => {
    const estate = keyOf(stack, construct);
    if (estate === undefined) return undefined;
    const { file, line } = loaded.positions.locate(estate.split('.'), 'key');
    return { estate, at: `${file}:${line}` };
  };
}
