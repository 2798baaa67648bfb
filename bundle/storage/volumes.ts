import { AZURE_STORE_CONTAINER } from '../../estate/catalog/azure-names';
import type { Cloud } from '../../estate/catalog/types';
import { FILE_DRIVERS, OBJECT_DRIVERS } from '../../estate/catalog/volumes';
import { hash8 } from '../../estate/name';
import { made, names } from '../../estate/plan/ids';
import type { ShardPlan } from '../../estate/plan/types';
import { mountText } from '../../estate/plan/volumes/mount-point';
import type { FileClaimPlan, MountPoint, ObjectClaimPlan, VolumesPlan } from '../../estate/plan/volumes/types';
import type { SizeUnit } from '../../estate/units';
import { type KubeObject, MANAGED_BY } from '../types';

/** What a driver is told of a volume: none of it can change, so that a change is another volume. */
interface VolumeSource {
  readonly driver: string;
  readonly volumeHandle: string;
  readonly fsType?: string;
  readonly readOnly?: true;
  readonly volumeAttributes?: Readonly<Record<string, string>>;
}

/** The size of a store says nothing of a claim on it, and a claim cannot grow: it asks for as little as there is. */
const ANY_SIZE = '1Gi';
const UNITS: Readonly<Record<SizeUnit, string>> = { GB: 'G', GiB: 'Gi', TB: 'T', TiB: 'Ti' };

/** Volumes and claims of the stores that a cluster mounts, of those that nothing is missing for. */
export function volumeObjects(shard: ShardPlan, { claims }: VolumesPlan): readonly KubeObject[] {
  return claims.flatMap((claim): readonly KubeObject[] => {
    const volume = claim.kind === 'lustre' ? fileVolume(claim, shard) : objectVolume(claim, shard);
    return volume === undefined ? [] : [volume, claimObject(claim)];
  });
}

/** A claim is bound by what its volume says, so that it stays what it is where it gets another volume. */
function claimObject({ claim, namespace, access }: FileClaimPlan | ObjectClaimPlan): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claim, namespace, labels: MANAGED_BY },
    spec: {
      accessModes: [MODES[access]],
      resources: { requests: { storage: ANY_SIZE } },
      storageClassName: '',
    },
  };
}

const MODES = { read: 'ReadOnlyMany', readWrite: 'ReadWriteMany' } as const;

function volumeObject(
  { claim, namespace, access }: FileClaimPlan | ObjectClaimPlan,
  csi: VolumeSource,
  { capacity, mountOptions }: { readonly capacity: string; readonly mountOptions: readonly string[] },
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${namespace}.${claim}.${hash8(JSON.stringify(csi))}`, labels: MANAGED_BY },
    spec: {
      accessModes: [MODES[access]],
      capacity: { storage: capacity },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: claim, namespace },
      csi,
      ...(mountOptions.length > 0 && { mountOptions }),
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      volumeMode: 'Filesystem',
    },
  };
}

/** What the driver of a cloud is told of a file system. */
type FileSource = (
  mount: MountPoint,
  claim: FileClaimPlan,
  shard: ShardPlan,
) => Pick<VolumeSource, 'volumeHandle' | 'fsType' | 'volumeAttributes'>;

const FILE_SOURCES: Readonly<Record<Cloud, FileSource>> = {
  aws: ({ address, fileSystem }, { store }) => ({
    volumeHandle: store.existing?.id ?? address.replace(/\..*$/, ''),
    volumeAttributes: { dnsname: address, mountname: fileSystem },
  }),
  azure: ({ address }, { namespace, claim }) => ({
    volumeHandle: `${address}.${namespace}.${claim}`,
    volumeAttributes: { 'mgs-ip-address': address },
  }),
  google: ({ address, fileSystem }, { store }, { site }) => {
    const { ids } = site.account;
    const project = ids.cloud === 'google' ? ids.projectId : '';
    const instance = store.existing?.id ?? made.googleFileSystem(store);
    return {
      volumeHandle: `${project}/${store.zone}/${instance}`,
      volumeAttributes: { filesystem: fileSystem, ip: address },
    };
  },
  oracle: (mount) => ({
    volumeHandle: mountText(mount),
    fsType: 'lustre',
  }),
};

function fileVolume(claim: FileClaimPlan, shard: ShardPlan): KubeObject | undefined {
  const { mountPoint, store } = claim;
  if (mountPoint === undefined) return undefined;
  const { driver, mountOptions, attributes } = FILE_DRIVERS[shard.cloud];
  const own = FILE_SOURCES[shard.cloud](mountPoint, claim, shard);
  const source = { ...own, ...(attributes && { volumeAttributes: { ...own.volumeAttributes, ...attributes } }) };
  const capacity = store.existing === undefined ? `${store.size}${UNITS[store.unit]}` : ANY_SIZE;
  return volumeObject(claim, { driver, ...source }, { capacity, mountOptions });
}

/** What the driver of a cloud is told of a bucket. */
type ObjectSource = (
  bucket: string,
  claim: ObjectClaimPlan,
  shard: ShardPlan,
) => {
  readonly volumeHandle: string;
  readonly volumeAttributes?: Readonly<Record<string, string>>;
  readonly mountOptions?: readonly string[];
};

/** Volumes of one bucket have a handle each, since each is mounted as somebody else. */
const OBJECT_SOURCES: Readonly<Partial<Record<Cloud, ObjectSource>>> = {
  aws: (bucketName, { namespace, claim }, { site }) => ({
    volumeHandle: `${bucketName}.${namespace}.${claim}`,
    volumeAttributes: { authenticationSource: 'pod', bucketName },
    mountOptions: [`region ${site.region}`],
  }),
  azure: (storageAccount, { namespace, claim, clientId = '', store }, { site }) => {
    const { existing } = store;
    const { ids } = site.account;
    const place =
      existing !== undefined && 'resourceGroup' in existing
        ? { group: existing.resourceGroup, subscription: existing.subscriptionId, container: existing.container }
        : { group: names.siteGroup(site), container: AZURE_STORE_CONTAINER, subscription: undefined };
    return {
      volumeHandle: `${storageAccount}_${place.container}_${namespace}_${claim}`,
      volumeAttributes: {
        clientID: clientId,
        containerName: place.container,
        mountWithWorkloadIdentityToken: 'true',
        protocol: 'fuse2',
        resourceGroup: place.group,
        storageAccount,
        ...(ids.cloud === 'azure' && {
          subscriptionID: place.subscription ?? ids.subscriptionId,
          tenantID: ids.tenantId,
        }),
      },
    };
  },
  google: (bucket, { namespace, claim }) => ({ volumeHandle: `${bucket}:${namespace}.${claim}` }),
};

function objectVolume(claim: ObjectClaimPlan, shard: ShardPlan): KubeObject | undefined {
  const row = OBJECT_DRIVERS[shard.cloud];
  const sourceOf = OBJECT_SOURCES[shard.cloud];
  const { bucket, access, pending } = claim;
  if (row.driver === undefined || sourceOf === undefined || bucket === undefined || pending.length > 0)
    return undefined;
  const { mountOptions: own = [], ...source } = sourceOf(bucket, claim, shard);
  const { driver, mountOptions, readOptions = mountOptions } = row;
  const isRead = access === 'read';
  const csi = { driver, ...source, ...(isRead && { readOnly: true as const }) };
  return volumeObject(claim, csi, {
    capacity: ANY_SIZE,
    mountOptions: [...own, ...(isRead ? readOptions : mountOptions)],
  });
}
