import type { Cloud, QuotaKey } from '../../catalog';
import type { FileSystemPlan, GroupPlan, ObjectStorePlan, PoolPlan, ShardPlan, SitePlan } from '../types';

/** What one part of an estate needs of a quota. */
export interface Ask {
  readonly key: QuotaKey;
  /** Where it is needed. */
  readonly site: Pick<SitePlan, 'region'> & { readonly account: { readonly key: string } };
  /** What needs it, such as `ohio-b200/train` for a pool. */
  readonly subject: string;
  /** How many of the things that need it. */
  readonly count: number;
  /** The thing, such as `node`. */
  readonly noun: string;
  /** What each of them needs, in the unit of the quota. */
  readonly each: number;
  /** The provider's name of the quota, where a machine's row holds it. @default that of the quota's row */
  readonly quota?: string;
  /** @default that of the quota's row */
  readonly unit?: string;
  /** What tells one value of the quota from another besides the region, such as `gpu_family=NVIDIA_GB200`. */
  readonly dimension?: string;
  /** Zone that it is needed in, for quotas of zones. */
  readonly zone?: string;
  /** What is assumed about this need. */
  readonly unverified?: string;
  /** No resource of a stack: a service makes it beside one, or it is there for a while. @default stacks make it */
  readonly byService?: true;
}

/** Nodes of one machine type that a shard runs. */
export interface NodesOf<C extends Cloud> {
  readonly shard: ShardPlan<C>;
  readonly subject: string;
  /** The pool; absent for the nodes that run the cluster itself. */
  readonly pool?: PoolPlan<C>;
  readonly machine: PoolPlan<C>['machine'];
  readonly nodes: number;
  /** Nodes of each node pool that they are in. */
  readonly groups: readonly number[];
}

/** Nodes of a group, spare trays included: a spare is put to use without asking the provider first. */
export function nodesOfGroup({ trays }: GroupPlan): number {
  return trays;
}

/** Networks that a site has made for it: none where it lies in one that exists. */
export function networksOf({ hasNetwork }: Pick<SitePlan, 'hasNetwork'>): number {
  return hasNetwork ? 1 : 0;
}

/** Ways out of a network that are made for it. */
export function gatewaysOf(site: Pick<SitePlan, 'hasNetwork' | 'network'>): number {
  return site.network.egress === 'nat' ? networksOf(site) : 0;
}

/** Keys that stacks make at a site: none where it brings one. */
export function keysOf({ encryptionKey }: Pick<SitePlan, 'encryptionKey'>): number {
  return encryptionKey === undefined ? 1 : 0;
}

/** Managed Lustre file systems that are made at a site. */
export function fileSystemsOf<C extends Cloud>({ stores }: Pick<SitePlan<C>, 'stores'>): readonly FileSystemPlan<C>[] {
  return stores.flatMap((store) => (store.kind === 'lustre' ? store : []));
}

/** Object stores that are made at a site. */
export function objectStoresOf({ stores }: Pick<SitePlan, 'stores'>): readonly ObjectStorePlan[] {
  return stores.flatMap((store) => (store.kind === 'object' ? store : []));
}

/** Kubernetes clusters that are made for a shard: none where its pools are added to one that exists. */
export function clustersOf({ existing }: { readonly existing?: object }): number {
  return existing === undefined ? 1 : 0;
}

/** The nodes of a shard, by pool. */
export function nodesOf<C extends Cloud>(shard: ShardPlan<C>): readonly NodesOf<C>[] {
  const { machine, nodes } = shard.systemPool;
  return [
    ...(shard.existing === undefined
      ? [{ shard, subject: `${shard.cluster}/system`, machine, nodes, groups: [nodes] }]
      : []),
    ...shard.pools.map((pool) => {
      const groups = pool.groups.map(nodesOfGroup);
      return {
        shard,
        subject: `${shard.cluster}/${pool.key}`,
        pool,
        machine: pool.machine,
        nodes: groups.reduce((sum, size) => sum + size, 0),
        groups,
      };
    }),
  ];
}

/** Node pools of a shard, that of the system among them. */
export function poolCount<C extends Cloud>(shard: ShardPlan<C>): number {
  return shard.pools.reduce((sum, { groups }) => sum + groups.length, clustersOf(shard));
}

/** The nodes of a pool, and those that an upgrade adds for a while. */
export function withSurge(nodes: number, surge: number): readonly Pick<Ask, 'count' | 'noun' | 'byService'>[] {
  const own = { count: nodes, noun: 'node' };
  return surge === 0 ? [own] : [own, { count: surge, noun: 'upgrade node', byService: true }];
}

/** Autoscalers that are made for a shard: one where it has pools with a range, none on a cluster that exists. */
export function autoscalersOf<C extends Cloud>(shard: ShardPlan<C>): number {
  const ranged = shard.pools.some(({ groups }) => groups.some(({ minNodes }) => minNodes !== undefined));
  return ranged ? clustersOf(shard) : 0;
}

/** All nodes of a shard. */
export function nodeCount<C extends Cloud>(shard: ShardPlan<C>): number {
  return nodesOf(shard).reduce((sum, { nodes }) => sum + nodes, 0);
}

/** True for nodes that the provider may take back; their quota is another. */
export function isPreemptible<C extends Cloud>({ pool }: NodesOf<C>): boolean {
  return pool?.capacity.kind === 'spot' || pool?.capacity.kind === 'flex-start';
}
