import { diffDocuments, diffResources, ref, told } from './documents';

const SUBNET = {
  name: 'nodes',
  resource_group_name: 'site',
  virtual_network_name: 'net',
  address_prefixes: ['10.0.0.0/24'],
};

describe('comparing Terraform resources', () => {
  test('tells created, updated, replaced and destroyed apart', () => {
    const before = {
      azurerm_subnet: { grown: SUBNET, moved: SUBNET, gone: SUBNET, same: SUBNET },
    };
    const after = {
      azurerm_subnet: {
        grown: { ...SUBNET, address_prefixes: ['10.0.0.0/23'] },
        moved: { ...SUBNET, virtual_network_name: 'other' },
        fresh: SUBNET,
        same: SUBNET,
      },
    };
    expect(diffResources(before, after).map(told)).toEqual([
      'created azurerm_subnet.fresh',
      'updated azurerm_subnet.grown address_prefixes.0',
      'replaced azurerm_subnet.moved because virtual_network_name',
      'destroyed azurerm_subnet.gone',
    ]);
  });

  test('sees no change in another order of a set, a default written out or a number as text', () => {
    const rules = [
      { name: 'a', protocol: 'tcp', ports: ['1'] },
      { name: 'b', protocol: 'udp', ports: ['2'] },
    ];
    const allow = rules.map(({ protocol, ports }) => ({ protocol, ports }));
    const firewall = { name: 'fw', network: 'net', source_ranges: ['10.0.0.0/8', '172.16.0.0/12'], allow };
    const pool = { name: 'p', kubernetes_cluster_id: '/c', vm_size: 'x', node_count: 3, zones: ['1', '2'] };
    expect(
      diffResources(
        { google_compute_firewall: { fw: firewall }, azurerm_kubernetes_cluster_node_pool: { p: pool } },
        {
          google_compute_firewall: {
            fw: { ...firewall, source_ranges: ['172.16.0.0/12', '10.0.0.0/8'], allow: [...allow].reverse() },
          },
          azurerm_kubernetes_cluster_node_pool: { p: { ...pool, node_count: '3', mode: 'User', zones: ['2', '1'] } },
        },
      ),
    ).toEqual([]);
  });

  test('replaces when the number of elements of a block changes that cannot', () => {
    const cluster = { name: 'c', location: 'us-central1', network: 'net' };
    const [change] = diffResources(
      { google_container_cluster: { c: cluster } },
      { google_container_cluster: { c: { ...cluster, confidential_nodes: { enabled: true } } } },
    );
    expect(change?.action).toBe('replaced');
    expect(change?.because.map(({ path }) => path)).toContain('confidential_nodes');
  });

  test('follows a replacement to whoever reads what the provider computes of it', () => {
    const network = { name: 'net', location: 'eastus2', resource_group_name: 'site', address_space: ['10.0.0.0/16'] };
    const link = {
      name: 'l',
      resource_group_name: 'site',
      private_dns_zone_name: 'z',
      virtual_network_id: ref('azurerm_virtual_network.net.id'),
    };
    const subnet = { ...SUBNET, virtual_network_name: ref('azurerm_virtual_network.net.name') };
    const changes = diffResources(
      {
        azurerm_virtual_network: { net: network },
        azurerm_private_dns_zone_virtual_network_link: { l: link },
        azurerm_subnet: { s: subnet },
      },
      {
        azurerm_virtual_network: { net: { ...network, location: 'westus3' } },
        azurerm_private_dns_zone_virtual_network_link: { l: link },
        azurerm_subnet: { s: subnet },
      },
    );
    // The name of the network is written and stays: only its id is new.
    expect(changes.map(told)).toEqual([
      'replaced azurerm_virtual_network.net because location',
      'replaced azurerm_private_dns_zone_virtual_network_link.l because virtual_network_id',
    ]);
    expect(changes[1]?.because).toEqual([
      { path: 'virtual_network_id', of: 'azurerm_virtual_network.net', certain: true },
    ]);
  });

  test('follows a replacement through the outputs of another stack', () => {
    const state = (stack: string) => ({ backend: { local: { path: `${stack}.tfstate` } } });
    const network = (dns: string) => ({
      terraform: state('network'),
      resource: { oci_core_vcn: { vcn: { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16'], dns_label: dns } } },
      output: { 'vcn-id': { value: ref('oci_core_vcn.vcn.id') } },
    });
    const cluster = {
      terraform: state('cluster'),
      data: {
        terraform_remote_state: { net: { backend: 'local', config: { path: 'network.tfstate' } } },
      },
      resource: {
        oci_core_network_security_group: {
          nodes: { compartment_id: 'c', vcn_id: ref('data.terraform_remote_state.net.outputs.vcn-id') },
        },
      },
    };
    // The reader comes first in the manifest: the order of writing does not matter.
    const changes = diffDocuments({ cluster, network: network('old') }, { cluster, network: network('new') });
    expect(changes.map(({ stack, changes: own }) => [stack, own.map(told)])).toEqual([
      ['network', ['replaced oci_core_vcn.vcn because dns_label']],
      ['cluster', ['replaced oci_core_network_security_group.nodes because vcn_id']],
    ]);
  });

  test('takes a reference and the value that it stands for as the same', () => {
    const group = { name: 'site', location: 'eastus2' };
    const identity = { name: 'i', location: 'eastus2', resource_group_name: 'site' };
    expect(
      diffResources(
        { azurerm_resource_group: { g: group }, azurerm_user_assigned_identity: { i: identity } },
        {
          azurerm_resource_group: { g: group },
          azurerm_user_assigned_identity: {
            i: { ...identity, resource_group_name: ref('azurerm_resource_group.g.name') },
          },
        },
      ),
    ).toEqual([]);
  });

  test.each([
    [['node_config[0].labels'], []],
    [['node_config'], []],
    ['all', []],
    [[], ['updated google_container_node_pool.p node_config.labels.team']],
  ])('leaves what ignore_changes %j names as it is', (ignored, expected) => {
    const pool = (team: string) => ({
      name: 'p',
      cluster: 'c',
      node_config: { labels: { team } },
      lifecycle: { ignore_changes: ignored },
    });
    const changes = diffResources(
      { google_container_node_pool: { p: pool('red') } },
      { google_container_node_pool: { p: pool('blue') } },
    );
    expect(changes.map(told)).toEqual(expected);
  });

  test('says that prevent_destroy stops a replacement, and protects what loses it with its declaration', () => {
    const ring = { name: 'r', location: 'global', lifecycle: { prevent_destroy: true } };
    const [moved] = diffResources(
      { google_kms_key_ring: { r: ring } },
      { google_kms_key_ring: { r: { ...ring, location: 'eu' } } },
    );
    expect(moved).toMatchObject({
      isProtected: true,
      notes: ['Terraform refuses it while prevent_destroy is set'],
    });
    const [gone] = diffResources({ google_kms_key_ring: { r: ring } }, {});
    expect(gone).toMatchObject({ action: 'destroyed', isProtected: true });
    const [careless] = diffResources(
      { google_kms_key_ring: { r: ring } },
      { google_kms_key_ring: { r: { name: 'r', location: 'eu' } } },
    );
    expect(careless).toMatchObject({ action: 'replaced', isProtected: true, notes: [] });
  });

  test('takes the protection that a provider keeps in its state for one, and says that it outlives the declaration', () => {
    const bucket = (policy: string) => ({ name: 'b', location: 'l', deletion_policy: policy });
    const [gone] = diffResources({ google_storage_bucket: { b: bucket('PREVENT') } }, {});
    expect(gone).toMatchObject({
      action: 'destroyed',
      isProtected: true,
      notes: ['the apply stops at it: its state says deletion_policy = "PREVENT"'],
    });
    const [free] = diffResources({ google_storage_bucket: { b: bucket('DELETE') } }, {});
    expect(free).toMatchObject({ action: 'destroyed', isProtected: false, notes: [] });
  });

  test('notes when the new one comes first', () => {
    const group = { name: 'g', location: 'a', lifecycle: { create_before_destroy: true } };
    const [change] = diffResources(
      { azurerm_resource_group: { g: group } },
      { azurerm_resource_group: { g: { ...group, location: 'b' } } },
    );
    expect(change?.notes).toEqual(['the new one is created before the old one goes']);
  });

  test('replaces what replace_triggered_by ties to a replaced resource', () => {
    const group = { name: 'g', location: 'a' };
    const identity = {
      name: 'i',
      location: 'a',
      resource_group_name: 'g',
      lifecycle: { replace_triggered_by: ['azurerm_resource_group.g.id'] },
    };
    const changes = diffResources(
      { azurerm_resource_group: { g: group }, azurerm_user_assigned_identity: { i: identity } },
      { azurerm_resource_group: { g: { ...group, location: 'b' } }, azurerm_user_assigned_identity: { i: identity } },
    );
    expect(changes.map(told)).toEqual([
      'replaced azurerm_resource_group.g because location',
      'replaced azurerm_user_assigned_identity.i because lifecycle.replace_triggered_by',
    ]);
  });

  test('doubts a replacement where the provider had chosen the value itself', () => {
    const cluster = { name: 'c', location: 'us-central1' };
    const [change] = diffResources(
      { google_container_cluster: { c: cluster } },
      { google_container_cluster: { c: { ...cluster, cluster_ipv4_cidr: '10.0.0.0/14' } } },
    );
    expect(change?.because).toEqual([{ path: 'cluster_ipv4_cidr', certain: false }]);
  });

  test('replaces everything when its provider works elsewhere', () => {
    const document = (subscription: string, project: string) => ({
      provider: { azurerm: [{ subscription_id: subscription }], google: [{ project }] },
      resource: {
        azurerm_resource_group: { g: { name: 'g', location: 'a' } },
        google_kms_key_ring: { r: { name: 'r', location: 'global', project: 'fixed' } },
      },
    });
    const changes = diffDocuments({ stack: document('one', 'here') }, { stack: document('two', 'there') });
    expect(changes.flatMap((stack) => stack.changes).map(told)).toEqual([
      'replaced azurerm_resource_group.g because provider.subscription_id',
    ]);
  });

  test('compares types without a recorded schema as they are written', () => {
    const pet = (length: number, team: string) => ({
      length,
      keepers: { team },
      '//': { metadata: { path: `s/${team}` } },
    });
    expect(diffResources({ random_pet: { a: pet(2, 'x') } }, { random_pet: { a: pet(3, 'x') } }).map(told)).toEqual([
      'updated random_pet.a length',
    ]);
    expect(diffResources({ random_pet: { a: pet(2, 'x') } }, { random_pet: { a: pet(2, 'x') } })).toEqual([]);
  });

  test('counts everything of a stack that comes or goes', () => {
    const stack = { resource: { azurerm_resource_group: { g: { name: 'g', location: 'a' } } } };
    expect(
      diffDocuments({ old: stack }, { new: stack }).map(({ stack: name, changes }) => [name, changes.map(told)]),
    ).toEqual([
      ['new', ['created azurerm_resource_group.g']],
      ['old', ['kept azurerm_resource_group.g']],
    ]);
  });
});

describe('what the schema does not tell', () => {
  const pool = {
    name: 'p',
    kubernetes_cluster_id: '/c',
    vm_size: 'Standard_ND96isr_H200_v5',
    os_sku: 'Ubuntu2404',
    orchestrator_version: '1.35',
  };
  const diffPool = (change: object, before: object = {}) =>
    diffResources(
      { azurerm_kubernetes_cluster_node_pool: { p: { ...pool, ...before } } },
      { azurerm_kubernetes_cluster_node_pool: { p: { ...pool, ...before, ...change } } },
    )[0];

  test('AKS refuses another machine unless it may rotate the pool', () => {
    expect(diffPool({ vm_size: 'other' })).toMatchObject({
      action: 'updated',
      refused: [{ attributes: ['vm_size'], who: 'azurerm' }],
    });
    expect(diffPool({ vm_size: 'other' }, { temporary_name_for_rotation: 'tmp' })?.refused).toEqual([]);
    // What is reserved cannot be had twice; what only lacks the name is not said to be reserved.
    const why = (before: object) => diffPool({ vm_size: 'other' }, before)?.refused[0]?.why;
    expect(why({ capacity_reservation_group_id: '/g' })).toContain('which reserved machines leave no room for');
    expect(why({})).toBe('the pool would have to be built a second time, and has no temporary name for it');
  });

  test('AKS rolls the nodes for another version or system, and replaces the pool for a foreign system', () => {
    expect(diffPool({ orchestrator_version: '1.36' })?.rolled).toEqual(['orchestrator_version']);
    expect(diffPool({ os_sku: 'AzureLinux' })).toMatchObject({ action: 'updated', rolled: ['os_sku'] });
    expect(diffPool({ os_sku: 'Windows2022' })?.because.map(({ path }) => path)).toEqual(['os_sku']);
  });

  test.each([
    ['LRS', 'GRS', 'updated'],
    ['LRS', 'ZRS', 'replaced'],
    ['GZRS', 'RAGZRS', 'updated'],
  ])('storage goes from %s to %s by being %s', (from, to, action) => {
    const account = { name: 'a', location: 'l', resource_group_name: 'g', account_tier: 'Standard' };
    const [change] = diffResources(
      { azurerm_storage_account: { a: { ...account, account_replication_type: from } } },
      { azurerm_storage_account: { a: { ...account, account_replication_type: to } } },
    );
    expect(change?.action).toBe(action);
  });

  test.each([
    ['10.0.0.0/20', '10.0.0.0/19', 'updated'],
    ['10.0.16.0/20', '10.0.0.0/19', 'updated'],
    ['10.0.0.0/19', '10.0.0.0/20', 'replaced'],
    ['10.0.0.0/20', '10.1.0.0/20', 'replaced'],
  ])('a Google subnet goes from %s to %s by being %s', (from, to, action) => {
    const subnet = { name: 's', network: 'n', region: 'r' };
    const [change] = diffResources(
      { google_compute_subnetwork: { s: { ...subnet, ip_cidr_range: from } } },
      { google_compute_subnetwork: { s: { ...subnet, ip_cidr_range: to } } },
    );
    expect(change?.action).toBe(action);
  });

  test('GKE rolls the nodes for another machine and when a zone is left', () => {
    const gke = { name: 'p', cluster: 'c', node_locations: ['a', 'b'], node_config: { machine_type: 'x' } };
    const diff = (change: object) =>
      diffResources(
        { google_container_node_pool: { p: gke } },
        { google_container_node_pool: { p: { ...gke, ...change } } },
      )[0];
    expect(diff({ node_config: { machine_type: 'y' } })?.rolled).toEqual(['node_config.machine_type']);
    expect(diff({ node_locations: ['a'] })?.rolled).toEqual(['node_locations']);
    expect(diff({ node_locations: ['a', 'b', 'c'] })?.rolled).toEqual([]);
  });

  test('OKE replaces a cluster whose endpoint moves to another subnet', () => {
    const cluster = (subnet: string) => ({
      compartment_id: 'c',
      kubernetes_version: 'v1.35.2',
      name: 'n',
      vcn_id: 'v',
      endpoint_config: { subnet_id: subnet },
    });
    const [change] = diffResources(
      { oci_containerengine_cluster: { c: cluster('a') } },
      { oci_containerengine_cluster: { c: cluster('b') } },
    );
    expect(change?.because).toEqual([{ path: 'endpoint_config.subnet_id', certain: true }]);
  });
});
