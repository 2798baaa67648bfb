import type { Sourced } from './types';

/** A resource provider that a subscription has to have registered. */
export interface AzureNamespaceRow extends Sourced {
  readonly namespace: string;
  /** What needs it. */
  readonly for: string;
}

/** A feature of a subscription that stacks of accounts register. */
export interface AzureFeatureRow extends Sourced {
  readonly namespace: string;
  readonly feature: string;
  /** What needs it. */
  readonly for: string;
}

const CHECKED = { checked: '2026-11' } as const;
const SERVICES = {
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers',
  ...CHECKED,
} as const;

/**
 * Resource providers that the estate uses and no subscription has from the start. Registering one twice does nothing, so
 * that all of them are registered by hand before the first apply, in a subscription that has some of them too.
 */
export const AZURE_NAMESPACES: readonly AzureNamespaceRow[] = [
  { namespace: 'Microsoft.Compute', for: 'nodes, disks and reservations', ...SERVICES },
  { namespace: 'Microsoft.ContainerService', for: 'clusters', ...SERVICES },
  { namespace: 'Microsoft.Insights', for: 'logs and alarms, where they are asked for', ...SERVICES },
  { namespace: 'Microsoft.KeyVault', for: 'keys', ...SERVICES },
  { namespace: 'Microsoft.ManagedIdentity', for: 'identities of clusters, stores and workloads', ...SERVICES },
  { namespace: 'Microsoft.Network', for: 'networks, endpoints and names', ...SERVICES },
  { namespace: 'Microsoft.OperationalInsights', for: 'logs, where they are asked for', ...SERVICES },
  {
    namespace: 'Microsoft.PolicyInsights',
    for: 'the policy add-on of clusters',
    source: 'https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes',
    ...CHECKED,
  },
  { namespace: 'Microsoft.Storage', for: 'object stores', ...SERVICES },
  { namespace: 'Microsoft.StorageCache', for: 'Lustre file systems', ...SERVICES },
];

/** Nodes are encrypted at their hosts. */
export const AZURE_ENCRYPTION_AT_HOST: AzureFeatureRow = {
  namespace: 'Microsoft.Compute',
  feature: 'EncryptionAtHost',
  for: 'disks of nodes, which are encrypted at their hosts',
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/enable-host-encryption.md',
  ...CHECKED,
};

/** InfiniBand of machines with eight accelerators; racks must not have it. */
export const AZURE_INFINIBAND: AzureFeatureRow = {
  namespace: 'Microsoft.ContainerService',
  feature: 'AKSInfinibandSupport',
  for: 'InfiniBand of machines with eight accelerators',
  source: 'Azure/ai-infrastructure-on-azure infrastructure_references/aks/README.md',
  ...CHECKED,
};
