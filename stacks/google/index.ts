import type { App, TerraformStack } from '../../constructs/cdktf';
import { foundationNeeds } from '../../estate/plan/foundation-needs';
import type { AccountPlan, ShardPlan, SitePlan, StacksPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { LinkStack } from './link';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { ClusterStack, type ClusterStackProps } from './cluster';
export { FoundationStack, type FoundationStackProps } from './foundation';
export { GatewayStack, type GatewayStackProps } from './gateway';
export { LinkStack, type LinkStackProps } from './link';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

/** Stacks that those of clusters come after. */
interface Site {
  /** That of its network, or of the project where the network exists already. */
  readonly base?: TerraformStack;
  readonly storage?: StorageStack;
}

/** Creates every Google Cloud stack of a plan. */
export function addStacks(app: App, plan: StacksPlan): void {
  const { state } = plan;
  const foundations = new Map(
    plan.accounts('google').map((account) => [account.key, addFoundation(app, account, plan)]),
  );
  const sites = new Map(
    plan.sites('google').map((site) => [site.key, addSite(app, site, state, foundations.get(site.account.key))]),
  );
  for (const shard of plan.shards('google')) addShard(app, shard, state, sites.get(shard.site.key));
}

function addFoundation(app: App, account: AccountPlan<'google'>, plan: StacksPlan): FoundationStack {
  // The servers of a network that exists already are its owner's.
  const { dnsServers: dns, binaryAuthorization, interconnects } = foundationNeeds('google', account, plan);
  const asked = { account, dns, binaryAuthorization, interconnects };
  return new FoundationStack(app, account.stacks.foundation, { ...asked, state: plan.state });
}

function addSite(app: App, site: SitePlan<'google'>, state: StateSettings, foundation?: FoundationStack): Site {
  const network = site.hasNetwork ? new NetworkStack(app, site.stacks.network, { site, state }) : undefined;
  if (foundation !== undefined) network?.addDependency(foundation);
  const base = network ?? foundation;
  addLinks(app, site, state, base);
  const { stores, retired, grants = [], replications = [] } = site;
  if (stores.length + retired.length + grants.length + replications.length === 0) return { base };
  const storage = new StorageStack(app, site.stacks.storage, { site, state });
  if (base !== undefined) storage.addDependency(base);
  return { base, storage };
}

/** The gateway of a site, and its halves of links behind it. */
function addLinks(app: App, site: SitePlan<'google'>, state: StateSettings, base?: TerraformStack): void {
  const { gateway: plan, links = [] } = site;
  const gateway = plan === undefined ? undefined : new GatewayStack(app, plan.stack, { site, state });
  if (base !== undefined) gateway?.addDependency(base);
  const earlier = gateway ?? base;
  for (const link of links) {
    const half = new LinkStack(app, link.stack, { site, link, state });
    if (earlier !== undefined) half.addDependency(earlier);
  }
}

/** Nothing is read from the earlier stacks, but what they make has to exist. */
function addShard(app: App, shard: ShardPlan<'google'>, state: StateSettings, site?: Site): void {
  const cluster = new ClusterStack(app, shard.stacks.cluster, { shard, state });
  const uses = shard.mounts.some(({ existing }) => existing === undefined) || (shard.grants?.direct ?? []).length > 0;
  for (const earlier of [site?.base, uses ? site?.storage : undefined]) {
    if (earlier !== undefined) cluster.addDependency(earlier);
  }
}
