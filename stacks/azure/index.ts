import type { App } from '../../constructs/cdktf';
import type { Plan } from '../../estate/plan/types';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { ClusterStack, type ClusterStackProps } from './cluster';
export { FoundationStack, type FoundationStackProps } from './foundation';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

/** Adds every Azure stack of a plan to an app. */
export function addStacks(app: App, plan: Plan): void {
  const { state } = plan;
  const sites = plan.sites('azure');
  const shards = plan.shards('azure');
  for (const account of plan.accounts('azure')) {
    new FoundationStack(app, account.stacks.foundation, { account, state });
  }
  for (const site of sites) new NetworkStack(app, site.stacks.network, { site, state });
  for (const site of sites.filter(({ stores }) => stores.length > 0)) {
    const atSite = shards.filter((shard) => shard.site.key === site.key);
    new StorageStack(app, site.stacks.storage, { site, shards: atSite, state });
  }
  for (const shard of shards) new ClusterStack(app, shard.stacks.cluster, { shard, state });
}
