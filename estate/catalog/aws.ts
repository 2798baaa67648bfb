import { AWS_VPC_BLOCK } from './aws-limits';
import { AWS_MACHINES, type AwsMachine } from './aws-machines';
import { AWS_REGIONS } from './aws-regions';
import { AWS_ULTRASERVERS } from './aws-ultraservers';
import type { LustreSizes } from './lustre';
import type { CloudCatalog, Limit, LustreTier, Sourced, StackRoom } from './types';

export type { AwsMachine, AwsQuotaFamily, EfaLayout } from './aws-machines';

const USER_GUIDE = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/increase-storage-capacity.html';

/** One SSD tier of FSx for Lustre, sized so that clients may use EFA: every size is a multiple of the step. */
function efaTier(throughputMBpsPerTiB: number, step: number): LustreTier {
  const max = Math.floor((2 ** 31 - 1) / step) * step;
  return {
    throughputMBpsPerTiB,
    min: step,
    max,
    steps: [{ upTo: max, step }],
    source: USER_GUIDE,
    checked: '2026-11',
    unverified: 'the largest size is that of the StorageCapacity field; the storage quota of the account binds first',
  };
}

/**
 * Sizes of FSx for Lustre whose clients use TCP only: the first ones, then multiples of the step, in GiB.
 *
 * Estates do not use them: EFA cannot be turned on later, and growth by this step would leave the EFA sizes.
 */
export const AWS_LUSTRE_TCP: LustreSizes & Sourced = {
  min: 1200,
  max: Math.floor((2 ** 31 - 1) / 2400) * 2400,
  steps: [
    { upTo: 1200, step: 1200 },
    { upTo: Math.floor((2 ** 31 - 1) / 2400) * 2400, step: 2400 },
  ],
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-fsx-filesystem.html',
  checked: '2026-11',
};

const TEMPLATES = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  checked: '2026-11',
} as const;

/** What CloudFormation takes in one template; none of it can be raised. */
export const AWS_TEMPLATE_LIMITS: Readonly<Record<'resources' | 'outputs' | 'bytes', Limit>> = {
  resources: { value: 500, ...TEMPLATES },
  outputs: { value: 200, ...TEMPLATES },
  bytes: { value: 1_000_000, ...TEMPLATES, unverified: 'the page says 1 MB; the smaller reading is taken' },
};

/** Stores of one storage stack, by what their templates hold with the longest keys, names and labels. */
export const AWS_STORAGE_STACK: StackRoom = {
  limits: {
    resources: AWS_TEMPLATE_LIMITS.resources.value,
    outputs: AWS_TEMPLATE_LIMITS.outputs.value,
    bytes: AWS_TEMPLATE_LIMITS.bytes.value,
  },
  share: 0.8,
  empty: { resources: 2, outputs: 1, bytes: 4_000 },
  perStore: {
    lustre: { resources: 4, outputs: 2, bytes: 6_000 },
    object: { resources: 4, outputs: 2, bytes: 10_000 },
  },
  source: 'counted in the templates of stacks/aws/storage.ts with aws-cdk-lib 2.276.0',
  checked: '2026-11',
};

/** What AWS sells as one capacity block for ML: machines, and days. */
export const AWS_CAPACITY_BLOCK: {
  readonly mostNodes: number;
  /** Any number of days up to this one, then whole steps up to the longest. */
  readonly singleDays: number;
  readonly stepDays: number;
  readonly longestDays: number;
} & Sourced = {
  mostNodes: 64,
  singleDays: 14,
  stepDays: 7,
  longestDays: 182,
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-how.html',
  checked: '2026-11',
};

/** Addresses of each subnet that AWS keeps: the first four and the last. */
export const AWS_SUBNET_RESERVED: { readonly addresses: number } & Sourced = {
  addresses: 5,
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
  checked: '2026-11',
};

/** Addresses of a zone's nodes that are left for load balancers: two of the largest. */
export const AWS_LOAD_BALANCER_ROOM: { readonly addresses: number } & Sourced = {
  addresses: 200,
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
  checked: '2026-11',
  unverified: 'one takes up to 100 addresses; that two are enough is ours',
};

/** Storage of a Lustre file system for each of its interfaces, GiB. */
export const AWS_LUSTRE_SERVER: { readonly sizeGiB: number } & Sourced = {
  sizeGiB: 2400,
  source: USER_GUIDE,
  checked: '2026-11',
  unverified: 'AWS publishes no number of interfaces; storage grows in these steps, so no server holds less',
};

/** Local Zones in which FSx for Lustre is known to be offered. */
export const AWS_LUSTRE_LOCAL_ZONES: { readonly zones: readonly string[] } & Sourced = {
  zones: ['us-west-2-phx-2a'],
  source:
    'README of a Local Zone example beside awslabs/awsome-distributed-ai, hyperpod-eks-tf, tried there in 2026-08',
  checked: '2026-11',
  unverified:
    'its authors made one of PERSISTENT_2 in Phoenix at 250 MB/s/TiB and were refused in Los Angeles; the pages of AWS on ' +
    'Local Zones name no file system, and advise those of the parent region',
};

/** The blocks of addresses in which pods of EKS take theirs. */
export const AWS_POD_PREFIXES: {
  readonly prefix: number;
  /** Pods of one block. */
  readonly pods: number;
  /** Blocks of a node with more pods than that; the last one holds the address of the interface that carries them. */
  readonly ofBusyNode: number;
  /** Blocks of a subnet in which AWS keeps addresses for itself: the first and the last. */
  readonly reserved: number;
} & Sourced = {
  prefix: 28,
  pods: 16,
  ofBusyNode: 3,
  reserved: 2,
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html',
  checked: '2026-11',
};

/** Zones of the region that the control plane of an EKS cluster lies in at least. */
export const AWS_CONTROL_PLANE_ZONES: Limit = {
  value: 2,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
  checked: '2026-11',
};

const POD_BLOCK = 2 ** (32 - AWS_POD_PREFIXES.prefix);

/** What the catalog knows of AWS. */
export const aws: CloudCatalog<AwsMachine> = {
  cloud: 'aws',
  title: 'AWS',
  machines: AWS_MACHINES,
  ultraServers: AWS_ULTRASERVERS,
  systemMachine: 'm7i.4xlarge',
  lustre: {
    unit: 'GiB',
    tiers: [efaTier(125, 38400), efaTier(250, 19200), efaTier(500, 9600), efaTier(1000, 4800)],
  },
  storageStack: AWS_STORAGE_STACK,
  limits: {
    // A zone's /16 of pods holds the prefixes of fewer busy nodes, but more shards would share the same range: the rule
    // PodAddresses counts them by zone.
    nodesPerShard: {
      value: 2000,
      source: 'https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html',
      checked: '2026-11',
    },
    // 30 managed node groups a cluster (L-6D54EA21), one of them for the system pool.
    poolsPerShard: {
      value: 29,
      source: 'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html',
      checked: '2026-11',
    },
    // The role of the workloads names each of them: in a policy of its own, then in managed ones, of which it takes ten.
    objectMounts: {
      value: 180,
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
      checked: '2026-11',
      unverified: 'how many fill ten managed policies is ours, counted in the templates of clusters',
    },
    // The quota counts the pod ranges too; it can be raised to 50.
    blocksPerNetwork: {
      value: 5,
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
      checked: '2026-11',
    },
  },
  subnets: [
    {
      role: 'public',
      per: 'zone',
      neededBy: [],
      prefix: 24,
      space: 'routable',
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
      checked: '2026-11',
    },
    {
      role: 'control-plane',
      per: 'zone',
      neededBy: ['cluster'],
      longestPrefix: 28,
      prefix: 24,
      space: 'routable',
      source: 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
      checked: '2026-11',
    },
    // File systems live here too, beside their clients: EFA does not leave a zone.
    {
      role: 'nodes',
      per: 'zone',
      neededBy: ['cluster', 'pool', 'file-system'],
      shortestPrefix: AWS_VPC_BLOCK.shortest,
      prefix: 19,
      space: 'routable',
      // Of a node's interfaces the primary one alone has an address here: the others carry EFA only, or pods.
      holds: {
        kept: AWS_SUBNET_RESERVED.addresses + AWS_LOAD_BALANCER_ROOM.addresses,
        perNode: () => 1,
        perFileSystem: ({ size }) => 1 + Math.ceil(size / AWS_LUSTRE_SERVER.sizeGiB),
      },
      appends: true,
      source: 'https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html',
      checked: '2026-11',
    },
    // Each is a secondary block of the VPC, which has room for four besides one routable block.
    {
      role: 'pods',
      per: 'zone',
      neededBy: ['cluster'],
      shortestPrefix: AWS_VPC_BLOCK.shortest,
      prefix: 16,
      space: 'pods',
      // The first and the last block are broken by what AWS keeps. A node holds a block, and the address of the interface
      // that carries its pods breaks another one at worst.
      holds: {
        kept: AWS_POD_PREFIXES.reserved * POD_BLOCK,
        perNode: () => 2 * POD_BLOCK,
        leastPerNode: () => POD_BLOCK + 1,
      },
      appends: true,
      source: 'https://docs.aws.amazon.com/eks/latest/best-practices/custom-networking.html',
      checked: '2026-11',
    },
  ],
  kubernetes: {
    // GB200 UltraServers need 1.33.
    offered: ['1.33', '1.34', '1.35', '1.36', '1.37'],
    preferred: '1.35',
    newer: 'minor',
    source: 'aws-cdk-lib 2.276.0 aws-eks-v2 KubernetesVersion',
    checked: '2026-11',
    unverified: 'the end of extended support of the oldest ones was not looked up',
    // EKS moves a control plane on only when every managed node group has its present version.
    skew: {
      behind: 1,
      source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
      checked: '2026-11',
    },
  },
  maintenance: {
    offered: false,
    reason:
      'EKS has no maintenance windows: it upgrades neither nodes nor, while a version is supported, the control plane',
    instead: 'upgrade by "kubernetes" at a time of your own',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
    checked: '2026-11',
  },
  regions: AWS_REGIONS,
};

/** True for a zone of the region, `us-east-1a`; false for a Local Zone, `us-east-1-dfw-2a`. */
export function isRegionalZone(zone: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/.test(zone);
}
