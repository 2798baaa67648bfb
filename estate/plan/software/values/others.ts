import type { PoolPlan } from '../../types';
import { ON_EVERY_NODE, ON_SYSTEM_NODES, onPools, type ValuesContext, type ValuesMaker } from './parts';

/** Machine types of the pools of a component, sorted. */
function machineTypes({ shard, component }: ValuesContext): string[] {
  const types = shard.pools.flatMap(({ key, machine }: PoolPlan) =>
    component.pools.includes(key) ? [machine.type] : [],
  );
  return [...new Set(types)].sort();
}

/** The list of instances that charts of EFA want: those of the estate, so that a new machine needs no newer chart. */
function efaInstances(context: ValuesContext) {
  return { keys: ['node.kubernetes.io/instance-type'], values: machineTypes(context) };
}

/** Of the EFA device plugin. */
export const efaPluginValues: ValuesMaker = (context) => ({
  supportedInstanceLabels: efaInstances(context),
  tolerations: [...ON_EVERY_NODE],
});

/** Of the EFA DRA driver. */
export const dranetValues: ValuesMaker = (context) => ({
  supportedInstanceLabels: efaInstances(context),
  tolerations: [...ON_EVERY_NODE],
});

/** Of Neuron: the agent of EKS tells of problems of nodes already. */
export const neuronValues: ValuesMaker = (context) => ({
  neuronInstances: machineTypes(context),
  devicePlugin: { tolerations: [...ON_EVERY_NODE] },
  npd: { enabled: false },
  scheduler: { enabled: false },
});

/** Of the network operator; what it sets up is said by a NicClusterPolicy. */
export const networkOperatorValues: ValuesMaker = () => ({
  nfd: { enabled: false, deployNodeFeatureRules: false },
  sriovNetworkOperator: { enabled: false },
  maintenanceOperator: { enabled: false },
  operator: { tolerations: [...ON_SYSTEM_NODES] },
});

/** Of AMD's operator; what it sets up is said by a DeviceConfig. */
export const amdOperatorValues: ValuesMaker = () => ({
  'node-feature-discovery': { enabled: false },
  installdefaultNFDRule: true,
  crds: { defaultCR: { install: false, upgrade: false } },
  remediation: { enabled: false, installCRDs: false },
  controllerManager: { manager: { imagePullPolicy: 'IfNotPresent', tolerations: [...ON_SYSTEM_NODES] } },
  kmm: {
    enabled: true,
    controller: { manager: { tolerations: [...ON_SYSTEM_NODES] } },
    webhookServer: { webhookServer: { tolerations: [...ON_SYSTEM_NODES] } },
  },
});

/** Of AMD's exporter. */
export const amdExporterValues: ValuesMaker = ({ component }) => ({
  platform: 'k8s',
  image: { repository: 'docker.io/rocm/device-metrics-exporter', tag: component.version, pullPolicy: 'IfNotPresent' },
  serviceMonitor: { enabled: false },
  podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '5000' },
  tolerations: [...ON_EVERY_NODE],
  affinity: onPools(component.pools),
});

/** Of node-problem-detector: what the kernel says, and drives that became read-only. */
export const problemDetectorValues: ValuesMaker = () => ({
  settings: { log_monitors: ['/config/kernel-monitor.json', '/config/readonly-monitor.json'] },
  metrics: { enabled: true, serviceMonitor: { enabled: false } },
  tolerations: [...ON_EVERY_NODE],
});

/** Of the driver of local drives. */
export const localDriverValues: ValuesMaker = ({ component }) => ({
  daemonset: { nodeAffinity: onPools(component.pools).nodeAffinity ?? null, tolerations: [...ON_EVERY_NODE] },
  manager: { deployment: { tolerations: [...ON_SYSTEM_NODES] } },
  webhook: { enforceEphemeral: { enabled: true }, hyperconverged: { enabled: true } },
});
