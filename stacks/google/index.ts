import type { App } from '../../constructs/cdktf';
import type { Plan, ShardPlan, SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { ClusterStack, type ClusterStackProps } from './cluster';
export { FoundationStack, type FoundationStackProps } from './foundation';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

interface Site {
  readonly network: NetworkStack;
  readonly storage?: StorageStack;
}

/** Creates every Google Cloud stack of a plan. */
export function addStacks(app: App, plan: Plan): void {
  const { state } = plan;
  const foundations = new Map(
    plan
      .accounts('google')
      .map((account) => [account.key, new FoundationStack(app, account.stacks.foundation, { account, state })]),
  );
  const sites = new Map(
    plan.sites('google').map((site) => [site.key, addSite(app, site, state, foundations.get(site.account.key))]),
  );
  for (const shard of plan.shards('google')) addShard(app, shard, state, sites.get(shard.site.key));
}

function addSite(app: App, site: SitePlan<'google'>, state: StateSettings, foundation?: FoundationStack): Site {
  const network = new NetworkStack(app, site.stacks.network, { site, state });
  if (foundation !== undefined) network.addDependency(foundation);
  if (site.stores.length + site.retired.length === 0) return { network };
  const storage = new StorageStack(app, site.stacks.storage, { site, state });
  storage.addDependency(network);
  return { network, storage };
}

/** Nothing is read from the earlier stacks, but what they make has to exist. */
function addShard(app: App, shard: ShardPlan<'google'>, state: StateSettings, site?: Site): void {
  const cluster = new ClusterStack(app, shard.stacks.cluster, { shard, state });
  for (const earlier of [site?.network, shard.mounts.length > 0 ? site?.storage : undefined]) {
    if (earlier !== undefined) cluster.addDependency(earlier);
  }
}
