import type { App } from 'aws-cdk-lib/core';
import type { ShardPlan, SitePlan, StacksPlan } from '../../estate/plan/types';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { LinkStack } from './link';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { homeRegion } from '../../estate/catalog/aws-regions';
export { ClusterStack, type ClusterStackProps } from './cluster';
export { FoundationStack, type FoundationStackProps } from './foundation';
export { GatewayStack, type GatewayStackProps } from './gateway';
export { LinkStack, type LinkStackProps } from './link';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

interface Site {
  /** None where the network exists already. */
  readonly network?: NetworkStack;
  readonly storage: readonly StorageStack[];
}

/** Creates every AWS stack of a plan. */
export function addStacks(app: App, plan: StacksPlan): void {
  for (const account of plan.accounts('aws')) new FoundationStack(app, account.stacks.foundation, { account });
  const sites = new Map(plan.sites('aws').map((site) => [site.key, addSite(app, site)]));
  for (const shard of plan.shards('aws')) addShard(app, shard, sites.get(shard.site.key));
}

function addSite(app: App, site: SitePlan<'aws'>): Site {
  const network = site.hasNetwork ? new NetworkStack(app, site.stacks.network, { site }) : undefined;
  const storage = site.storageStacks.map(({ stack, ordinal }) => {
    return new StorageStack(app, stack, { site, ordinal, network: network?.network });
  });
  addLinks(app, site, network);
  return { network, storage };
}

function addLinks(app: App, site: SitePlan<'aws'>, network: NetworkStack | undefined): void {
  if (site.gateway === undefined) return;
  const { gateway } = new GatewayStack(app, site.gateway.stack, { site, network: network?.network });
  for (const link of site.links ?? []) new LinkStack(app, link.stack, { site, link, gateway });
}

function addShard(app: App, shard: ShardPlan<'aws'>, site: Site | undefined): void {
  if (site === undefined) throw new Error(`shard "${shard.key}" lies at no site of the plan`);
  new ClusterStack(app, shard.stacks.cluster, { shard, network: site.network?.network, storage: site.storage });
}
