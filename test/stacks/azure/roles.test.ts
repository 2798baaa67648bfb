import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/azure';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import { fixture } from './fixture';

/** Who may do what on which resource, as far as the stack of a layer says so: `principal | role | resource`. */
function grants(layer: string): string[] {
  const app = Testing.app();
  addStacks(app, fixture());
  const stack = app.node.children.find(({ node }) => node.id.endsWith(layer));
  if (!(stack instanceof TerraformStack)) throw new Error(`no stack of layer ${layer}`);
  return Object.values(resourcesOf(synthStack(stack), 'azurerm_role_assignment'))
    .map(({ principal_id, principal_type, role_definition_name, scope }) =>
      [`${whose(String(principal_id))} (${principal_type})`, role_definition_name, where(String(scope))].join(' | '),
    )
    .sort();
}

/** The construct that an identity belongs to, or the object id of a group. */
function whose(principalId: string): string {
  return /azurerm_user_assigned_identity\.(.+)_[0-9A-F]{8}\.principal_id/.exec(principalId)?.[1] ?? principalId;
}

/** Type and name of a resource without its subscription and resource group. */
function where(scope: string): string {
  return scope
    .replace(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\//, '')
    .replace(/_[0-9A-F]{8}\.id\}$/, '}');
}

test('a shard is given these roles, and no other', () => {
  const group = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee (Group)';
  const controlPlane = 'cluster_control-plane (ServicePrincipal)';
  const vault = 'Microsoft.KeyVault/vaults/atlas-gb300-clu-419690fa';
  expect(grants('cluster')).toEqual([
    `${group} | Azure Kubernetes Service Cluster User Role | \${azurerm_kubernetes_cluster.cluster}`,
    `${controlPlane} | Key Vault Contributor | ${vault}`,
    `${controlPlane} | Key Vault Crypto User | ${vault}`,
    `${controlPlane} | Network Contributor | Microsoft.Network/virtualNetworks/atlas-virginia-network`,
    `${controlPlane} | Private DNS Zone Contributor | Microsoft.Network/privateDnsZones/private.eastus2.azmk8s.io`,
    `${controlPlane} | Reader | Microsoft.Compute/diskEncryptionSets/atlas-gb300-disks`,
    `cluster_disks-identity (ServicePrincipal) | Key Vault Crypto Service Encryption User | ${vault}`,
    'workload (ServicePrincipal) | Storage Blob Data Contributor | ' +
      'Microsoft.Storage/storageAccounts/atlasdatasetsac202727/blobServices/default/containers/data',
  ]);
});

test('the stores of a site are given the use of their key, and no other role', () => {
  const vault = 'Microsoft.KeyVault/vaults/atlas-virginia-ad899ccd';
  const role = 'Key Vault Crypto Service Encryption User';
  expect(grants('storage')).toEqual([
    `store-datasets_identity (ServicePrincipal) | ${role} | ${vault}`,
    `store-scratch_identity (ServicePrincipal) | ${role} | ${vault}`,
  ]);
});

test('foundation and network give nobody a role', () => {
  expect([...grants('foundation'), ...grants('network')]).toEqual([]);
});
