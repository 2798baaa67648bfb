import { CLOUDS, type Cloud } from '../catalog';
import type { HalfLinkPlan } from './links/types';
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
  /** Site of a network, of stores, of a gateway or of the half of a link. */
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

/**
 * Layers in the order in which stacks of a cloud can be applied.
 *
 * Route tables of Oracle Cloud hold their routes, and those that lead to a gateway want it first; elsewhere a gateway is
 * added to a network.
 */
const LAYER_ORDER: Readonly<Record<Cloud, readonly Layer[]>> = {
  aws: LAYERS,
  azure: LAYERS,
  google: LAYERS,
  oracle: ['foundation', 'gateway', 'network', 'storage', 'cluster', 'link'],
};

/** Layers of a cloud in the order in which they are applied. */
export function layersOf(cloud: Cloud): readonly Layer[] {
  return LAYER_ORDER[cloud];
}

/** Steps in which the stacks of all clouds can be applied together: layers, and gateways that networks want first. */
export const APPLY_STEPS = ['foundation', 'early-gateway', 'network', 'storage', 'cluster', 'gateway', 'link'] as const;

/** The step in which stacks of a layer of a cloud are applied. */
export function applyStep(cloud: Cloud, layer: Layer): (typeof APPLY_STEPS)[number] {
  const order = LAYER_ORDER[cloud];
  return layer === 'gateway' && order.indexOf(layer) < order.indexOf('network') ? 'early-gateway' : layer;
}

/** Steps that some stacks need, where those without gateways of links have those of the layers. */
export function stepsOf(stacks: readonly Pick<OrderedStack, 'cloud' | 'layer'>[]): (typeof APPLY_STEPS)[number][] {
  const isEarly = stacks.some(({ cloud, layer }) => applyStep(cloud, layer) === 'early-gateway');
  return APPLY_STEPS.filter((step) => isEarly || step !== 'early-gateway');
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
        const after = [foundation, ...(cloud === 'oracle' && site.gateway ? [site.gateway.stack] : [])];
        return { ...common, ...place, stack: site.stacks.network, layer: 'network', after };
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
    ...sites.flatMap((site): OrderedStack<C>[] => {
      const place = { ...common, site, region: site.region };
      const { gateway, links = [] } = site;
      const base = cloud === 'oracle' ? [foundation] : baseOf(site);
      const made = baseOfLinks(site);
      // A peering without gateways names the network at its other end, which has to be there.
      const far = ({ kind, peer }: HalfLinkPlan) =>
        kind === 'peering'
          ? sites.flatMap(({ key, hasNetwork, stacks }) => (key === peer.site && hasNetwork ? [stacks.network] : []))
          : [];
      return [
        ...(gateway === undefined ? [] : [{ ...place, stack: gateway.stack, layer: 'gateway' as const, after: base }]),
        ...links.map((link): OrderedStack<C> => {
          return { ...place, stack: link.stack, layer: 'link', after: [...made, ...far(link)] };
        }),
      ];
    }),
  ];
  return LAYER_ORDER[cloud].flatMap((layer) => stacks.filter((row) => row.layer === layer));
}

/** What halves of links of a site stand on there. */
export function baseOfLinks<C extends Cloud>(site: SitePlan<C>): readonly string[] {
  return [...baseOf(site), ...(site.gateway === undefined ? [] : [site.gateway.stack])];
}

/** What stores and clusters of a site stand on. */
function baseOf<C extends Cloud>({ hasNetwork, stacks, account }: SitePlan<C>): readonly string[] {
  return [account.stacks.foundation, ...(hasNetwork ? [stacks.network] : [])];
}
