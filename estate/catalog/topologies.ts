import type { CapacityKind, Cloud, MachineBase, Sourced } from './types';

/** What is known of a machine where its topology is chosen: the row of any cloud. */
type Machine = MachineBase & { readonly quotaFamily?: string };

/** A label of nodes by which they can be kept together, as one level of a topology. */
export interface LevelRow extends Sourced {
  /** Label of nodes. */
  readonly key: string;
  /** What it is called in reports. */
  readonly title: string;
}

const checked = '2026-11';
const AWS_LABELS = 'https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/prerequisites.md';
const GOOGLE_LABELS = 'https://docs.cloud.google.com/ai-hypercomputer/docs/workloads/schedule-gke-workloads-tas';
const AWS_DOUBT = 'no label was seen on a live node; where the API throttles the controller, a node goes without them';
const GOOGLE_DOUBT = 'no label was seen on a live node';
const OWN = 'estate/spec/node-labels.ts';

/** Levels by a short name. */
export const LEVELS = {
  awsLayer1: {
    key: 'topology.k8s.aws/network-node-layer-1',
    title: 'layer 1',
    source: AWS_LABELS,
    checked,
    unverified: AWS_DOUBT,
  },
  awsLayer2: {
    key: 'topology.k8s.aws/network-node-layer-2',
    title: 'layer 2',
    source: AWS_LABELS,
    checked,
    unverified: AWS_DOUBT,
  },
  awsLayer3: {
    key: 'topology.k8s.aws/network-node-layer-3',
    title: 'layer 3',
    source: AWS_LABELS,
    checked,
    unverified: AWS_DOUBT,
  },
  googleBlock: {
    key: 'cloud.google.com/gce-topology-block',
    title: 'block',
    source: GOOGLE_LABELS,
    checked,
    unverified: GOOGLE_DOUBT,
  },
  googleSubBlock: {
    key: 'cloud.google.com/gce-topology-subblock',
    title: 'sub-block',
    source: GOOGLE_LABELS,
    checked,
    unverified: GOOGLE_DOUBT,
  },
  rack: { key: 'estate/group', title: 'rack', source: OWN, checked },
  slice: { key: 'estate/group', title: 'slice', source: OWN, checked },
  scaleSet: { key: 'estate/group', title: 'InfiniBand domain', source: OWN, checked },
  node: {
    key: 'kubernetes.io/hostname',
    title: 'node',
    source: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetesiohostname',
    checked,
  },
} satisfies Readonly<Record<string, LevelRow>>;

/** Short name of a level. */
export type LevelName = keyof typeof LEVELS;

/** How nodes of some machines hang together: the first row that fits a pool is its topology. */
export interface TopologyRow extends Sourced {
  /** @default any cloud */
  readonly cloud?: Cloud;
  /** How its nodes are obtained. @default in any way */
  readonly capacity?: readonly CapacityKind[];
  /** Which nodes they are, as documents say it. */
  readonly nodes: string;
  readonly fits: (machine: Machine) => boolean;
  /**
   * Widest first; the last one is the node. All nodes of such a pool have all of these labels from their start, and the
   * nodes of one value have one value of each wider level: a node without one of them gets no job at all, and a rack
   * whose nodes differed in a wider level would count as two.
   */
  readonly levels: readonly LevelName[];
}

const isRack = ({ scaleUpNodes }: Machine) => scaleUpNodes > 1;
const isSlice = ({ topologies }: Machine) => topologies !== undefined;
const hasFabric = ({ scaleOutGbps }: Machine) => scaleOutGbps > 0;
/** Families whose place in the network EC2 tells. */
const isTold: readonly (string | undefined)[] = ['P4', 'P5', 'P6', 'Trn'];

/** Topologies by what is known of a machine and of how it is obtained; the last row fits everything. */
export const TOPOLOGIES: readonly TopologyRow[] = [
  {
    nodes: 'slices',
    fits: isSlice,
    levels: ['slice', 'node'],
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/tpus',
    checked,
  },
  {
    cloud: 'google',
    capacity: ['reservation'],
    nodes: 'racks held by a reservation',
    fits: isRack,
    levels: ['googleBlock', 'rack', 'node'],
    source: GOOGLE_LABELS,
    checked,
    unverified: 'that a sub-block of these machines is one rack, so that a rack lies in one block',
  },
  { nodes: 'racks, and other domains of several nodes', fits: isRack, levels: ['rack', 'node'], source: OWN, checked },
  {
    cloud: 'aws',
    nodes: 'families whose place in the network EC2 tells',
    fits: (machine) => hasFabric(machine) && isTold.includes(machine.quotaFamily),
    levels: ['awsLayer1', 'awsLayer2', 'awsLayer3', 'node'],
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-topology-prerequisites.html',
    checked,
    unverified: 'that EC2 tells the place of all machines of these families, in three layers',
  },
  {
    cloud: 'azure',
    nodes: 'InfiniBand',
    fits: hasFabric,
    levels: ['scaleSet', 'node'],
    source: 'https://learn.microsoft.com/azure/virtual-machines/setup-infiniband',
    checked,
  },
  {
    cloud: 'google',
    capacity: ['reservation'],
    nodes: 'networks between accelerators, held by a reservation',
    fits: hasFabric,
    levels: ['googleBlock', 'googleSubBlock', 'node'],
    source: GOOGLE_LABELS,
    checked,
    unverified: 'that nodes of all reservations with a fabric have them',
  },
  { nodes: 'all others', fits: () => true, levels: ['node'], source: OWN, checked },
];

/** A label that tells where a node is, and that is no level all the same. */
export interface NoLevelRow extends Sourced {
  readonly cloud?: Cloud;
  readonly key: string;
  /** Why, as part of a sentence. */
  readonly reason: string;
}

/** Labels that others use as levels, with why no topology here has them. */
export const NO_LEVELS: readonly NoLevelRow[] = [
  {
    key: 'nvidia.com/gpu.clique',
    reason:
      'it comes when the fabric manager is done and is read again each minute, and until then a node gets no job; one rack may hold several cliques, and machines of 8 GPUs have none',
    source: 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
    checked,
  },
  {
    cloud: 'aws',
    key: 'topology.k8s.aws/network-node-layer-4',
    reason: 'only machines with four layers have it',
    source: AWS_LABELS,
    checked,
  },
  {
    cloud: 'aws',
    key: 'topology.k8s.aws/network-node-layer-1',
    reason: 'nobody says that the machines of one UltraServer share all layers, so that it is no level of racks',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ec2-instance-topology-works.html',
    checked,
    unverified: 'that layers may part an UltraServer',
  },
  {
    cloud: 'aws',
    key: 'topology.k8s.aws/ultraserver-id',
    reason: 'only nodes of HyperPod have it',
    source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-topology.html',
    checked,
    unverified: 'that plain EKS never sets it',
  },
  {
    cloud: 'azure',
    key: 'kubernetes.azure.com/ppg',
    reason: 'it is the name of a placement group, which pools here have none of',
    source: 'https://learn.microsoft.com/azure/aks/reduce-latency-ppg',
    checked,
  },
  {
    cloud: 'google',
    key: 'cloud.google.com/gce-topology-host',
    reason: 'it says what the name of a node says',
    source: GOOGLE_LABELS,
    checked,
  },
  {
    cloud: 'oracle',
    key: 'oci.oraclecloud.com/rdma.local_block_id',
    reason:
      'nodes have it, as network blocks and islands, only where somebody has made a capacity topology of the dedicated capacity, and no stack does',
    source:
      'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/docs/using-rdma-network-locality-when-running-workloads-on-oke.md',
    checked,
  },
  {
    cloud: 'oracle',
    key: 'oci.oraclecloud.com/host.gpu_memory_fabric_id',
    reason: 'a labeler that is no part of OKE sets it, every five minutes',
    source: 'https://github.com/oracle-quickstart/oci-hpc-oke',
    checked,
  },
];

/** The levels of the nodes of a pool, widest first. */
export function levelsOf(cloud: Cloud, machine: Machine, capacity: CapacityKind): readonly LevelRow[] {
  const row = TOPOLOGIES.find(
    (each) =>
      (each.cloud === undefined || each.cloud === cloud) &&
      (each.capacity === undefined || each.capacity.includes(capacity)) &&
      each.fits(machine),
  );
  return (row?.levels ?? ['node']).map((name) => LEVELS[name]);
}
