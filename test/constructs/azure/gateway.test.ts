import type { Construct } from 'constructs';
import { Gateway, type GatewayProps, Network } from '../../../constructs/azure';
import { onlyResource, resourceCount, resourcesOf } from '../../helpers/terraform';
import { defaultType, network, OTHER_SUBSCRIPTION, SUBSCRIPTION, stack, synth } from './setup';

const SUBNETS = [
  { key: 'nodes', role: 'nodes', cidr: '10.128.0.0/19' },
  { key: 'gateway', role: 'gateway', cidr: '10.128.34.0/26' },
] as const;

function gateway(scope: Construct, props: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(scope, 'gateway', {
    name: 'lab-gateway',
    network: props.network ?? network(scope, { subnets: SUBNETS }),
    asn: 64512,
    insideAddresses: [['169.254.21.2', '169.254.21.6'], ['169.254.21.10']],
    ...props,
  });
}

const made = (props: Partial<GatewayProps> = {}) => synth(gateway(stack(), props));

describe('Gateway', () => {
  test('is mainly a gateway for tunnels', () => {
    expect(defaultType(gateway(stack()))).toBe('azurerm_virtual_network_gateway');
  });

  test('has two active instances with an address each, and routes over BGP by its own number', () => {
    const json = made();
    const [first, second] = Object.keys(resourcesOf(json, 'azurerm_public_ip'));
    expect(onlyResource(json, 'azurerm_virtual_network_gateway')).toMatchObject({
      name: 'lab-gateway-vpn',
      type: 'Vpn',
      vpn_type: 'RouteBased',
      generation: 'Generation2',
      sku: 'VpnGw2AZ',
      active_active: true,
      bgp_enabled: true,
      ip_configuration: [
        { name: 'instance-0', public_ip_address_id: `\${azurerm_public_ip.${first}.id}` },
        { name: 'instance-1', public_ip_address_id: `\${azurerm_public_ip.${second}.id}` },
      ],
      bgp_settings: {
        asn: 64512,
        peering_addresses: [
          { ip_configuration_name: 'instance-0', apipa_addresses: ['169.254.21.2', '169.254.21.6'] },
          { ip_configuration_name: 'instance-1', apipa_addresses: ['169.254.21.10'] },
        ],
      },
    });
  });

  test('has addresses in every zone, and in none where the region has none', () => {
    const zonesOf = (zones: readonly string[]) => {
      const scope = stack();
      const json = synth(gateway(scope, { network: network(scope, { subnets: SUBNETS, zones }) }));
      return Object.values(resourcesOf(json, 'azurerm_public_ip')).map((address) => address.zones);
    };
    expect(zonesOf(['2'])).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    expect(zonesOf([])).toEqual([undefined, undefined]);
  });

  test('makes the subnet that the service looks for, without a group, a delegation or a way out of its own', () => {
    const json = made();
    const subnets = Object.values(resourcesOf(json, 'azurerm_subnet'));
    expect(subnets.map(({ name }) => name)).toEqual(['GatewaySubnet', 'lab-nodes']);
    const [subnet] = subnets;
    expect(subnet).toMatchObject({
      virtual_network_name: 'lab-network',
      address_prefixes: ['10.128.34.0/26'],
      default_outbound_access_enabled: false,
    });
    expect(subnet).not.toHaveProperty('delegation');
    expect(Object.keys(resourcesOf(json, 'azurerm_subnet_network_security_group_association'))).toHaveLength(1);
    expect(Object.keys(resourcesOf(json, 'azurerm_subnet_nat_gateway_association'))).toHaveLength(1);
  });

  test('uses the subnet of a network that exists already', () => {
    const scope = stack();
    const networkId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;
    const subnetId = `${networkId}/subnets/GatewaySubnet`;
    const json = synth(
      gateway(scope, {
        network: Network.fromNetworkAttributes(scope, 'hub', {
          name: 'hub',
          networkId,
          subscriptionId: SUBSCRIPTION,
          resourceGroupName: 'lab',
          region: 'eastus2',
          zones: ['1'],
          subnets: [{ key: 'gateway', role: 'gateway', cidr: '10.0.1.0/26', subnetId }],
        }),
      }),
    );
    expect(resourcesOf(json, 'azurerm_subnet')).toEqual({});
    expect(onlyResource(json, 'azurerm_virtual_network_gateway')).toMatchObject({
      ip_configuration: [{ subnet_id: subnetId }, { subnet_id: subnetId }],
    });
  });

  test('has another gateway for circuits, after that for tunnels and without an address of its own', () => {
    const json = made({ kinds: ['interconnect', 'vpn'], circuitGbps: 5 });
    const [vpn, circuits] = Object.values(resourcesOf(json, 'azurerm_virtual_network_gateway'));
    expect(vpn).toMatchObject({ name: 'lab-gateway-vpn' });
    expect(circuits).toMatchObject({
      name: 'lab-gateway-circuits',
      type: 'ExpressRoute',
      sku: 'ErGw3AZ',
      depends_on: [expect.stringMatching(/^azurerm_virtual_network_gateway\./)],
    });
    expect(JSON.stringify(circuits)).not.toContain('public_ip_address_id');
  });

  test('has nothing for tunnels where it leads into circuits alone', () => {
    const json = made({ kinds: ['interconnect'], insideAddresses: [] });
    expect(resourcesOf(json, 'azurerm_public_ip')).toEqual({});
    expect(onlyResource(json, 'azurerm_virtual_network_gateway')).toMatchObject({ type: 'ExpressRoute' });
  });

  test.each([
    [1.25, 'VpnGw2AZ'],
    [1.3, 'VpnGw3AZ'],
    [5, 'VpnGw4AZ'],
    [10, 'VpnGw5AZ'],
  ])('is sized by what its tunnels carry: %s Gbit/s by %s', (vpnGbps, sku) => {
    expect(onlyResource(made({ vpnGbps }), 'azurerm_virtual_network_gateway')).toMatchObject({ sku });
  });

  test('is sized by the number of its tunnels too', () => {
    const many = Array.from({ length: 31 }, (_, index) => `169.254.22.${4 * index + 1}`);
    const json = made({ vpnGbps: 1, insideAddresses: [many, []] });
    expect(onlyResource(json, 'azurerm_virtual_network_gateway')).toMatchObject({ sku: 'VpnGw4AZ' });
  });

  test('refuses to be destroyed with its addresses and its subnet, unless it is told so', () => {
    const types = ['azurerm_public_ip', 'azurerm_virtual_network_gateway'];
    const lifecycles = (props: Partial<GatewayProps>) => {
      const json = made(props);
      return types.flatMap((type) => Object.values(resourcesOf(json, type)).map(({ lifecycle }) => lifecycle));
    };
    expect(lifecycles({})).toEqual(Array.from({ length: 3 }, () => ({ prevent_destroy: true })));
    expect(lifecycles({ deletionProtection: false })).toEqual([undefined, undefined, undefined]);
  });

  test('is found by its name and then makes nothing', () => {
    const scope = stack();
    const place = { subscriptionId: OTHER_SUBSCRIPTION, resourceGroupName: 'hub', region: 'eastus2' };
    const found = Gateway.fromGatewayAttributes(scope, 'gateway', { name: 'lab-gateway', ...place });
    expect(found.vpnGatewayId).toBe(
      `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworkGateways/lab-gateway-vpn`,
    );
    expect(found.circuitGatewayId).toBeUndefined();
    expect(resourceCount(synth(scope))).toBe(0);
  });

  test.each<[Partial<GatewayProps>, RegExp]>([
    [{ asn: 65515 }, /the number of gateway lab-gateway is 65515.*65515-65520.*\[CountInvalid\]/],
    [{ asn: 1.5 }, /is 1\.5.*\[CountInvalid\]/],
    [{ kinds: [] }, /leads nowhere.*\[CountInvalid\]/],
    [{ insideAddresses: [['169.254.21.2']] }, /inside addresses for 1 instances, and has 2.*\[CountInvalid\]/],
    [
      { insideAddresses: [['169.254.30.2'], []] },
      /is "169\.254\.30\.2": use one of 169\.254\.21\.0\/24.*\[RangeInvalid\]/,
    ],
    [{ vpnGbps: 11 }, /has to carry 11 Gbit\/s.*VpnGw5AZ 10 Gbit\/s.*\[SizeInvalid\]/],
    [{ kinds: ['interconnect'], circuitGbps: 20 }, /has to carry 20 Gbit\/s.*ErGw3AZ 10 Gbit\/s.*\[SizeInvalid\]/],
    [{ name: '' }, /name of a gateway is empty.*\[NameInvalid\]/],
  ])('fails when it has %j', (props, message) => {
    expect(() => gateway(stack(), props)).toThrow(message);
  });

  test('fails when the network has no subnet for it', () => {
    const scope = stack();
    expect(() => gateway(scope, { network: network(scope) })).toThrow(/0 subnets for gateway.*\[SubnetMissing\]/);
  });
});
