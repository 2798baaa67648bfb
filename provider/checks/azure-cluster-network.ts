import { type Check, type Finding, textAt, valueAt } from './check';

const PROFILE = ['network_profile', 0] as const;

/** AKS takes Cilium, its advanced networking and egress without internet only in combinations; refused at plan. */
export const azureClusterNetwork: Check = {
  name: 'azure-cluster-network',
  decides: 'provider',
  types: ['azurerm_kubernetes_cluster'],
  source: 'https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium',
  checked: '2026-11',
  find: ({ values }) => {
    const findings: Finding[] = [];
    const argument = (name: string) => textAt(values, ...PROFILE, name);
    // Unset is the plain Azure data plane, what is known only later may be anything.
    const isCilium = argument('network_data_plane') === 'cilium';
    const isUndecided = valueAt(values, ...PROFILE, 'network_data_plane') === undefined;
    const plugin = argument('network_plugin');
    if (argument('network_policy') === 'cilium' && !isCilium && !isUndecided) {
      findings.push({
        path: [...PROFILE, 'network_policy'],
        message: 'network_policy "cilium" needs network_data_plane "cilium"',
        hint: 'set network_data_plane to "cilium"',
      });
    }
    if (isCilium && plugin !== undefined && plugin !== 'azure') {
      findings.push({
        path: [...PROFILE, 'network_plugin'],
        message: `network_data_plane "cilium" needs network_plugin "azure", this is "${plugin}"`,
        hint: 'set network_plugin to "azure"',
      });
    }
    const advanced = valueAt(values, ...PROFILE, 'advanced_networking');
    if (Array.isArray(advanced) && advanced.length > 0 && !isCilium && !isUndecided) {
      findings.push({
        path: [...PROFILE, 'advanced_networking'],
        message: 'advanced_networking needs network_plugin "azure" and network_data_plane "cilium"',
        hint: 'set both, or remove advanced_networking',
      });
    }
    const artifacts = valueAt(values, 'bootstrap_profile', 0, 'artifact_source');
    if (argument('outbound_type') === 'none' && artifacts !== undefined && artifacts !== 'Cache') {
      findings.push({
        path: [...PROFILE, 'outbound_type'],
        message: 'outbound_type "none" needs bootstrap_profile with artifact_source "Cache"',
        hint: 'add bootstrap_profile { artifact_source = "Cache" } with a container registry',
      });
    }
    return findings;
  },
};
