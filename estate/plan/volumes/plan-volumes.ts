import { OBJECT_DRIVERS, WORKLOAD_IDENTITIES } from '../../catalog/volumes';
import { compareKeys } from '../../units';
import { bucketOf } from '../buckets';
import { factName } from '../grants/members';
import type { GrantPlan } from '../grants/types';
import type { PendingFact } from '../links/types';
import type { MountPlan, Plan, ShardPlan } from '../types';
import { mountPointOf } from './mount-point';
import type { AccountClaimPlan, FileClaimPlan, ObjectClaimPlan, VolumesPlan } from './types';

/** What volumes are planned from. */
export interface VolumesInputs {
  readonly plan: Pick<Plan, 'grants' | 'told' | 'claims'>;
  readonly shard: ShardPlan;
  /** Namespaces of jobs, services and identities in the cluster. */
  readonly namespaces: readonly string[];
}

type FileMount = Extract<MountPlan, { kind: 'lustre' }>;
type ObjectMount = Extract<MountPlan, { kind: 'object' }>;

/**
 * What pods of one cluster use of stores, and as whom.
 *
 * A file system is reached by all nodes of a cluster that mounts it, so that every namespace has a claim on it: who reads
 * which file is decided in it. A bucket lets identities in, so that only their namespaces have claims on it.
 */
export function planVolumes(inputs: VolumesInputs): VolumesPlan {
  const { shard, namespaces } = inputs;
  const claims = shard.mounts.flatMap((store): readonly (FileClaimPlan | ObjectClaimPlan)[] =>
    store.kind === 'lustre'
      ? namespaces.map((namespace) => fileClaim(store, namespace, inputs))
      : objectClaim(store, { claim: claimOf(inputs.plan, store.key), access: 'readWrite', ...shard.workload }, inputs),
  );
  return {
    accounts: accountsOf(inputs),
    claims: [...claims, ...grantClaims(inputs)].sort(
      (one, other) => compareKeys(one.namespace, other.namespace) || compareKeys(one.claim, other.claim),
    ),
  };
}

/** Name of the claim by which pods mount a store. */
export function claimOf({ claims }: Pick<Plan, 'claims'>, store: string): string {
  return claims[store] ?? store;
}

function fileClaim(store: FileMount, namespace: string, { plan, shard }: VolumesInputs): FileClaimPlan {
  const { existing } = store;
  const text = existing === undefined ? plan.told.mounts[store.key] : existing.mountAddress;
  const mountPoint = mountPointOf(shard.cloud, text);
  const missing: PendingFact =
    existing === undefined
      ? { path: `mounts.${store.key}`, from: stackOf(store, shard) }
      : { path: `stores.${store.key}.existing.mountAddress`, from: 'the estate file' };
  return {
    kind: 'lustre',
    store,
    namespace,
    claim: claimOf(plan, store.key),
    access: 'readWrite',
    ...(mountPoint && { mountPoint }),
    pending: mountPoint === undefined ? [missing] : [],
  };
}

/** Who claims an object store, and under which name. */
type Claimant = Pick<ObjectClaimPlan, 'claim' | 'access' | 'namespace' | 'serviceAccount'>;

function objectClaim(store: ObjectMount, claimant: Claimant, inputs: VolumesInputs): readonly ObjectClaimPlan[] {
  const { shard, plan } = inputs;
  if (OBJECT_DRIVERS[shard.cloud].driver === undefined) return [];
  const { namespace, serviceAccount, claim, access } = claimant;
  const bucket =
    store.existing?.id ?? bucketOf(shard.site.account.ids, store) ?? plan.told.buckets[store.key]?.split(':').at(-1);
  const identity = identityOf(claimant, inputs);
  return [
    {
      kind: 'object',
      store,
      namespace,
      claim,
      access,
      serviceAccount,
      ...(bucket !== undefined && { bucket }),
      ...(identity.clientId !== undefined && { clientId: identity.clientId }),
      pending: [
        ...(bucket === undefined ? [{ path: `buckets.${store.key}`, from: stackOf(store, shard) }] : []),
        ...identity.pending,
      ],
    },
  ];
}

/** Buckets of the same site that grants let service accounts of the cluster into; who only writes mounts nothing. */
function grantClaims(inputs: VolumesInputs): readonly ObjectClaimPlan[] {
  const { shard } = inputs;
  const { stores, existingStores } = shard.site;
  return grantsOf(inputs).flatMap(({ key, from, to, access, isDirect }) => {
    const store = [...stores, ...existingStores].find((each) => each.key === to.store);
    if (!isDirect || access === 'write' || store?.kind !== 'object') return [];
    const { namespace, serviceAccount } = from;
    const claim = `${claimOf(inputs.plan, store.key)}.${key}`;
    return objectClaim(store, { claim, access, namespace, serviceAccount }, inputs);
  });
}

/** Grants that begin at the cluster of a shard. */
function grantsOf({ plan, shard }: Parameters<typeof boundAccounts>[0]): readonly GrantPlan[] {
  return plan.grants.filter(({ edges }) => edges.some((edge) => edge.shard === shard.key));
}

function accountsOf(inputs: VolumesInputs): readonly AccountClaimPlan[] {
  const accounts = boundAccounts(inputs).map((account) => ({ ...account, ...identityOf(account, inputs) }));
  const byName = new Map(accounts.map((account) => [`${account.namespace}/${account.serviceAccount}`, account]));
  return [...byName].sort(([one], [other]) => compareKeys(one, other)).map(([, account]) => account);
}

/** Service accounts of a cluster that identities and grants are bound to: its workload, and those that grants name. */
export function boundAccounts(
  inputs: Pick<VolumesInputs, 'shard'> & { readonly plan: Pick<Plan, 'grants'> },
): readonly Pick<AccountClaimPlan, 'namespace' | 'serviceAccount'>[] {
  return [inputs.shard.workload, ...grantsOf(inputs).map(({ from }) => from)].map(({ namespace, serviceAccount }) => {
    return { namespace, serviceAccount };
  });
}

/** The client id of a service account where its cloud wants it to be named, and it has an identity. */
function identityOf(
  { namespace, serviceAccount }: Pick<AccountClaimPlan, 'namespace' | 'serviceAccount'>,
  { plan, shard }: VolumesInputs,
): Pick<AccountClaimPlan, 'clientId' | 'pending'> {
  const isWorkload = shard.workload.namespace === namespace && shard.workload.serviceAccount === serviceAccount;
  const hasIdentity =
    isWorkload ||
    (shard.grants?.callers ?? []).some(
      (caller) => caller.namespace === namespace && caller.serviceAccount === serviceAccount,
    );
  if (WORKLOAD_IDENTITIES[shard.cloud].annotation === undefined || !hasIdentity) return { pending: [] };
  const fact = factName('clientId', { isWorkload, namespace, serviceAccount });
  const clientId = plan.told.principals[shard.key]?.[fact];
  if (clientId !== undefined) return { clientId, pending: [] };
  return { pending: [{ path: `principals.${shard.key}.${fact}`, from: shard.stacks.cluster }] };
}

/** Stack that makes a store. */
function stackOf(store: MountPlan, { site }: ShardPlan): string {
  const { stack = 1 } = store.existing === undefined ? store : {};
  return site.storageStacks.find(({ ordinal }) => ordinal === stack)?.stack ?? site.stacks.storage;
}
