import type { Cloud } from '../../../catalog';
import { INFINIBAND_RESOURCE, traitsOf } from '../../../catalog/software';
import type { Values } from '../types';
import { ON_EVERY_NODE, ON_SYSTEM_NODES, onPools, type ValuesContext, type ValuesMaker } from './parts';

/**
 * Classes of PCI devices by which operators find their nodes: InfiniBand, displays, 3D controllers, accelerators. Not
 * Ethernet: adapters of the same maker are in every node of some clouds.
 */
const PCI_CLASSES = ['0207', '0300', '0302', '12'];

/** Of Node Feature Discovery: one for all operators, each of which would bring another. */
export const nfdValues: ValuesMaker = ({ installed }) => ({
  priorityClassName: 'system-node-critical',
  master: { tolerations: [...ON_SYSTEM_NODES], config: { extraLabelNs: ['nvidia.com', 'amd.com'] } },
  gc: { tolerations: [...ON_SYSTEM_NODES] },
  worker: {
    tolerations: [...ON_EVERY_NODE],
    config: {
      sources: {
        pci: { deviceClassWhitelist: PCI_CLASSES, deviceLabelFields: ['vendor'] },
        ...(installed.has('network-operator') && { custom: [INFINIBAND_NODES] }),
      },
    },
  },
});

/** Nodes that the network operator finds by the label of the maker, whatever class their adapters say that they are. */
const INFINIBAND_NODES: Values = {
  name: 'infiniband adapters',
  labels: { [`feature.node.kubernetes.io/pci-${INFINIBAND_RESOURCE.vendor}.present`]: 'true' },
  matchFeatures: [
    {
      feature: 'pci.device',
      matchExpressions: {
        vendor: { op: 'In', value: [INFINIBAND_RESOURCE.vendor] },
        device: { op: 'In', value: [...INFINIBAND_RESOURCE.devices] },
      },
    },
  ],
};

/** Of the GPU operator: driver and toolkit where images lack them, and nothing that the cloud gives. */
export const gpuOperatorValues: ValuesMaker = ({ component, installed }) => {
  const installsDriver = component.gives.has('driver');
  return {
    nfd: { enabled: false, nodefeaturerules: false },
    operator: { tolerations: [...ON_SYSTEM_NODES] },
    daemonsets: {
      tolerations: [...ON_EVERY_NODE],
      updateStrategy: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '10%' },
    },
    driver: installsDriver ? driverValues(installed.has('network-operator')) : { enabled: false },
    toolkit: { enabled: installsDriver },
    cdi: { enabled: true },
    devicePlugin: {
      enabled: component.gives.has('device-plugin'),
      // Interfaces are given by who owns the fabric: by default the plugin would hand all of them to every pod.
      env: [{ name: 'MOFED_ENABLED', value: 'false' }],
    },
    dcgmExporter: { enabled: component.gives.has('exporter'), serviceMonitor: { enabled: false } },
    migManager: { enabled: false },
    vgpuDeviceManager: { enabled: false },
    vfioManager: { enabled: false },
    sandboxDevicePlugin: { enabled: false },
    ccManager: { enabled: false },
  };
};

/** Of the driver. It is reloaded when somebody drains the node for it, never under a job. */
function driverValues(hasInfiniBand: boolean): Values {
  return { enabled: true, rdma: { enabled: hasInfiniBand }, upgradePolicy: { autoUpgrade: false } };
}

/** Where the driver lies on nodes whose cloud brings it. */
const CLOUD_DRIVER_ROOTS: Readonly<Record<Cloud, string>> = {
  aws: '/',
  azure: '/',
  google: '/home/kubernetes/bin/nvidia',
  oracle: '/',
};

/** Of the DRA driver: compute domains only, since GPUs are counted by the device plugin. */
export const draDriverValues: ValuesMaker = ({ shard, component }) => ({
  nvidiaDriverRoot: driverRoot(shard),
  resources: { gpus: { enabled: false }, computeDomains: { enabled: true } },
  controller: {
    tolerations: [...ON_SYSTEM_NODES],
    // One that is not there to form domains holds up every job of a rack.
    replicas: 2,
    leaderElection: { enabled: true },
  },
  kubeletPlugin: { tolerations: [...ON_EVERY_NODE], affinity: onPools(component.pools) },
});

function driverRoot({ cloud, pools }: ValuesContext['shard']): string {
  const isOperators = pools.some(({ machine }) => traitsOf(machine).driver === 'operator');
  return isOperators ? '/run/nvidia/driver' : CLOUD_DRIVER_ROOTS[cloud];
}

/** Of the DCGM exporter. Nothing here brings the kinds of the Prometheus operator: pods say by annotation what they export. */
export const dcgmExporterValues: ValuesMaker = ({ component }) => ({
  serviceMonitor: { enabled: false },
  podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9400' },
  tolerations: [...ON_EVERY_NODE],
  affinity: onPools(component.pools),
});
