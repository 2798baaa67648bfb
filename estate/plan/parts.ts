import { CLOUDS, type Cloud } from '../catalog';
import { fabricsOf, mountIds } from './fabrics';
import { ids, poolPath } from './ids';
import type { AccountPlan, ShardPlan, SitePlan, StacksPlan } from './types';

/** A construct of a stack, with all that is in it, and the entry of the estate file that it comes from. */
export interface Part {
  /** Such as `clusters.iowa.pools.gb200`. */
  readonly entry: string;
  /** Id of the group whose nodes it has. @default none */
  readonly group?: string;
  /** Key of the store that it is. @default none */
  readonly store?: string;
}

/** What a stack is made of. */
export interface StackParts {
  /** Entry that the stack as a whole comes from, and all that comes from no other. */
  readonly entry: string;
  /** By their ids from the stack down, such as `cluster/system`. */
  readonly parts: ReadonlyMap<string, Part>;
}

/** What the stacks of a plan are made of, by their names. */
export function partsOf(plan: StacksPlan): ReadonlyMap<string, StackParts> {
  return new Map(CLOUDS.flatMap((cloud) => partsOfCloud(cloud, plan)));
}

function partsOfCloud<C extends Cloud>(cloud: C, plan: StacksPlan): [stack: string, StackParts][] {
  const shards = plan.shards(cloud);
  return [
    ...plan.accounts(cloud).map((account): [string, StackParts] => [account.stacks.foundation, foundation(account)]),
    ...plan
      .sites(cloud)
      .flatMap((site): [string, StackParts][] => [
        [site.stacks.network, network(site, shards)],
        ...site.storageStacks.map(({ stack }): [string, StackParts] => [stack, storage(site)]),
        ...(site.gateway === undefined ? [] : [whole(site.gateway.stack, entries.gateway(site.key))]),
        ...(site.links ?? []).map(({ stack, key }) => whole(stack, entries.link(key))),
      ]),
    ...shards.map((shard): [string, StackParts] => [shard.stacks.cluster, cluster(cloud, shard)]),
  ];
}

/** A stack of which everything comes from one entry. */
function whole(stack: string, entry: string): [string, StackParts] {
  return [stack, { entry, parts: new Map() }];
}

function foundation<C extends Cloud>({ key, sites, budget, guardrails }: AccountPlan<C>): StackParts {
  const parts = [
    ...sites.map((site) => part([ids.site(site.key)], { entry: entries.site(site.key) })),
    ...(budget === undefined ? [] : [part([ids.budget], { entry: entries.budget(key) })]),
    ...(guardrails === undefined ? [] : [part([ids.guardrails], { entry: entries.guardrails(key) })]),
  ];
  return { entry: entries.account(key), parts: new Map(parts) };
}

/** Ranges are made by their keys. Those of what left the estate are the site's from then on. */
function network<C extends Cloud>(site: SitePlan<C>, shards: readonly ShardPlan<C>[]): StackParts {
  const clusters = new Map(shards.map((shard) => [shard.key, entries.cluster(shard.cluster)]));
  const stores = new Map(site.stores.map(({ key }) => [key, entries.store(key)]));
  const parts = site.network.subnets.flatMap(({ key, role, owner = '' }) => {
    const entry = (role === 'storage' ? stores : clusters).get(owner);
    return entry === undefined ? [] : [part([ids.network, key], { entry })];
  });
  return { entry: entries.site(site.key), parts: new Map(parts) };
}

function storage<C extends Cloud>({ key, stores, grants = [] }: SitePlan<C>): StackParts {
  const parts = stores.map((store) =>
    part([ids.store(store.key)], { entry: entries.store(store.key), store: store.key }),
  );
  const rights = grants.map((half) => part([ids.grant(half.key)], { entry: entries.grant(half.grant) }));
  return { entry: entries.site(key), parts: new Map([...parts, ...rights]) };
}

function cluster<C extends Cloud>(cloud: C, shard: ShardPlan<C>): StackParts {
  const own = entries.cluster(shard.cluster);
  const pools = shard.pools.flatMap(({ key, groups }) => {
    const entry = entries.pool(shard.cluster, key);
    return [
      part([shard.existing === undefined ? ids.template(key) : ids.joinedTemplate(key)], { entry }),
      ...groups.flatMap(({ id }) => [
        part(poolPath(cloud, id), { entry, group: id }),
        part([ids.capacity(id)], { entry }),
      ]),
    ];
  });
  const fabrics = fabricsOf(cloud, shard).map(({ key, pool }) =>
    part([ids.fabric(key)], { entry: pool === undefined ? own : entries.pool(shard.cluster, pool) }),
  );
  const mounts = shard.mounts.flatMap(({ key }) =>
    [ids.existing(key), ...mountIds(cloud, shard, key)].map((id) => part([id], { entry: entries.store(key) })),
  );
  const rights = (shard.grants?.direct ?? []).map(({ key }) => part([ids.grant(key)], { entry: entries.grant(key) }));
  const system = part([ids.cluster, ids.system], { entry: `${own}.systemPool` });
  return { entry: own, parts: new Map([system, ...pools, ...fabrics, ...mounts, ...rights]) };
}

function part(path: readonly string[], found: Part): [path: string, part: Part] {
  return [path.join('/'), found];
}

/** Paths of entries in the estate file. */
const entries = {
  account: (key: string) => `accounts.${key}`,
  budget: (account: string) => `budgets.${account}`,
  guardrails: (account: string) => `policy.enforce.${account}`,
  site: (key: string) => `sites.${key}`,
  gateway: (site: string) => `sites.${site}.gateway`,
  grant: (key: string) => `grants.${key}`,
  store: (key: string) => `stores.${key}`,
  link: (key: string) => `links.${key}`,
  cluster: (key: string) => `clusters.${key}`,
  pool: (cluster: string, key: string) => `clusters.${cluster}.pools.${key}`,
} as const;

/** The part that a construct is or lies in, by its ids from the stack down: the innermost one. */
export function partAt(stack: StackParts | undefined, path: readonly string[]): Part | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const found = stack?.parts.get(path.slice(0, length).join('/'));
    if (found !== undefined) return found;
  }
  return undefined;
}
