import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';
import type { IConstruct } from 'constructs';
import { checkId } from './checks';

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

/** Who decides what a cluster lets run, and for whom. */
export interface AdmissionProps {
  /** Google group of the groups that role bindings may name. @default - none */
  readonly securityGroup?: string;
  /** Whether the policy of the project decides which images run. @default false */
  readonly binaryAuthorization?: boolean;
}

/**
 * Groups that role bindings may name, and a policy for images, where a cluster has them.
 *
 * @throws ConstructError with `IdInvalid` when the group is not called as Google wants it
 */
export function admission(scope: IConstruct, props: AdmissionProps): Partial<ContainerClusterConfig> {
  const { securityGroup, binaryAuthorization = false } = props;
  const example = 'gke-security-groups@example.com';
  if (securityGroup !== undefined) {
    checkId(scope, 'securityGroup', securityGroup, /^gke-security-groups@[^@\s]+$/, example);
  }
  return {
    ...(securityGroup !== undefined && { authenticatorGroupsConfig: { securityGroup } }),
    ...(binaryAuthorization && { binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' } }),
  };
}

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
