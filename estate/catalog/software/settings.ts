import type { Sourced } from '../types';

/** Images that the network operator starts beside its own, where a NicClusterPolicy names them. */
export const NIC_POLICY_IMAGES: {
  readonly repository: string;
  /** Drivers of the adapters, by the release of the operator. */
  readonly driver: { readonly image: string; readonly version: string };
  readonly sriovPlugin: { readonly image: string; readonly version: string };
} & Sourced = {
  repository: 'nvcr.io/nvidia/mellanox',
  driver: { image: 'doca-driver', version: 'doca3.4.1-26.04-1.1.0.0-1' },
  sriovPlugin: { image: 'sriov-network-device-plugin', version: 'network-operator-v26.4.1' },
  source: 'Mellanox/network-operator v26.4.1 hack/release.yaml',
  checked: '2026-11',
  unverified: 'that Azure has run this driver: its reference has doca3.3.0-26.01-1.0.0.0-0',
};

/** How pods count InfiniBand on Azure, by vendor and kind of link. */
export const INFINIBAND_RESOURCE: {
  readonly prefix: string;
  readonly name: string;
  readonly vendor: string;
  readonly linkType: string;
  /** Device ids of virtual functions on InfiniBand; interfaces of accelerated networking have others. */
  readonly devices: readonly string[];
} & Sourced = {
  prefix: 'rdma',
  name: 'ib',
  vendor: '15b3',
  linkType: 'infiniband',
  devices: ['101c', '101e'],
  source: 'Azure/ai-infrastructure-on-azure infrastructure_references/aks/configs/network-operator',
  checked: '2026-11',
};

/** The driver that AMD's operator builds, and the exporter beside it; other images are those of the operator. */
export const AMD_DEVICE_CONFIG: {
  readonly driverVersion: string;
  readonly metricsExporter: string;
} & Sourced = {
  driverVersion: '30.20.1',
  metricsExporter: 'docker.io/rocm/device-metrics-exporter:v1.5.1',
  source: 'ROCm/gpu-operator v1.5.1 helm-charts-k8s/values.yaml and docs/drivers/installation.md',
  checked: '2026-11',
  unverified:
    'that the driver builds for the kernel of AKS images, and is pushed to a registry with the rights of nodes',
};

/** The class of storage on local drives of Azure. */
export const LOCAL_DISKS: { readonly provisioner: string; readonly storageClass: string } & Sourced = {
  provisioner: 'localdisk.csi.acstor.io',
  storageClass: 'local-disks',
  source: 'Azure/local-csi-driver v0.3.0 docs/user-guide.md',
  checked: '2026-11',
};

/** The class of interfaces that pods claim on bare metal of Google Cloud. */
export const GOOGLE_INTERFACE_CLASS: { readonly name: string } & Sourced = {
  name: 'mrdma.google.com',
  source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples/gke-a4x-max-bm',
  checked: '2026-11',
};
