import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import {
  Capacity,
  Cluster,
  ConstructError,
  EncryptionKey,
  FileSystem,
  Identity,
  type INetwork,
  Network,
  type NetworkAttributes,
  ObjectStore,
} from '../../../constructs/azure';
import { TerraformStack, TerraformVariable } from '../../../constructs/cdktf';
import { lustreTier } from '../../../estate/catalog';
import { onlyResource, resourceCount, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import {
  cluster,
  OTHER_SUBSCRIPTION as HUB,
  IDENTITY,
  key,
  machine,
  network,
  SUBSCRIPTION,
  stack,
  synth,
} from './setup';

const NETWORKS = `/subscriptions/${HUB}/resourceGroups/spokes/providers/Microsoft.Network`;
const VNET = `${NETWORKS}/virtualNetworks/spoke-7`;
const zone = (name: string) =>
  `/subscriptions/${HUB}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/${name}`;
const ZONES = {
  blob: zone('privatelink.blob.core.windows.net'),
  dfs: zone('privatelink.dfs.core.windows.net'),
  vault: zone('privatelink.vaultcore.azure.net'),
  kubernetes: zone('private.eastus2.azmk8s.io'),
};
const CLUSTER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/ml/providers/Microsoft.ContainerService/managedClusters/ml-1`;
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/held/providers/Microsoft.Compute/capacityReservationGroups/g`;
const ATTRIBUTES: NetworkAttributes = {
  name: 'spoke',
  subscriptionId: SUBSCRIPTION,
  resourceGroupName: 'ml',
  networkId: VNET,
  region: 'eastus2',
  zones: ['1', '2'],
  subnets: [
    { key: 'nodes', role: 'nodes', cidr: '10.40.0.0/19', subnetId: `${VNET}/subnets/aks` },
    { key: 'endpoints', role: 'endpoints', cidr: '10.40.32.0/24', subnetId: `${VNET}/subnets/pe` },
    { key: 'control-plane', role: 'control-plane', cidr: '10.40.33.0/27', subnetId: `${VNET}/subnets/api` },
    { key: 'storage', role: 'storage', cidr: '10.40.34.0/23', subnetId: `${VNET}/subnets/lustre` },
  ],
  privateDnsZoneIds: ZONES,
  egress: { via: '10.0.0.4' },
};

function spoke(scope = stack(), changes: Partial<NetworkAttributes> = {}): INetwork {
  return Network.fromNetworkAttributes(scope, 'network', { ...ATTRIBUTES, ...changes });
}

/** The stack that a network is in. */
const scopeOf = (at: INetwork) => TerraformStack.of(at);

function imported(at: INetwork, attributes: Partial<Parameters<typeof Cluster.fromClusterAttributes>[2]> = {}) {
  return Cluster.fromClusterAttributes(scopeOf(at), 'cluster', {
    clusterId: CLUSTER,
    oidcIssuerUrl: 'https://eastus2.oic.prod-aks.azure.com/tenant/issuer/',
    network: at,
    ...attributes,
  });
}

/** Roles on what lies in `Microsoft.Network`. */
function networkRoles(json: TerraformJson): string[] {
  return Object.values(resourcesOf(json, 'azurerm_role_assignment'))
    .filter(({ scope }) => String(scope).includes('/Microsoft.Network/'))
    .map(({ role_definition_name, scope }) => `${role_definition_name} on ${scope}`)
    .sort();
}

function roles(json: TerraformJson): string[] {
  return Object.values(resourcesOf(json, 'azurerm_role_assignment'))
    .map((role) => String(role.role_definition_name))
    .sort();
}

describe('a network of a landing zone', () => {
  test('is known by its ids, lets things be made elsewhere, and makes nothing', () => {
    const scope = stack();
    const at = spoke(scope);
    expect(at).toMatchObject({
      networkId: VNET,
      subscriptionId: SUBSCRIPTION,
      resourceGroupName: 'ml',
      egress: { via: '10.0.0.4' },
      dependables: [],
    });
    expect(at.subnetFor('nodes')).toMatchObject({ id: `${VNET}/subnets/aks`, securityGroup: undefined });
    expect(at.privateDnsZoneId('vault')).toBe(ZONES.vault);
    expect(resourceCount(synth(scope))).toBe(0);
  });

  test('holds a cluster in another subscription, whose roles on it are its owner’s to give', () => {
    const at = spoke();
    const made = cluster(scopeOf(at), {
      network: at,
      identity: Identity.fromIdentityAttributes(scopeOf(at), 'identity', IDENTITY),
    });
    const json = synth(made);
    expect(onlyResource(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      resource_group_name: 'ml',
      private_dns_zone_id: ZONES.kubernetes,
      identity: { identity_ids: [IDENTITY.identityId] },
      api_server_access_profile: { subnet_id: `${VNET}/subnets/api` },
      default_node_pool: { vnet_subnet_id: `${VNET}/subnets/aks` },
      network_profile: { outbound_type: 'userDefinedRouting' },
    });
    expect(resourcesOf(json, 'azurerm_user_assigned_identity')).toEqual({});
    expect(onlyResource(json, 'azurerm_disk_encryption_set')).toMatchObject({
      identity: { identity_ids: [IDENTITY.identityId] },
    });
    expect(roles(json)).toEqual([
      'Key Vault Contributor',
      'Key Vault Crypto Service Encryption User',
      'Key Vault Crypto User',
      'Reader',
    ]);
  });

  test('gives clusters their roles in its own subscription, and elsewhere where it is asked to', () => {
    const near = spoke(stack(), {
      networkId: VNET.replace(HUB, SUBSCRIPTION),
      subnets: ATTRIBUTES.subnets.map(({ subnetId, ...subnet }) => {
        return { ...subnet, subnetId: subnetId?.replace(HUB, SUBSCRIPTION) };
      }),
    });
    const own = VNET.replace(HUB, SUBSCRIPTION);
    expect(networkRoles(synth(cluster(scopeOf(near), { network: near })))).toEqual([
      `Network Contributor on ${own}/subnets/aks`,
      `Network Contributor on ${own}/subnets/api`,
      `Private DNS Zone Contributor on ${own}`,
    ]);
    const at = spoke(stack(), { assignsRoles: true });
    expect(networkRoles(synth(cluster(scopeOf(at), { network: at })))).toEqual([
      `Network Contributor on ${VNET}/subnets/aks`,
      `Network Contributor on ${VNET}/subnets/api`,
      `Private DNS Zone Contributor on ${ZONES.kubernetes}`,
      `Private DNS Zone Contributor on ${VNET}`,
    ]);
  });

  test('is reached from private endpoints that are registered in the zones of the hub', () => {
    const at = spoke();
    const json = synth(key(scopeOf(at), at));
    expect(onlyResource(json, 'azurerm_private_endpoint')).toMatchObject({
      resource_group_name: 'ml',
      subnet_id: `${VNET}/subnets/pe`,
      private_dns_zone_group: { private_dns_zone_ids: [ZONES.vault] },
    });
  });

  test.each([
    [{ networkId: '/subscriptions/s/virtualNetworks/v' }, /virtual network: it looks like .*\[IdInvalid\]/],
    [{ networkId: VNET.replace('resourceGroups', 'resourcegroups') }, /\[IdInvalid\]/],
    [{ subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.40.0.0/19' } as const] }, /subnetId of each.*\[IdInvalid\]/],
    [{ egress: { via: 'firewall' } }, /the way out of network spoke is "firewall".*\[RangeInvalid\]/],
    [{ privateDnsZoneIds: { blob: VNET } }, /not the id of a private DNS zone for blob.*\[IdInvalid\]/],
    [{ name: '' }, /the name of a network is empty.*\[NameInvalid\]/],
  ])('fails when it has %j', (changes, message) => {
    expect(() => spoke(stack(), changes)).toThrow(message);
    expect(() => spoke()).not.toThrow();
  });
});

describe('a network of ours with the zones of a hub', () => {
  test('makes no zones and no links, which are their owner’s, and gives no role on them unless asked', () => {
    const json = synth(network(stack(), { privateDnsZoneIds: ZONES }));
    expect(resourcesOf(json, 'azurerm_private_dns_zone')).toEqual({});
    expect(resourcesOf(json, 'azurerm_private_dns_zone_virtual_network_link')).toEqual({});
    const quiet = stack();
    const made = synth(cluster(quiet, { network: network(quiet, { privateDnsZoneIds: ZONES }) }));
    expect(networkRoles(made).filter((role) => role.includes('privateDnsZones'))).toEqual([]);
    const asked = stack();
    const at = network(asked, { privateDnsZoneIds: ZONES, assignsRoles: true });
    expect(
      Object.values(resourcesOf(synth(cluster(asked, { network: at })), 'azurerm_role_assignment')),
    ).toContainEqual(
      expect.objectContaining({ role_definition_name: 'Private DNS Zone Contributor', scope: ZONES.kubernetes }),
    );
  });

  test('keeps the other zones to itself where only some are named', () => {
    const json = synth(network(stack(), { privateDnsZoneIds: { kubernetes: ZONES.kubernetes } }));
    const names = Object.values(resourcesOf(json, 'azurerm_private_dns_zone')).map(({ name }) => name);
    expect(names).not.toContain('private.eastus2.azmk8s.io');
    expect(names).toContain('privatelink.blob.core.windows.net');
    expect(Object.keys(resourcesOf(json, 'azurerm_private_dns_zone_virtual_network_link'))).toHaveLength(3);
  });
});

describe('a cluster that is there already', () => {
  const capacity = (at: INetwork, id = GROUP) => Capacity.fromReservation(scopeOf(at), 'capacity', { id });
  const OPTIONS = { name: 'train', machine: machine('Standard_D16ads_v5'), nodeCount: 2, zone: '1' };

  test('takes pools, in the version that it has unless another is named', () => {
    const at = spoke();
    const own = imported(at);
    expect(own).toMatchObject({ clusterName: 'ml-1', clusterId: CLUSTER, dependables: [] });
    expect(own.kubeletIdentity).toBeUndefined();
    const made = own.addNodePool('train', { ...OPTIONS, capacity: capacity(at) });
    const pool = onlyResource(synth(made), 'azurerm_kubernetes_cluster_node_pool');
    expect(pool).toMatchObject({
      kubernetes_cluster_id: CLUSTER,
      vnet_subnet_id: `${VNET}/subnets/aks`,
      capacity_reservation_group_id: GROUP,
    });
    expect(pool).not.toHaveProperty('orchestrator_version');
    expect(pool).not.toHaveProperty('depends_on');
    expect(resourceCount(synth(made))).toBe(1);
  });

  test('tells pools its version, and is given its role on reservations where its identity is known', () => {
    const at = spoke();
    const own = imported(at, { version: '1.36', principalId: IDENTITY.principalId });
    const made = own.addNodePool('train', { ...OPTIONS, capacity: capacity(at) });
    const json = synth(made);
    expect(onlyResource(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({ orchestrator_version: '1.36' });
    expect(onlyResource(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Contributor',
      principal_id: IDENTITY.principalId,
      scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/held`,
    });
  });

  test('is trusted by identities, which are let into stores', () => {
    const at = spoke();
    const scope = scopeOf(at);
    const workload = { cluster: imported(at), namespace: 'training', serviceAccount: 'trainer' };
    const identity = new Identity(scope, 'workload', { name: 'ml', ...workload });
    const place = { subscriptionId: HUB, resourceGroupName: 'data', accountName: 'corpus', containerName: 'tokens' };
    ObjectStore.fromObjectStoreAttributes(scope, 'corpus', place).grants.read(identity);
    const json = synth(identity);
    expect(onlyResource(json, 'azurerm_federated_identity_credential')).toMatchObject({
      issuer: 'https://eastus2.oic.prod-aks.azure.com/tenant/issuer/',
      subject: 'system:serviceaccount:training:trainer',
    });
    expect(onlyResource(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Storage Blob Data Reader',
      scope: expect.stringMatching(
        new RegExp(`^/subscriptions/${HUB}/.*/storageAccounts/corpus/.*/containers/tokens$`),
      ),
    });
  });

  test('fails when its id is another one, or its subnet is not known', () => {
    expect(() => imported(spoke(), { clusterId: VNET })).toThrow(/not the id of an AKS cluster.*\[IdInvalid\]/);
    expect(() => imported(spoke(), { subnetOwner: 'b' })).toThrow(/0 subnets for nodes of b.*\[SubnetMissing\]/);
    const at = spoke();
    const unknown = { clusterId: new TerraformVariable(scopeOf(at), 'id', { type: 'string' }).stringValue };
    expect(() => imported(at, unknown)).toThrow(/name its clusterName too \[IdInvalid\]/);
    expect(imported(spoke(), { ...unknown, clusterName: 'ml' }).clusterName).toBe('ml');
  });
});

describe('a file system that is there already', () => {
  const door = (changes: Partial<NetworkAttributes> = {}, client = '10.40.0.0/19') => {
    const at = spoke(stack(), changes);
    const scope = scopeOf(at);
    const found = FileSystem.fromFileSystemAttributes(scope, 'scratch', { mountAddress: '10.40.34.4', network: at });
    return { at, found, grant: found.allowClient(scope, 'cluster', { cidr: client }) };
  };
  const withGroup = (id: string) => ({
    subnets: ATTRIBUTES.subnets.map((subnet) =>
      subnet.role === 'storage' ? { ...subnet, securityGroupId: id } : subnet,
    ),
  });
  const groupIn = (subscription: string) =>
    `/subscriptions/${subscription}/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/lustre`;

  test('is mounted at its address; who owns its security group lets clients in where that is not known', () => {
    const { at, found, grant } = door();
    expect([found.mountAddress, found.dependables, grant.dependables]).toEqual(['10.40.34.4', [], []]);
    expect(found.mountPoint).toBe('10.40.34.4@tcp:/lustrefs');
    expect(resourceCount(synth(scopeOf(at)))).toBe(0);
  });

  test('lets clients in by rules in the security group that it is told of', () => {
    const { at, grant } = door(withGroup(groupIn(SUBSCRIPTION)));
    const rules = Object.values(resourcesOf(synth(scopeOf(at)), 'azurerm_network_security_rule'));
    expect(grant.dependables).toHaveLength(2);
    expect(rules.map(({ direction }) => direction).sort()).toEqual(['Inbound', 'Outbound']);
    const [one, other] = rules;
    expect(one?.priority).toBe(other?.priority);
    expect(rules.find(({ direction }) => direction === 'Inbound')).toMatchObject({
      resource_group_name: 'net',
      network_security_group_name: 'lustre',
      access: 'Allow',
      source_address_prefixes: ['10.40.0.0/19'],
      destination_address_prefixes: ['10.40.34.0/23'],
      destination_port_ranges: ['988', '1019-1023'],
    });
  });

  test('lets clients in by rules of another subscription with the provider of that', () => {
    const scope = stack();
    const provider = new AzurermProvider(scope, 'hub', { alias: 'hub', subscriptionId: HUB, features: [{}] });
    const at = spoke(scope, { ...withGroup(groupIn(HUB)), securityProvider: provider });
    const found = FileSystem.fromFileSystemAttributes(scope, 'scratch', { mountAddress: '10.40.34.4', network: at });
    found.allowClient(scope, 'cluster', { cidr: '10.40.0.0/19' });
    const rules = Object.values(resourcesOf(synth(scope), 'azurerm_network_security_rule'));
    expect(rules.map((rule) => rule.provider)).toEqual(['azurerm.hub', 'azurerm.hub']);
  });

  test('fails when the security group lies where rules cannot be made', () => {
    expect(() => door(withGroup(groupIn(HUB)))).toThrow(/lies in subscription aaaaaaaa.*\[AccountMismatch\]/);
    expect(() => door(withGroup('lustre'))).toThrow(/"lustre" is not the id of the network security group/);
    expect(() => door({}, 'everybody')).toThrow(/client cluster is "everybody".*\[RangeInvalid\]/);
  });
});

describe('a key that is there already', () => {
  const VAULT = `/subscriptions/${SUBSCRIPTION}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/keys`;
  const KEY = { keyId: 'https://keys.vault.azure.net/keys/disks/0a1b', vaultId: VAULT };
  const fileSystem = (changes: object) => {
    const scope = stack();
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(scope, 'key', {
      ...KEY,
      access: 'trusted-services',
      keyType: 'RSA',
      ...changes,
    });
    const at = network(scope);
    const tier = lustreTier('azure', 125);
    return new FileSystem(scope, 'scratch', {
      name: 's',
      network: at,
      zone: '1',
      tier,
      capacityTiB: 16,
      encryptionKey,
    });
  };

  test('encrypts a cluster; its owner has given the roles', () => {
    const scope = stack();
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(scope, 'key', KEY);
    expect(encryptionKey).toMatchObject({ ...KEY, access: 'private', keyType: 'RSA-HSM', dependables: [] });
    const json = synth(cluster(scope, { encryptionKey }));
    expect(onlyResource(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      key_management_service: { key_vault_key_id: KEY.keyId },
    });
    expect(onlyResource(json, 'azurerm_disk_encryption_set')).toMatchObject({
      key_vault_key_id: 'https://keys.vault.azure.net/keys/disks',
    });
    expect(roles(json)).toEqual([
      'Network Contributor',
      'Network Contributor',
      'Private DNS Zone Contributor',
      'Private DNS Zone Contributor',
      'Reader',
    ]);
    expect(json.data).toBeUndefined();
  });

  test('gives the roles itself where it is asked to', () => {
    const scope = stack();
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(scope, 'key', { ...KEY, assignsRoles: true });
    const json = synth(cluster(scope, { encryptionKey }));
    expect(Object.values(resourcesOf(json, 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({ role_definition_name: 'Key Vault Crypto User', scope: VAULT }),
    );
  });

  test('encrypts a file system of its subscription only', () => {
    expect(onlyResource(synth(fileSystem({})), 'azurerm_managed_lustre_file_system')).toMatchObject({
      encryption_key: { key_url: KEY.keyId, source_vault_id: VAULT },
    });
    expect(() => fileSystem({ vaultId: VAULT.replace(SUBSCRIPTION, HUB) })).toThrow(
      /its key lies in subscription aaaaaaaa.*, and it in 11111111.*\[KeyUnsuitable\]/,
    );
  });

  test('encrypts a cluster and an object store of its subscription only', () => {
    const scope = stack();
    const vaultId = VAULT.replace(SUBSCRIPTION, HUB);
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(scope, 'key', { ...KEY, vaultId });
    const at = network(scope);
    expect(() => cluster(scope, { network: at, encryptionKey })).toThrow(
      /cluster lab: its key lies in subscription aaaa/,
    );
    const store = { name: 'lab', network: at, encryptionKey, retainDays: 30 };
    expect(() => new ObjectStore(scope, 'store', store)).toThrow(
      /object store lab: its key lies in .*\[KeyUnsuitable\]/,
    );
  });

  test.each([
    [{ keyId: 'https://keys.vault.azure.net/keys/disks' }, /not the id of a version of a key.*\[IdInvalid\]/],
    [{ vaultId: 'keys' }, /"keys" is not the id of a key vault.*\[IdInvalid\]/],
  ])('fails when it is known by %j', (changes, message) => {
    const make = () => EncryptionKey.fromEncryptionKeyAttributes(stack(), 'key', { ...KEY, ...changes });
    expect(make).toThrow(message);
    expect(make).toThrow(ConstructError);
  });
});
