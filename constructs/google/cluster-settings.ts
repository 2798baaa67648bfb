import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';

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
