import { type App, TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks, ClusterStack, FoundationStack } from '../../../stacks/azure';
import { onlyResource, resourceCount, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { fixture, machine, racks, type Shape, STORES } from './fixture';

const IDS = ['atlas-azure-gb-foundation', 'atlas-virginia-network', 'atlas-virginia-storage', 'atlas-gb300-cluster'];

function app(shape: Shape = {}): App {
  const created = Testing.app();
  addStacks(created, fixture(shape));
  return created;
}

function stackOf(from: App, layer: string): TerraformStack {
  const found = from.node.children.find(({ node }) => node.id.endsWith(layer));
  if (!(found instanceof TerraformStack)) throw new Error(`no stack of layer ${layer}`);
  return found;
}

const json = (layer: string, shape: Shape = {}): TerraformJson => synthStack(stackOf(app(shape), layer));

/** Every resource of a stack by its address, without what only says where it comes from. */
function addresses(layer: string, shape: Shape = {}): Map<string, unknown> {
  return new Map(
    Object.entries(json(layer, shape).resource ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, { '//': _, ...attributes }]) => [`${type}.${id}`, attributes] as const),
    ),
  );
}

describe('stacks of Azure', () => {
  test('are one foundation an account, a network and storage a site, a cluster a shard', () => {
    expect(app().node.children.map(({ node }) => node.id)).toEqual(IDS);
  });

  test('are applied after those that they build names from', () => {
    const all = app();
    const earlier = (layer: string) => stackOf(all, layer).dependencies.map(({ node }) => node.id);
    expect(earlier('network')).toEqual([IDS[0]]);
    expect(earlier('storage')).toEqual([IDS[1]]);
    expect(earlier('cluster')).toEqual([IDS[1], IDS[2]]);
  });

  test.each(['foundation', 'network', 'storage', 'cluster'])('pin the provider and the state of the %s', (layer) => {
    const made = json(layer);
    expect(made.terraform).toMatchObject({
      required_providers: { azurerm: { source: 'hashicorp/azurerm', version: '4.81.0' } },
      backend: { local: { path: expect.stringMatching(/^\.\.\/\.\.\/\.\.\/terraform\.atlas-.*\.tfstate$/) } },
    });
    const { provider: { azurerm: [stacks, ...others] = [] } = {} } = made;
    expect(others.map(({ alias }) => alias)).toEqual(layer === 'foundation' ? ['features'] : []);
    expect([stacks]).toEqual([
      {
        subscription_id: '11111111-2222-4333-8444-555555555555',
        tenant_id: '99999999-8888-4777-8666-555555555555',
        resource_provider_registrations: 'none',
        storage_use_azuread: true,
        features: [
          {
            resource_group: [{ prevent_deletion_if_contains_resources: true }],
            key_vault: [{ purge_soft_delete_on_destroy: false, recover_soft_deleted_key_vaults: true }],
            storage: [{ data_plane_available: false }],
            virtual_machine_scale_set: [{ roll_instances_when_required: false, reimage_on_manual_upgrade: false }],
          },
        ],
      },
    ]);
    expect(resourceCount(made)).toBeLessThanOrEqual(400);
  });

  test.each([
    ['foundation', []],
    ['network', []],
    ['storage', ['azurerm_key_vault_key']],
    ['cluster', ['azurerm_key_vault_key']],
  ])('look up nothing in the %s but the newest version of a key', (layer, types) => {
    expect(Object.keys(json(layer).data ?? {})).toEqual(types);
  });

  test('never rotate a pool that a contract or a reservation holds', () => {
    const made = json('cluster');
    for (const pool of Object.values(resourcesOf(made, 'azurerm_kubernetes_cluster_node_pool'))) {
      expect(pool).not.toHaveProperty('temporary_name_for_rotation');
    }
    expect(onlyResource(made, 'azurerm_kubernetes_cluster').default_node_pool).toMatchObject({
      temporary_name_for_rotation: 'systemtmp',
    });
  });

  test('give every resource group, identity, vault and endpoint a name of its own', () => {
    const layers = ['foundation', 'network', 'storage', 'cluster'].map((layer) => json(layer));
    for (const type of ['resource_group', 'user_assigned_identity', 'key_vault', 'private_endpoint']) {
      const names = layers
        .flatMap((layer) => Object.values(resourcesOf(layer, `azurerm_${type}`)))
        .map(({ name }) => name);
      expect(names.length).toBeGreaterThan(1);
      expect([type, new Set(names).size]).toEqual([type, names.length]);
    }
  });

  test('tag everything that takes tags', () => {
    const untagged = ['foundation', 'network', 'storage', 'cluster']
      .flatMap((layer) => Object.entries(json(layer).resource ?? {}))
      .filter(([, byId]) => Object.values(byId).some(({ tags }) => tags === undefined))
      .map(([type]) => type);
    expect([...new Set(untagged)].sort()).toEqual([
      'azurerm_federated_identity_credential',
      'azurerm_nat_gateway_public_ip_prefix_association',
      'azurerm_network_security_rule',
      'azurerm_resource_provider_feature_registration',
      'azurerm_role_assignment',
      'azurerm_storage_container',
      'azurerm_subnet',
      'azurerm_subnet_nat_gateway_association',
      'azurerm_subnet_network_security_group_association',
    ]);
  });

  test('synthesize the same bytes twice', () => {
    const all = () => ['foundation', 'network', 'storage', 'cluster'].map((layer) => JSON.stringify(json(layer)));
    expect(all()).toEqual(all());
  });
});

describe('FoundationStack', () => {
  const made = json('foundation');

  const features = (machines: readonly string[]) => {
    const { state, ...plan } = fixture();
    const [account] = plan.accounts('azure');
    if (account === undefined) throw new Error('the fixture has an account');
    const own = { ...account, machines: machines.map(machine) };
    const { removed, ...rest } = synthStack(new FoundationStack(Testing.app(), 'foundation', { account: own, state }));
    const registered = Object.values(resourcesOf(rest, 'azurerm_resource_provider_feature_registration'));
    return {
      registered: registered.map(({ provider_name, name }) => `${provider_name}/${name}`).sort(),
      kept: removed?.map(({ from, lifecycle }) => [from.replace(/_[0-9A-F]{8}$/, ''), lifecycle.destroy]),
    };
  };

  test('registers features with a provider that takes over those of the subscription, and makes nothing else', () => {
    const { provider: { azurerm: [usual = {}, registering] = [] } = {} } = made;
    const [features] = usual.features as [object];
    const skip = { skip_import_check_on_create_and_allow_overwriting_existing_resources: true };
    expect(registering).toEqual({ ...usual, alias: 'features', features: [{ ...features, ...skip }] });
    const withAlias = Object.entries(made.resource ?? {}).flatMap(([type, byId]) =>
      Object.values(byId).flatMap(({ provider }) => (provider === undefined ? [] : [`${type} ${provider}`])),
    );
    expect([...new Set(withAlias)]).toEqual(['azurerm_resource_provider_feature_registration azurerm.features']);
  });

  test('registers features alone, so that a subscription that has used AKS before needs no import of the rest', () => {
    expect(features(['Standard_ND96isr_H200_v5'])).toEqual({
      registered: ['Microsoft.Compute/EncryptionAtHost', 'Microsoft.ContainerService/AKSInfinibandSupport'],
      kept: [['azurerm_resource_provider_registration.fabric', false]],
    });
  });

  test('leaves the InfiniBand feature as it is where no machine needs it, whether it was declared or not', () => {
    expect(features(['Standard_ND128isr_GB300_v6'])).toEqual({
      registered: ['Microsoft.Compute/EncryptionAtHost'],
      kept: [
        ['azurerm_resource_provider_feature_registration.fabric', false],
        ['azurerm_resource_provider_registration.fabric', false],
      ],
    });
  });

  test('has a resource group for each site and one for what they share, which a new site does not move', () => {
    const groups = Object.values(resourcesOf(made, 'azurerm_resource_group'));
    expect(groups.map(({ name }) => name).sort()).toEqual(['atlas-azure-gb-shared', 'atlas-virginia-site']);
    expect(groups.find(({ name }) => name === 'atlas-azure-gb-shared')).toMatchObject({
      lifecycle: { ignore_changes: ['location'] },
    });
  });

  test('has every private DNS zone once', () => {
    const zones = Object.values(resourcesOf(made, 'azurerm_private_dns_zone')).map(({ name }) => name);
    expect(zones.sort()).toEqual([
      'private.eastus2.azmk8s.io',
      'privatelink.blob.core.windows.net',
      'privatelink.dfs.core.windows.net',
      'privatelink.vaultcore.azure.net',
    ]);
  });

  test('fails when both InfiniBand generations share the subscription', () => {
    const { state, ...plan } = fixture();
    const [account] = plan.accounts('azure');
    if (account === undefined) throw new Error('the fixture has an account');
    const machines = ['Standard_ND128isr_GB300_v6', 'Standard_ND96isr_H200_v5'].map(machine);
    const make = () => new FoundationStack(Testing.app(), 'foundation', { account: { ...account, machines }, state });
    expect(make).toThrow(/give them one each/);
  });
});

describe('StorageStack', () => {
  const made = json('storage');

  test('keeps its stores under one key that Lustre can use', () => {
    expect(onlyResource(made, 'azurerm_key_vault_key')).toMatchObject({ key_type: 'RSA', key_size: 2048 });
    expect(onlyResource(made, 'azurerm_key_vault')).toMatchObject({ public_network_access_enabled: true });
    expect(onlyResource(made, 'azurerm_managed_lustre_file_system')).toMatchObject({
      name: 'atlas-scratch',
      storage_capacity_in_tb: 128,
      resource_group_name: 'atlas-virginia-site',
    });
  });

  test('lets applies in where the site says from where they come', () => {
    const runner = { ranges: ['203.0.113.7/32'], subnets: [] };
    for (const layer of ['storage', 'cluster']) {
      expect(onlyResource(json(layer, { runner }), 'azurerm_key_vault')).toMatchObject({
        public_network_access_enabled: true,
        network_acls: { default_action: 'Deny', ip_rules: ['203.0.113.7/32'] },
      });
    }
    expect(onlyResource(json('cluster'), 'azurerm_key_vault')).toMatchObject({ public_network_access_enabled: false });
  });

  test('closes the vault where no Lustre needs to be let in, without another key', () => {
    const own = json('storage', { stores: STORES.filter(({ kind }) => kind === 'object') });
    expect(onlyResource(own, 'azurerm_key_vault')).toMatchObject({ public_network_access_enabled: false });
    expect(onlyResource(own, 'azurerm_key_vault_key')).toEqual(onlyResource(made, 'azurerm_key_vault_key'));
  });

  test('lets the nodes of the shards that mount a file system in', () => {
    const rules = Object.values(resourcesOf(made, 'azurerm_network_security_rule'));
    expect(rules.find(({ name }) => name === 'clients-in')).toMatchObject({
      network_security_group_name: 'atlas-virginia-storage-scratch-nsg',
      source_address_prefixes: ['10.128.0.0/19'],
    });
  });

  test.each([
    'azurerm_managed_lustre_file_system',
    'azurerm_storage_account',
    'azurerm_storage_container',
    'azurerm_key_vault',
    'azurerm_key_vault_key',
  ])('refuses to destroy its %s', (type) => {
    expect(onlyResource(made, type)).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test('says where its file systems are mounted from', () => {
    expect(Object.keys(made.output ?? {})).toEqual(['store-scratch-mount-address']);
  });
});

describe('ClusterStack', () => {
  const made = json('cluster');

  test('uses the subnets and zones that the network and the foundation named', () => {
    const network = new Set(Object.values(resourcesOf(json('network'), 'azurerm_subnet')).map(({ name }) => name));
    const aks = JSON.stringify(onlyResource(made, 'azurerm_kubernetes_cluster'));
    const used = [...aks.matchAll(/subnets\/([a-z0-9-]+)/g)].map(([, name]) => name);
    expect(used.sort()).toEqual(['atlas-virginia-control-plane-gb300', 'atlas-virginia-nodes-gb300']);
    for (const name of used) expect(network).toContain(name);
    expect(aks).toContain('/resourceGroups/atlas-azure-gb-shared/providers/Microsoft.Network/privateDnsZones/');
  });

  test('gives its workloads the object stores that they mount', () => {
    const name = onlyResource(json('storage'), 'azurerm_storage_account').name;
    expect(Object.values(resourcesOf(made, 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({
        role_definition_name: 'Storage Blob Data Contributor',
        scope: expect.stringContaining(`/storageAccounts/${String(name)}/`),
      }),
    );
  });

  test('has a protected node pool for each rack, found by the id of its group', () => {
    const pools = Object.values(resourcesOf(made, 'azurerm_kubernetes_cluster_node_pool'));
    expect(pools.map(({ name }) => name)).toEqual(['train1', 'train2']);
    for (const pool of pools) expect(pool).toMatchObject({ node_count: 18, lifecycle: { prevent_destroy: true } });
    const stack = stackOf(app(), 'cluster');
    expect(stack instanceof ClusterStack ? [...stack.pools.keys()] : []).toEqual(['train-1', 'train-2']);
  });

  test('runs the nodes in service of a rack and leaves its spares free', () => {
    const own = json('cluster', { groups: [{ nodes: 16, trays: 18 }] });
    expect(onlyResource(own, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({ node_count: 16 });
  });

  test('leaves pools with a range to AKS', () => {
    const own = json('cluster', {
      machine: 'Standard_D32ads_v5',
      capacity: { kind: 'on-demand' },
      groups: [{ nodes: 40, minNodes: 2 }],
    });
    expect(onlyResource(own, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({
      auto_scaling_enabled: true,
      min_count: 2,
      max_count: 40,
    });
  });

  test('has as many resources when the nodes of a group double', () => {
    const one = json('cluster', { groups: racks(1, 9) });
    const two = json('cluster', { groups: racks(1, 18) });
    expect(resourceCount(two)).toBe(resourceCount(one));
  });

  test('grows by one resource for a rack and changes no other', () => {
    const before = addresses('cluster', { groups: racks(2) });
    const after = addresses('cluster', { groups: racks(3) });
    expect(after.size).toBe(before.size + 1);
    for (const [address, attributes] of before) expect([address, after.get(address)]).toEqual([address, attributes]);
    expect([...addresses('network', { groups: racks(3) })]).toEqual([...addresses('network', { groups: racks(2) })]);
  });

  test('holds as many racks as a shard may have', () => {
    expect(resourceCount(json('cluster', { groups: racks(99) }))).toBeLessThanOrEqual(400);
  });

  test('changes nothing but tags when tags change', () => {
    const withoutTags = (layer: string, shape: Shape) =>
      JSON.stringify([...addresses(layer, shape)], (name, value) => (name === 'tags' ? undefined : value));
    for (const layer of ['foundation', 'network', 'storage', 'cluster']) {
      expect(withoutTags(layer, { tags: { owner: 'one' } })).toBe(withoutTags(layer, { tags: { owner: 'two' } }));
    }
  });

  test('tells GitOps what it needs and no secret', () => {
    expect(Object.keys(made.output ?? {}).sort()).toEqual(['cluster-name', 'oidc-issuer-url', 'workload-client-id']);
    expect(JSON.stringify(made)).not.toMatch(/kube_config|access_key|connection_string/);
  });
});
