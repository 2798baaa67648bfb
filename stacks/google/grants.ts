import { Construct } from 'constructs';
import type { ITerraformDependable, TerraformStack } from '../../constructs/cdktf';
import {
  bucketNameOf,
  Cluster,
  GrantTrust,
  type ICluster,
  Identity,
  type IIdentity,
  type IObjectStore,
  memberOfPool,
  ObjectStore,
} from '../../constructs/google';
import type { AccountGrantsPlan, GrantHalfPlan, TrustedCaller } from '../../estate/plan/grants/types';
import { ids } from '../../estate/plan/ids';
import type { AccountPlan, ShardPlan, SitePlan } from '../../estate/plan/types';
import { tellExchange } from '../terraform';

/** What an account does for grants: it trusts issuers of other clouds. */
export function addAccountGrants(
  stack: TerraformStack,
  { ids: { projectId } }: AccountPlan<'google'>,
  { trusts }: AccountGrantsPlan,
  dependsOn: readonly ITerraformDependable[],
): void {
  for (const { key, issuer, audience, pool } of trusts) {
    if (pool === undefined) throw new Error(`trust "${key}" has no name for its pool`);
    // Accounts of AWS sign for roles, clusters of every cloud for service accounts.
    const subjects = key.startsWith('account-') ? 'roles' : 'service-accounts';
    new GrantTrust(stack, ids.trust(key), { name: pool, projectId, issuer, audience, subjects, dependsOn });
  }
}

/** The bucket of a store of a site, made by a stack of it or there already, as whoever gives rights to it knows it. */
export function bucketOf(key: string, site: SitePlan<'google'>): string {
  for (const store of site.stores) {
    if (store.kind === 'object' && store.key === key) return bucketNameOf(store.name, site.account.ids.projectId);
  }
  for (const store of site.existingStores) {
    if (store.kind === 'object' && store.key === key) return store.existing.id;
  }
  throw new Error(`"${key}" is no object store of site "${site.key}"`);
}

/** A store of a site as a grant knows it: what is made for the grant lies in the place of the grant. */
export function grantedStore(
  place: Construct,
  key: string,
  site: SitePlan<'google'>,
  made?: IObjectStore,
): IObjectStore {
  const bucketName = made?.bucketName ?? bucketOf(key, site);
  return ObjectStore.fromObjectStoreAttributes(place, 'store', { bucketName, dependables: made?.dependables });
}

/** The target side of a grant: each of its callers has one right on one bucket. */
export function addGrantHalf(
  scope: Construct,
  { key, store, access, callers }: GrantHalfPlan,
  site: SitePlan<'google'>,
  made: IObjectStore | undefined,
): void {
  const place = new Construct(scope, ids.grant(key));
  const { grants } = grantedStore(place, store, site, made);
  for (const caller of callers) grants[access](identityOf(place, caller, site));
}

function identityOf(place: Construct, caller: TrustedCaller, { account }: SitePlan<'google'>): IIdentity {
  const { shard } = caller;
  if (caller.kind === 'native') {
    const { principal, clusterName } = caller;
    return Identity.fromIdentityAttributes(place, shard, { principal, key: shard, clusterName });
  }
  const { pool, subject, trust } = caller;
  if (pool === undefined) throw new Error(`trust "${trust}" has no name for its pool`);
  const principal = memberOfPool(account.ids.projectNumber, pool, subject);
  return Identity.fromIdentityAttributes(place, shard, { principal, key: shard });
}

/** What the source side of the grants of a shard is made in. */
export interface GrantSource {
  /** The shard. */
  readonly shard: ShardPlan<'google'>;
  /** Its cluster, which may exist already. */
  readonly cluster: ICluster;
  /** What the workload of the cluster acts as. */
  readonly workload: Identity;
}

/** The source side of the grants of a shard: what its service accounts may do at their own site, and who signs for them. */
export function addShardGrants(stack: TerraformStack, { shard, cluster, workload }: GrantSource): void {
  if (shard.grants === undefined) return;
  const { callers, direct, tellsIssuer } = shard.grants;
  const { name, site, tags } = shard;
  const identities = new Map(
    callers.map(({ key, namespace, serviceAccount, isWorkload }): [string, IIdentity] => [
      key,
      isWorkload ? workload : new Identity(stack, ids.caller(key), { name, cluster, namespace, serviceAccount, tags }),
    ]),
  );
  for (const { key, store, access, caller } of direct) {
    const identity = identities.get(caller);
    if (identity === undefined) throw new Error(`grant "${key}" is of "${caller}", which is no caller of the shard`);
    const place = new Construct(stack, ids.grant(key));
    grantedStore(place, store, site).grants[access](identity);
  }
  // Of a cluster that exists already the issuer follows from the estate file, and the pool of its project is there.
  if (tellsIssuer && cluster instanceof Cluster) {
    tellExchange(stack, site, { issuers: { [shard.key]: cluster.oidcIssuerUrl } });
  }
}
