import type { Accelerator, Architecture, Cloud, MachineBase, Sourced } from './types';

/** How the bandwidth of an all-reduce is measured. */
export type CollectiveTool = 'torch' | 'torch-neuronx' | 'jax';

/** What an all-reduce goes over: the network between nodes, or the scale-up domain of a rack. */
export type CollectivePath = 'fabric' | 'domain';

/** An image that measures all-reduces of accelerators of a maker. */
export interface CollectiveImage extends Sourced {
  readonly vendor: Accelerator['vendor'];
  /** Clouds that it is used on, since it brings what reaches their fabric. */
  readonly clouds: readonly Cloud[];
  readonly architectures: readonly Architecture[];
  /** Accelerators that it is for. @default all of the maker */
  readonly accelerators?: readonly string[];
  readonly image: string;
  readonly tool: CollectiveTool;
}

/** What an all-reduce of large messages has to reach. */
export interface BandwidthFloor extends Sourced {
  readonly accelerator: string;
  readonly path: CollectivePath;
  readonly clouds: readonly Cloud[];
  /** Bandwidth of the fabric of one node that it was measured with, Gbit/s. @default any */
  readonly scaleOutGbps?: number;
  /** Bus bandwidth as nccl-tests count it, GB/s. */
  readonly busGBps: number;
}

/** What file systems have to reach. */
export interface FileFloors extends Sourced {
  /** Part of the throughput of its tier that a file system has to reach. */
  readonly share: number;
  /** Throughput that one node has to reach where the file system has more, MB/s. */
  readonly nodeMBps: number;
}

/** Whether nodes of a rack carry the label of their NVLink clique. */
export interface CliqueLabel extends Sourced {
  /** `required`: a rack without it is not accepted; `if-present`: it is compared where nodes have it. */
  readonly label: 'required' | 'if-present';
}

const CHECKED = { checked: '2026-11' } as const;
const EVERYWHERE: readonly Cloud[] = ['aws', 'azure', 'google', 'oracle'];
const BOTH: readonly Architecture[] = ['x86_64', 'arm64'];
const DIGEST = 'the digest, which no source names: kustomize sets one where images are copied';
const AICR = 'https://github.com/NVIDIA/aicr/tree/main/recipes/overlays';
const OKE = 'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/docs';
const RATE = 'no bandwidth is published: it is a judgement from that of the network cards of a node';

/** Label of nodes of one NVLink domain, as GPU feature discovery sets it. */
export const CLIQUE_LABEL: Sourced & { readonly key: string } = {
  key: 'nvidia.com/gpu.clique',
  source: 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
  ...CHECKED,
};

/** Small image with Python, which reads nodes and writes files. */
export const PYTHON_IMAGE: Sourced & { readonly image: string } = {
  image: 'public.ecr.aws/docker/library/python:3.13-slim-bookworm',
  source: 'https://gallery.ecr.aws/docker/library/python',
  ...CHECKED,
  unverified: DIGEST,
};

/** Images of all-reduces, the first that fits. */
export const COLLECTIVE_IMAGES: readonly CollectiveImage[] = [
  {
    vendor: 'nvidia',
    clouds: ['aws'],
    architectures: ['x86_64'],
    image: 'public.ecr.aws/deep-learning-containers/pytorch-training:2.9.0-gpu-py312-cu130-ubuntu22.04-ec2',
    tool: 'torch',
    source: 'https://aws.github.io/deep-learning-containers/reference/available_images/',
    ...CHECKED,
    unverified: DIGEST,
  },
  {
    vendor: 'nvidia',
    clouds: ['aws'],
    architectures: ['arm64'],
    image: 'public.ecr.aws/deep-learning-containers/pytorch-training-arm64:2.7.0-gpu-py312-cu128-ubuntu22.04-ec2',
    tool: 'torch',
    source: 'https://aws.github.io/deep-learning-containers/reference/available_images/',
    ...CHECKED,
    unverified: 'the digest, and that its libraries know GB300',
  },
  {
    vendor: 'nvidia',
    clouds: ['azure', 'google', 'oracle'],
    architectures: BOTH,
    image: 'nvcr.io/nvidia/pytorch:26.01-py3',
    tool: 'torch',
    source: 'https://docs.nvidia.com/cluster-readiness-engine/how-to-guides/run-nccl-benchmarks',
    ...CHECKED,
    unverified: DIGEST,
  },
  {
    vendor: 'amd',
    clouds: EVERYWHERE,
    architectures: ['x86_64'],
    image: 'docker.io/rocm/pytorch:rocm7.2.4_ubuntu24.04_py3.12_pytorch_release_2.10.0',
    tool: 'torch',
    source: 'https://hub.docker.com/r/rocm/pytorch/tags',
    ...CHECKED,
    unverified: 'the digest, and that it brings the user libraries of the network cards of every shape',
  },
  {
    vendor: 'aws',
    clouds: ['aws'],
    architectures: ['x86_64'],
    image: 'public.ecr.aws/neuron/pytorch-training-neuronx:2.9.0-neuronx-py312-sdk2.27.1-ubuntu24.04',
    tool: 'torch-neuronx',
    source: 'https://github.com/aws-neuron/deep-learning-containers',
    ...CHECKED,
    unverified: DIGEST,
  },
  {
    vendor: 'google',
    clouds: ['google'],
    architectures: ['x86_64'],
    image: 'us-docker.pkg.dev/cloud-tpu-images/jax-ai-image/tpu:jax0.8.1-rev1',
    tool: 'jax',
    source: 'https://docs.cloud.google.com/ai-hypercomputer/docs/images',
    ...CHECKED,
    unverified: 'the digest, and that its libtpu knows TPU7x',
  },
];

/** Bytes of the messages of an all-reduce: large ones, where bandwidth no longer grows, and that fit beside a copy. */
export const MESSAGE_BYTES: Readonly<Record<CollectiveTool, number>> & Sourced = {
  torch: 8 * 1024 ** 3,
  'torch-neuronx': 1024 ** 3,
  jax: 1024 ** 3,
  source: 'https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md',
  ...CHECKED,
};

/** Cores of one device that run a process each, as the runtime counts them. */
export const NEURON_CORES: Readonly<Record<string, Sourced & { readonly cores: number }>> = {
  trainium1: {
    cores: 2,
    source: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-hardware/trn1-arch.html',
    ...CHECKED,
  },
  trainium2: {
    cores: 4,
    source:
      'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-features/logical-neuroncore-config.html',
    ...CHECKED,
  },
  trainium3: {
    cores: 4,
    source:
      'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-features/logical-neuroncore-config.html',
    ...CHECKED,
    unverified: 'that it joins two physical cores to one by default, as Trainium2 does',
  },
};

/** What GKE calls the chips of TPU slices in labels of nodes, by accelerator. */
export const TPU_LABELS: Readonly<Record<string, Sourced & { readonly value: string }>> = {
  'tpu-v5p': {
    value: 'tpu-v5p-slice',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
    ...CHECKED,
  },
  'tpu-v6e': {
    value: 'tpu-v6e-slice',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
    ...CHECKED,
  },
  'tpu-v7x': {
    value: 'tpu7x',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
    ...CHECKED,
  },
};

/** Labels by which GKE knows a slice; pods name both, and get the addresses of their slice in return. */
export const TPU_LABEL_KEYS = {
  accelerator: 'cloud.google.com/gke-tpu-accelerator',
  topology: 'cloud.google.com/gke-tpu-topology',
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus',
  ...CHECKED,
} as const;

/** Part of what the network cards of a node carry that an all-reduce has to reach where nobody says more. */
export const LINE_RATE_SHARE: Sourced & { readonly value: number } = {
  value: 0.75,
  source: 'https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md',
  ...CHECKED,
  unverified: RATE,
};

/** Bandwidths that all-reduces of two nodes, or of the nodes of a rack, have to reach. */
export const BANDWIDTH_FLOORS: readonly BandwidthFloor[] = [
  {
    accelerator: 'h100',
    path: 'fabric',
    clouds: ['aws'],
    scaleOutGbps: 3200,
    busGBps: 300,
    source: `${AICR}/h100-eks-ubuntu-training.yaml`,
    ...CHECKED,
  },
  {
    accelerator: 'h100',
    path: 'fabric',
    clouds: ['google'],
    scaleOutGbps: 1600,
    busGBps: 250,
    source: `${AICR}/h100-gke-cos-training.yaml`,
    ...CHECKED,
  },
  {
    accelerator: 'h100',
    path: 'fabric',
    clouds: ['azure'],
    scaleOutGbps: 3200,
    busGBps: 300,
    source: `${AICR}/h100-eks-ubuntu-training.yaml`,
    ...CHECKED,
    unverified: 'read for machines of AWS of the same bandwidth: for Azure the source asks for 100 to 150 only',
  },
  {
    accelerator: 'a100',
    path: 'fabric',
    clouds: ['azure'],
    scaleOutGbps: 1600,
    busGBps: 180,
    source: 'https://github.com/Azure/aks-rdma-infiniband/blob/main/tests/expected-output.md',
    ...CHECKED,
  },
  {
    accelerator: 'a100',
    path: 'fabric',
    clouds: ['oracle'],
    scaleOutGbps: 1600,
    busGBps: 180,
    source: `${OKE}/running-nccl-rccl-tests-from-slurm-operator.md`,
    ...CHECKED,
    unverified: 'it measured 189 with the A100 of 40 GB; the rest is left for what differs between runs',
  },
  {
    accelerator: 'mi300x',
    path: 'fabric',
    clouds: ['oracle', 'azure'],
    scaleOutGbps: 3200,
    busGBps: 340,
    source: `${OKE}/running-nccl-rccl-tests-from-slurm-operator.md`,
    ...CHECKED,
    unverified: 'it measured 357 on Oracle Cloud; Azure is taken to be like it',
  },
  {
    accelerator: 'gb200',
    path: 'fabric',
    clouds: ['aws'],
    scaleOutGbps: 1600,
    busGBps: 40,
    source: 'https://github.com/NVIDIA/aicr/blob/main/docs/user/validation.md',
    ...CHECKED,
    unverified: 'the source sets it as a floor of its sample; the network cards of a node carry five times as much',
  },
  {
    accelerator: 'gb200',
    path: 'domain',
    clouds: EVERYWHERE,
    busGBps: 500,
    source: 'https://github.com/NVIDIA/aicr/blob/main/docs/user/validation.md',
    ...CHECKED,
    unverified: 'the source sets it for AWS: NVLink of a rack is the same on every cloud',
  },
  {
    accelerator: 'gb300',
    path: 'domain',
    clouds: EVERYWHERE,
    busGBps: 500,
    source: 'https://github.com/NVIDIA/aicr/blob/main/docs/user/validation.md',
    ...CHECKED,
    unverified: 'the source sets it for GB200, which has the same NVLink',
  },
];

/** What file systems have to reach, on each cloud. */
export const FILE_FLOORS: Readonly<Record<Cloud, FileFloors>> = {
  aws: {
    share: 0.7,
    nodeMBps: 5000,
    source: 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/performance.html',
    ...CHECKED,
    unverified: 'both are judgements; the source says up to 100 Gbit/s of one client without EFA',
  },
  azure: {
    share: 0.7,
    nodeMBps: 3000,
    source: 'https://learn.microsoft.com/azure/azure-managed-lustre/optimize-performance',
    ...CHECKED,
    unverified: 'both are judgements, from 80 to 200 Gbit/s that a node has besides InfiniBand',
  },
  google: {
    share: 0.7,
    nodeMBps: 5000,
    source: 'https://docs.cloud.google.com/managed-lustre/docs/performance',
    ...CHECKED,
    unverified: 'both are judgements, from 200 to 400 Gbit/s that a node has besides its accelerators',
  },
  oracle: {
    share: 0.7,
    nodeMBps: 3000,
    source: 'https://docs.oracle.com/en-us/iaas/Content/lustre/performance.htm',
    ...CHECKED,
    unverified: 'both are judgements, from 100 to 400 Gbit/s that a node has besides RDMA',
  },
};

/** Whether nodes of racks carry {@link CLIQUE_LABEL}, on each cloud. */
export const CLIQUE_LABELS: Readonly<Record<Cloud, CliqueLabel>> = {
  aws: {
    label: 'required',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-nvidia-ultraserver.html',
    ...CHECKED,
    unverified: 'that the GPU operator sets it on every node; it comes late',
  },
  azure: {
    label: 'required',
    source: 'https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/dra-intro-install.html',
    ...CHECKED,
    unverified: 'that the GPU operator sets it on every node; it comes late',
  },
  google: {
    label: 'if-present',
    source: 'https://docs.cloud.google.com/ai-hypercomputer/docs/create/gke-ai-hypercompute-custom-a4x',
    ...CHECKED,
    unverified: 'that GKE sets a label of its own only',
  },
  oracle: {
    label: 'if-present',
    source: `${OKE}/oci-hpc-oke-utils.md`,
    ...CHECKED,
    unverified: 'that the label of the GPU memory fabric stands in its place',
  },
};

/** What a machine has that decides images and floors. */
export type MeasuredMachine = Pick<
  MachineBase,
  'cloud' | 'accelerator' | 'vendor' | 'architecture' | 'scaleOutGbps' | 'scaleUpNodes'
>;

/** The image that measures all-reduces of a machine. @returns undefined where no row has one, as of an estate's own accelerators */
export function collectiveImage(machine: MeasuredMachine): CollectiveImage | undefined {
  return COLLECTIVE_IMAGES.find(
    ({ vendor, clouds, architectures, accelerators }) =>
      vendor === machine.vendor &&
      clouds.includes(machine.cloud) &&
      architectures.includes(machine.architecture) &&
      (accelerators === undefined || accelerators.includes(machine.accelerator ?? '')),
  );
}

/**
 * What all-reduces of a machine have to reach on a path: a row, or else a part of what the network cards of a node carry.
 *
 * @returns undefined where nobody says anything: the bandwidth is measured and told, and nothing is refused
 */
export function bandwidthFloor(
  machine: MeasuredMachine,
  path: CollectivePath,
): (Sourced & { readonly busGBps: number }) | undefined {
  const { accelerator, cloud, scaleOutGbps, vendor } = machine;
  const row = BANDWIDTH_FLOORS.find(
    (floor) =>
      floor.accelerator === accelerator &&
      floor.path === path &&
      floor.clouds.includes(cloud) &&
      (floor.scaleOutGbps ?? scaleOutGbps) === scaleOutGbps,
  );
  if (row !== undefined) return row;
  const { value, ...fact } = LINE_RATE_SHARE;
  const isCounted = path === 'fabric' && scaleOutGbps > 0 && (vendor === 'nvidia' || vendor === 'amd');
  return isCounted ? { ...fact, busGBps: Math.floor((scaleOutGbps / 8) * value) } : undefined;
}
