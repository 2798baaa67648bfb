import { Construct } from 'constructs';
import {
  Cluster,
  EncryptionKey,
  type EncryptionKeyProps,
  FileSystem,
  type ICluster,
  type IEncryptionKey,
  type IFileSystem,
  type INetwork,
  type IObjectStore,
  Network,
  ObjectStore,
} from '../../constructs/aws';
import { ids } from '../../estate/plan/ids';
import type { ExistingFileSystemPlan, ExistingObjectStorePlan, ShardPlan, SitePlan } from '../../estate/plan/types';

/** The network of a site: the one that a stack has made, or the one that exists already, as a stack imports it. */
export function networkOf(scope: Construct, site: SitePlan<'aws'>, made: INetwork | undefined): INetwork {
  const { existing } = site.network;
  if (existing === undefined) {
    if (made === undefined) throw new Error(`site "${site.key}" has no network: give the one that its stack has made`);
    return made;
  }
  return Network.fromNetworkAttributes(scope, ids.network, {
    networkId: existing.id,
    zones: site.zones,
    routeTableIds: existing.routeTables,
    subnets: existing.subnets.map(({ id: subnetId, ...row }) => ({ ...row, subnetId })),
  });
}

/** The key of a stack: the one that exists already for its site, or one of its own. */
export function keyOf(scope: Construct, site: SitePlan<'aws'>, props: EncryptionKeyProps): IEncryptionKey {
  return existingKeyOf(scope, site) ?? new EncryptionKey(scope, ids.key, props);
}

/** The key that exists already for a site; none where each stack has one of its own. */
export function existingKeyOf(scope: Construct, { encryptionKey }: SitePlan<'aws'>): IEncryptionKey | undefined {
  return encryptionKey && EncryptionKey.fromKeyArn(scope, ids.key, encryptionKey.id);
}

/** A cluster that exists already, on the network of its site; its key is its owner's, that of disks the site's. */
export function existingCluster(
  scope: Construct,
  existing: NonNullable<ShardPlan<'aws'>['existing']>,
  network: INetwork,
  encryptionKey: IEncryptionKey | undefined,
): ICluster {
  return Cluster.fromClusterAttributes(scope, ids.cluster, {
    clusterName: existing.id,
    network,
    clusterSecurityGroupId: existing.securityGroupId,
    nodeRoleArn: existing.nodeRole,
    encryptionKey,
  });
}

/** A file system that exists already. */
export function existingFileSystem(scope: Construct, { key, existing }: ExistingFileSystemPlan<'aws'>): IFileSystem {
  const { id: fileSystemId, securityGroupId } = existing;
  return FileSystem.fromFileSystemAttributes(scope, ids.existing(key), { fileSystemId, securityGroupId });
}

/** An object store that exists already, with the key of its objects. */
export function existingObjectStore(scope: Construct, { key, existing }: ExistingObjectStorePlan<'aws'>): IObjectStore {
  const root = new Construct(scope, ids.existing(key));
  const { id: bucketName, encryptionKey: keyArn } = existing;
  const encryptionKey = keyArn === undefined ? undefined : EncryptionKey.fromKeyArn(root, 'key', keyArn);
  return ObjectStore.fromObjectStoreAttributes(root, 'store', { bucketName, encryptionKey });
}
