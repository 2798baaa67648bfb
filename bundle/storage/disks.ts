import { DISK_CLASSES } from '../../estate/catalog/disks';
import type { Cloud } from '../../estate/catalog/types';
import { hash8 } from '../../estate/name';
import { made, names } from '../../estate/plan/ids';
import type { ShardPlan } from '../../estate/plan/types';
import { type KubeObject, MANAGED_BY } from '../types';

/** What names the key of a cluster to the driver of disks; undefined where it is known only to the cloud. */
const KEYS: Readonly<Record<Cloud, (shard: ShardPlan) => string | undefined>> = {
  aws: () => undefined,
  azure: (shard) => {
    const { ids } = shard.site.account;
    if (ids.cloud !== 'azure') return undefined;
    const group = `/subscriptions/${ids.subscriptionId}/resourceGroups/${names.siteGroup(shard.site)}`;
    return `${group}/providers/Microsoft.Compute/diskEncryptionSets/${made.azureDiskEncryptionSet(shard)}`;
  },
  google: (shard) => {
    const { encryptionKey, account, region } = shard.site;
    if (encryptionKey !== undefined || account.ids.cloud !== 'google') return encryptionKey?.id;
    return made.googleKey(names.clusterKey(shard), account.ids.projectId, region);
  },
  oracle: ({ site }) => site.encryptionKey?.id,
};

/**
 * The class of disks of a cluster that stacks make, with its key where that is known. Those of a cluster that exists are its
 * owner's.
 *
 * A class cannot change: its name follows from what it is, and claims stay on the one that they have.
 */
export function diskObjects(shard: ShardPlan): readonly KubeObject[] {
  const row = DISK_CLASSES[shard.cloud];
  if (row.provisioner === undefined || shard.existing !== undefined) return [];
  const key = KEYS[shard.cloud](shard);
  const fixed = {
    provisioner: row.provisioner,
    parameters: { ...row.parameters, ...(key !== undefined && { [row.keyParameter]: key }) },
    reclaimPolicy: 'Delete',
    // A disk lies in the zone of its pod.
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: `estate-disk-${hash8(JSON.stringify(fixed))}`, labels: MANAGED_BY },
      ...fixed,
      allowVolumeExpansion: true,
    },
  ];
}
