import { VpnLink, type VpnLinkProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedGateway, PROPOSAL, tunnels } from './links-support';
import { newStack } from './support';

const PEER = { name: 'ohio', cloud: 'aws', asn: 64512, prefixes: ['10.64.0.0/16'] } as const;

function synthLink(props: Partial<VpnLinkProps> = {}) {
  const stack = newStack();
  const link = new VpnLink(stack, 'link', {
    name: 'atlas-east-iowa',
    gateway: importedGateway(stack),
    peer: PEER,
    tunnels: tunnels(4),
    proposal: PROPOSAL,
    tags: { site: 'iowa' },
    ...props,
  });
  return { link, json: synthStack(stack) };
}

const values = (json: ReturnType<typeof synthStack>, type: string) => Object.values(resourcesOf(json, type));

describe('VpnLink', () => {
  test('has the gateway of the peer as its default child', () => {
    expect(synthLink().link.node.defaultChild).toMatchObject({
      terraformResourceType: 'google_compute_external_vpn_gateway',
    });
  });

  test('knows all addresses of the peer in the order of its interfaces', () => {
    expect(onlyResource(synthLink().json, 'google_compute_external_vpn_gateway')).toEqual({
      name: 'atlas-east-iowa',
      project: 'test-train',
      redundancy_type: 'FOUR_IPS_REDUNDANCY',
      interface: [10, 11, 12, 13].map((host, id) => ({ id, ip_address: `198.51.100.${host}` })),
      labels: { site: 'iowa' },
    });
  });

  test.each([
    [2, 2, 'TWO_IPS_REDUNDANCY'],
    [2, 1, 'SINGLE_IP_INTERNALLY_REDUNDANT'],
    [4, 4, 'FOUR_IPS_REDUNDANCY'],
  ])('with %d tunnels to %d addresses is %s', (count, peers, redundancy_type) => {
    const { json } = synthLink({ tunnels: tunnels(count, peers) });
    expect(onlyResource(json, 'google_compute_external_vpn_gateway')).toMatchObject({ redundancy_type });
    expect(values(json, 'google_compute_vpn_tunnel')).toHaveLength(count);
  });

  test('makes exactly one proposal on each tunnel', () => {
    const [tunnel] = values(synthLink().json, 'google_compute_vpn_tunnel');
    expect(tunnel).toMatchObject({
      ike_version: 2,
      cipher_suite: {
        phase1: {
          encryption: ['AES-CBC-256'],
          integrity: ['HMAC-SHA2-384-192'],
          prf: ['PRF-HMAC-SHA2-384'],
          dh: ['Group-20'],
        },
        phase2: { encryption: ['AES-GCM-16-256'], pfs: ['Group-20'] },
      },
    });
  });

  test('joins interfaces as the plan says, and has an address inside of each tunnel', () => {
    const { json } = synthLink();
    const ends = values(json, 'google_compute_vpn_tunnel').map((tunnel) => [
      tunnel.name,
      tunnel.vpn_gateway_interface,
      tunnel.peer_external_gateway_interface,
    ]);
    expect(ends.sort()).toEqual([
      ['atlas-east-iowa-1', 0, 0],
      ['atlas-east-iowa-2', 0, 1],
      ['atlas-east-iowa-3', 1, 2],
      ['atlas-east-iowa-4', 1, 3],
    ]);
    const inside = values(json, 'google_compute_router_interface').map(({ name, ip_range }) => [name, ip_range]);
    expect(inside.sort()).toEqual([
      ['atlas-east-iowa-1', '169.254.64.2/30'],
      ['atlas-east-iowa-2', '169.254.64.6/30'],
      ['atlas-east-iowa-3', '169.254.64.10/30'],
      ['atlas-east-iowa-4', '169.254.64.14/30'],
    ]);
    for (const session of values(json, 'google_compute_router_peer')) {
      expect(session).toMatchObject({ peer_asn: 64512, advertised_route_priority: 100, router: 'atlas-iowa-gateway' });
      expect(session.interface).toBe(session.name);
    }
  });

  test('makes anew with each part what it carries, since nothing of it can be changed under what uses it', () => {
    const { json } = synthLink({ tunnels: tunnels(1, 1) });
    const [peer] = Object.keys(resourcesOf(json, 'google_compute_external_vpn_gateway'));
    const [tunnel] = Object.keys(resourcesOf(json, 'google_compute_vpn_tunnel'));
    const [inside] = Object.keys(resourcesOf(json, 'google_compute_router_interface'));
    expect(onlyResource(json, 'google_compute_vpn_tunnel').peer_external_gateway).toBe(
      `\${google_compute_external_vpn_gateway.${peer}.id}`,
    );
    expect(onlyResource(json, 'google_compute_router_interface').vpn_tunnel).toBe(
      `\${google_compute_vpn_tunnel.${tunnel}.id}`,
    );
    expect(onlyResource(json, 'google_compute_router_peer').lifecycle).toEqual({
      replace_triggered_by: [`google_compute_router_interface.${inside}.id`],
    });
  });

  test('takes the gateway of a peer in Google Cloud by its id, since its addresses are refused', () => {
    const gatewayId = 'projects/other/regions/europe-west4/vpnGateways/atlas-delft-gateway';
    const peer = { ...PEER, cloud: 'google', gatewayId } as const;
    const { json } = synthLink({ peer, tunnels: tunnels(2) });
    expect(resourcesOf(json, 'google_compute_external_vpn_gateway')).toEqual({});
    const found = values(json, 'google_compute_vpn_tunnel');
    expect(found.map(({ peer_gcp_gateway }) => peer_gcp_gateway)).toEqual([gatewayId, gatewayId]);
    for (const tunnel of found) expect(tunnel).not.toHaveProperty('peer_external_gateway_interface');
  });

  test('holds references to keys, and no key', () => {
    const keys = values(synthLink().json, 'google_compute_vpn_tunnel').map(({ shared_secret }) => shared_secret);
    expect(keys.sort()).toEqual([1, 2, 3, 4].map((number) => `\${var.preshared_key_${number}}`));
  });

  test.each([
    [{ tunnels: tunnels(3) }, /interfaces 0, 1, 2 of the peer; use those from 0 on, 1 or 2 or 4.*\[CountInvalid\]/],
    [{ tunnels: tunnels(2).slice(1) }, /lead to interfaces 1 of the peer.*\[CountInvalid\]/],
    [
      {
        tunnels: [
          ...tunnels(1),
          { ...tunnels(1)[0], key: '2', peerOutside: '198.51.100.99' },
        ] as VpnLinkProps['tunnels'],
      },
      /interface 0 of the peer has two addresses.*\[RangeInvalid\]/,
    ],
    [{ tunnels: tunnels(1).map((tunnel) => ({ ...tunnel, insideCidr: '169.254.64.1/30' })) }, /\[RangeInvalid\]/],
    [
      { peer: { ...PEER, cloud: 'google', gatewayId: 'x' } as const, tunnels: tunnels(4) },
      /joins interface 0 with 1.*\[CountInvalid\]/,
    ],
    [{ name: '-' }, /\[NameInvalid\]/],
  ])('fails when Google Cloud would refuse it (%#)', (props, message) => {
    expect(() => synthLink(props)).toThrow(message);
  });
});
