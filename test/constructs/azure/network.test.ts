import { Network } from '../../../constructs/azure';
import { onlyResource, resourceCount, resourcesOf } from '../../helpers/terraform';
import { defaultType, network, SUBSCRIPTION, stack, synth } from './setup';

describe('Network', () => {
  test('is mainly a virtual network', () => {
    expect(defaultType(network(stack()))).toBe('azurerm_virtual_network');
  });

  test('gives no subnet a default way out', () => {
    const subnets = Object.values(resourcesOf(synth(network(stack())), 'azurerm_subnet'));
    expect(subnets).toHaveLength(4);
    for (const subnet of subnets) expect(subnet).toMatchObject({ default_outbound_access_enabled: false });
  });

  test('refuses to be destroyed, as do its subnets, which nothing that runs in them ever leaves', () => {
    const json = synth(network(stack()));
    const kept = [
      ...Object.values(resourcesOf(json, 'azurerm_virtual_network')),
      ...Object.values(resourcesOf(json, 'azurerm_subnet')),
    ];
    expect(kept).toHaveLength(5);
    for (const one of kept) expect(one.lifecycle).toEqual({ prevent_destroy: true });
  });

  test('may be destroyed, with its subnets, where it is told so', () => {
    const json = synth(network(stack(), { deletionProtection: false }));
    for (const type of ['azurerm_virtual_network', 'azurerm_subnet']) {
      for (const one of Object.values(resourcesOf(json, type))) expect(one).not.toHaveProperty('lifecycle');
    }
  });

  test('leaves by an appliance where one is named: nodes and file systems, and nothing else', () => {
    const json = synth(network(stack(), { egress: { via: '10.0.0.4' } }));
    expect(resourcesOf(json, 'azurerm_nat_gateway')).toEqual({});
    expect(onlyResource(json, 'azurerm_route_table')).toMatchObject({
      name: 'lab-routes',
      route: [
        {
          name: 'internet',
          address_prefix: '0.0.0.0/0',
          next_hop_type: 'VirtualAppliance',
          next_hop_in_ip_address: '10.0.0.4',
        },
      ],
    });
    const routed = Object.values(resourcesOf(json, 'azurerm_subnet_route_table_association'));
    expect(
      routed
        .map(({ subnet_id }) =>
          String(subnet_id).replace(/.*network_(\w+)_Resource.*|.*network_(\w+)_[0-9A-F]+.*/, '$1$2'),
        )
        .sort(),
    ).toEqual(['nodes', 'storage']);
    expect(resourcesOf(synth(network(stack())), 'azurerm_route_table')).toEqual({});
  });

  test('asks the DNS servers that it is told of', () => {
    const asked = network(stack(), { dnsServers: ['10.0.0.10', '10.0.0.11'] });
    expect(onlyResource(synth(asked), 'azurerm_virtual_network')).toMatchObject({
      dns_servers: ['10.0.0.10', '10.0.0.11'],
    });
    expect(onlyResource(synth(network(stack())), 'azurerm_virtual_network')).not.toHaveProperty('dns_servers');
  });

  test.each([
    [{ cidrs: ['10.128.0.1/16'] }, /a block of network lab is "10\.128\.0\.1\/16".*\[RangeInvalid\]/],
    [{ cidrs: ['10.129.0.0/16'] }, /subnet nodes is 10\.128\.0\.0\/19, outside of network lab.*\[RangeInvalid\]/],
    [
      {
        subnets: [
          { key: 'a', role: 'nodes', cidr: '10.128.0.0/19' },
          { key: 'b', role: 'storage', cidr: '10.128.16.0/23' },
        ] as const,
      },
      /subnets a \(10\.128\.0\.0\/19\) and b \(10\.128\.16\.0\/23\) overlap.*\[RangeInvalid\]/,
    ],
  ])('fails when it has %j', (props, message) => {
    expect(() => network(stack(), props)).toThrow(message);
  });

  test('puts a security group on every subnet, without rules: what is placed in one says who reaches it', () => {
    const json = synth(network(stack()));
    expect(Object.values(resourcesOf(json, 'azurerm_network_security_group')).map(({ name }) => name)).toEqual([
      'lab-control-plane-nsg',
      'lab-endpoints-nsg',
      'lab-nodes-nsg',
      'lab-storage-nsg',
    ]);
    expect(Object.keys(resourcesOf(json, 'azurerm_subnet_network_security_group_association'))).toHaveLength(4);
    expect(resourcesOf(json, 'azurerm_network_security_rule')).toEqual({});
    const delegated = Object.values(resourcesOf(json, 'azurerm_subnet')).filter(({ delegation }) => delegation);
    expect(delegated).toHaveLength(1);
    expect(delegated[0]).toMatchObject({
      name: 'lab-control-plane',
      delegation: [{ service_delegation: { name: 'Microsoft.ContainerService/managedClusters' } }],
    });
  });

  test('gives node subnets a NAT gateway each and file systems one together, none tied to a zone', () => {
    const at = network(stack(), {
      subnets: [
        { key: 'nodes-a', role: 'nodes', cidr: '10.128.0.0/19', owner: 'a' },
        { key: 'nodes-b', role: 'nodes', cidr: '10.128.32.0/19', owner: 'b' },
        { key: 'storage-x', role: 'storage', cidr: '10.128.64.0/23', owner: 'x' },
        { key: 'storage-y', role: 'storage', cidr: '10.128.66.0/23', owner: 'y' },
      ],
    });
    const json = synth(at);
    const gateways = Object.values(resourcesOf(json, 'azurerm_nat_gateway'));
    expect(gateways.map(({ name }) => name).sort()).toEqual([
      'lab-file-systems-nat',
      'lab-nodes-a-nat',
      'lab-nodes-b-nat',
    ]);
    for (const gateway of gateways) expect(gateway).not.toHaveProperty('zones');
    expect(Object.keys(resourcesOf(json, 'azurerm_subnet_nat_gateway_association'))).toHaveLength(4);
  });

  test('makes no public address without egress', () => {
    const json = synth(network(stack(), { egress: 'none' }));
    expect(resourcesOf(json, 'azurerm_nat_gateway')).toEqual({});
    expect(resourcesOf(json, 'azurerm_public_ip_prefix')).toEqual({});
  });

  test('names the zone of API servers as clusters inside the network need it', () => {
    const json = synth(network(stack()));
    const names = Object.values(resourcesOf(json, 'azurerm_private_dns_zone')).map(({ name }) => name);
    expect(names).toContain('private.eastus2.azmk8s.io');
    expect(names).toContain('privatelink.vaultcore.azure.net');
    expect(Object.keys(resourcesOf(json, 'azurerm_private_dns_zone_virtual_network_link'))).toHaveLength(names.length);
  });

  test('links to shared zones where they are given and makes none', () => {
    const at = network(stack(), { privateDnsResourceGroupName: 'shared' });
    const json = synth(at);
    expect(resourcesOf(json, 'azurerm_private_dns_zone')).toEqual({});
    for (const link of Object.values(resourcesOf(json, 'azurerm_private_dns_zone_virtual_network_link'))) {
      expect(link).toMatchObject({ resource_group_name: 'shared', registration_enabled: false });
    }
    expect(at.privateDnsZoneId('kubernetes')).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/shared/providers/Microsoft.Network/privateDnsZones/private.eastus2.azmk8s.io`,
    );
  });

  test('is found by its names and then makes nothing', () => {
    const scope = stack();
    const imported = Network.fromNetworkAttributes(scope, 'network', {
      name: 'lab',
      subscriptionId: SUBSCRIPTION,
      resourceGroupName: 'lab',
      region: 'eastus2',
      zones: ['1'],
      subnets: [{ key: 'nodes-a', role: 'nodes', cidr: '10.128.0.0/19', owner: 'a' }],
    });
    expect(imported.subnetFor('nodes', 'a').id).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Network/virtualNetworks/lab-network/subnets/lab-nodes-a`,
    );
    expect(resourceCount(synth(scope))).toBe(0);
  });

  test('fails when a subnet is asked for that it does not have', () => {
    expect(() => network(stack()).subnetFor('nodes', 'nobody')).toThrow(
      /0 subnets for nodes of nobody.*nodes: nodes.*\[SubnetMissing\]/,
    );
  });

  test('fails when a block is the one that the RDMA network uses', () => {
    expect(() => network(stack(), { cidrs: ['172.16.0.0/16'] })).toThrow(/172\.16\.0\.0\/16.*RDMA.*\[RangeInvalid\]/);
  });

  test('gives the same names whatever the tags are', () => {
    const names = (tags: Record<string, string>) =>
      Object.values(synth(network(stack(), { tags })).resource ?? {}).flatMap((byId) =>
        Object.entries(byId).map(([id, { name }]) => `${id}=${String(name)}`),
      );
    expect(names({ owner: 'one' })).toEqual(names({ owner: 'two' }));
  });
});
