import { EMPTY_EXCHANGE, type Exchange } from '../../../estate/spec/exchange';
import { unusable } from '../../../lab/links/check';
import { keyOfReference } from '../../../lab/links/keys';
import type { SideDocuments } from '../../../lab/links/readers/documents';
import { referencePair } from '../../../lab/links/reference';
import { SIDE_READERS } from '../../../lab/links/sides';
import { LAB_ESTATE, linkNames, madeUpExchange } from '../../../lab/links/synthesized';
import { linkedEstate, planOf, SOME_LINKS } from '../../helpers/linked';

const EXCHANGE: Exchange = {
  ...EMPTY_EXCHANGE,
  estate: 'e',
  gateways: { here: { addresses: ['203.0.113.1', '203.0.113.2'] } },
  tunnels: { 'a-b': { here: { '169.254.21.4/30': '203.0.113.9' } } },
};

const documents = (more: Partial<Omit<SideDocuments, 'link'>> & { readonly link: object }): SideDocuments => ({
  site: 'here',
  network: {},
  gateway: {},
  exchange: EXCHANGE,
  ...more,
  link: { key: 'a-b', document: { ...more.link } },
});

const resource = (type: string, name: string, values: object) => ({ [type]: { [name]: values } });
const terraform = (...resources: object[]) => ({ resource: Object.assign({}, ...resources) });

const CLOUDS: readonly (readonly [keyof typeof SIDE_READERS, SideDocuments, object])[] = [
  [
    'aws',
    documents({
      gateway: {
        Resources: {
          gateway: { Type: 'AWS::EC2::TransitGateway', Properties: { AmazonSideAsn: 64513 } },
          route: { Type: 'AWS::EC2::TransitGatewayRoute', Properties: { DestinationCidrBlock: '10.1.0.0/16' } },
        },
      },
      link: {
        Resources: {
          peer: { Type: 'AWS::EC2::CustomerGateway', Properties: { IpAddress: '198.51.100.1', BgpAsn: 64512 } },
          connection: {
            Type: 'AWS::EC2::VPNConnection',
            Properties: {
              CustomerGatewayId: { 'Fn::GetAtt': ['peer', 'CustomerGatewayId'] },
              VpnTunnelOptionsSpecifications: [
                {
                  TunnelInsideCidr: '169.254.21.4/30',
                  PreSharedKey: '{{resolve:secretsmanager:e/links/a-b/1:SecretString:::}}',
                  Phase1EncryptionAlgorithms: [{ Value: 'AES256' }],
                  Phase1IntegrityAlgorithms: [{ Value: 'SHA2-384' }],
                  Phase1DHGroupNumbers: [{ Value: 20 }],
                  Phase1LifetimeSeconds: 28800,
                  Phase2EncryptionAlgorithms: [{ Value: 'AES256-GCM-16' }],
                  Phase2DHGroupNumbers: [{ Value: 20 }],
                  StartupAction: 'start',
                },
              ],
            },
          },
        },
      },
    }),
    { outside: '203.0.113.9', inside: '169.254.21.5', peerInside: '169.254.21.6', initiates: true },
  ],
  [
    'azure',
    documents({
      network: terraform(resource('azurerm_virtual_network', 'n', { address_space: ['10.1.0.0/16'] })),
      gateway: terraform(
        resource('azurerm_virtual_network_gateway', 'g', {
          type: 'Vpn',
          bgp_settings: {
            asn: 64513,
            peering_addresses: [{ apipa_addresses: ['169.254.21.2'] }, { apipa_addresses: ['169.254.21.6'] }],
          },
        }),
      ),
      link: terraform(
        resource('azurerm_local_network_gateway', 'p', {
          gateway_address: '198.51.100.1',
          bgp_settings: { asn: 64512, bgp_peering_address: '169.254.21.5' },
        }),
        resource('azurerm_virtual_network_gateway_connection', 't', {
          local_network_gateway_id: '$' + '{azurerm_local_network_gateway.p.id}',
          connection_mode: 'Default',
          custom_bgp_addresses: { primary: '169.254.21.2', secondary: '169.254.21.6' },
          shared_key: '$' + '{var.preshared_key_a_b_1}',
          ipsec_policy: {
            dh_group: 'ECP384',
            ike_encryption: 'AES256',
            ike_integrity: 'SHA384',
            ipsec_encryption: 'GCMAES256',
            ipsec_integrity: 'GCMAES256',
            pfs_group: 'ECP384',
          },
        }),
      ),
    }),
    { outside: '203.0.113.2', inside: '169.254.21.6', peerInside: '169.254.21.5', initiates: 'either' },
  ],
  [
    'google',
    documents({
      gateway: terraform({
        google_compute_router: {
          circuits: { name: 'other', bgp: { asn: 16550 } },
          r: { name: 'router', bgp: { asn: 64513, advertised_ip_ranges: [{ range: '10.1.0.0/16' }] } },
        },
      }),
      link: terraform(
        resource('google_compute_external_vpn_gateway', 'p', {
          interface: [
            { id: 0, ip_address: '198.51.100.7' },
            { id: 1, ip_address: '198.51.100.1' },
          ],
        }),
        resource('google_compute_vpn_tunnel', 't', {
          vpn_gateway_interface: 1,
          peer_external_gateway: '$' + '{google_compute_external_vpn_gateway.p.id}',
          peer_external_gateway_interface: 1,
          shared_secret: '$' + '{var.preshared_key_a_b_1}',
          cipher_suite: {
            phase1: {
              encryption: ['AES-CBC-256'],
              integrity: ['HMAC-SHA2-384-192'],
              prf: ['PRF-HMAC-SHA2-384'],
              dh: ['Group-20'],
            },
            phase2: { encryption: ['AES-GCM-16-256'], pfs: ['Group-20'] },
          },
        }),
        resource('google_compute_router_interface', 'i', {
          name: 'session',
          ip_range: '169.254.21.6/30',
          vpn_tunnel: '$' + '{google_compute_vpn_tunnel.t.id}',
        }),
        resource('google_compute_router_peer', 's', {
          interface: 'session',
          router: 'router',
          peer_ip_address: '169.254.21.5',
          peer_asn: 64512,
        }),
      ),
    }),
    { outside: '203.0.113.2', inside: '169.254.21.6', peerInside: '169.254.21.5', initiates: 'either' },
  ],
  [
    'oracle',
    documents({
      network: terraform(
        resource('oci_core_vcn', 'n', { cidr_blocks: ['10.1.0.0/16'] }),
        resource('oci_core_drg_attachment', 'a', {
          network_details: { id: '$' + '{oci_core_vcn.n.id}', type: 'VCN', vcn_route_type: 'VCN_CIDRS' },
        }),
      ),
      link: terraform(
        resource('oci_core_cpe', 'p', { ip_address: '198.51.100.1' }),
        resource('oci_core_ipsec', 'c', { cpe_id: '$' + '{oci_core_cpe.p.id}' }),
        resource('oci_core_ipsec_connection_tunnel_management', 't', {
          ipsec_id: '$' + '{oci_core_ipsec.c.id}',
          oracle_can_initiate: 'RESPONDER_ONLY',
          shared_secret: '$' + '{var.preshared_key_a_b_1}',
          bgp_session_info: {
            customer_bgp_asn: '64512',
            customer_interface_ip: '169.254.21.6/30',
            oracle_interface_ip: '169.254.21.5/30',
          },
          phase_one_details: {
            custom_encryption_algorithm: 'AES_256_CBC',
            custom_authentication_algorithm: 'SHA2_384',
            custom_dh_group: 'GROUP20',
          },
          phase_two_details: { custom_encryption_algorithm: 'AES_256_GCM', dh_group: 'GROUP20', is_pfs_enabled: true },
        }),
      ),
    }),
    { outside: '203.0.113.9', inside: '169.254.21.5', peerInside: '169.254.21.6', initiates: false },
  ],
];

describe('the output of a cloud', () => {
  test.each(CLOUDS)('%s is read as a side', (cloud, from, expected) => {
    const side = SIDE_READERS[cloud](from);
    expect(side).toMatchObject({
      site: 'here',
      cloud,
      asn: cloud === 'oracle' ? 31898 : 64513,
      prefixes: ['10.1.0.0/16'],
      tunnels: [
        {
          key: '169.254.21.4/30',
          insideCidr: '169.254.21.4/30',
          peerOutside: '198.51.100.1',
          peerAsn: 64512,
          ike: { version: 2, encryption: ['AES256'], integrity: ['SHA2-384'], dhGroups: [20] },
          esp: { encryption: ['AES256-GCM16'], pfsGroups: [20] },
          preSharedKey: keyOfReference('preshared_key_a_b_1'),
          ...expected,
        },
      ],
    });
    expect(unusable([side, referencePair()[1]])).toEqual([]);
  });

  test.each(CLOUDS)('%s is no side that can be brought up where something is not said', (cloud, from) => {
    const empty = SIDE_READERS[cloud]({ ...from, link: { key: 'a-b', document: {} }, gateway: {}, network: {} });
    expect(unusable([empty, referencePair()[1]])).toEqual(
      expect.arrayContaining(['here: it advertises nothing', 'here: it has no tunnel']),
    );
    const untold = SIDE_READERS[cloud]({ ...from, exchange: { ...EMPTY_EXCHANGE, estate: 'e' } });
    expect(unusable([untold, referencePair()[1]])).toContainEqual(
      expect.stringMatching(/outside is , which is no IPv4 address$/),
    );
  });

  test('azure has only the inside addresses that its gateway has', () => {
    const [, from] = CLOUDS.find(([cloud]) => cloud === 'azure') ?? [];
    if (from === undefined) throw new Error('there are documents of Azure');
    const side = SIDE_READERS.azure({ ...from, gateway: {} });
    expect(side.tunnels.map(({ inside }) => inside)).toEqual(['']);
  });
});

describe('what clouds would tell', () => {
  test('has a public address for each instance of givers and for each tunnel of takers, no two the same', () => {
    const { links } = planOf(linkedEstate(SOME_LINKS));
    const { gateways, tunnels } = madeUpExchange('atlas', links);
    expect(Object.keys(gateways).sort()).toEqual(['eastus2', 'iowa']);
    expect(Object.keys(tunnels).sort()).toEqual(['eastus2-phoenix', 'hq', 'iowa-phoenix', 'ohio-eastus2']);
    const addresses = [
      ...Object.values(gateways).flatMap(({ addresses: own = [] }) => own),
      ...Object.values(tunnels).flatMap((sites) => Object.values(sites).flatMap((told) => Object.values(told))),
    ];
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) expect(address).toMatch(/^(203\.0\.113|198\.51\.100)\.\d+$/);
  });

  test('the estate of the lab has every pair of clouds that tunnels can join', () => {
    expect(linkNames(LAB_ESTATE)).toEqual(['aws-azure', 'aws-google', 'azure-google', 'azure-oracle', 'google-oracle']);
  });
});
