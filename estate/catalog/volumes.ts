import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** How pods of a cloud mount what is not a disk of their own. */
export interface VolumeDriver extends Sourced {
  /** Name of the driver. */
  readonly driver: string;
  /** Options of the mount, as the makers of the driver have them in their examples. */
  readonly mountOptions: readonly string[];
  /** The same where the pod may only read. @default the same as those that write */
  readonly readOptions?: readonly string[];
  /** What volumes tell the driver besides their place. @default nothing */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * What mounts managed Lustre on each cloud.
 *
 * Two volumes of one file system may meet on a node, in pods of two namespaces. Drivers of Google Cloud and Oracle Cloud
 * mount it once for a node under the handle of the volume, so that all volumes of it have one handle there.
 */
export const FILE_DRIVERS: Readonly<Record<Cloud, VolumeDriver>> = {
  aws: {
    driver: 'fsx.csi.aws.com',
    mountOptions: ['flock'],
    source: 'https://github.com/kubernetes-sigs/aws-fsx-csi-driver/tree/master/examples/kubernetes/static_provisioning',
    ...CHECKED,
  },
  azure: {
    driver: 'azurelustre.csi.azure.com',
    mountOptions: ['noatime', 'flock'],
    source: 'https://github.com/kubernetes-sigs/azurelustre-csi-driver/blob/main/docs/examples/pv.yaml',
    ...CHECKED,
  },
  google: {
    driver: 'lustre.csi.storage.gke.io',
    mountOptions: [],
    source: 'https://github.com/GoogleCloudPlatform/lustre-csi-driver/blob/main/docs/preprov-guide.md',
    ...CHECKED,
  },
  oracle: {
    driver: 'lustre.csi.oraclecloud.com',
    mountOptions: [],
    // The driver sets the network of Lustre up on the address of the node, unless a volume names another range.
    attributes: { setupLnet: 'true' },
    source: 'https://github.com/oracle/oci-cloud-controller-manager/blob/master/pkg/csi/driver/lustre_node.go',
    ...CHECKED,
  },
};

/** A cloud that has no driver, and what pods do instead. */
export interface NoDriver extends Sourced {
  readonly driver?: undefined;
  /** Why, as part of a sentence. */
  readonly because: string;
}

/** What mounts object stores on each cloud, as the identity of the pod. */
export const OBJECT_DRIVERS: Readonly<Record<Cloud, VolumeDriver | NoDriver>> = {
  aws: {
    driver: 's3.csi.aws.com',
    mountOptions: ['allow-delete', 'allow-overwrite', 'allow-other'],
    readOptions: ['read-only', 'allow-other'],
    source: 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md',
    ...CHECKED,
    unverified: 'that pods which are not root need allow-other, as in the examples of the driver',
  },
  azure: {
    driver: 'blob.csi.azure.com',
    // The accounts of the estate have a hierarchy of folders, which blobfuse has to be told.
    mountOptions: ['-o allow_other', '--use-adls=true', '--file-cache-timeout-in-seconds=120'],
    source: 'https://github.com/kubernetes-sigs/blob-csi-driver/blob/master/docs/workload-identity-static-pv-mount.md',
    ...CHECKED,
    unverified: 'that every supported release of AKS has 1.27 of the driver, which mounts by a token and no key',
  },
  google: {
    driver: 'gcsfuse.csi.storage.gke.io',
    mountOptions: ['implicit-dirs'],
    source:
      'https://github.com/GoogleCloudPlatform/gcs-fuse-csi-driver/blob/main/examples/static/pv-pvc-deployment.yaml',
    ...CHECKED,
  },
  oracle: {
    because: 'Oracle Cloud has no driver for buckets: pods read them through its API as their workload identity',
    source: 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contenggrantingworkloadaccesstoresources.htm',
    ...CHECKED,
  },
};

/** How pods of a cloud become who they are. */
export interface WorkloadIdentityRow extends Sourced {
  /** Annotation of the service account that names its identity, known after an apply only. @default it needs none */
  readonly annotation?: string;
  /** Labels of pods, without which they are nobody. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Annotations of pods that mount object stores. */
  readonly objectAnnotations: Readonly<Record<string, string>>;
  /** Whether they need the token by which they may ask Kubernetes itself; others are not given it. */
  readonly mountsToken: boolean;
}

/** How pods become who they are, by cloud. */
export const WORKLOAD_IDENTITIES: Readonly<Record<Cloud, WorkloadIdentityRow>> = {
  aws: {
    podLabels: {},
    objectAnnotations: {},
    mountsToken: false,
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
    ...CHECKED,
  },
  azure: {
    annotation: 'azure.workload.identity/client-id',
    // Nodes hand tokens only to pods that ask for them.
    podLabels: { 'azure.workload.identity/use': 'true' },
    objectAnnotations: {},
    mountsToken: false,
    source: 'https://learn.microsoft.com/azure/aks/workload-identity-overview',
    ...CHECKED,
  },
  google: {
    podLabels: {},
    // It puts a container beside the others, which mounts.
    objectAnnotations: { 'gke-gcsfuse/volumes': 'true' },
    mountsToken: false,
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-setup',
    ...CHECKED,
  },
  oracle: {
    podLabels: {},
    objectAnnotations: {},
    mountsToken: true,
    source: 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contenggrantingworkloadaccesstoresources.htm',
    ...CHECKED,
  },
};
