import { parse } from 'yaml';
import { fillUnknowns, isFake } from '../../provider/fakes';
import { planChange } from '../../provider/plan-change';
import { hasIdShape } from '../../provider/rules/formats';
import ids from '../../provider/rules/ids.json';
import { attributesOf, blocksOf, loadProvider, PROVIDER_NAMES, type ProviderName } from '../../provider/schema';
import { isObject, type ValueObject } from '../../provider/values';

const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/g`;
const CONFIGS: Readonly<Record<ProviderName, ValueObject>> = {
  azurerm: { subscription_id: SUBSCRIPTION },
  google: { project: 'p', region: 'us-central1' },
  oci: { region: 'us-phoenix-1' },
};

/** What the local provider makes of a resource. */
function made(provider: ProviderName, typeName: string, values: ValueObject): ValueObject {
  const recorded = loadProvider(provider);
  const schema = recorded.resource_schemas[typeName] ?? recorded.data_source_schemas[typeName];
  const block = schema?.block ?? {};
  const names = [...Object.keys(attributesOf(block)), ...Object.keys(blocksOf(block))];
  const config = Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  const planned = planChange(block, recorded.rules[typeName], null, config, config);
  const resource = { provider, typeName, block, config: CONFIGS[provider], occurrence: 0 };
  const filled = fillUnknowns(resource, planned);
  return isObject(filled) ? filled : {};
}

const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/c`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/n`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/v`;

test.each<[string, ValueObject, string | RegExp]>([
  ['azurerm_resource_group', { name: 'g', location: 'eastus2' }, GROUP],
  ['azurerm_virtual_network', { name: 'n', resource_group_name: 'g' }, NETWORK],
  ['azurerm_subnet', { name: 's', resource_group_name: 'g', virtual_network_name: 'n' }, `${NETWORK}/subnets/s`],
  ['azurerm_kubernetes_cluster', { name: 'c', resource_group_name: 'g' }, CLUSTER],
  ['azurerm_kubernetes_cluster_node_pool', { name: 'p', kubernetes_cluster_id: CLUSTER }, `${CLUSTER}/agentPools/p`],
  [
    'azurerm_subnet_network_security_group_association',
    { subnet_id: `${NETWORK}/subnets/s`, network_security_group_id: `${GROUP}/x` },
    `${NETWORK}/subnets/s`,
  ],
  [
    'azurerm_role_assignment',
    { scope: NETWORK, name: SUBSCRIPTION },
    `${NETWORK}/providers/Microsoft.Authorization/roleAssignments/${SUBSCRIPTION}`,
  ],
  ['azurerm_role_assignment', { scope: VAULT }, /roleAssignments\/0ff11e00-[0-9a-f-]{27}$/],
  [
    'azurerm_key_vault_key',
    { name: 'k', key_vault_id: VAULT },
    /^https:\/\/v\.vault\.azure\.net\/keys\/k\/[0-9a-f]{32}$/,
  ],
  ['google_compute_network', { name: 'n' }, 'projects/p/global/networks/n'],
  ['google_compute_subnetwork', { name: 's', region: 'r' }, 'projects/p/regions/r/subnetworks/s'],
  [
    'google_container_node_pool',
    { name: 'pool', location: 'us-central1', cluster: 'projects/p/locations/us-central1/clusters/c' },
    'projects/p/locations/us-central1/clusters/c/nodePools/pool',
  ],
  ['google_service_account', { account_id: 'a' }, 'projects/p/serviceAccounts/a@p.iam.gserviceaccount.com'],
  ['google_storage_bucket', { name: 'b', location: 'us-central1' }, 'b'],
  ['oci_core_vcn', { compartment_id: 'c' }, /^ocid1\.vcn\.oc1\.us-phoenix-1\.offline[0-9a-f]{10}$/],
  [
    'oci_lustre_file_storage_lustre_file_system',
    { compartment_id: 'c' },
    /^ocid1\.lustrefilesystem\.oc1\.us-phoenix-1\.offline[0-9a-f]{10}$/,
  ],
  ['oci_containerengine_node_pool', { cluster_id: 'c' }, /^ocid1\.nodepool\.oc1\./],
])('the id of a %s with %j is %s', (type, values, id) => {
  const provider = PROVIDER_NAMES.find((name) => type.startsWith(`${name}_`)) ?? 'azurerm';
  expect(made(provider, type, values).id).toEqual(typeof id === 'string' ? id : expect.stringMatching(id));
});

test('every recorded id of Azure has the shape of its type, and names known types', () => {
  const { resource_schemas } = loadProvider('azurerm');
  const wrong = Object.entries(ids.azurerm).filter(([type, template]) => {
    const shape = template.startsWith('/') ? template : `/subscriptions/*/resourceGroups/*/providers/${template}`;
    if (resource_schemas[`azurerm_${type}`] === undefined) return true;
    return !hasIdShape(String(made('azurerm', `azurerm_${type}`, { name: 'x' }).id), shape);
  });
  // Ids of items in key vaults are addresses.
  expect(wrong).toEqual([]);
  expect(Object.keys(ids.azurerm).length).toBeGreaterThan(1000);
});

test('a kube config is YAML with a certificate authority that is base64', () => {
  const raw = made('azurerm', 'azurerm_kubernetes_cluster', { name: 'c', resource_group_name: 'g' }).kube_config_raw;
  const content = made('oci', 'oci_containerengine_cluster_kube_config', { cluster_id: 'c' }).content;
  for (const text of [raw, content]) {
    const authority = parse(String(text)).clusters[0].cluster['certificate-authority-data'];
    expect(Buffer.from(authority, 'base64').toString()).toMatch(/^-----BEGIN offline/);
    expect(isFake(String(text))).toBe(true);
  }
});

test('Google results that the provider computes from arguments are computed, not made up', () => {
  const labels = { team: 'a' };
  expect(made('google', 'google_compute_address', { name: 'a', labels })).toMatchObject({
    project: 'p',
    region: 'us-central1',
    deletion_policy: 'DELETE',
    effective_labels: labels,
    terraform_labels: labels,
    self_link: 'https://www.googleapis.com/compute/v1/projects/p/regions/us-central1/addresses/a',
  });
});

test('a key of a vault is known by four ids', () => {
  expect(made('azurerm', 'azurerm_key_vault_key', { name: 'k', key_vault_id: VAULT })).toMatchObject({
    id: expect.stringMatching(/^https:\/\/v\.vault\.azure\.net\/keys\/k\/[0-9a-f]{32}$/),
    versionless_id: 'https://v.vault.azure.net/keys/k',
    resource_id: expect.stringMatching(new RegExp(`^${VAULT}/keys/k/versions/[0-9a-f]{32}$`)),
    resource_versionless_id: `${VAULT}/keys/k`,
  });
});

test('labels of a cluster have another name', () => {
  const labels = { team: 'a' };
  expect(made('google', 'google_container_cluster', { name: 'c', resource_labels: labels })).toMatchObject({
    effective_labels: labels,
    terraform_labels: labels,
  });
});

test('references have the shape of what they refer to', () => {
  expect(made('oci', 'oci_core_vcn', { compartment_id: 'c' }).default_route_table_id).toMatch(
    /^ocid1\.routetable\.oc1\./,
  );
  expect(made('azurerm', 'azurerm_kubernetes_cluster', { name: 'c' }).node_resource_group_id).toMatch(
    new RegExp(`^/subscriptions/${SUBSCRIPTION}/resourceGroups/offline[0-9a-f]{10}$`),
  );
});
