import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/azure';
import { resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { fixture, type Shape } from './fixture';

const LAYERS = ['foundation', 'network', 'storage', 'cluster'] as const;
type Layer = (typeof LAYERS)[number];

const RESERVATION =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/reserved/providers/Microsoft.Compute/capacityReservationGroups/one';

/** Everything that gives somebody a right: roles, roles of our own, and groups that a cluster knows. */
const SHAPE: Shape = {
  access: { viewers: ['bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee'], ranges: ['10.8.0.0/16'] },
  groups: [
    {
      reservation: `/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/reserved/providers/Microsoft.Compute/capacityReservationGroups/one`,
    },
  ],
  machine: 'Standard_NC24ads_A100_v4',
  ownZone: true,
  capacity: { kind: 'reservation', ids: [RESERVATION] },
};

function stackOf(layer: Layer, shape: Shape): TerraformJson {
  const app = Testing.app();
  addStacks(app, fixture(shape));
  const stack = app.node.children.find(({ node }) => node.id.endsWith(layer));
  if (!(stack instanceof TerraformStack)) throw new Error(`no stack of layer ${layer}`);
  return synthStack(stack);
}

/** One role: who is given it, on what, in which stack, and why nothing less would do. */
interface Row {
  readonly layer: Layer;
  readonly who: string;
  readonly role: string;
  readonly on: string;
  readonly why: string;
}

const SITE = 'virtualNetworks/atlas-virginia-network';
const CLUSTER_VAULT = 'Microsoft.KeyVault/vaults/atlas-gb300-clu-419690fa';
const STORES_VAULT = 'Microsoft.KeyVault/vaults/atlas-virginia-ad899ccd';
const CONTROL_PLANE = 'cluster_control-plane (ServicePrincipal)';
const ADMIN = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee (Group)';
const VIEWER = 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee (Group)';
const AKS = '$' + '{azurerm_kubernetes_cluster.cluster}';
const ENCRYPT = 'Key Vault Crypto Service Encryption User';

const ROLES: readonly Row[] = [
  {
    layer: 'storage',
    who: 'store-datasets_identity (ServicePrincipal)',
    role: ENCRYPT,
    on: STORES_VAULT,
    why: 'storage accounts wrap their keys with it; the vault holds this one key',
  },
  {
    layer: 'storage',
    who: 'store-scratch_identity (ServicePrincipal)',
    role: ENCRYPT,
    on: STORES_VAULT,
    why: 'file systems wrap their keys with it; the vault holds this one key',
  },
  {
    layer: 'cluster',
    who: ADMIN,
    role: 'Azure Kubernetes Service Cluster User Role',
    on: AKS,
    why: 'fetches the address and certificate of the API server; what administrators do there, the cluster decides',
  },
  {
    layer: 'cluster',
    who: VIEWER,
    role: 'Azure Kubernetes Service Cluster User Role',
    on: AKS,
    why: 'fetches the address and certificate of the API server',
  },
  {
    layer: 'cluster',
    who: VIEWER,
    role: 'Azure Kubernetes Service RBAC Reader',
    on: AKS,
    why: 'reads what runs in the cluster, but neither secrets nor roles',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Contributor',
    on: '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/reserved',
    why: 'AKS puts machines into reservations; its documents ask for this role on their resource group',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Key Vault Contributor',
    on: CLUSTER_VAULT,
    why: 'AKS connects a private endpoint of its own to the vault and approves it; no role of Azure with less may approve',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Key Vault Crypto User',
    on: CLUSTER_VAULT,
    why: 'the API server encrypts and decrypts secrets with its key; the vault holds this one key',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Network Contributor',
    on: `Microsoft.Network/${SITE}/subnets/atlas-virginia-control-plane-gb300`,
    why: 'AKS puts the API server and its load balancer into the subnet',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Network Contributor',
    on: `Microsoft.Network/${SITE}/subnets/atlas-virginia-nodes-gb300`,
    why: 'AKS puts nodes and internal load balancers into the subnet',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Private DNS Zone Contributor',
    on: 'Microsoft.Network/privateDnsZones/atlas-gb300.private.eastus2.azmk8s.io',
    why: 'AKS writes the name of the API server; no other cluster has its name in this zone',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Private DNS Zone Contributor',
    on: `Microsoft.Network/${SITE}`,
    why: 'AKS links the zone to the network, for which it joins it; the role can do nothing else to a network',
  },
  {
    layer: 'cluster',
    who: CONTROL_PLANE,
    role: 'Reader',
    on: 'Microsoft.Compute/diskEncryptionSets/atlas-gb300-disks',
    why: 'AKS gives nodes disks under this key',
  },
  {
    layer: 'cluster',
    who: 'cluster_disks-identity (ServicePrincipal)',
    role: ENCRYPT,
    on: CLUSTER_VAULT,
    why: 'disks wrap their keys with it; the vault holds this one key',
  },
  {
    layer: 'cluster',
    who: 'workload (ServicePrincipal)',
    role: 'Storage Blob Data Contributor',
    on: 'Microsoft.Storage/storageAccounts/atlasdatasetsac202727/blobServices/default/containers/data',
    why: 'workloads read and write the store that they mount, also by the CSI driver, which acts as them',
  },
];

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

describe('roles that stacks of Azure give', () => {
  const made = new Map(LAYERS.map((layer) => [layer, stackOf(layer, SHAPE)]));

  test.each(LAYERS)('are these in the %s, on nothing wider, and no other', (layer) => {
    const given = Object.values(resourcesOf(made.get(layer) ?? {}, 'azurerm_role_assignment'))
      .map(({ principal_id, principal_type, role_definition_name, scope }) => ({
        who: `${whose(String(principal_id))} (${principal_type})`,
        role: role_definition_name,
        on: where(String(scope)),
      }))
      .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    const wanted = ROLES.filter((row) => row.layer === layer)
      .map(({ who, role, on }) => ({ who, role, on }))
      .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    expect(given).toEqual(wanted);
  });

  test('have a reason each', () => {
    for (const { who, role, why } of ROLES) expect([who, role, why.length > 20]).toEqual([who, role, true]);
  });

  test('are on the zone that clusters share where a cluster of an earlier release is, which cannot leave it', () => {
    const zones = Object.values(resourcesOf(stackOf('cluster', {}), 'azurerm_role_assignment'))
      .map(({ scope }) => where(String(scope)))
      .filter((scope) => scope.includes('privateDnsZones'));
    expect(zones).toEqual(['Microsoft.Network/privateDnsZones/private.eastus2.azmk8s.io']);
  });

  test('are those of Azure: none is defined here', () => {
    for (const [layer, { resource = {} }] of made) {
      expect([layer, Object.keys(resource).filter((type) => type.includes('role_definition'))]).toEqual([layer, []]);
      for (const assignment of Object.values(resource.azurerm_role_assignment ?? {})) {
        expect(assignment).not.toHaveProperty('role_definition_id');
      }
    }
  });

  test('are beside the administrators that the cluster itself knows', () => {
    const [aks] = Object.values(resourcesOf(made.get('cluster') ?? {}, 'azurerm_kubernetes_cluster'));
    expect(aks?.azure_active_directory_role_based_access_control).toEqual({
      azure_rbac_enabled: true,
      tenant_id: '99999999-8888-4777-8666-555555555555',
      admin_group_object_ids: ['aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'],
    });
  });
});
