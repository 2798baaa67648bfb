import { cidr, cidrSubnet } from '../cidr';
import { GOOGLE_MACHINES, type GoogleMachine } from './google-machines';
import { GOOGLE_REGIONS } from './google-regions';
import { NETWORK_RANGES } from './ranges';
import type { CloudCatalog, LustreTier, MaintenanceOffer, Sourced, SubnetRow } from './types';

export type { GoogleFabricLayout, GoogleMachine, GooglePlacement, GoogleQuota } from './google-machines';

const BLUEPRINTS = 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples';
const LUSTRE = 'https://docs.cloud.google.com/managed-lustre/docs/performance-tiers';
const CHECKED = '2026-11';

/** One tier: multiples of its smallest size, and from the threshold on multiples of a bigger step. */
function tier(throughputMBpsPerTiB: number, min: number, threshold: number, bigStep: number, max: number): LustreTier {
  const steps = [
    { upTo: threshold, step: min },
    { upTo: max, step: bigStep },
  ];
  return { throughputMBpsPerTiB, min, max, steps, source: LUSTRE, checked: CHECKED };
}

/** Ranges of the networks that carry only the traffic between accelerators. */
export interface GoogleFabricRanges {
  /** Split evenly over the gVNIC networks of a machine. */
  readonly gvnic: string;
  /** Split evenly over the RDMA interfaces of a machine; a node takes one address in each part. */
  readonly rdma: string;
}

/** The halves of a range for both kinds of networks. */
export function googleFabricRanges(range: string = NETWORK_RANGES.fabrics.google.cidr): GoogleFabricRanges {
  const half = cidr(range).prefix + 1;
  return { gvnic: cidrSubnet(range, half, 0), rdma: cidrSubnet(range, half, 1) };
}

/** MTU of a site's network: the largest that every machine accepts on its first interface. */
export const GOOGLE_NETWORK_MTU: { readonly bytes: number } & Sourced = {
  bytes: 8244,
  source: BLUEPRINTS,
  checked: CHECKED,
};

/** Range of private services access: the longest prefix that holds a managed Lustre file system. */
export const GOOGLE_SERVICES_ACCESS: { readonly longestPrefix: number } & Sourced = {
  longestPrefix: 22,
  source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/pull/5306',
  checked: CHECKED,
};

/** Addresses that each managed Lustre file system takes out of private services access: a block of its own. */
export const GOOGLE_LUSTRE_BLOCK: { readonly prefix: number } & Sourced = {
  prefix: 23,
  source: 'https://docs.cloud.google.com/managed-lustre/docs/vpc',
  checked: CHECKED,
};

/** Addresses of each subnet that Google Cloud keeps: the first two and the last two. */
export const GOOGLE_SUBNET_RESERVED: { readonly addresses: number } & Sourced = {
  addresses: 4,
  source: 'https://docs.cloud.google.com/vpc/docs/subnets',
  checked: CHECKED,
};

/** Addresses that GKE gives a node for its pods: a block that holds twice as many as it may run. */
export function googlePodAddresses(podsPerNode: number): number {
  return 2 ** Math.ceil(Math.log2(2 * podsPerNode));
}

/** Whether a machine asks a whole cluster to go without what others in it need: bare metal, which pods reach by claims. */
export function isGoogleMetal({ shieldedNodes, fabric }: GoogleMachine): boolean {
  return shieldedNodes === 'off' || fabric?.podInterfaces === 'claims';
}

/** Whether nodes of two machines may be of one cluster: bare metal stays among itself, CPU nodes run beside all. */
export function shareGoogleCluster(one: GoogleMachine, other: GoogleMachine): boolean {
  if ([one, other].some(({ accelerator }) => accelerator === undefined)) return true;
  return isGoogleMetal(one) === isGoogleMetal(other);
}

/** Port on which managed Lustre and its clients talk. */
export const GOOGLE_LUSTRE_PORT: { readonly port: number } & Sourced = {
  port: 988,
  source: 'https://docs.cloud.google.com/managed-lustre/docs/vpc',
  checked: CHECKED,
};

/** Name by which managed Lustre is mounted. A node cannot mount two file systems of the same name. */
export const GOOGLE_LUSTRE_MOUNT_NAME: { readonly pattern: RegExp } & Sourced = {
  pattern: /^[A-Za-z][A-Za-z0-9]{0,7}$/,
  source: 'https://docs.cloud.google.com/managed-lustre/docs/lustre-csi-driver-overview',
  checked: CHECKED,
};

/** Days for which a bucket keeps deleted objects: none, or between these bounds. */
export const GOOGLE_SOFT_DELETE: { readonly minDays: number; readonly maxDays: number } & Sourced = {
  minDays: 7,
  maxDays: 90,
  source: 'https://docs.cloud.google.com/storage/docs/soft-delete',
  checked: CHECKED,
};

/** Days for which a log bucket keeps logs, and a bucket lists of requests. */
export const GOOGLE_LOG_RETENTION: { readonly fewestDays: number; readonly mostDays: number } & Sourced = {
  fewestDays: 1,
  mostDays: 3650,
  source: 'https://docs.cloud.google.com/logging/docs/buckets',
  checked: CHECKED,
};

/** Oldest Kubernetes minor version with the stable claims API that GPU networking needs. */
export const GOOGLE_OLDEST_KUBERNETES: { readonly version: string } & Sourced = {
  version: '1.34',
  source: `${BLUEPRINTS}/gke-a4x-max-bm`,
  checked: CHECKED,
};

/**
 * How the hosts of a reservation are maintained. Node pools take the default of GKE: the provider's schema has
 * `host_maintenance_policy`, and none of its code reads it, so a pool that states it is replaced at every plan.
 */
export const GOOGLE_HOST_MAINTENANCE: { readonly offered: 'AS_NEEDED' } & Sourced = {
  offered: 'AS_NEEDED',
  source: 'hashicorp/terraform-provider-google v7.45.0 google/services/container/node_config.go',
  checked: CHECKED,
};

/** A whole release of Kubernetes, as GKE answers with; a minor version is never equal to it. */
export const GOOGLE_RELEASE: { readonly pattern: RegExp; readonly example: string } & Sourced = {
  pattern: /^\d+\.\d+\.\d+-gke\.\d+$/,
  example: '1.35.3-gke.1389000',
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/container_node_pool.html.markdown',
  checked: CHECKED,
};

/**
 * APIs that a project must have enabled before anything else is made in it; `dns` where networks have DNS servers,
 * `binaryAuthorization` where clusters ask a policy which images they run.
 */
export const GOOGLE_APIS: {
  readonly names: readonly string[];
  readonly dns: string;
  readonly binaryAuthorization: string;
  readonly budgets: string;
  readonly guardrails: string;
  /** Those that exchange tokens of others. */
  readonly federation: readonly string[];
} & Sourced = {
  names: [
    'cloudkms.googleapis.com',
    'cloudquotas.googleapis.com',
    'cloudresourcemanager.googleapis.com',
    'compute.googleapis.com',
    'container.googleapis.com',
    'gkehub.googleapis.com',
    'iam.googleapis.com',
    'logging.googleapis.com',
    'lustre.googleapis.com',
    'monitoring.googleapis.com',
    'servicenetworking.googleapis.com',
    'storage.googleapis.com',
  ],
  dns: 'dns.googleapis.com',
  binaryAuthorization: 'binaryauthorization.googleapis.com',
  budgets: 'billingbudgets.googleapis.com',
  guardrails: 'orgpolicy.googleapis.com',
  federation: ['iamcredentials.googleapis.com', 'sts.googleapis.com'],
  source: 'https://docs.cloud.google.com/service-usage/docs/enabled-service',
  checked: CHECKED,
};

/** Addresses of the nodes that are left for load balancers, the control plane and nodes that an upgrade adds. */
const ROOM = 100;

const SUBNETS: readonly SubnetRow[] = [
  {
    role: 'nodes',
    per: 'shard',
    neededBy: ['cluster', 'pool'],
    prefix: 19,
    space: 'routable',
    holds: { kept: GOOGLE_SUBNET_RESERVED.addresses + ROOM, perNode: () => 1 },
    source: BLUEPRINTS,
    checked: CHECKED,
  },
  {
    role: 'pods',
    per: 'shard',
    neededBy: ['cluster'],
    prefix: 14,
    space: 'pods',
    holds: {
      kept: 0,
      perNode: (machine) => googlePodAddresses('podsPerNode' in machine ? Number(machine.podsPerNode) : 0),
    },
    source: BLUEPRINTS,
    checked: CHECKED,
  },
  {
    role: 'services',
    per: 'shard',
    prefix: 20,
    neededBy: ['cluster'],
    space: 'services',
    source: BLUEPRINTS,
    checked: CHECKED,
  },
  {
    role: 'storage',
    per: 'site',
    neededBy: ['file-system'],
    prefix: 20,
    space: 'routable',
    holds: { kept: 0, perFileSystem: () => 2 ** (32 - GOOGLE_LUSTRE_BLOCK.prefix) },
    appends: true,
    source: 'https://docs.cloud.google.com/managed-lustre/docs/vpc',
    checked: CHECKED,
  },
];

/**
 * Nodes that train are not upgraded under a running job: control planes get patches only, nodes get nothing, until the
 * version of the cluster is no longer supported.
 */
export const GOOGLE_MAINTENANCE: MaintenanceOffer = {
  offered: true,
  window: { days: ['sat', 'sun'], startTime: '04:00', hours: 8 },
  exclusions: [{ name: 'training', startTime: '2026-01-01T00:00:00Z' }],
  mostDays: 7,
  fewestHours: 4,
  mostHours: 24,
  mostExclusions: 20,
  openExclusions: true,
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/maintenance-windows-and-exclusions',
  checked: CHECKED,
  unverified:
    'that one window of four hours a week is enough: pages differ on whether 48 hours are due in 92 or in 32 days',
};

/** What the catalog knows of Google Cloud. */
export const google: CloudCatalog<GoogleMachine> = {
  cloud: 'google',
  title: 'Google Cloud',
  machines: GOOGLE_MACHINES,
  systemMachine: 'e2-standard-16',
  // Of a pool that grows by a zone the provider changes the number of nodes first and the zones afterwards.
  systemNodes: {
    per: 'zone',
    source: 'hashicorp/terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    checked: CHECKED,
  },
  lustre: {
    unit: 'GiB',
    tiers: [
      { ...tier(125, 72000, 12240000, 72000, 12240000), steps: [{ upTo: 12240000, step: 72000 }] },
      tier(250, 36000, 6120000, 288000, 40032000),
      tier(500, 18000, 3060000, 144000, 20016000),
      tier(1000, 9000, 1530000, 72000, 10008000),
    ],
  },
  limits: {
    // A pod range of /14 holds 4,096 nodes of 32 pods, fewer with a system pool of 64; an RDMA rail holds 4,092.
    nodesPerShard: {
      value: 3900,
      source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips',
      checked: CHECKED,
    },
    // Every refresh of a cluster reads each of its pools, so clusters are added rather than pools.
    poolsPerShard: {
      value: 100,
      source: 'https://github.com/hashicorp/terraform-provider-google/issues/24935',
      checked: CHECKED,
    },
    blocksPerNetwork: {
      value: 50,
      source: 'https://docs.cloud.google.com/vpc/docs/quota',
      checked: CHECKED,
      unverified: 'a network has no blocks of its own; the number bounds the blocks that a site may grow to',
    },
  },
  subnets: SUBNETS,
  kubernetes: {
    offered: ['1.34', '1.35'],
    preferred: '1.35',
    newer: 'minor',
    releases: { pattern: GOOGLE_RELEASE.pattern, example: GOOGLE_RELEASE.example },
    source: BLUEPRINTS,
    checked: CHECKED,
    skew: { behind: 2, source: 'https://cloud.google.com/kubernetes-engine/versioning', checked: CHECKED },
  },
  maintenance: GOOGLE_MAINTENANCE,
  regions: GOOGLE_REGIONS,
};
