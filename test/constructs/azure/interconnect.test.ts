import type { Construct } from 'constructs';
import { Gateway, Interconnect, type InterconnectProps } from '../../../constructs/azure';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { SUBSCRIPTION, stack, synth } from './setup';

function gateway(scope: Construct, region = 'eastus') {
  const place = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab', region };
  return Gateway.fromGatewayAttributes(scope, 'gateway', { name: 'lab-gateway', ...place, kinds: ['interconnect'] });
}

function link(scope: Construct, props: Partial<InterconnectProps> = {}): Interconnect {
  return new Interconnect(scope, 'link', {
    name: 'lab-link',
    gateway: props.gateway ?? gateway(scope),
    circuits: [{ key: '1', insideCidrs: ['10.255.248.0/30', '10.255.248.4/30'] }],
    gbps: 2,
    isOrigin: true,
    ...props,
  });
}

const made = (props: Partial<InterconnectProps> = {}) => synth(link(stack(), props));

describe('Interconnect', () => {
  test('orders a circuit to Oracle Cloud where the region meets it', () => {
    expect(onlyResource(made(), 'azurerm_express_route_circuit')).toMatchObject({
      name: 'lab-link-circuit-1',
      service_provider_name: 'Oracle Cloud FastConnect',
      peering_location: 'Washington DC',
      bandwidth_in_mbps: 2000,
      sku: { tier: 'Standard', family: 'MeteredData' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('meets it elsewhere where it is told so', () => {
    const json = made({ location: 'Washington DC2', tier: 'Local', billing: 'UnlimitedData' });
    expect(onlyResource(json, 'azurerm_express_route_circuit')).toMatchObject({
      peering_location: 'Washington DC2',
      sku: { tier: 'Local', family: 'UnlimitedData' },
    });
  });

  test('connects the circuit once the other provider has accepted it, and changes nothing of it', () => {
    const before = made();
    expect(resourcesOf(before, 'azurerm_virtual_network_gateway_connection')).toEqual({});
    const after = made({ circuits: [{ key: '1', peerId: 'ocid1.virtualcircuit.oc1.iad.aaaa' }] });
    const type = 'azurerm_express_route_circuit';
    expect(resourcesOf(after, type)).toEqual(resourcesOf(before, type));
    const [circuit] = Object.keys(resourcesOf(after, type));
    expect(onlyResource(after, 'azurerm_virtual_network_gateway_connection')).toMatchObject({
      type: 'ExpressRoute',
      express_route_circuit_id: `\${azurerm_express_route_circuit.${circuit}.id}`,
      virtual_network_gateway_id: expect.stringMatching(/lab-gateway-circuits$/),
    });
  });

  test.each<[Partial<InterconnectProps>, RegExp]>([
    [{ gbps: 0 }, /is to carry 0 Gbit\/s.*\[SizeInvalid\]/],
    [{ isOrigin: false }, /ordered at Azure; set isOrigin.*\[AccessMissing\]/],
    [{ name: '' }, /name of a link is empty.*\[NameInvalid\]/],
  ])('fails when it has %j', (props, message) => {
    expect(() => link(stack(), props)).toThrow(message);
  });

  test('fails when no place is known at which its region meets Oracle Cloud', () => {
    const scope = stack();
    expect(() => link(scope, { gateway: gateway(scope, 'norwayeast') })).toThrow(/for norwayeast.*\[AccessMissing\]/);
  });

  test('fails when the gateway has no circuits', () => {
    const scope = stack();
    const place = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab', region: 'eastus' };
    const tunnels = Gateway.fromGatewayAttributes(scope, 'tunnels', { name: 'lab-gateway', ...place });
    expect(() => link(scope, { gateway: tunnels })).toThrow(/has no circuits.*\[AccessMissing\]/);
  });
});
