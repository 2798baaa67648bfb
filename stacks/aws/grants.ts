import type { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  Cluster,
  FederatedIdentity,
  type FederatedSubject,
  GrantTrust,
  type ICluster,
  Identity,
  type IEncryptionKey,
  type IObjectStore,
  OutboundFederation,
} from '../../constructs/aws';
import type { AccountGrantsPlan, CallerPlan, FederatedCaller, GrantHalfPlan } from '../../estate/plan/grants/types';
import { ids, names } from '../../estate/plan/ids';
import type { AccountPlan, ShardPlan } from '../../estate/plan/types';
import type { Tags } from '../../estate/units';
import { tellExchange } from './exchange';

/** What an account does for grants: it trusts issuers of other clouds, and signs for its own roles. */
export function addAccountGrants(
  stack: Stack,
  account: AccountPlan<'aws'>,
  { trusts, outbound }: AccountGrantsPlan,
  encryptionKey: IEncryptionKey,
): void {
  for (const { key, issuer, audience } of trusts) {
    new GrantTrust(stack, ids.trust(key), { name: names.trust(account, key), issuer, audience });
  }
  if (!outbound) return;
  const { issuer } = new OutboundFederation(stack, ids.outbound, { encryptionKey });
  tellExchange(stack, account, { accounts: { [account.key]: { issuer } } });
}

/** The target side of a grant: one role with one right on one store. */
export function addGrantHalf(
  scope: Construct,
  { key, identityName, access, callers }: GrantHalfPlan,
  store: IObjectStore,
  tags: Tags,
): void {
  if (identityName === undefined) throw new Error(`grant "${key}" has no name for its role`);
  const identity = new FederatedIdentity(scope, ids.grant(key), {
    name: identityName,
    subjects: Object.fromEntries(
      callers.flatMap((caller) => (caller.kind === 'federated' ? [[caller.shard, subjectOf(caller)]] : [])),
    ),
    roleArns: callers.flatMap((caller) => (caller.kind === 'native' ? [caller.principal] : [])),
    tags,
  });
  store.grants[access](identity);
}

function subjectOf({ issuer, subject, audience }: FederatedCaller): FederatedSubject {
  return { issuer, subject, audience };
}

/** What the source side of the grants of a shard is made in. */
export interface GrantSource {
  /** The shard, whose grants begin at it. */
  readonly shard: ShardPlan<'aws'>;
  /** Its cluster, made here or elsewhere. */
  readonly cluster: ICluster;
  /** What the workload of the cluster acts as. */
  readonly workload: Identity;
  /** The store of the site with a key. */
  readonly storeOf: (key: string) => IObjectStore;
}

/** The source side of the grants of a shard: what its service accounts act as, may ask for and use, and what is told of it. */
export function addShardGrants(stack: Stack, source: GrantSource): void {
  const { shard, cluster, storeOf } = source;
  if (shard.grants === undefined) return;
  const { callers, direct, tellsIssuer } = shard.grants;
  const identities = new Map(callers.map((caller) => [caller.key, addCaller(stack, source, caller)]));
  for (const { store, access, caller, key } of direct) {
    const identity = identities.get(caller);
    if (identity === undefined) throw new Error(`grant "${key}" is of "${caller}", which is no caller of the shard`);
    storeOf(store).grants[access](identity);
  }
  const principals = Object.fromEntries(
    callers.flatMap(({ key, tells }) => (tells === undefined ? [] : [[tells, identities.get(key)?.roleArn ?? '']])),
  );
  // Of a cluster that exists already the estate file says the issuer.
  const issuer = tellsIssuer && cluster instanceof Cluster ? cluster.oidcIssuerUrl : undefined;
  if (issuer === undefined && Object.keys(principals).length === 0) return;
  tellExchange(stack, shard.site, {
    ...(issuer !== undefined && { issuers: { [shard.key]: issuer } }),
    ...(Object.keys(principals).length > 0 && { principals: { [shard.key]: principals } }),
  });
}

function addCaller(stack: Stack, { shard, cluster, workload }: GrantSource, caller: CallerPlan): Identity {
  const { key, namespace, serviceAccount, isWorkload, tokenAudiences = [], roles = [] } = caller;
  const { tags } = shard;
  const identity = isWorkload
    ? workload
    : new Identity(stack, ids.caller(key), {
        name: names.caller(shard, key),
        cluster,
        namespace,
        serviceAccount,
        tags,
      });
  identity.allowTokens(tokenAudiences);
  identity.allowRoles(roles);
  return identity;
}
