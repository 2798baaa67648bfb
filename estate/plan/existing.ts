import type { Cloud } from '../catalog';
import type { Account, Cluster, Site, Store } from '../spec/schema';
import { compareKeys } from '../units';
import type {
  ExistingClusterOf,
  ExistingFileSystemOf,
  ExistingNetworkOf,
  ExistingObjectStoreOf,
  ExistingSubnet,
} from './existing-types';
import type { AccountOf } from './types';

type Written<T extends { existing?: unknown }> = NonNullable<T['existing']>;
type Network = Omit<Written<Site['network']>, 'subnets'>;
type FileSystem = Written<Extract<Store, { kind: 'lustre' }>>;
type ObjectStore = Written<Extract<Store, { kind: 'object' }>>;

/** What is written of a thing that exists, with what follows from its account: by cloud. */
type Readers<W, R extends { readonly [C in Cloud]: object }> = {
  readonly [C in Cloud]: (written: W, account: AccountOf<C>) => R[C];
};

type Subnets = { readonly subnets: readonly ExistingSubnet[] };

const NETWORK: Readers<Network & Subnets, ExistingNetworkOf> = {
  aws: ({ id, accountId, routeTables, subnets }, account) => ({
    id,
    accountId: accountId ?? account.accountId,
    ...(routeTables !== undefined && { routeTables: [...new Set(routeTables)].sort(compareKeys) }),
    subnets,
  }),
  azure: ({ id, subscriptionId, resourceGroup, privateDns, subnets }, account) => {
    const subscription = subscriptionId ?? account.subscriptionId;
    return {
      id,
      subscriptionId: subscription,
      resourceGroup: given(resourceGroup, 'resourceGroup'),
      privateDns: { subscriptionId: subscription, ...given(privateDns, 'privateDns') },
      subnets,
    };
  },
  google: ({ id, projectId, subnets }, account) => ({ id, projectId: projectId ?? account.projectId, subnets }),
  oracle: ({ id, compartmentId, subnets }, account) => {
    return { id, compartmentId: compartmentId ?? account.compartmentId, subnets };
  },
};

const CLUSTER: Readers<Written<Cluster>, ExistingClusterOf> = {
  aws: ({ id, securityGroupId, nodeRole }) => {
    return { id, securityGroupId: given(securityGroupId, 'securityGroupId'), nodeRole: given(nodeRole, 'nodeRole') };
  },
  azure: ({ id, resourceGroup, oidcIssuer, principalId }) => ({
    id,
    resourceGroup: given(resourceGroup, 'resourceGroup'),
    oidcIssuer: given(oidcIssuer, 'oidcIssuer'),
    ...(principalId !== undefined && { principalId }),
  }),
  google: ({ id, nodeServiceAccount }) => {
    return { id, nodeServiceAccount: given(nodeServiceAccount, 'nodeServiceAccount') };
  },
  oracle: ({ id, compartmentId, securityGroupId, endpoint, certificateAuthority }, account) => ({
    id,
    compartmentId: compartmentId ?? account.compartmentId,
    securityGroupId: given(securityGroupId, 'securityGroupId'),
    ...(endpoint !== undefined && { endpoint }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
  }),
};

const FILE_SYSTEM: Readers<FileSystem, ExistingFileSystemOf> = {
  aws: ({ id, securityGroupId, mountAddress }) => {
    return { id, securityGroupId: given(securityGroupId, 'securityGroupId'), ...mount(mountAddress) };
  },
  azure: ({ id, subscriptionId, resourceGroup, mountAddress }, account) => ({
    id,
    subscriptionId: subscriptionId ?? account.subscriptionId,
    resourceGroup: given(resourceGroup, 'resourceGroup'),
    ...mount(mountAddress),
  }),
  google: ({ id, mountAddress }) => ({ id, ...mount(mountAddress) }),
  oracle: ({ id, cidr, mountAddress }) => ({ id, cidr: given(cidr, 'cidr'), ...mount(mountAddress) }),
};

const OBJECT_STORE: Readers<ObjectStore, ExistingObjectStoreOf> = {
  aws: ({ id, encryptionKey }) => ({ id, ...(encryptionKey !== undefined && { encryptionKey }) }),
  azure: ({ id, container, subscriptionId, resourceGroup }, account) => ({
    id,
    container: given(container, 'container'),
    subscriptionId: subscriptionId ?? account.subscriptionId,
    resourceGroup: given(resourceGroup, 'resourceGroup'),
  }),
  google: ({ id }) => ({ id }),
  oracle: ({ id, compartmentId, namespace }, account) => ({
    id,
    compartmentId: compartmentId ?? account.compartmentId,
    namespace: namespace ?? account.objectStorageNamespace,
  }),
};

/** A network that exists already; its subnets are those that were matched with what the site needs. */
export function existingNetwork<C extends Cloud>(
  cloud: C,
  written: Network,
  subnets: readonly ExistingSubnet[],
  account: AccountOf<C>,
): ExistingNetworkOf[C] {
  return NETWORK[cloud]({ ...written, subnets }, account);
}

/** A Kubernetes cluster that exists already. */
export function existingCluster<C extends Cloud>(
  cloud: C,
  written: Written<Cluster>,
  account: AccountOf<C>,
): ExistingClusterOf[C] {
  return CLUSTER[cloud](written, account);
}

/** A file system that exists already. */
export function existingFileSystem<C extends Cloud>(
  cloud: C,
  written: FileSystem,
  account: AccountOf<C>,
): ExistingFileSystemOf[C] {
  return FILE_SYSTEM[cloud](written, account);
}

/** An object store that exists already. */
export function existingObjectStore<C extends Cloud>(
  cloud: C,
  written: ObjectStore,
  account: AccountOf<C>,
): ExistingObjectStoreOf[C] {
  return OBJECT_STORE[cloud](written, account);
}

/** The key of a site: its own, else that of its account. */
export function existingKey(site: Site, account: Account): string | undefined {
  return (site.encryptionKey ?? account.encryptionKey)?.existing;
}

function mount(mountAddress: string | undefined): { readonly mountAddress?: string } {
  return mountAddress === undefined ? {} : { mountAddress };
}

function given<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new Error(`what exists has no ${key}: the rules must refuse it before planning`);
  return value;
}
