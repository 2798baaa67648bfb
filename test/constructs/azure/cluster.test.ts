import { Capacity, ObjectStore } from '../../../constructs/azure';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { cluster, defaultType, key, machine, network, SUBSCRIPTION, stack, synth, TENANT } from './setup';

const GROUPS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/reserved/providers/Microsoft.Compute/capacityReservationGroups`;

describe('Cluster', () => {
  const json = synth(cluster(stack()));
  const aks = onlyResource(json, 'azurerm_kubernetes_cluster');

  test('is mainly an AKS cluster', () => {
    expect(defaultType(cluster(stack()))).toBe('azurerm_kubernetes_cluster');
  });

  test('is private: API server in the network, no public name, no commands from outside', () => {
    expect(aks).toMatchObject({
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: false,
      run_command_enabled: false,
      api_server_access_profile: { virtual_network_integration_enabled: true },
      dns_prefix_private_cluster: 'lab',
      private_dns_zone_id: expect.stringMatching(/privateDnsZones\/private\.eastus2\.azmk8s\.io$/),
    });
    expect(aks).not.toHaveProperty('dns_prefix');
  });

  test('stands in a zone of its own where it is told so, which no other cluster may write', () => {
    const own = synth(cluster(stack(), { apiServerZone: 'own', tags: { team: 'lab' } }));
    const zone = 'lab.private.eastus2.azmk8s.io';
    const zoneId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Network/privateDnsZones/${zone}`;
    const made = onlyResource(own, 'azurerm_kubernetes_cluster');
    expect(made).toMatchObject({ private_dns_zone_id: zoneId, dns_prefix: 'lab' });
    expect(made).not.toHaveProperty('dns_prefix_private_cluster');
    const isOwn = (resource: Record<string, unknown>) => JSON.stringify(resource).includes('api-server-zone');
    expect(Object.values(resourcesOf(own, 'azurerm_private_dns_zone')).find(({ name }) => name === zone)).toMatchObject(
      {
        resource_group_name: 'lab',
        tags: { team: 'lab' },
        lifecycle: { prevent_destroy: true },
      },
    );
    expect(Object.values(resourcesOf(own, 'azurerm_private_dns_zone_virtual_network_link')).find(isOwn)).toMatchObject({
      virtual_network_id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Network/virtualNetworks/lab-network`,
      registration_enabled: false,
      lifecycle: { prevent_destroy: true },
    });
    const writers = Object.values(resourcesOf(own, 'azurerm_role_assignment')).filter(({ scope }) =>
      String(scope).includes('/privateDnsZones/'),
    );
    expect(writers).toEqual([
      expect.objectContaining({
        role_definition_name: 'Private DNS Zone Contributor',
        scope: zoneId,
        depends_on: [
          expect.stringMatching(/^azurerm_private_dns_zone\.cluster_api-server-zone_/),
          expect.stringMatching(/^azurerm_private_dns_zone_virtual_network_link\.cluster_api-server-zone_link_/),
        ],
      }),
    ]);
    expect(made.depends_on).toContainEqual(expect.stringMatching(/role_assignment\.cluster_writes-dns/));
  });

  test('has a name of a zone that Azure takes, however long its own is', () => {
    const name = 'atlas-a-rather-long-name-of-a-cluster-in-virginia';
    const own = synth(cluster(stack(), { name, apiServerZone: 'own', deletionProtection: false }));
    const zone = Object.entries(resourcesOf(own, 'azurerm_private_dns_zone')).find(([id]) => id.includes('api-server'));
    expect(String(zone?.[1].name)).toMatch(/^atlas-a-rather[a-z-]{0,10}-[0-9a-f]{8}\.private\.eastus2\.azmk8s\.io$/);
    expect(String(zone?.[1].name).split('.')[0]?.length).toBeLessThanOrEqual(32);
    expect(zone?.[1]).not.toHaveProperty('lifecycle');
  });

  test('knows Entra identities only', () => {
    expect(aks).toMatchObject({
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      azure_active_directory_role_based_access_control: { azure_rbac_enabled: true, tenant_id: TENANT },
      oidc_issuer_enabled: true,
      workload_identity_enabled: true,
      identity: { type: 'UserAssigned' },
    });
  });

  test('runs Cilium on overlay addresses and leaves by its own gateway', () => {
    expect(aks.network_profile).toMatchObject({
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_data_plane: 'cilium',
      network_policy: 'cilium',
      pod_cidr: '100.64.0.0/10',
      service_cidr: '172.20.0.0/16',
      dns_service_ip: '172.20.0.10',
      outbound_type: 'userAssignedNATGateway',
    });
  });

  test('encrypts hosts, disks and secrets with its own key', () => {
    expect(aks).toMatchObject({
      default_node_pool: { host_encryption_enabled: true, os_disk_type: 'Ephemeral' },
      key_management_service: { key_vault_network_access: 'Private' },
    });
    expect(onlyResource(json, 'azurerm_disk_encryption_set')).toMatchObject({ auto_key_rotation_enabled: true });
  });

  test('names what would replace it instead of referring to it', () => {
    for (const attribute of ['disk_encryption_set_id', 'private_dns_zone_id', 'node_resource_group']) {
      expect(String(aks[attribute])).not.toContain('${');
    }
  });

  test('is created after everything that it must be allowed', () => {
    const roles = Object.values(resourcesOf(json, 'azurerm_role_assignment')).map((role) => role.role_definition_name);
    expect(roles.sort()).toEqual([
      'Key Vault Contributor',
      'Key Vault Crypto Service Encryption User',
      'Key Vault Crypto User',
      'Network Contributor',
      'Network Contributor',
      'Private DNS Zone Contributor',
      'Private DNS Zone Contributor',
      'Reader',
    ]);
    const before = aks.depends_on;
    for (const what of [
      /role_assignment\.cluster_joins-nodes/,
      /role_assignment\.cluster_joins-control-plane/,
      /role_assignment\.cluster_links-dns/,
      /network_security_rule\.cluster_nodes-rules_others/,
      /network_security_rule\.cluster_control-plane-rules_others/,
      /role_assignment\.cluster_writes-dns/,
      /role_assignment\.cluster_uses-key/,
      /role_assignment\.cluster_reads-disks/,
      /subnet_nat_gateway_association/,
      /private_dns_zone_virtual_network_link/,
    ]) {
      expect(before).toContainEqual(expect.stringMatching(what));
    }
  });

  test('takes patches of Kubernetes in a window and no node images between them', () => {
    expect(aks).toMatchObject({
      sku_tier: 'Standard',
      automatic_upgrade_channel: 'patch',
      node_os_upgrade_channel: 'None',
      maintenance_window_auto_upgrade: { frequency: 'Weekly', day_of_week: 'Sunday', duration: 4 },
    });
    expect(aks.maintenance_window_auto_upgrade).not.toHaveProperty('start_date');
  });

  test('takes the window and the days without patches that it is given', () => {
    const own = cluster(stack(), {
      maintenanceWindow: { days: ['wed'], startTime: '22:30', hours: 6 },
      maintenanceExclusions: [
        { name: 'first-run', startTime: '2026-12-20T00:00:00Z', endTime: '2027-01-05T00:00:00Z' },
        { name: 'audit', startTime: '2027-03-01T00:00:00Z', endTime: '2027-03-02T00:00:00Z' },
      ],
    });
    expect(onlyResource(synth(own), 'azurerm_kubernetes_cluster').maintenance_window_auto_upgrade).toEqual({
      frequency: 'Weekly',
      interval: 1,
      day_of_week: 'Wednesday',
      start_time: '22:30',
      duration: 6,
      utc_offset: '+00:00',
      not_allowed: [
        { start: '2026-12-20T00:00:00Z', end: '2027-01-04T00:00:00Z' },
        { start: '2027-03-01T00:00:00Z', end: '2027-03-01T00:00:00Z' },
      ],
    });
  });

  test('gets nodes from its pools only, which the next major of the provider wants to be told', () => {
    expect(aks.node_provisioning_profile).toEqual({ mode: 'Manual' });
  });

  test('does not follow another spelling of the ids that it is created with', () => {
    expect(aks.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: [
        'default_node_pool[0].zones',
        'default_node_pool[0].vnet_subnet_id',
        'private_dns_zone_id',
        'disk_encryption_set_id',
      ],
    });
  });

  test('encrypts its secrets with the newest version of its key, and its disks with any', () => {
    const [address = ''] = Object.keys(synth(cluster(stack())).data?.azurerm_key_vault_key ?? {});
    expect(aks.key_management_service).toMatchObject({
      key_vault_key_id: `\${data.azurerm_key_vault_key.${address}.id}`,
    });
    expect(onlyResource(synth(cluster(stack())), 'azurerm_disk_encryption_set')).toMatchObject({
      key_vault_key_id: expect.stringMatching(/^\$\{azurerm_key_vault_key\..*\.versionless_id\}$/),
      auto_key_rotation_enabled: true,
    });
  });

  test('is left alone by Azure where it is told so', () => {
    const own = onlyResource(synth(cluster(stack(), { automaticUpgrades: 'none' })), 'azurerm_kubernetes_cluster');
    expect(own).not.toHaveProperty('automatic_upgrade_channel');
    expect(own).not.toHaveProperty('maintenance_window_auto_upgrade');
    expect(own).toMatchObject({ node_os_upgrade_channel: 'None', kubernetes_version: '1.36' });
  });

  test('may be destroyed, with what encrypts its disks, where it is told so', () => {
    const json = synth(cluster(stack(), { deletionProtection: false }));
    expect(onlyResource(json, 'azurerm_kubernetes_cluster').lifecycle).toEqual({
      ignore_changes: expect.arrayContaining(['private_dns_zone_id']),
    });
    expect(onlyResource(json, 'azurerm_disk_encryption_set')).not.toHaveProperty('lifecycle');
    expect(onlyResource(synth(cluster(stack())), 'azurerm_disk_encryption_set').lifecycle).toEqual({
      prevent_destroy: true,
    });
  });

  test('offers the identity that its nodes act as', () => {
    const scope = stack();
    const own = cluster(scope);
    const place = { accountName: 'corpus', subscriptionId: SUBSCRIPTION, resourceGroupName: 'data' };
    ObjectStore.fromObjectStoreAttributes(scope, 'corpus', place).grants.read(own.kubeletIdentity);
    expect(Object.values(resourcesOf(synth(scope), 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({
        role_definition_name: 'Storage Blob Data Reader',
        principal_id: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\..*\.kubelet_identity\[0\]\.object_id\}$/),
      }),
    );
  });

  test('keeps its system pool for critical add-ons and never rebuilds it for a new zone', () => {
    expect(aks.default_node_pool).toMatchObject({
      only_critical_addons_enabled: true,
      max_pods: 110,
      zones: ['1', '2'],
      upgrade_settings: { max_surge: '10%', drain_timeout_in_minutes: 30, undrainable_node_behavior: 'Schedule' },
    });
    expect(aks.default_node_pool).toMatchObject({ temporary_name_for_rotation: 'systemtmp' });
    expect(aks.timeouts).toEqual({ create: '2h', update: '6h', delete: '2h' });
  });

  test('runs the add-on of Azure Policy unless it is told not to', () => {
    expect(aks).toMatchObject({ azure_policy_enabled: true });
    const own = synth(cluster(stack(), { policyAddon: false }));
    expect(onlyResource(own, 'azurerm_kubernetes_cluster')).toMatchObject({ azure_policy_enabled: false });
  });

  test('lets groups in that administer it', () => {
    const group = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    const own = synth(cluster(stack(), { clusterAdmins: [group] }));
    expect(onlyResource(own, 'azurerm_kubernetes_cluster')).toMatchObject({
      azure_active_directory_role_based_access_control: { admin_group_object_ids: [group] },
    });
    expect(Object.values(resourcesOf(own, 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({ principal_id: group, principal_type: 'Group' }),
    );
  });

  test('lets groups look at it who may change nothing, and gives those who administer it nothing twice', () => {
    const [admin, viewer] = ['aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee'];
    const own = synth(cluster(stack(), { clusterAdmins: [admin], clusterViewers: [admin, viewer] }));
    const people = Object.values(resourcesOf(own, 'azurerm_role_assignment')).filter(
      ({ principal_type }) => principal_type === 'Group',
    );
    expect(people.map(({ principal_id, role_definition_name }) => `${principal_id} ${role_definition_name}`)).toEqual([
      `${admin} Azure Kubernetes Service Cluster User Role`,
      `${viewer} Azure Kubernetes Service Cluster User Role`,
      `${viewer} Azure Kubernetes Service RBAC Reader`,
    ]);
    for (const { scope } of people)
      expect(scope).toMatch(/^\$\{azurerm_kubernetes_cluster\.cluster_[0-9A-F]{8}\.id\}$/);
    expect(onlyResource(own, 'azurerm_kubernetes_cluster')).toMatchObject({
      azure_active_directory_role_based_access_control: { admin_group_object_ids: [admin] },
    });
  });

  test('lets a viewer who becomes an administrator keep the role that Azure gives a group once', () => {
    const group = 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    const ids = (props: Parameters<typeof cluster>[1]) =>
      cluster(stack(), props)
        .node.children.map(({ node }) => node.id)
        .filter((id) => id.includes(group));
    expect(ids({ clusterViewers: [group] })).toEqual([`enters-${group}`, `views-${group}`]);
    expect(ids({ clusterAdmins: [group] })).toEqual([`enters-${group}`]);
    expect(ids({ clusterAdmins: [group], clusterViewers: [group] })).toEqual([`enters-${group}`]);
  });

  test('gives the cluster access to reservations once for each resource group of them', () => {
    const scope = stack();
    const own = cluster(scope);
    for (const name of ['one', 'two']) {
      const capacity = new Capacity(scope, name, { kind: 'reservation', id: `${GROUPS}/${name}` });
      own.addNodePool(name, { name, machine: machine('Standard_D16ads_v5'), nodeCount: 2, zone: '1', capacity });
    }
    const reserved = Object.values(resourcesOf(synth(scope), 'azurerm_role_assignment')).filter(
      (role) => role.role_definition_name === 'Contributor',
    );
    expect(reserved).toHaveLength(1);
    expect(reserved[0]).toMatchObject({ scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/reserved` });
  });

  test('starts nodes from a registry where the network has no way out', () => {
    const scope = stack();
    const registry = `/subscriptions/${SUBSCRIPTION}/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/r`;
    const own = cluster(scope, { network: network(scope, { egress: 'none' }), bootstrapRegistryId: registry });
    const json = synth(own);
    const isolated = onlyResource(json, 'azurerm_kubernetes_cluster');
    expect(isolated).toMatchObject({
      network_profile: { outbound_type: 'none' },
      bootstrap_profile: { artifact_source: 'Cache', container_registry_id: registry },
      kubelet_identity: { user_assigned_identity_id: expect.stringMatching(/userAssignedIdentities\/lab-kubelet$/) },
    });
    const roles = Object.values(resourcesOf(json, 'azurerm_role_assignment'));
    expect(roles).toContainEqual(expect.objectContaining({ role_definition_name: 'AcrPull', scope: registry }));
    expect(roles).toContainEqual(expect.objectContaining({ role_definition_name: 'Managed Identity Operator' }));
    for (const what of [/cluster_pulls-images/, /cluster_assigns-kubelet/]) {
      expect(isolated.depends_on).toContainEqual(expect.stringMatching(what));
    }
  });

  test('leaves the identity of its nodes to AKS where they have a way out', () => {
    expect(aks).not.toHaveProperty('kubelet_identity');
  });

  test('leaves the registry to AKS where the network has no way out and none is named', () => {
    const scope = stack();
    const json = synth(cluster(scope, { network: network(scope, { egress: 'none' }) }));
    const isolated = onlyResource(json, 'azurerm_kubernetes_cluster');
    expect(isolated).toMatchObject({
      network_profile: { outbound_type: 'none' },
      bootstrap_profile: { artifact_source: 'Cache' },
      lifecycle: { ignore_changes: expect.arrayContaining(['bootstrap_profile[0].container_registry_id']) },
    });
    expect(isolated.bootstrap_profile).not.toHaveProperty('container_registry_id');
    expect(isolated).not.toHaveProperty('kubelet_identity');
    expect(aks).not.toHaveProperty('bootstrap_profile');
  });

  test('fails when its key is in a vault that the API server cannot reach', () => {
    const scope = stack();
    const at = network(scope);
    const encryptionKey = key(scope, at, { access: 'trusted-services', keyType: 'RSA' });
    expect(() => cluster(scope, { network: at, encryptionKey })).toThrow(
      /private access.*has trusted-services.*\[KeyUnsuitable\]/,
    );
  });

  test('fails when the range of its pods has no /24 for a node', () => {
    const scope = stack();
    const own = cluster(scope, { podCidr: '100.64.0.0/20' });
    const capacity = new Capacity(scope, 'capacity', { kind: 'on-demand' });
    const add = (name: string, nodeCount: number) =>
      own.addNodePool(name, { name, machine: machine('Standard_D16ads_v5'), nodeCount, zone: '1', capacity });
    expect(() => add('fits', 13)).not.toThrow();
    expect(() => add('over', 1)).toThrow(
      /cluster\/over: cluster lab has 17 nodes: 100\.64\.0\.0\/20 holds the pods of 16.*\[TooMany\]/,
    );
  });

  test.each([
    ['nodes', '172.30.0.0/19', /nodes, 172\.30\.0\.0\/19, overlaps 172\.30\.0\.0\/16/],
    ['control-plane', '10.128.33.0/29', /needs a \/28 or larger/],
  ] as const)('fails when its subnet for %s is %s', (role, cidr, message) => {
    const scope = stack();
    const subnets = [
      { key: 'nodes', role: 'nodes', cidr: '10.128.0.0/19' },
      { key: 'endpoints', role: 'endpoints', cidr: '10.128.32.0/24' },
      { key: 'control-plane', role: 'control-plane', cidr: '10.128.33.0/27' },
    ] as const;
    const at = network(scope, {
      cidrs: ['10.128.0.0/16', '172.30.0.0/16'],
      subnets: subnets.map((subnet) => (subnet.role === role ? { ...subnet, cidr } : subnet)),
    });
    expect(() => cluster(scope, { network: at })).toThrow(message);
  });

  test.each([0, 2.5, -1])('fails when its system pool has %d nodes', (nodeCount) => {
    const systemPool = { machine: machine('Standard_D16ads_v5'), nodeCount };
    expect(() => cluster(stack(), { systemPool })).toThrow(/a whole number, 1 or more \[CountInvalid\]/);
  });

  test.each([3, 25, 4.5])('fails when its maintenance window lasts %d hours', (hours) => {
    const maintenanceWindow = { days: ['mon'], startTime: '01:00', hours } as const;
    expect(() => cluster(stack(), { maintenanceWindow })).toThrow(/4 to 24 whole hours \[MaintenanceInvalid\]/);
  });

  test('fails when its maintenance window opens on several days, or an exclusion never ends', () => {
    const maintenanceWindow = { days: ['sat', 'sun'], startTime: '01:00', hours: 8 } as const;
    expect(() => cluster(stack(), { maintenanceWindow })).toThrow('opens on 2 days of the week; AKS takes exactly 1');
    const maintenanceExclusions = [{ name: 'run', startTime: '2026-12-20T00:00:00Z' }];
    expect(() => cluster(stack(), { maintenanceExclusions })).toThrow('maintenance exclusion run has no end');
  });

  test.each([
    [{ serviceCidr: '172.30.0.0/16' }, /services, 172\.30\.0\.0\/16, overlaps/],
    [{ podCidr: '169.254.0.0/16' }, /pods, 169\.254\.0\.0\/16, overlaps/],
    [{ serviceCidr: '10.0.0.0/12' }, /too large.*\[RangeInvalid\]/],
    [{ apiAccessCidrs: ['10.8.0.1/16'] }, /a range that reaches the API server is "10\.8\.0\.1\/16".*\[RangeInvalid\]/],
    [{ podCidr: '100.64.0.1/10' }, /range of the pods is "100\.64\.0\.1\/10".*\[RangeInvalid\]/],
  ])('fails when ranges are %j', (props, message) => {
    expect(() => cluster(stack(), props)).toThrow(message);
  });
});
