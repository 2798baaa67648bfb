import type { Construct } from 'constructs';
import type { TerraformProvider } from '../../constructs/cdktf';
import {
  Cluster,
  EncryptionKey,
  FileSystem,
  type ICluster,
  type IEncryptionKey,
  type IFileSystem,
  type INetwork,
  type IObjectStore,
  type IVault,
  Network,
  ObjectStore,
} from '../../constructs/oracle';
import { ids } from '../../estate/plan/ids';
import type {
  ExistingFileSystemPlan,
  ExistingObjectStorePlan,
  MountPlan,
  ShardPlan,
  SitePlan,
} from '../../estate/plan/types';

/** The network of a site that exists already. */
export function existingNetwork(scope: Construct, id: string, site: SitePlan<'oracle'>): INetwork {
  const { existing, egress } = site.network;
  if (existing === undefined)
    throw new Error(`the network of site "${site.key}" is made by a stack, which was not given`);
  return Network.fromNetworkAttributes(scope, id, {
    networkId: existing.id,
    compartmentId: existing.compartmentId,
    zones: site.zones,
    subnets: existing.subnets.map(({ id: subnetId, ...subnet }) => ({ ...subnet, subnetId })),
    egress,
    serviceCidrLabel: site.serviceGateway?.cidrLabel,
  });
}

/** The key of a site that exists already: its owner lets in what encrypts with it. */
export function existingKey(
  scope: Construct,
  id: string,
  { encryptionKey }: SitePlan<'oracle'>,
): IEncryptionKey | undefined {
  return encryptionKey === undefined ? undefined : EncryptionKey.fromKeyId(scope, id, encryptionKey.id);
}

/** The vault that a key is made in, as it is planned; none for a key with a vault of its own. */
export function vaultFor(
  planned: Pick<SitePlan<'oracle'> | ShardPlan<'oracle'>, 'key' | 'vault'>,
  vault?: IVault,
): IVault | undefined {
  if (planned.vault === undefined) return undefined;
  if (vault === undefined)
    throw new Error(`the key of "${planned.key}" is made in the vault of its account, which was not given`);
  return vault;
}

/** What the cluster of a shard has of its stack. */
export interface ExistingClusterParts {
  /** Network of the site. */
  readonly network: INetwork;
  /** Key of boot volumes. @default - keys of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /** Provider in the home region, where policies are written. */
  readonly homeProvider: TerraformProvider;
}

/** The cluster of a shard that exists already. */
export function existingCluster(
  scope: Construct,
  id: string,
  { existing, key, name, kubernetesVersion, site }: ShardPlan<'oracle'>,
  parts: ExistingClusterParts,
): ICluster | undefined {
  if (existing === undefined) return undefined;
  return Cluster.fromClusterAttributes(scope, id, {
    ...parts,
    clusterName: name,
    clusterId: existing.id,
    // What is added to it lies with everything else that is made.
    compartmentId: site.account.ids.compartmentId,
    tenancyId: site.account.ids.tenancyId,
    version: kubernetesVersion,
    nodesGroupId: existing.securityGroupId,
    subnetOwner: key,
    privateEndpoint: existing.endpoint,
    certificateAuthority: existing.certificateAuthority,
  });
}

/** A file system that exists already. */
export function existingFileSystem(scope: Construct, id: string, store: ExistingFileSystemPlan<'oracle'>): IFileSystem {
  return FileSystem.fromFileSystemAttributes(scope, id, {
    fileSystemName: store.key,
    fileSystemId: store.existing.id,
    cidr: store.existing.cidr,
    mountPoint: store.existing.mountAddress,
  });
}

/** A bucket that exists already. */
export function existingObjectStore(
  scope: Construct,
  id: string,
  { existing }: ExistingObjectStorePlan<'oracle'>,
): IObjectStore {
  const { id: bucketName, compartmentId, namespace } = existing;
  return ObjectStore.fromObjectStoreAttributes(scope, id, { bucketName, compartmentId, namespace });
}

/** Object stores by their keys: such as stacks make, and such as exist already, each of them imported once. */
export function objectStoresOf(
  scope: Construct,
  made: Readonly<Record<string, IObjectStore>>,
  known: readonly MountPlan<'oracle'>[],
): (key: string) => IObjectStore | undefined {
  const stores = new Map(Object.entries(made));
  return (wanted) => {
    for (const store of stores.has(wanted) ? [] : known) {
      if (store.key !== wanted || store.kind !== 'object' || store.existing === undefined) continue;
      stores.set(wanted, existingObjectStore(scope, ids.existing(wanted), store));
      break;
    }
    return stores.get(wanted);
  };
}
