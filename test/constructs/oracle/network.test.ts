import { TerraformElement } from '../../../constructs/cdktf';
import { Network } from '../../../constructs/oracle/network';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newNetwork, newStack, ZONE } from './scene';

describe('oracle Network', () => {
  test('has the VCN as its default child', () => {
    expect(newNetwork(newStack()).node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('gives no subnet a way in from the internet', () => {
    const stack = newStack();
    newNetwork(stack);
    const subnets = Object.values(resourcesOf(synthStack(stack), 'oci_core_subnet'));
    expect(subnets).toHaveLength(3);
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({ prohibit_public_ip_on_vnic: true, prohibit_internet_ingress: true });
      // Regional: a subnet of one availability domain would be replaced when nodes move.
      expect(subnet).not.toHaveProperty('availability_domain');
    }
  });

  test('takes its addresses from cidr_blocks, which can grow', () => {
    const stack = newStack();
    newNetwork(stack, { cidrs: ['10.192.0.0/16', '10.193.0.0/16'] });
    const vcn = onlyResource(synthStack(stack), 'oci_core_vcn');
    expect(vcn.cidr_blocks).toEqual(['10.192.0.0/16', '10.193.0.0/16']);
    expect(vcn).not.toHaveProperty('cidr_block');
  });

  test('is protected with its subnets: whatever lies in them cannot move', () => {
    const stack = newStack();
    newNetwork(stack);
    const json = synthStack(stack);
    const guarded = [onlyResource(json, 'oci_core_vcn'), ...Object.values(resourcesOf(json, 'oci_core_subnet'))];
    for (const { lifecycle } of guarded) expect(lifecycle).toEqual({ prevent_destroy: true });
  });

  test('may be destroyed with its subnets when it is told so', () => {
    const stack = newStack();
    newNetwork(stack, { deletionProtection: false });
    const json = synthStack(stack);
    const all = [onlyResource(json, 'oci_core_vcn'), ...Object.values(resourcesOf(json, 'oci_core_subnet'))];
    for (const resource of all) expect(resource).not.toHaveProperty('lifecycle');
  });

  test('takes subnets whose keys are the ids of its other parts', () => {
    const stack = newStack();
    newNetwork(stack, {
      subnets: [{ key: 'storage-routes', role: 'storage', cidr: '10.192.32.64/26', owner: 'routes' }],
    });
    expect(Object.keys(resourcesOf(synthStack(stack), 'oci_core_subnet'))).toEqual([
      expect.stringMatching(/^network_subnet-storage-routes_/),
    ]);
  });

  test('empties the default security list', () => {
    const stack = newStack();
    newNetwork(stack);
    const list = onlyResource(synthStack(stack), 'oci_core_default_security_list');
    expect(list).not.toHaveProperty('ingress_security_rules');
    expect(list).not.toHaveProperty('egress_security_rules');
  });

  test('routes nodes to the internet and to Oracle, and storage to Oracle only', () => {
    const stack = newStack();
    newNetwork(stack);
    const tables = Object.values(resourcesOf(synthStack(stack), 'oci_core_route_table'));
    const destinations = tables.map(({ display_name, route_rules }) => [
      display_name,
      JSON.stringify(route_rules).match(/"destination":"[^"]+"/g),
    ]);
    expect(Object.fromEntries(destinations)).toEqual({
      'atlas-phoenix-nodes': ['"destination":"all-phx-services"', '"destination":"0.0.0.0/0"'],
      'atlas-phoenix-storage': ['"destination":"all-phx-services"'],
    });
  });

  test('has no NAT gateway when nothing may leave', () => {
    const stack = newStack();
    newNetwork(stack, { egress: 'none' });
    expect(resourcesOf(synthStack(stack), 'oci_core_nat_gateway')).toEqual({});
  });

  test('leads nodes to the internet through what its owner has there', () => {
    const stack = newStack();
    newNetwork(stack, { egress: { via: 'ocid1.privateip.oc1.phx.firewall' } });
    const json = synthStack(stack);
    expect(resourcesOf(json, 'oci_core_nat_gateway')).toEqual({});
    const [nodes] = Object.values(resourcesOf(json, 'oci_core_route_table')).filter(
      ({ display_name }) => display_name === 'atlas-phoenix-nodes',
    );
    expect(nodes?.route_rules).toContainEqual({
      network_entity_id: 'ocid1.privateip.oc1.phx.firewall',
      destination: '0.0.0.0/0',
      destination_type: 'CIDR_BLOCK',
    });
  });

  test('asks DNS servers that it is given, three at most', () => {
    const stack = newStack();
    newNetwork(stack, { dnsServers: ['10.1.0.10'] });
    expect(onlyResource(synthStack(stack), 'oci_core_default_dhcp_options').options).toEqual([
      { type: 'DomainNameServer', server_type: 'CustomDnsServer', custom_dns_servers: ['10.1.0.10'] },
    ]);
    expect(() => newNetwork(newStack(), { dnsServers: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] })).toThrow(
      '4 DNS servers are more than the 3 of a network; leave some out [TooMany]',
    );
  });

  test('finds subnets by role and owner', () => {
    const network = newNetwork(newStack());
    expect(network.subnetsFor('nodes', { owner: 'gpu', zone: ZONE }).map(({ cidr }) => cidr)).toEqual([
      '10.192.0.0/19',
    ]);
    expect(network.subnetsFor('nodes', { owner: 'other' })).toEqual([]);
  });

  test('accepts a network that exists already', () => {
    const network = Network.fromNetworkAttributes(newStack(), 'network', {
      networkId: 'ocid1.vcn.oc1.phx.x',
      compartmentId: 'ocid1.compartment.oc1..x',
      zones: [ZONE],
      subnets: [{ key: 'n', role: 'nodes', cidr: '10.0.0.0/24', subnetId: 'ocid1.subnet.oc1.phx.n' }],
    });
    expect(network.egress).toBe('nat');
    expect(network.subnetFor('nodes').subnetId).toBe('ocid1.subnet.oc1.phx.n');
  });

  test.each([
    [{ cidrs: ['10.0.0.0/8'] }, /from \/16 to \/30, got 10\.0\.0\.0\/8/],
    [{ cidrs: ['192.168.0.0/20'] }, /192\.168\.0\.0\/20 overlaps 192\.168\.0\.0\/16, which RDMA interfaces use/],
    [{ rdmaCidr: '10.192.0.0/16' }, /10\.192\.0\.0\/16 overlaps 10\.192\.0\.0\/16, which RDMA interfaces use/],
    [
      { cidrs: ['10.193.0.0/16'] },
      /subnet "control-plane-gpu" is 10\.192\.32\.0\/28: it must lie in the network's blocks 10\.193\.0\.0\/16/,
    ],
    [{ egress: 'none' as const, serviceGateway: undefined }, /could not even reach their cluster/],
    [{ cidrs: ['banana'] }, /a block of the network is "banana"; use a range such as 10\.0\.0\.0\/16 \[RangeInvalid\]/],
    [{ rdmaCidr: '192.168.0.1/16' }, /rdmaCidr is "192\.168\.0\.1\/16"; use a range .* \[RangeInvalid\]/],
    [{ egress: { via: 'ocid1.vcn.oc1.phx.x' } }, /none of ocid1\.privateip\.… or ocid1\.drg\.… or .* \[IdInvalid\]/],
    [{ name: '' }, /the name "" must have 1 to 255 characters \[NameInvalid\]/],
    [
      { tags: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`tag-${index}`, 'x'])) },
      /11 free-form tags are more than the 10 of one resource; leave some out \[TagInvalid\]/,
    ],
    [{ tags: { ['x'.repeat(101)]: 'y' } }, /of a tag must have 1 to 100 characters \[TagInvalid\]/],
  ])('fails when given %j', (props, message) => {
    expect(() => newNetwork(newStack(), props)).toThrow(message);
  });

  test('fails when a subnet is not the only one of its role', () => {
    const network = newNetwork(newStack());
    expect(() => network.subnetFor('storage', 'other')).toThrow(
      /0 subnets with role "storage" of "other", .* \[SubnetMissing\]/,
    );
  });
});
