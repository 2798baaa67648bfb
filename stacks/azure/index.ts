import type { App } from '../../constructs/cdktf';
import { foundationNeeds } from '../../estate/plan/foundation-needs';
import type { FoundationNeeds } from '../../estate/plan/foundation-types';
import type { AccountPlan, StacksPlan } from '../../estate/plan/types';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { LinkStack } from './link';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { ClusterStack, type ClusterStackProps } from './cluster';
export { FoundationStack, type FoundationStackProps } from './foundation';
export { type GatewaySite, GatewayStack, type GatewayStackProps } from './gateway';
export { LinkStack, type LinkStackProps } from './link';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

/** Adds every Azure stack of a plan to an app. */
export function addStacks(app: App, plan: StacksPlan): void {
  const { state } = plan;
  const sites = plan.sites('azure');
  const shards = plan.shards('azure');
  for (const account of plan.accounts('azure')) {
    const needs = foundationNeeds('azure', account, plan);
    const machines = infinibandOf(account, needs);
    const dnsRegions = needs.networkRegions;
    new FoundationStack(app, account.stacks.foundation, { account: { ...account, machines }, dnsRegions, state });
  }
  for (const site of sites.filter(({ hasNetwork }) => hasNetwork))
    new NetworkStack(app, site.stacks.network, { site, state });
  // Without a stack, nothing would say that the stores which left the estate are to be kept.
  for (const site of sites.filter(
    ({ stores, retired, grants = [] }) => stores.length + retired.length + grants.length > 0,
  )) {
    const atSite = shards.filter((shard) => shard.site.key === site.key);
    new StorageStack(app, site.stacks.storage, { site, shards: atSite, state });
  }
  for (const shard of shards) new ClusterStack(app, shard.stacks.cluster, { shard, state });
  for (const site of sites) {
    const { gateway, links = [] } = site;
    if (gateway !== undefined) new GatewayStack(app, gateway.stack, { site: { ...site, gateway }, state });
    for (const link of links) new LinkStack(app, link.stack, { site, link, state });
  }
}

/** Machine types that decide about InfiniBand: those of the estate, or of nodes that are kept where it has none. */
function infinibandOf({ machines }: AccountPlan<'azure'>, { keptMachines }: FoundationNeeds<'azure'>) {
  if (machines.some(({ infinibandFeature }) => infinibandFeature !== undefined)) return machines;
  const features = new Set(keptMachines.flatMap(({ infinibandFeature }) => infinibandFeature ?? []));
  return features.size === 1 ? [...machines, ...keptMachines] : machines;
}
