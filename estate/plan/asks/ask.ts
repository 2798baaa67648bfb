import type { Cloud, QuotaKey } from '../../catalog';
import type { GroupPlan, PoolPlan, ShardPlan, SitePlan } from '../types';

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
}

/** Nodes of one machine type that a shard runs. */
export interface NodesOf<C extends Cloud> {
  readonly shard: ShardPlan<C>;
  readonly subject: string;
  /** The pool; absent for the nodes that run the cluster itself. */
  readonly pool?: PoolPlan<C>;
  readonly machine: PoolPlan<C>['machine'];
  readonly nodes: number;
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

/** Kubernetes clusters that are made for a shard: none where its pools are added to one that exists. */
export function clustersOf({ existing }: { readonly existing?: object }): number {
  return existing === undefined ? 1 : 0;
}

/** The nodes of a shard, by pool. */
export function nodesOf<C extends Cloud>(shard: ShardPlan<C>): readonly NodesOf<C>[] {
  const { machine, nodes } = shard.systemPool;
  return [
    ...(shard.existing === undefined ? [{ shard, subject: `${shard.cluster}/system`, machine, nodes }] : []),
    ...shard.pools.map((pool) => ({
      shard,
      subject: `${shard.cluster}/${pool.key}`,
      pool,
      machine: pool.machine,
      nodes: pool.groups.reduce((sum, group) => sum + nodesOfGroup(group), 0),
    })),
  ];
}

/** All nodes of a shard. */
export function nodeCount<C extends Cloud>(shard: ShardPlan<C>): number {
  return nodesOf(shard).reduce((sum, { nodes }) => sum + nodes, 0);
}

/** True for nodes that the provider may take back; their quota is another. */
export function isPreemptible<C extends Cloud>({ pool }: NodesOf<C>): boolean {
  return pool?.capacity.kind === 'spot' || pool?.capacity.kind === 'flex-start';
}
