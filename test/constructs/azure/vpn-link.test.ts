import type { Construct } from 'constructs';
import { Gateway, VpnLink, type VpnLinkProps, type VpnTunnel } from '../../../constructs/azure';
import { resourcesOf } from '../../helpers/terraform';
import { SUBSCRIPTION, stack, synth } from './setup';

const PLACE = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab', region: 'eastus2' } as const;

function tunnel(key: string, own: number, block: number, peerInterface: number): VpnTunnel {
  return {
    key,
    insideCidr: `169.254.21.${block}/30`,
    inside: `169.254.21.${block + 2}`,
    peerInside: `169.254.21.${block + 1}`,
    interface: own,
    peerInterface,
    peerOutside: `198.51.100.${peerInterface + 1}`,
    presharedKey: `\${var.key_${key}}`,
  };
}

/** Four tunnels, as a peer has them that makes two for each address of this gateway. */
const TUNNELS = [tunnel('1', 0, 0, 0), tunnel('2', 0, 4, 1), tunnel('3', 1, 8, 2), tunnel('4', 1, 12, 3)];

function link(scope: Construct, props: Partial<VpnLinkProps> = {}): VpnLink {
  return new VpnLink(scope, 'link', {
    name: 'lab-link',
    gateway: Gateway.fromGatewayAttributes(scope, 'gateway', { name: 'lab-gateway', ...PLACE }),
    peer: { name: 'ohio', cloud: 'aws', asn: 64513, prefixes: ['10.64.0.0/16'] },
    tunnels: TUNNELS,
    proposal: {
      ikeVersion: 2,
      ike: { encryption: 'aes256', integrity: 'sha384', dhGroup: 20, lifetimeSeconds: 28800 },
      esp: { encryption: 'aes256gcm16', pfsGroup: 20, lifetimeSeconds: 3600 },
    },
    ...props,
  });
}

const byName = (type: string, props: Partial<VpnLinkProps> = {}) =>
  new Map(Object.values(resourcesOf(synth(link(stack(), props)), type)).map((one) => [one.name, one]));
const connections = (props: Partial<VpnLinkProps> = {}) => byName('azurerm_virtual_network_gateway_connection', props);

describe('VpnLink', () => {
  test('knows each end of a tunnel at the peer by its public address and its address inside', () => {
    const peers = byName('azurerm_local_network_gateway');
    expect([...peers.keys()]).toEqual(['lab-link-peer-1', 'lab-link-peer-2', 'lab-link-peer-3', 'lab-link-peer-4']);
    expect(peers.get('lab-link-peer-3')).toMatchObject({
      gateway_address: '198.51.100.3',
      bgp_settings: { asn: 64513, bgp_peering_address: '169.254.21.9' },
      location: 'eastus2',
      resource_group_name: 'lab',
    });
  });

  test('says both addresses in every connection: that of its instance, and one that the other has', () => {
    const addresses = [...connections().values()].map((one) => one.custom_bgp_addresses);
    expect(addresses).toEqual([
      { primary: '169.254.21.2', secondary: '169.254.21.10' },
      { primary: '169.254.21.6', secondary: '169.254.21.10' },
      { primary: '169.254.21.2', secondary: '169.254.21.10' },
      { primary: '169.254.21.2', secondary: '169.254.21.14' },
    ]);
  });

  test('has one address where the other instance has no tunnel', () => {
    const [only] = connections({ tunnels: TUNNELS.slice(0, 1) }).values();
    expect(only?.custom_bgp_addresses).toEqual({ primary: '169.254.21.2' });
  });

  test('proposes one set of algorithms, in the words of Azure', () => {
    expect(connections().get('lab-link-tunnel-1')).toMatchObject({
      type: 'IPsec',
      connection_protocol: 'IKEv2',
      connection_mode: 'Default',
      bgp_enabled: true,
      dpd_timeout_seconds: 45,
      shared_key: `\${var.key_1}`,
      virtual_network_gateway_id: expect.stringMatching(/virtualNetworkGateways\/lab-gateway-vpn$/),
      ipsec_policy: {
        dh_group: 'ECP384',
        ike_encryption: 'AES256',
        ike_integrity: 'SHA384',
        ipsec_encryption: 'GCMAES256',
        ipsec_integrity: 'GCMAES256',
        pfs_group: 'ECP384',
        sa_lifetime: 3600,
        sa_datasize: 102400000,
      },
    });
  });

  test('keeps what it has when a tunnel is added', () => {
    const before = connections({ tunnels: TUNNELS.slice(0, 3) });
    const after = connections();
    for (const [name, one] of before) expect([name, after.get(name)]).toEqual([name, one]);
  });

  test.each<[Partial<VpnLinkProps>, RegExp]>([
    [
      { tunnels: [{ ...tunnel('1', 0, 0, 0), inside: '10.0.0.1' }] },
      /address of tunnel 1 .*"10\.0\.0\.1".*\[RangeInvalid\]/,
    ],
    [
      { tunnels: [{ ...tunnel('1', 0, 0, 0), peerOutside: 'x' }] },
      /public address of the peer .*"x".*\[RangeInvalid\]/,
    ],
    [{ tunnels: [tunnel('1', 2, 0, 0)] }, /tunnels of instances 2.*\[CountInvalid\]/],
    [{ tunnels: [tunnel('1', 1, 0, 0)] }, /no tunnel of instance 0.*\[CountInvalid\]/],
    [
      { peer: { name: 'x', cloud: 'on-premises', asn: 65515, prefixes: [] } },
      /peer of link lab-link is 65515.*\[CountInvalid\]/,
    ],
  ])('fails when it has %j', (props, message) => {
    expect(() => link(stack(), props)).toThrow(message);
  });

  test('fails when the gateway has no tunnels', () => {
    const scope = stack();
    const kinds = ['interconnect'] as const;
    const other = Gateway.fromGatewayAttributes(scope, 'other', { name: 'lab-gateway', ...PLACE, kinds });
    expect(() => link(scope, { gateway: other })).toThrow(/has no tunnels.*\[AccessMissing\]/);
  });
});
