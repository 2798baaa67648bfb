import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';

/** Access to the control plane: by its DNS name and IAM only. */
export const PRIVATE_ACCESS = {
  // What the API reports of a control plane without addresses; no authorized networks are called for then.
  privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { allowExternalTraffic: true },
    ipEndpointsConfig: { enabled: false },
  },
} as const satisfies Partial<ContainerClusterConfig>;

/** What every cluster refuses. */
export const HARDENING = {
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
  anonymousAuthenticationConfig: { mode: 'LIMITED' },
  rbacBindingConfig: {
    enableInsecureBindingSystemAuthenticated: false,
    enableInsecureBindingSystemUnauthenticated: false,
  },
  securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_DISABLED' },
  nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
} as const satisfies Partial<ContainerClusterConfig>;

/** What runs in every cluster, and what of it is recorded. */
export function addons(): Partial<ContainerClusterConfig> {
  return {
    addonsConfig: {
      dnsCacheConfig: { enabled: true },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      gcsFuseCsiDriverConfig: { enabled: true },
      lustreCsiDriverConfig: { enabled: true },
    },
    loggingConfig: {
      enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'WORKLOADS'],
    },
    monitoringConfig: {
      enableComponents: ['SYSTEM_COMPONENTS', 'DCGM', 'JOBSET'],
      managedPrometheus: { enabled: true },
      advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
    },
    costManagementConfig: { enabled: true },
  };
}
