import type { Sourced } from './types';

/** Days between two rotations of a key of KMS. */
export const AWS_KEY_ROTATION: { readonly minDays: number; readonly maxDays: number } & Sourced = {
  minDays: 90,
  maxDays: 2560,
  source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html',
  checked: '2026-11',
};

/** Prefix lengths of the blocks of a VPC, and of its subnets: the shortest and the longest. */
export const AWS_VPC_BLOCK: { readonly shortest: number; readonly longest: number } & Sourced = {
  shortest: 16,
  longest: 28,
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
  checked: '2026-11',
};

/** Prefix lengths of the range of the services of an EKS cluster, and the blocks that it lies in. */
export const AWS_SERVICE_RANGE: {
  readonly shortest: number;
  readonly longest: number;
  readonly inside: readonly string[];
} & Sourced = {
  shortest: 12,
  longest: 24,
  inside: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html',
  checked: '2026-11',
};

/** Tags of one resource, and the beginning of keys that only AWS gives. */
export const AWS_TAGS: { readonly most: number; readonly reserved: string } & Sourced = {
  most: 50,
  reserved: 'aws:',
  source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html',
  checked: '2026-11',
};

/** Machines of one On-Demand Capacity Reservation. */
export const AWS_RESERVATION: { readonly mostNodes: number } & Sourced = {
  mostNodes: 1000,
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html',
  checked: '2026-11',
};

/** DNS servers of the DHCP options of a VPC. */
export const AWS_DNS_SERVERS: { readonly most: number } & Sourced = {
  most: 4,
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html',
  checked: '2026-11',
};

/** Days for which CloudWatch keeps logs, which takes no others; those of control planes are kept by default. */
export const AWS_LOG_RETENTION: { readonly days: readonly number[]; readonly defaultDays: number } & Sourced = {
  // A choice: what audits commonly ask for.
  defaultDays: 365,
  days: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  checked: '2026-11',
};

/** Days for which a bucket keeps the log of who read and wrote what in another one, which is kept by default. */
export const AWS_ACCESS_LOG_RETENTION: { readonly fewestDays: number; readonly defaultDays: number } & Sourced = {
  fewestDays: 1,
  // A choice: as long as logs of control planes.
  defaultDays: 365,
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
  checked: '2026-11',
};

/** Names of EKS clusters: the longest. */
export const AWS_CLUSTER_NAME: { readonly longest: number } & Sourced = {
  longest: 100,
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html',
  checked: '2026-11',
};

/** The bucket that layers of images of ECR are read from, by region; requests for them are signed by ECR. */
export const AWS_IMAGE_LAYERS: { readonly bucket: string } & Sourced = {
  bucket: 'prod-{region}-starport-layer-bucket',
  source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  checked: '2026-11',
};

/**
 * Nodes that a managed node group may have beside its own while it is updated: as many for each of its zones, or the part
 * of them that may be out of service, whichever is more. With the strategy MINIMAL none.
 */
export const AWS_NODE_UPDATE: {
  readonly perZone: number;
  readonly unavailablePercent: number;
} & Sourced = {
  perZone: 2,
  unavailablePercent: 10,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  checked: '2026-11',
};
