import type { Construct } from 'constructs';
import type { TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import {
  Cluster,
  type FederatedGrantCaller,
  GrantIdentity,
  GrantTrust,
  type ICluster,
  Identity,
  type IObjectStore,
  type NativeGrantCaller,
} from '../../constructs/oracle';
import type { AccountGrantsPlan, CallerPlan, GrantHalfPlan, TrustedCaller } from '../../estate/plan/grants/types';
import { estateOfSite, ids, names } from '../../estate/plan/ids';
import type { AccountPlan, ShardPlan, SitePlan } from '../../estate/plan/types';
import { tellExchange } from '../terraform';
import { costTags } from './cost-tags';

type Account = Pick<AccountPlan<'oracle'>, 'name' | 'ids'>;

/** What an account does for grants: its identity domain trusts issuers of other clouds, and has a user for each workload. */
export function addAccountGrants(scope: Construct, account: Account, { trusts }: AccountGrantsPlan): void {
  const { identityDomain } = account.ids;
  for (const { key, issuer, keysUrl, audience, users = [] } of trusts) {
    if (identityDomain === undefined) throw new Error(`account "${account.name}" has no identity domain for "${key}"`);
    if (keysUrl === undefined) throw new Error(`trust "${key}" does not say where the keys of its issuer are`);
    const { url: domainUrl, clientId } = identityDomain;
    const name = names.trust(account, key);
    new GrantTrust(scope, ids.trust(key), { name, domainUrl, clientId, issuer, keysUrl, audience, users });
  }
}

/** What the target sides of the grants of a site are made in. */
export interface GrantTarget {
  /** The site. */
  readonly site: SitePlan<'oracle'>;
  /** The object store of the site with a key. */
  readonly storeOf: (key: string) => IObjectStore | undefined;
  /** Provider of the home region, where policies are written. */
  readonly homeProvider: TerraformProvider;
}

/** The target sides of grants at a site: for each a policy with one right on one bucket. */
export function addGrantHalves(
  scope: Construct,
  halves: readonly GrantHalfPlan[],
  { site, storeOf, homeProvider }: GrantTarget,
): void {
  for (const { key, store: wanted, access, callers } of halves) {
    const store = found(storeOf(wanted), wanted);
    const identity = new GrantIdentity(scope, ids.grant(key), {
      name: `${estateOfSite(site)}-${key}`,
      compartmentId: store.compartmentId,
      callers: callers.map((caller) => callerProps(caller, site)),
      homeProvider,
      tags: site.tags,
      costTags: costTags(site.account),
    });
    store.grants[access](identity);
  }
}

function callerProps(caller: TrustedCaller, { account }: SitePlan<'oracle'>): FederatedGrantCaller | NativeGrantCaller {
  if (caller.kind === 'native') {
    const { principal: clusterId, namespace, serviceAccount } = caller;
    return { kind: 'native', clusterId, namespace, serviceAccount };
  }
  const { identityDomain } = account.ids;
  const { user: group } = caller;
  if (identityDomain === undefined || group === undefined) {
    throw new Error(`trust "${caller.trust}" has no group in an identity domain of account "${account.key}"`);
  }
  return { kind: 'federated', domain: identityDomain.name, group };
}

/** What the source side of the grants of a shard is made in. */
export interface GrantSource {
  /** The shard. */
  readonly shard: ShardPlan<'oracle'>;
  /** Its cluster, which may exist already. */
  readonly cluster: ICluster;
  /** What the workload of the cluster is. */
  readonly workload: Identity;
  /** The object store of the site with a key. */
  readonly storeOf: (key: string) => IObjectStore | undefined;
}

/** The source side of the grants of a shard: what its service accounts use at their own site, and what is told of it. */
export function addShardGrants(stack: TerraformStack, { shard, cluster, workload, storeOf }: GrantSource): void {
  if (shard.grants === undefined) return;
  const { callers, direct, tellsIssuer, tellsClusterId } = shard.grants;
  const identities = new Map(
    callers.map((caller) => [caller.key, identityOf(stack, { shard, cluster, workload }, caller)]),
  );
  for (const { key, store, access, caller } of direct) {
    const identity = identities.get(caller);
    if (identity === undefined) throw new Error(`grant "${key}" is of "${caller}", which is no caller of the shard`);
    found(storeOf(store), store).grants[access](identity);
  }
  // Of a cluster that exists already the estate file says both.
  if (!(cluster instanceof Cluster) || !(tellsIssuer || tellsClusterId)) return;
  tellExchange(stack, shard.site, {
    ...(tellsIssuer && { issuers: { [shard.key]: cluster.oidcIssuerUrl } }),
    ...(tellsClusterId && { principals: { [shard.key]: { clusterId: cluster.clusterId } } }),
  });
}

function identityOf(
  stack: TerraformStack,
  { shard, cluster, workload }: Pick<GrantSource, 'shard' | 'cluster' | 'workload'>,
  { key, isWorkload, namespace, serviceAccount }: CallerPlan,
): Identity {
  if (isWorkload) return workload;
  return new Identity(stack, ids.caller(key), {
    // Policies of a compartment have names of their own, and no key has two hyphens.
    name: `${shard.name}--${key}`,
    cluster,
    namespace,
    serviceAccount,
    tags: shard.tags,
    costTags: costTags(shard.site.account, shard.tags),
  });
}

function found(store: IObjectStore | undefined, key: string): IObjectStore {
  if (store === undefined) throw new Error(`store "${key}" is no object store of the site`);
  return store;
}
