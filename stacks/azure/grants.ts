import { Construct } from 'constructs';
import {
  FederatedIdentity,
  type Grant,
  type IIdentity,
  type INetwork,
  type IObjectStore,
  type IPrincipal,
  LIMITS,
  ObjectStore,
  type ObjectStoreAttributes,
  physicalName,
  WriterRole,
} from '../../constructs/azure';
import type { GrantAccess } from '../../estate/catalog/grants';
import type { DirectGrantPlan, GrantHalfPlan } from '../../estate/plan/grants/types';
import { estateOfSite, ids, names } from '../../estate/plan/ids';
import type { MountPlan, ShardPlan, SitePlan } from '../../estate/plan/types';

/** An object store that workloads use, made by a stack or there already. */
export type ObjectMount = Extract<MountPlan<'azure'>, { kind: 'object' }>;

/** What an object store of a site is known by. */
export function storeAttributes({ name, existing }: ObjectMount, site: SitePlan<'azure'>): ObjectStoreAttributes {
  const { subscriptionId } = site.account.ids;
  const accountName = physicalName([name], LIMITS.storageAccount, subscriptionId);
  return existing === undefined
    ? { accountName, subscriptionId, resourceGroupName: names.siteGroup(site) }
    : {
        accountName: existing.id,
        containerName: existing.container,
        subscriptionId: existing.subscriptionId,
        resourceGroupName: existing.resourceGroup,
      };
}

/** An object store of a site by its key. */
function storeOf(key: string, { stores, existingStores }: SitePlan<'azure'>): ObjectMount | undefined {
  for (const store of [...stores, ...existingStores]) if (store.kind === 'object' && store.key === key) return store;
  return undefined;
}

/**
 * The target side of a grant at a site: its identity, which callers elsewhere act as, with its right. Callers whom Azure
 * knows have the right themselves.
 *
 * @returns the identity that callers have to know; undefined where they need none
 */
export function addGrant(
  scope: Construct,
  half: GrantHalfPlan,
  {
    site,
    network,
    made,
  }: { readonly site: SitePlan<'azure'>; readonly network: INetwork; readonly made?: IObjectStore },
): IIdentity | undefined {
  const { key, store, access, identityName, callers } = half;
  const place = new Construct(scope, ids.grant(key));
  const roleName = `${estateOfSite(site)}-${key}-grant`;
  if (identityName === undefined) {
    const native = callers.flatMap((caller) => (caller.kind === 'native' ? [caller] : []));
    const grantees = native.map(({ shard, principal }) => knownAs(place, `to-${shard}`, principal));
    giveRight(place, site, { store, access, roleName, grantees }, made);
    return undefined;
  }
  const subjects = callers.flatMap((caller) => (caller.kind === 'federated' ? [[caller.shard, caller] as const] : []));
  const identity = new FederatedIdentity(place, 'identity', {
    name: identityName,
    network,
    subjects: Object.fromEntries(subjects),
    tags: site.tags,
  });
  giveRight(place, site, { store, access, roleName, grantees: [identity] }, made);
  return identity;
}

/** A grant of a caller to a store of the same site, given as what it mounts is. */
export function addDirectGrant(
  scope: Construct,
  { key, store, access }: DirectGrantPlan,
  { shard, identity }: { readonly shard: ShardPlan<'azure'>; readonly identity: IIdentity },
): void {
  const place = new Construct(scope, ids.grant(key));
  // No key has two hyphens, so that this is the name of no other grant.
  const roleName = `${shard.name}--${key}-grant`;
  const grantees = [knownAs(place, 'caller', identity.principalId)];
  giveRight(place, shard.site, { store, access, roleName, grantees });
}

/** A right to an object store, as it is given. */
interface Right {
  /** Key of the store. */
  readonly store: string;
  readonly access: GrantAccess;
  /** Name of the role that adds objects, where that is the right. */
  readonly roleName: string;
  readonly grantees: readonly IPrincipal[];
}

/** Gives a right to an object store of a site, and to nothing else. */
function giveRight(place: Construct, site: SitePlan<'azure'>, right: Right, made?: IObjectStore): void {
  const planned = storeOf(right.store, site);
  if (planned === undefined) return;
  const attributes = storeAttributes(planned, site);
  const { grants } = made ?? ObjectStore.fromObjectStoreAttributes(place, 'store', attributes);
  const { subscriptionId, resourceGroupName } = attributes;
  const give: Readonly<Record<GrantAccess, () => (grantee: IPrincipal) => Grant>> = {
    read: () => (grantee) => grants.read(grantee),
    readWrite: () => (grantee) => grants.readWrite(grantee),
    write: () => {
      const role = new WriterRole(place, 'role', { name: right.roleName, subscriptionId, resourceGroupName });
      return (grantee) => grants.write(grantee, role);
    },
  };
  right.grantees.forEach(give[right.access]());
}

/** Somebody whom roles are given to and of whom no more is known. */
function knownAs(scope: Construct, id: string, principalId: string): IPrincipal {
  return Object.assign(new Construct(scope, id), { principalId });
}
