import type { App } from '../../constructs/cdktf';
import type { IGateway } from '../../constructs/oracle';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { foundationNeeds } from '../../estate/plan/foundation-needs';
import type { AccountPlan, ShardPlan, SitePlan, StacksPlan } from '../../estate/plan/types';
import { ClusterStack } from './cluster';
import { FoundationStack } from './foundation';
import { GatewayStack } from './gateway';
import { LinkStack } from './link';
import { NetworkStack } from './network';
import { StorageStack } from './storage';

export { ClusterStack, type ClusterStackProps } from './cluster';
export { type FoundationAccount, FoundationStack, type FoundationStackProps } from './foundation';
export { GatewayStack, type GatewayStackProps } from './gateway';
export { LinkStack, type LinkStackProps } from './link';
export { NetworkStack, type NetworkStackProps } from './network';
export { StorageStack, type StorageStackProps } from './storage';

/** Adds every Oracle stack of an estate to an app. */
export function addStacks(app: App, plan: StacksPlan): void {
  const { state } = plan;
  const foundations = new Map<string, FoundationStack>();
  for (const planned of plan.accounts('oracle')) {
    const account = { ...planned, machines: machinesOf(planned, plan) };
    foundations.set(account.key, new FoundationStack(app, account.stacks.foundation, { account, state }));
  }
  const sites = plan.sites('oracle').map((site) => addSite(app, site, plan, foundations.get(site.account.key)));
  const bySite = new Map(sites.map((stacks) => [stacks.site.key, stacks]));
  for (const shard of plan.shards('oracle')) addShard(app, shard, plan, bySite.get(shard.site.key));
}

interface SiteStacks {
  readonly site: SitePlan<'oracle'>;
  readonly foundation?: FoundationStack;
  /** Absent where the network exists already. */
  readonly network?: NetworkStack;
  readonly storage?: StorageStack;
}

/** Machine types of an account whose nodes run, in the estate or retired from it: they need their policies. */
function machinesOf(account: AccountPlan<'oracle'>, plan: StacksPlan): readonly OracleMachine[] {
  const { keptMachines } = foundationNeeds('oracle', account, plan);
  return [...new Map([...account.machines, ...keptMachines].map((machine) => [machine.type, machine])).values()];
}

function addSite(app: App, site: SitePlan<'oracle'>, plan: StacksPlan, foundation?: FoundationStack): SiteStacks {
  const { state } = plan;
  const gateway = addGateway(app, site, plan, foundation);
  const parts = { site, gateway, state };
  const network = site.hasNetwork ? new NetworkStack(app, site.stacks.network, parts) : undefined;
  // What costs are counted by is defined there, and everything is tagged with it.
  if (foundation !== undefined) network?.addDependency(foundation);
  const { stores, retired, grants = [] } = site;
  if (stores.length + retired.length + grants.length === 0) return { site, foundation, network };
  const shards = plan.shards('oracle').filter((shard) => shard.site.key === site.key);
  const vault = foundation?.vaults[site.region];
  const stored = { site, shards, network: network?.network, vault, state };
  const storage = new StorageStack(app, site.stacks.storage, stored);
  // Services may use keys and networks only once the policies are there.
  if (foundation !== undefined) storage.addDependency(foundation);
  return { site, foundation, network, storage };
}

/** The gateway of a site, before its network: routes lead to it. Halves of links need nothing else of the site. */
function addGateway(
  app: App,
  site: SitePlan<'oracle'>,
  { state }: StacksPlan,
  foundation?: FoundationStack,
): IGateway | undefined {
  if (site.gateway === undefined) return undefined;
  const stack = new GatewayStack(app, site.gateway.stack, { site, state });
  if (foundation !== undefined) stack.addDependency(foundation);
  for (const link of site.links ?? []) {
    const half = new LinkStack(app, link.stack, { site, link, gateway: stack.gateway, state });
    half.addDependency(stack);
  }
  return stack.gateway;
}

function addShard(app: App, shard: ShardPlan<'oracle'>, { state }: StacksPlan, site?: SiteStacks): void {
  if (site === undefined)
    throw new Error(`shard "${shard.key}" lies at site "${shard.site.key}", which is not planned`);
  const { network, storage, foundation } = site;
  const cluster = new ClusterStack(app, shard.stacks.cluster, {
    shard,
    network: network?.network,
    vault: foundation?.vaults[shard.site.region],
    fileSystems: storage?.fileSystems,
    objectStores: storage?.objectStores,
    state,
  });
  if (foundation !== undefined) cluster.addDependency(foundation);
  if (storage !== undefined) cluster.addDependency(storage);
}
