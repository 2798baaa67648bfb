import { CLOUDS, type Cloud } from '../catalog';
import { LAYERS, type Layer } from './names';
import type { AccountPlan, ShardPlan, SitePlan, StacksPlan } from './types';

/** A stack in the order of a first apply. */
export interface OrderedStack<C extends Cloud = Cloud> {
  readonly stack: string;
  readonly cloud: C;
  readonly layer: Layer;
  readonly account: AccountPlan<C>;
  /** Region that it is applied in; none for what is of the whole account. */
  readonly region?: string;
  /** Site of a network or of stores. */
  readonly site?: SitePlan<C>;
  /** Shard of a cluster. */
  readonly shard?: ShardPlan<C>;
  /** Stacks that have to be there before it. */
  readonly after: readonly string[];
}

/** Every stack in an order that works: by cloud, then account, then layer, then name. */
export function stackOrder(plan: StacksPlan): OrderedStack[] {
  return CLOUDS.flatMap((cloud) => plan.accounts(cloud).flatMap((account) => accountOrder(account, plan)));
}

/** The stacks of one account in an order that works: by layer, then name. None waits for a stack of another account. */
export function accountOrder<C extends Cloud>(account: AccountPlan<C>, plan: StacksPlan): OrderedStack<C>[] {
  const { cloud, key } = account;
  const sites = plan.sites(cloud).filter((site) => site.account.key === key);
  const shards = plan.shards(cloud).filter(({ site }) => site.account.key === key);
  const common = { cloud, account };
  const { foundation } = account.stacks;
  const stacks: readonly OrderedStack<C>[] = [
    { ...common, stack: foundation, layer: 'foundation', after: [] },
    ...sites
      .filter(({ hasNetwork }) => hasNetwork)
      .map((site): OrderedStack<C> => {
        const place = { site, region: site.region };
        return { ...common, ...place, stack: site.stacks.network, layer: 'network', after: [foundation] };
      }),
    ...sites.flatMap((site) =>
      site.storageStacks.map(({ stack }): OrderedStack<C> => {
        return { ...common, site, region: site.region, stack, layer: 'storage', after: baseOf(site) };
      }),
    ),
    ...shards.map((shard): OrderedStack<C> => {
      const { site, stacks } = shard;
      const after = [...baseOf(site), ...site.storageStacks.map(({ stack }) => stack)];
      return { ...common, shard, site, region: site.region, stack: stacks.cluster, layer: 'cluster', after };
    }),
  ];
  return LAYERS.flatMap((layer) => stacks.filter((row) => row.layer === layer));
}

/** What stores and clusters of a site stand on. */
function baseOf<C extends Cloud>({ hasNetwork, stacks, account }: SitePlan<C>): readonly string[] {
  return [account.stacks.foundation, ...(hasNetwork ? [stacks.network] : [])];
}
