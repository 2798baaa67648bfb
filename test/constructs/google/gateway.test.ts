import { Gateway, type GatewayProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedNetwork, newStack } from './support';

function synthGateway(props: Partial<GatewayProps> = {}) {
  const stack = newStack();
  const gateway = new Gateway(stack, 'gateway', {
    name: 'atlas-iowa-gateway',
    network: importedNetwork(stack),
    asn: 64520,
    advertised: ['10.160.0.0/16', '10.170.0.0/16'],
    tags: { site: 'iowa' },
    ...props,
  });
  return { gateway, json: synthStack(stack) };
}

describe('Gateway', () => {
  test('has the HA VPN gateway as its default child', () => {
    const { gateway } = synthGateway();
    expect(gateway.node.defaultChild).toMatchObject({ terraformResourceType: 'google_compute_ha_vpn_gateway' });
  });

  test('is an HA VPN gateway of the network, which nobody destroys by accident', () => {
    expect(onlyResource(synthGateway().json, 'google_compute_ha_vpn_gateway')).toEqual({
      name: 'atlas-iowa-gateway',
      project: 'test-train',
      region: 'us-central1',
      network: 'projects/test-train/global/networks/atlas-iowa',
      stack_type: 'IPV4_ONLY',
      labels: { site: 'iowa' },
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
      depends_on: [],
    });
  });

  test('tells peers of the given blocks only, so never of subnets and their pods', () => {
    expect(onlyResource(synthGateway().json, 'google_compute_router')).toMatchObject({
      name: 'atlas-iowa-gateway',
      region: 'us-central1',
      bgp: {
        asn: 64520,
        advertise_mode: 'CUSTOM',
        advertised_ip_ranges: [{ range: '10.160.0.0/16' }, { range: '10.170.0.0/16' }],
        keepalive_interval: 20,
      },
    });
    expect(JSON.stringify(synthGateway().json)).not.toMatch(/advertised_groups|100\.64\./);
  });

  test("has a router of Google's number for circuits of a partner, which no tunnel may use", () => {
    const { json } = synthGateway({ kinds: ['interconnect', 'vpn'] });
    const routers = Object.values(resourcesOf(json, 'google_compute_router'));
    expect(routers.map(({ name, bgp }) => [name, Object(bgp).asn])).toEqual(
      expect.arrayContaining([
        ['atlas-iowa-gateway', 64520],
        ['atlas-iowa-gateway-circuits', 16550],
      ]),
    );
    expect(routers).toHaveLength(2);
    expect(Object(routers[0]?.bgp).advertised_ip_ranges).toEqual(Object(routers[1]?.bgp).advertised_ip_ranges);
  });

  test('has no addresses and no gateway without tunnels', () => {
    const { gateway, json } = synthGateway({ kinds: ['interconnect'] });
    expect(resourcesOf(json, 'google_compute_ha_vpn_gateway')).toEqual({});
    expect(gateway.addresses).toEqual([]);
    expect(synthGateway().gateway.addresses).not.toEqual([]);
  });

  test('opens nothing: a way is no entry', () => {
    expect(resourcesOf(synthGateway().json, 'google_compute_firewall')).toEqual({});
  });

  test('is destroyed where it is said', () => {
    const { json } = synthGateway({ deletionProtection: false });
    expect(onlyResource(json, 'google_compute_ha_vpn_gateway')).toMatchObject({ deletion_policy: 'DELETE' });
    expect(onlyResource(json, 'google_compute_ha_vpn_gateway')).not.toHaveProperty('lifecycle');
  });

  test('is known by the same ids in a stack that it is not made in', () => {
    const stack = newStack();
    const imported = Gateway.fromGatewayAttributes(stack, 'gateway', {
      name: 'atlas-iowa-gateway',
      network: importedNetwork(stack),
      advertised: [],
    });
    const { gateway } = synthGateway({ kinds: ['vpn', 'interconnect'] });
    expect(imported).toMatchObject({
      gatewayId: gateway.gatewayId,
      routerName: gateway.routerName,
      circuitRouterId: gateway.circuitRouterId,
      dependables: [],
    });
    expect(imported.gatewayId).toBe('projects/test-train/regions/us-central1/vpnGateways/atlas-iowa-gateway');
    expect(imported.circuitRouterId).toBe(
      'projects/test-train/regions/us-central1/routers/atlas-iowa-gateway-circuits',
    );
  });

  test.each([
    [{ asn: 65535 }, /asn of gateway "atlas-iowa-gateway" is 65535; use a private one.*\[CountInvalid\]/],
    [{ asn: 64512.5 }, /\[CountInvalid\]/],
    [{ advertised: ['10.160.0.0'] }, /block of gateway.*is "10\.160\.0\.0".*\[RangeInvalid\]/],
    [
      { advertised: Array.from({ length: 201 }, (_, n) => `10.${n}.0.0/16`) },
      /201 blocks; a router takes 200.*\[TooMany\]/,
    ],
    [{ name: '1' }, /\[NameInvalid\]/],
  ])('fails when Google Cloud would refuse it: %j', (props, message) => {
    expect(() => synthGateway(props)).toThrow(message);
  });

  test.each([64512, 65534, 4200000000, 4294967294])('takes the private number %d', (asn) => {
    expect(onlyResource(synthGateway({ asn }).json, 'google_compute_router')).toMatchObject({ bgp: { asn } });
  });
});
