import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/azure';
import { type EstateInput, estateOf, lockAndResolve } from '../../helpers/estates';
import { AZURE_NETWORK } from '../../helpers/existing';
import {
  forgottenBy,
  onlyResource,
  resourceCount,
  resourcesOf,
  synthStack,
  type TerraformJson,
} from '../../helpers/terraform';

const OWN = '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01';
const HUB = AZURE_NETWORK.subscriptionId;
const VNET = `/subscriptions/${HUB}/resourceGroups/hub-network/providers/Microsoft.Network/virtualNetworks/hub-eastus2`;
const KEY = `/subscriptions/${OWN}/resourceGroups/security/providers/Microsoft.KeyVault/vaults/corp/keys/training`;
const NODES = {
  site: 'virginia',
  pools: { train: { accelerator: 'gb300', racks: 1, capacity: { kind: 'dedicated' } } },
};
const CLUSTER = { id: 'prod', resourceGroup: 'ml', oidcIssuer: 'https://eastus2.oic.prod-aks.azure.com/t/i/' };

/** What a test changes: parts of a small estate on a network that exists. */
interface Shape {
  readonly network?: object;
  readonly site?: object;
  readonly cluster?: object;
  readonly stores?: object;
}

/** The stacks of a small estate of Azure, by their layer. */
function stacksOf({ network = { existing: AZURE_NETWORK }, site = {}, cluster = {}, stores = {} }: Shape = {}) {
  const input = {
    estate: 'v1',
    name: 'orion',
    owner: { team: 'platform', email: 'platform@example.com' },
    accounts: { azure: { cloud: 'azure', subscriptionId: OWN, tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03' } },
    sites: { virginia: { account: 'azure', region: 'eastus2', zones: ['1'], network, ...site } },
    clusters: { gb300: { ...NODES, mounts: Object.keys(stores), ...cluster } },
    stores,
  } as EstateInput;
  const app = Testing.app();
  addStacks(app, lockAndResolve(estateOf(input)).plan);
  const stacks = app.node.children.filter((child) => child instanceof TerraformStack);
  const find = (layer: string) => stacks.find(({ node }) => node.id.endsWith(layer));
  return {
    layers: stacks.map(({ node }) => node.id),
    dependencies: (layer: string) => find(layer)?.dependencies.map(({ node }) => node.id),
    json: (layer: string): TerraformJson => {
      const found = find(layer);
      if (found === undefined) throw new Error(`no stack of layer ${layer}`);
      return synthStack(found);
    },
  };
}

const LUSTRE = { kind: 'lustre', site: 'virginia', capacityTiB: 48, throughputMBpsPerTiB: 125 };
const roles = (json: TerraformJson) =>
  Object.values(resourcesOf(json, 'azurerm_role_assignment')).map((role) => String(role.role_definition_name));
const removed = forgottenBy;
const addressesOf = (json: TerraformJson) =>
  Object.entries(json.resource ?? {}).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));

describe('a site with a network that exists', () => {
  const stacks = stacksOf({ network: { existing: AZURE_NETWORK, egress: { via: '10.16.255.4' } } });
  const json = stacks.json('cluster');

  test('has no stack of its network, and stacks that come after that of its account', () => {
    expect(stacks.layers).toEqual(['orion-azure-foundation', 'orion-gb300-cluster']);
    expect(stacks.dependencies('cluster')).toEqual(['orion-azure-foundation']);
    const made = stacksOf({ network: {} });
    expect(made.layers).toEqual(['orion-azure-foundation', 'orion-virginia-network', 'orion-gb300-cluster']);
    expect(made.dependencies('cluster')).toEqual(['orion-virginia-network']);
  });

  test('brings its own private DNS zones', () => {
    expect(resourcesOf(stacks.json('foundation'), 'azurerm_private_dns_zone')).toEqual({});
    expect(
      Object.keys(resourcesOf(stacksOf({ network: {} }).json('foundation'), 'azurerm_private_dns_zone')),
    ).toHaveLength(4);
  });

  test('places clusters in its subnets, in a resource group of its own subscription', () => {
    expect(onlyResource(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      resource_group_name: 'orion-virginia-site',
      private_dns_zone_id: `/subscriptions/${HUB}/resourceGroups/hub-dns/providers/Microsoft.Network/privateDnsZones/private.eastus2.azmk8s.io`,
      api_server_access_profile: { subnet_id: `${VNET}/subnets/aks-api` },
      default_node_pool: { vnet_subnet_id: `${VNET}/subnets/nodes` },
      network_profile: { outbound_type: 'userDefinedRouting' },
    });
    expect(onlyResource(json, 'azurerm_private_endpoint')).toMatchObject({
      subnet_id: `${VNET}/subnets/private-endpoints`,
    });
  });

  test('leaves roles on what lies in another subscription to its owner, and gives those in its own', () => {
    expect(roles(json)).not.toContain('Network Contributor');
    expect(roles(json)).not.toContain('Private DNS Zone Contributor');
    const near = stacksOf({ network: { existing: { ...AZURE_NETWORK, subscriptionId: OWN } } }).json('cluster');
    expect(roles(near)).toEqual(expect.arrayContaining(['Network Contributor', 'Private DNS Zone Contributor']));
  });

  test('lets clients of file systems in by rules of another subscription, where its groups are named', () => {
    const storage = stacksOf({ stores: { scratch: LUSTRE } }).json('storage');
    expect(storage.provider?.azurerm).toEqual([
      expect.objectContaining({ subscription_id: OWN }),
      expect.objectContaining({ subscription_id: HUB, alias: 'network' }),
    ]);
    const rules = Object.values(resourcesOf(storage, 'azurerm_network_security_rule'));
    expect(rules).toHaveLength(6);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        provider: 'azurerm.network',
        resource_group_name: 'hub-network',
        network_security_group_name: 'lustre-nsg',
      });
    }
    expect(onlyResource(storage, 'azurerm_managed_lustre_file_system')).toMatchObject({
      subnet_id: `${VNET}/subnets/lustre`,
    });
  });

  test('leaves rules to its owner where its groups are not named', () => {
    const { securityGroup: _unnamed, ...lustre } = AZURE_NETWORK.subnets.lustre;
    const existing = { ...AZURE_NETWORK, subnets: { ...AZURE_NETWORK.subnets, lustre } };
    const storage = stacksOf({ network: { existing }, stores: { scratch: LUSTRE } }).json('storage');
    expect(resourcesOf(storage, 'azurerm_network_security_rule')).toEqual({});
    expect(storage.provider?.azurerm).toHaveLength(1);
  });
});

describe('a network that is made', () => {
  test.each([
    ['none', 'none', 0, 0],
    [{ via: '10.0.0.4' }, 'userDefinedRouting', 0, 1],
    ['nat', 'userAssignedNATGateway', 1, 0],
  ] as const)('with a way out by %j makes clusters leave by %s', (egress, outbound, gateways, tables) => {
    const stacks = stacksOf({ network: { egress } });
    const network = stacks.json('network');
    expect(Object.keys(resourcesOf(network, 'azurerm_nat_gateway'))).toHaveLength(gateways);
    expect(Object.keys(resourcesOf(network, 'azurerm_route_table'))).toHaveLength(tables);
    expect(onlyResource(stacks.json('cluster'), 'azurerm_kubernetes_cluster')).toMatchObject({
      network_profile: { outbound_type: outbound },
    });
  });

  test('asks the DNS servers of its site', () => {
    const network = stacksOf({ network: { dns: ['10.1.0.10'] } }).json('network');
    expect(onlyResource(network, 'azurerm_virtual_network')).toMatchObject({ dns_servers: ['10.1.0.10'] });
    const usual = stacksOf({ network: {} }).json('network');
    expect(onlyResource(usual, 'azurerm_virtual_network')).not.toHaveProperty('dns_servers');
  });
});

describe('a cluster that exists', () => {
  const stacks = stacksOf({ cluster: { existing: CLUSTER } });
  const json = stacks.json('cluster');

  test('is given pools and the identity of its workloads, and nothing else is made', () => {
    expect(onlyResource(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({
      kubernetes_cluster_id: `/subscriptions/${OWN}/resourceGroups/ml/providers/Microsoft.ContainerService/managedClusters/prod`,
      vnet_subnet_id: `${VNET}/subnets/nodes`,
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'azurerm_federated_identity_credential')).toMatchObject({ issuer: CLUSTER.oidcIssuer });
    expect(resourceCount(json)).toBe(3);
    expect(Object.keys(json.output ?? {}).sort()).toEqual(['cluster-name', 'oidc-issuer-url', 'workload-client-id']);
  });

  test('lets the one that the stack made before go on, with all that it needs', () => {
    expect(removed(json)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_kubernetes_cluster\.cluster_Resource|^azurerm_kubernetes_cluster\.cluster_/),
        expect.stringMatching(/^azurerm_disk_encryption_set\.cluster_disks_/),
        expect.stringMatching(/^azurerm_key_vault_key\.key_/),
        expect.stringMatching(/^azurerm_role_assignment\.cluster_joins-network_/),
      ]),
    );
    expect(removed(stacksOf().json('cluster'))).toEqual([]);
  });

  test.each([
    ['exists', { existing: AZURE_NETWORK }],
    ['is made, with the rules and the zone of the cluster', {}],
  ])('is declared, and forgotten, under the same addresses where its network %s', (_, network) => {
    const after = stacksOf({ network, cluster: { existing: CLUSTER } }).json('cluster');
    const before = addressesOf(stacksOf({ network }).json('cluster'));
    const gone = before.filter((address) => !addressesOf(after).includes(address));
    expect(gone.length).toBeGreaterThan(10);
    expect(gone.filter((address) => !removed(after).includes(address))).toEqual([]);
  });
});

describe('stores that exist', () => {
  const corpus = {
    kind: 'object',
    site: 'virginia',
    existing: { id: 'corpcorpus', container: 'tokens', resourceGroup: 'data', subscriptionId: HUB },
  };
  const archive = {
    kind: 'lustre',
    site: 'virginia',
    existing: { id: 'archive', resourceGroup: 'data', mountAddress: '10.9.0.4' },
  };

  test('are not made, and workloads are let into containers', () => {
    const stacks = stacksOf({ stores: { corpus, archive } });
    expect(stacks.layers).not.toContain('orion-virginia-storage');
    expect(Object.values(resourcesOf(stacks.json('cluster'), 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({
        role_definition_name: 'Storage Blob Data Contributor',
        scope: `/subscriptions/${HUB}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/corpcorpus/blobServices/default/containers/tokens`,
      }),
    );
  });
});

describe('a key that exists', () => {
  const stacks = stacksOf({
    network: {},
    site: { encryptionKey: { existing: KEY } },
    stores: { scratch: LUSTRE, datasets: { kind: 'object', site: 'virginia' } },
  });
  const newest = /^\$\{data\.azurerm_key_vault_key\.newest-key.*\.id\}$/;

  test('is looked up in its newest version, and encrypts the cluster in place of one that is made', () => {
    const json = stacks.json('cluster');
    expect(Object.values(json.data?.azurerm_key_vault_key ?? {})).toEqual([
      { name: 'training', key_vault_id: KEY.replace('/keys/training', '') },
    ]);
    expect(onlyResource(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      key_management_service: { key_vault_key_id: expect.stringMatching(newest) },
    });
    expect(resourcesOf(json, 'azurerm_key_vault')).toEqual({});
    expect(roles(json)).not.toContain('Key Vault Crypto User');
  });

  test('encrypts stores', () => {
    const json = stacks.json('storage');
    expect(onlyResource(json, 'azurerm_managed_lustre_file_system')).toMatchObject({
      encryption_key: { key_url: expect.stringMatching(newest), source_vault_id: KEY.replace('/keys/training', '') },
    });
    expect(onlyResource(json, 'azurerm_storage_account')).toMatchObject({
      customer_managed_key: { key_vault_key_id: expect.stringMatching(/\.versionless_id\}$/) },
    });
    expect(resourcesOf(json, 'azurerm_key_vault')).toEqual({});
  });

  test('lets go of the one that was made before and of who may use it, which what is encrypted may still need', () => {
    const made = stacksOf({ network: {}, stores: { scratch: LUSTRE, datasets: { kind: 'object', site: 'virginia' } } });
    const users = {
      cluster: ['connects-vault', 'disks-use-key', 'uses-key'].map((id) => `azurerm_role_assignment.cluster_${id}`),
      storage: ['datasets', 'scratch'].map((key) => `azurerm_role_assignment.store-${key}_uses-key`),
    };
    for (const layer of ['cluster', 'storage'] as const) {
      const declared = addressesOf(stacks.json(layer));
      const gone = addressesOf(made.json(layer)).filter((address) => !declared.includes(address));
      expect(removed(stacks.json(layer))).toEqual(gone.sort());
      expect(gone.map((from) => from.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
        'azurerm_key_vault.key_vault',
        'azurerm_key_vault_key.key',
        'azurerm_private_endpoint.key_endpoint',
        ...users[layer],
      ]);
    }
    expect(removed(stacksOf({ network: {} }).json('cluster'))).toEqual([]);
  });

  test('fails when it is the key of something else', () => {
    const make = () =>
      stacksOf({ network: {}, site: { encryptionKey: { existing: 'https://corp.vault.azure.net/keys/k' } } });
    expect(make).toThrow(/is not the id of a key: it looks like .*vaults\/NAME\/keys\/NAME \[IdInvalid\]/);
  });
});
