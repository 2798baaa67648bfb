import { ORACLE_MACHINES, type OracleMachine } from './oracle-machines';
import { oracleRegions } from './oracle-regions';
import { NETWORK_RANGES, type RangeRow } from './ranges';
import type { CloudCatalog, LustreTier, Sourced } from './types';

export type { OracleAttachment, OracleMachine } from './oracle-machines';

const OKE_QUICKSTART = {
  source: 'https://github.com/oracle-quickstart/oci-hpc-oke',
  checked: '2026-11',
} as const;
const OKE_MODULE = {
  source: 'https://github.com/oracle-terraform-modules/terraform-oci-oke',
  checked: '2026-11',
} as const;

/** One performance tier of File Storage with Lustre; Oracle counts its throughput for each TB, not TiB. */
function lustreTier(throughputMBpsPerTiB: number): LustreTier {
  return {
    throughputMBpsPerTiB,
    min: 31_200,
    max: 19_968_000,
    // The coarse steps count from the bound of the fine ones, which is itself a whole number of them.
    steps: [
      { upTo: 124_800, step: 10_400 },
      { upTo: 19_968_000, step: 41_600 },
    ],
    ...OKE_QUICKSTART,
    unverified: 'the largest size is assumed to be 20 PB; the service limit of the tenancy binds first',
  };
}

/** Patch releases of Kubernetes by minor version: OKE takes nothing shorter. */
export const ORACLE_KUBERNETES_RELEASES: { readonly releases: Readonly<Record<string, string>> } & Sourced = {
  releases: { '1.34': 'v1.34.2', '1.35': 'v1.35.2', '1.36': 'v1.36.1' },
  ...OKE_QUICKSTART,
};

/** First minor version of Kubernetes 1 whose nodes refuse images without the name of their registry, such as `busybox`. */
export const ORACLE_SHORT_NAMES: { readonly refusedFromMinor: number } & Sourced = {
  refusedFromMinor: 34,
  source: 'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/files/oke-ubuntu-cloud-init.sh',
  checked: '2026-11',
};

/** How long Logging keeps a log: a number of days in steps, encrypted with keys of Oracle Cloud. */
export const ORACLE_LOG_RETENTION: { readonly stepDays: number; readonly mostDays: number } & Sourced = {
  stepDays: 30,
  mostDays: 180,
  source: 'https://github.com/oracle/terraform-provider-oci/blob/v8.28.0/website/docs/r/logging_log.html.markdown',
  checked: '2026-11',
};

/** Addresses that the servers of a Lustre file system take, for each 100 TB of its size that is begun. */
export const ORACLE_LUSTRE_ADDRESSES: { readonly per100TB: number } & Sourced = {
  // 43 to 60 by tier; the subnet can never change, so every tier gets the most.
  per100TB: 60,
  source: 'https://docs.oracle.com/en/solutions/deploy-lustre-file-systems/configuring-lustre-connectivity.html',
  checked: '2026-11',
};

/** DNS servers that the machines of a network can be given. */
export const ORACLE_DNS_SERVERS: { readonly most: number } & Sourced = {
  most: 3,
  source:
    'https://github.com/oracle/terraform-provider-oci/blob/v8.28.0/website/docs/r/core_dhcp_options.html.markdown',
  checked: '2026-11',
};

/** Addresses of each subnet that Oracle Cloud keeps: the first two and the last. */
export const ORACLE_SUBNET_RESERVED: { readonly addresses: number } & Sourced = {
  addresses: 3,
  source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/Overview_of_VCNs_and_Subnets.htm',
  checked: '2026-11',
};

/** Addresses that a Lustre file system of a size needs in its subnet. */
export function oracleLustreAddresses(sizeGB: number): number {
  return Math.ceil(sizeGB / 100_000) * ORACLE_LUSTRE_ADDRESSES.per100TB;
}

/** Longest prefix of a subnet that is large enough for a Lustre file system of a size, without room to grow. */
export function oracleLustrePrefix(sizeGB: number): number {
  return 32 - Math.ceil(Math.log2(oracleLustreAddresses(sizeGB) + ORACLE_SUBNET_RESERVED.addresses));
}

/** How OKE replaces the nodes of CPU pools whose settings are edited: those of other pools keep what they started with. */
export const ORACLE_NODE_CYCLING: { readonly surgeShare: number } & Sourced = {
  // A choice; the default is one node at a time.
  surgeShare: 0.1,
  source: 'https://oracle-terraform-modules.github.io/terraform-oci-oke/guide/workers_node_cycle.html',
  checked: '2026-11',
};

/** Nodes that a CPU pool has for a while beside its own, when an edit replaces them. */
export function oracleSurge(nodeCount: number): number {
  return Math.max(1, Math.ceil(nodeCount * ORACLE_NODE_CYCLING.surgeShare));
}

/** Boot volume of a node, GB: images of accelerators are large. */
export function oracleBootVolumeGB({ accelerators }: OracleMachine): number {
  return accelerators > 0 ? 512 : 128;
}

/** Addresses that nodes use among themselves for virtual RDMA interfaces; nothing that is routed may overlap it. */
export const ORACLE_RDMA_RANGE: RangeRow = NETWORK_RANGES.fabrics.oracle;

/** Out of the addresses of pods OKE gives each node a block of this prefix length, however many pods it runs. */
export const ORACLE_POD_BLOCK: { readonly prefix: number } & Sourced = {
  prefix: 25,
  source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengcidrblocks.htm',
  checked: '2026-11',
};

/** Addresses of the nodes that are left for load balancers of clusters of earlier releases. */
const ROOM = 100;

/** What the catalog knows of Oracle Cloud. */
export const oracle: CloudCatalog<OracleMachine> = {
  cloud: 'oracle',
  title: 'Oracle Cloud',
  machines: ORACLE_MACHINES,
  systemMachine: 'VM.Standard.E5.Flex',
  lustre: { unit: 'GB', tiers: [125, 250, 500, 1000].map(lustreTier) },
  limits: {
    // Holds with pods on an overlay; with pods in the VCN the addresses of the VCN bind far earlier.
    nodesPerShard: {
      value: 5000,
      source: 'https://blogs.oracle.com/cloud-infrastructure/post/oke-now-scales-to-5000-worker-nodes',
      checked: '2026-11',
      unverified: 'the address of the announcement; larger clusters need a service limit increase',
    },
    poolsPerShard: {
      value: 300,
      source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contenglargenodelimitconsiderations.htm',
      checked: '2026-11',
      unverified: 'a service limit of the tenancy without a published number; 277 racks fill a cluster of 5,000 nodes',
    },
    blocksPerNetwork: {
      value: 5,
      source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/Overview_of_VCNs_and_Subnets.htm',
      checked: '2026-11',
      unverified: 'the default of a service limit',
    },
  },
  subnets: [
    // OKE's own quickstart gives the API endpoint a /29; it cannot be resized without replacing the cluster.
    {
      role: 'control-plane',
      per: 'shard',
      prefix: 28,
      neededBy: ['cluster'],
      longestPrefix: 29,
      space: 'routable',
      ...OKE_MODULE,
    },
    // Some 20 load balancers of services, with up to three addresses each; they must not lie among nodes.
    {
      role: 'load-balancers',
      per: 'shard',
      prefix: 26,
      neededBy: [],
      space: 'routable',
      ...OKE_MODULE,
    },
    // 8,189 addresses: the 5,000 nodes of a cluster, and load balancers of clusters of earlier releases.
    {
      role: 'nodes',
      per: 'shard',
      neededBy: ['cluster', 'pool'],
      prefix: 19,
      space: 'routable',
      holds: { kept: ORACLE_SUBNET_RESERVED.addresses + ROOM, perNode: () => 1 },
      ...OKE_MODULE,
    },
    // A file system cannot leave its subnet, and grows in it.
    {
      role: 'storage',
      per: 'file-system',
      neededBy: ['file-system'],
      prefix: 26,
      space: 'routable',
      holds: {
        kept: ORACLE_SUBNET_RESERVED.addresses,
        perFileSystem: ({ size }) => oracleLustreAddresses(size),
        growth: 4,
      },
      source: ORACLE_LUSTRE_ADDRESSES.source,
      checked: ORACLE_LUSTRE_ADDRESSES.checked,
      unverified: 'how far file systems grow is ours; the quickstart gives a /23 for any size',
    },
  ],
  kubernetes: {
    offered: Object.keys(ORACLE_KUBERNETES_RELEASES.releases),
    preferred: '1.36',
    newer: 'release',
    ...OKE_QUICKSTART,
    // OKE names the policy of Kubernetes itself.
    skew: {
      behind: 3,
      source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengaboutupgradingclusters.htm',
      checked: '2026-11',
    },
  },
  maintenance: {
    offered: false,
    reason: 'OKE has no maintenance windows: it upgrades neither control planes nor nodes by itself',
    instead: 'upgrade by "kubernetes" at a time of your own',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengaboutk8sversions.htm',
    checked: '2026-11',
  },
  regions: oracleRegions,
};
