import type { AwsMachine } from './aws-machines';
import type { AzureMachine } from './azure-machines';
import type { GoogleMachine } from './google-machines';
import { CATALOG, type MachineOf } from './index';
import type { OracleMachine } from './oracle-machines';
import type { Cloud, Sourced } from './types';

/** A folder of the node that a pod sees. */
export interface HostFolder {
  readonly name: string;
  readonly path: string;
  /** Where pods see it. */
  readonly mountPath: string;
}

/** What pods need so that collectives go over the fabric of their nodes. */
export interface PodFabric extends Sourced {
  readonly env: Readonly<Record<string, string>>;
  /** Whole devices of a node that one pod takes, by resource. */
  readonly resources: Readonly<Record<string, number>>;
  readonly folders: readonly HostFolder[];
  /** Interfaces that the pod claims, by a template that the bundle has. @default none */
  readonly claims?: number;
  /** Whether pods share the network and devices of the node. @default false */
  readonly isHost?: boolean;
  /** Shell commands before the measurement. @default none */
  readonly setUp?: string;
}

const CHECKED = { checked: '2026-11' } as const;
const NONE = { env: {}, resources: {}, folders: [] } as const;
const OKE_PARAMETERS =
  'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/docs/recommended-nccl-rccl-parameters-by-shape.md';

/** Adapters of shapes that carry RDMA, which differ from the order of their names. */
interface ShapeParameters extends Sourced {
  readonly env: Readonly<Record<string, string>>;
}

const PARAMETERS = { source: OKE_PARAMETERS, ...CHECKED } as const;
const RAILS = {
  NCCL_IB_GID_INDEX: '3',
  NCCL_IB_SL: '0',
  NCCL_IB_TC: '41',
  NCCL_IB_TIMEOUT: '22',
  NCCL_IB_SPLIT_DATA_ON_QPS: '0',
  NCCL_SOCKET_IFNAME: 'eth0',
} as const;
const EIGHT_GPUS = { ...RAILS, NCCL_CUMEM_ENABLE: '0', NCCL_IGNORE_CPU_AFFINITY: '1' } as const;
const RACKS = { NCCL_CUMEM_ENABLE: '1', NCCL_NVLS_ENABLE: '1', NCCL_SOCKET_IFNAME: 'eth0' } as const;
const adapters = (numbers: string) =>
  `=${numbers
    .split(' ')
    .map((number) => `mlx5_${number}`)
    .join(',')}`;

const MI355X = {
  ...RAILS,
  NCCL_IGNORE_CPU_AFFINITY: '1',
  NCCL_MIN_NCHANNELS: '32',
  NCCL_IB_QPS_PER_CONNECTION: '1',
  NCCL_IB_HCA: adapters('0 1 2 3 4 5 6 7'),
} as const;

/** What Oracle recommends for collectives, by shape. */
export const ORACLE_SHAPES: Readonly<Record<string, ShapeParameters>> = {
  'BM.GPU.A100-v2.8': {
    env: {
      ...RAILS,
      NCCL_IB_QPS_PER_CONNECTION: '4',
      NCCL_IB_HCA: adapters('1 2 3 4 5 6 7 8 14 15 16 17 9 10 11 12'),
    },
    ...PARAMETERS,
  },
  'BM.GPU.RTXPRO.8': {
    env: {
      ...EIGHT_GPUS,
      NCCL_MIN_NCHANNELS: '8',
      NCCL_ALGO: 'Tree',
      NCCL_NET_PLUGIN: 'none',
      NCCL_IB_HCA: adapters('0 1 2 3 6 7 8 9'),
    },
    ...PARAMETERS,
  },
  'BM.GPU.H100.8': {
    env: { ...EIGHT_GPUS, NCCL_IB_HCA: adapters('0 1 3 4 5 6 7 8 9 10 12 13 14 15 16 17') },
    ...PARAMETERS,
  },
  'BM.GPU.H200.8': { env: { ...EIGHT_GPUS, NCCL_IB_HCA: adapters('0 3 4 5 6 9 10 11') }, ...PARAMETERS },
  'BM.GPU.B200.8': { env: { ...EIGHT_GPUS, NCCL_IB_HCA: adapters('0 3 4 5 6 9 10 11') }, ...PARAMETERS },
  'BM.GPU.B300.8': {
    env: { ...EIGHT_GPUS, NCCL_IB_HCA: adapters('0 1 7 8 9 10 11 12 13 14 16 17 18 19 20 21') },
    ...PARAMETERS,
  },
  'BM.GPU.GB200.4': { env: { ...RACKS, NCCL_IB_HCA: 'mlx5_0,mlx5_1,mlx5_3,mlx5_4' }, ...PARAMETERS },
  'BM.GPU.GB200-v2.4': { env: { ...RACKS, NCCL_IB_HCA: 'mlx5_0,mlx5_1,mlx5_3,mlx5_4' }, ...PARAMETERS },
  'BM.GPU.GB200-v3.4': {
    env: {
      ...RAILS,
      ...RACKS,
      NCCL_NET_GDR_C2C: '1',
      NCCL_NET_PLUGIN: 'none',
      NCCL_IB_HCA: adapters('0 1 2 3 5 6 7 8'),
    },
    ...PARAMETERS,
  },
  'BM.GPU.GB300.4': {
    env: {
      ...RAILS,
      ...RACKS,
      NCCL_NET_GDR_C2C: '1',
      NCCL_NET_PLUGIN: 'none',
      NCCL_IB_HCA: adapters('0 1 2 3 5 6 7 8'),
      NCCL_BUFFSIZE: '16777216',
      NCCL_IB_QPS_PER_CONNECTION: '4',
      NCCL_DMABUF_ENABLE: '1',
    },
    ...PARAMETERS,
  },
  'BM.GPU.MI300X.8': {
    env: {
      ...RAILS,
      NCCL_CUMEM_ENABLE: '0',
      NCCL_NET_PLUGIN: 'none',
      NCCL_PXN_DISABLE: '0',
      NCCL_IB_QPS_PER_CONNECTION: '1',
      NCCL_IB_HCA: adapters('0 2 3 4 5 7 8 9'),
    },
    ...PARAMETERS,
  },
  'BM.GPU.MI355X.8': {
    env: {
      NCCL_BUFFSIZE: '16777216',
      NCCL_DMABUF_ENABLE: '0',
      NCCL_GDR_FLUSH_DISABLE: '1',
      NCCL_IB_FIFO_TC: '185',
      NCCL_IB_GID_INDEX: '1',
      NCCL_IB_HCA: '=ionic_0,ionic_2,ionic_3,ionic_4,ionic_5,ionic_7,ionic_8,ionic_9',
      NCCL_IB_QPS_PER_CONNECTION: '2',
      NCCL_IB_TC: '41',
      NCCL_IB_USE_INLINE: '1',
      NCCL_IGNORE_CPU_AFFINITY: '1',
      NCCL_MAX_P2P_NCHANNELS: '32',
      NCCL_NET_OPTIONAL_RECV_COMPLETION: '1',
      NCCL_NET_PLUGIN: 'librccl-anp.so',
      NCCL_PXN_DISABLE: '0',
      NCCL_SOCKET_IFNAME: 'ens9np0',
      RCCL_GDR_FLUSH_GPU_MEM_NO_RELAXED_ORDERING: '0',
      RCCL_IB_ABORT_ON_ERROR: '1',
      RCCL_LL128_FORCE_ENABLE: '1',
    },
    ...PARAMETERS,
  },
  'BM.GPU.MI355X-v0.8': { env: MI355X, ...PARAMETERS, unverified: 'that it has the cards of its successor' },
  'BM.GPU.MI355X-v1.8': { env: MI355X, ...PARAMETERS },
};

/** EFA of AWS: one device for each interface that carries it. */
export function efaOf({ efa }: Pick<AwsMachine, 'efa'>): PodFabric {
  const fact = {
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html',
    ...CHECKED,
  };
  if (efa === undefined) return { ...NONE, ...fact };
  const { first, last, step } = efa.efaOnlyCards;
  const interfaces = Math.floor((last - first) / step) + 1 + (efa.primary === 'efa' ? 1 : 0);
  return {
    ...fact,
    env: { FI_PROVIDER: 'efa', FI_EFA_USE_DEVICE_RDMA: '1', FI_EFA_FORK_SAFE: '1', NCCL_SOCKET_IFNAME: '^lo,docker' },
    resources: { 'vpc.amazonaws.com/efa': interfaces },
    folders: [],
  };
}

/** InfiniBand of Azure: its adapters as the RDMA device plugin offers them. */
export function infinibandOf({ infinibandAdapters }: Pick<AzureMachine, 'infinibandAdapters'>): PodFabric {
  const fact = {
    source: 'https://github.com/Azure/aks-rdma-infiniband/blob/main/tests/scenarios/k8s/values.yaml',
    ...CHECKED,
  };
  if (infinibandAdapters === 0) return { ...NONE, ...fact };
  return {
    ...fact,
    env: { NCCL_IB_DISABLE: '0', NCCL_NET_GDR_LEVEL: 'SYS', NCCL_SOCKET_IFNAME: 'eth0' },
    resources: { 'rdma/ib': infinibandAdapters },
    folders: [],
  };
}

const NVIDIA_FOLDER = { name: 'nvidia', path: '/home/kubernetes/bin/nvidia', mountPath: '/usr/local/nvidia' } as const;
const GIB_FOLDER = { name: 'gib', path: '/home/kubernetes/bin/gib', mountPath: '/usr/local/gib' } as const;
const GIB = {
  folders: [NVIDIA_FOLDER, GIB_FOLDER],
  setUp:
    'export LD_LIBRARY_PATH=/usr/local/gib/lib64:/usr/local/nvidia/lib64:$LD_LIBRARY_PATH NCCL_NET=gIB; ' +
    '. /usr/local/gib/scripts/set_nccl_env.sh',
  env: {},
} as const;

/** Networks of Google Cloud: gIB over RDMA, or claims of its interfaces; plain networks where a machine has no RDMA. */
export function googleFabricOf({ fabric }: Pick<GoogleMachine, 'fabric'>): PodFabric {
  const fact = {
    source: 'https://github.com/GoogleCloudPlatform/container-engine-accelerators/tree/master/gpudirect-rdma',
    ...CHECKED,
  };
  if (fabric === undefined) return { ...NONE, ...fact };
  const { rdmaInterfaces, podInterfaces } = fabric;
  if (podInterfaces === 'claims')
    return {
      ...GIB,
      resources: {},
      claims: rdmaInterfaces,
      source: 'https://github.com/GoogleCloudPlatform/container-engine-accelerators/tree/master/gpudirect-rdma',
      ...CHECKED,
      unverified: 'that the plugin for it lies where that of other machines does',
    };
  if (rdmaInterfaces > 0) return { ...GIB, resources: {}, ...fact };
  return {
    folders: [NVIDIA_FOLDER],
    resources: {},
    env: { NCCL_SOCKET_IFNAME: 'eth0' },
    setUp:
      'export LD_LIBRARY_PATH=/usr/local/nvidia/lib64:$LD_LIBRARY_PATH NCCL_LIB_DIR=/usr/local/nvidia/lib64; ' +
      'if [ -f $NCCL_LIB_DIR/nccl-env-profile.sh ]; then . $NCCL_LIB_DIR/nccl-env-profile.sh; fi',
    source: 'https://github.com/GoogleCloudPlatform/container-engine-accelerators/tree/master/gpudirect-tcpxo',
    ...CHECKED,
    unverified: 'that it needs nothing besides: the daemon that receives for GPUDirect-TCPXO is not started',
  };
}

/** RoCE of Oracle Cloud: pods use the adapters of the node. */
export function roceOf({ type, rdma }: Pick<OracleMachine, 'type' | 'rdma'>): PodFabric {
  const fact = { source: OKE_PARAMETERS, ...CHECKED };
  if (rdma.ports === 0) return { ...NONE, ...fact };
  return {
    ...fact,
    env: ORACLE_SHAPES[type]?.env ?? RAILS,
    resources: {},
    folders: [{ name: 'infiniband', path: '/dev/infiniband', mountPath: '/dev/infiniband' }],
    isHost: true,
  };
}

/** What pods need on a machine of each cloud. */
const FABRICS: { readonly [C in keyof MachineOf]: (machine: MachineOf[C]) => PodFabric } = {
  aws: efaOf,
  azure: infinibandOf,
  google: googleFabricOf,
  oracle: roceOf,
};

/** What pods need so that collectives go over the fabric of a machine. */
export function podFabric<C extends Cloud>(cloud: C, machine: MachineOf[C]): PodFabric {
  return FABRICS[cloud](machine);
}

/** Devices of the fabric that Kubernetes counts on a node, by resource; none of a type that the catalog does not have. */
export function fabricDevices<C extends Cloud>(cloud: C, type: string): Readonly<Record<string, number>> {
  const machines: Readonly<Record<string, MachineOf[C]>> = CATALOG[cloud].machines;
  const machine = machines[type];
  return machine === undefined ? {} : podFabric(cloud, machine).resources;
}
