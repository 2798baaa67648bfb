import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** A class of disks that a cluster gets beside those that its service brings. */
export interface DiskClassRow extends Sourced {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameter that names the key of the cluster, or what encrypts with it. */
  readonly keyParameter: string;
  /** Class that the service makes the default one, and writes anew when it is changed. */
  readonly serviceDefault: string;
}

/** A cloud whose clusters have no disks for pods. */
export interface NoDiskClass extends Sourced {
  readonly provisioner?: undefined;
  /** Why, as part of a sentence. */
  readonly because: string;
}

/**
 * Disks of the network for pods, encrypted as those of nodes are.
 *
 * None is the default class: each service that brings a driver brings one and would write it anew, and of two of them
 * Kubernetes takes the newer one. Who wants the key of the cluster says so.
 */
export const DISK_CLASSES: Readonly<Record<Cloud, DiskClassRow | NoDiskClass>> = {
  aws: {
    because:
      'EKS brings no driver of disks, and the estate gives no role to one: its pods use stores and disks of nodes',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
    ...CHECKED,
  },
  azure: {
    provisioner: 'disk.csi.azure.com',
    parameters: { skuName: 'Premium_LRS' },
    keyParameter: 'diskEncryptionSetID',
    serviceDefault: 'default',
    source: 'https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys',
    ...CHECKED,
  },
  google: {
    provisioner: 'pd.csi.storage.gke.io',
    parameters: { type: 'pd-balanced' },
    keyParameter: 'disk-encryption-kms-key',
    serviceDefault: 'standard-rwo',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/using-cmek',
    ...CHECKED,
    unverified: 'machines that take only Hyperdisk cannot attach it; it is for pods of the system pool',
  },
  oracle: {
    provisioner: 'blockvolume.csi.oraclecloud.com',
    parameters: { vpusPerGB: '10' },
    keyParameter: 'kms-key-id',
    serviceDefault: 'oci-bv',
    source: 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengcreatingpersistentvolumeclaim.htm',
    ...CHECKED,
  },
};
