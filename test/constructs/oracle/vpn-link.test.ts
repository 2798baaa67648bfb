import { TerraformOutput, type TerraformStack } from '../../../constructs/cdktf';
import type { VpnTunnel } from '../../../constructs/links';
import { Gateway } from '../../../constructs/oracle/gateway';
import { VpnLink, type VpnLinkProps } from '../../../constructs/oracle/vpn-link';
import { VPN_PROPOSAL } from '../../../estate/catalog/links';
import { resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const DRG = 'ocid1.drg.oc1.phx.hub';

function tunnel(number: number): VpnTunnel {
  const connection = Math.floor((number - 1) / 2);
  const base = (number - 1) * 4;
  return {
    key: String(number),
    insideCidr: `169.254.21.${base}/30`,
    inside: `169.254.21.${base + 1}`,
    peerInside: `169.254.21.${base + 2}`,
    interface: number - 1,
    connection,
    peerInterface: connection,
    peerOutside: `198.51.100.${10 + connection}`,
    presharedKey: `\${var.key_${number}}`,
  };
}

const TUNNELS = [1, 2, 3, 4].map(tunnel);

function newLink(stack: TerraformStack, props: Partial<VpnLinkProps> = {}): VpnLink {
  const gateway = Gateway.fromGatewayAttributes(stack, 'gateway', {
    gatewayId: DRG,
    compartmentId: COMPARTMENT,
    reached: [],
  });
  return new VpnLink(stack, 'link', {
    name: 'atlas-pair-phoenix',
    gateway,
    peer: { name: 'eastus', cloud: 'azure', asn: 64513, prefixes: ['10.128.0.0/16'] },
    tunnels: TUNNELS,
    proposal: VPN_PROPOSAL,
    ...props,
  });
}

function synthLink(props: Partial<VpnLinkProps> = {}): TerraformJson {
  const stack = newStack();
  newLink(stack, props);
  return synthStack(stack);
}

const TUNNEL = 'oci_core_ipsec_connection_tunnel_management';

/** A resource by the id of its construct. */
function partOf(json: TerraformJson, type: string, id: string): Record<string, unknown> {
  const found = Object.entries(resourcesOf(json, type)).find(([key]) => key.startsWith(`link_${id}_`));
  if (found === undefined) throw new Error(`no ${type} of ${id}`);
  return found[1];
}

describe('oracle VpnLink', () => {
  test('has a connection for each address of the peer, and the two tunnels of each', () => {
    const json = synthLink();
    const addresses = Object.values(resourcesOf(json, 'oci_core_cpe')).map(({ ip_address }) => ip_address);
    expect(addresses).toEqual(['198.51.100.10', '198.51.100.11']);
    expect(Object.values(resourcesOf(json, 'oci_core_ipsec'))).toEqual(
      [0, 1].map((ordinal) =>
        expect.objectContaining({
          compartment_id: COMPARTMENT,
          drg_id: DRG,
          cpe_id: expect.stringMatching(new RegExp(`^\\$\\{oci_core_cpe\\.link_device-${ordinal}_.*\\.id\\}$`)),
        }),
      ),
    );
    expect(Object.keys(resourcesOf(json, TUNNEL))).toHaveLength(4);
  });

  test('has as static route one that nobody has, since one is required and none is used', () => {
    const { static_routes } = partOf(synthLink(), 'oci_core_ipsec', 'connection-0');
    expect(static_routes).toEqual(['192.0.2.0/24']);
  });

  test('tells both ends of a BGP session, and the number of the peer', () => {
    expect(partOf(synthLink(), TUNNEL, 'tunnel-3')).toMatchObject({
      routing: 'BGP',
      bgp_session_info: {
        customer_bgp_asn: '64513',
        customer_interface_ip: '169.254.21.10/30',
        oracle_interface_ip: '169.254.21.9/30',
      },
    });
  });

  test('has the one proposal, as Oracle Cloud spells it', () => {
    const settings = partOf(synthLink(), TUNNEL, 'tunnel-1');
    expect(settings.ike_version).toBe('V2');
    expect(settings.phase_one_details).toEqual({
      is_custom_phase_one_config: true,
      custom_encryption_algorithm: 'AES_256_CBC',
      custom_authentication_algorithm: 'SHA2_384',
      custom_dh_group: 'GROUP20',
      lifetime: 28800,
    });
    expect(settings.phase_two_details).toEqual({
      is_custom_phase_two_config: true,
      custom_encryption_algorithm: 'AES_256_GCM',
      is_pfs_enabled: true,
      dh_group: 'GROUP20',
      lifetime: 3600,
    });
  });

  test('takes the key of each tunnel by its reference', () => {
    const keys = Object.values(resourcesOf(synthLink(), TUNNEL)).map(({ shared_secret }) => shared_secret);
    expect(keys).toEqual([1, 2, 3, 4].map((number) => `\${var.key_${number}}`));
  });

  test('takes the tunnels of a connection by their ids, which are kept for as long as there is the connection', () => {
    const json = synthLink();
    const kept = partOf(json, 'terraform_data', 'tunnel-4-id');
    expect(kept.input).toEqual({
      value: expect.stringMatching(
        /^\$\{sort\(data\.oci_core_ipsec_connection_tunnels\.link_tunnels-1_\w+\.ip_sec_connection_tunnels\[\*\]\.id\)\[1\]\}$/,
      ),
    });
    expect(kept.triggers_replace).toEqual({
      of: expect.stringMatching(/^\$\{oci_core_ipsec\.link_connection-1_\w+\.id\}$/),
    });
    expect(kept.lifecycle).toEqual({ ignore_changes: ['input'] });
    expect(partOf(json, TUNNEL, 'tunnel-4').tunnel_id).toMatch(
      /^\$\{terraform_data\.link_tunnel-4-id_\w+\.output\.value\}$/,
    );
  });

  test('sets tunnels up anew where their connection is replaced: keys and numbers would not reach the new ones', () => {
    expect(partOf(synthLink(), TUNNEL, 'tunnel-1').lifecycle).toEqual({
      replace_triggered_by: [expect.stringMatching(/^oci_core_ipsec\.link_connection-0_\w+\.id$/)],
    });
  });

  test('tells the public address of each tunnel with the range inside of it', () => {
    const stack = newStack();
    const { tunnelAddresses } = newLink(stack);
    expect(tunnelAddresses.map(({ inside }) => inside)).toEqual(TUNNELS.map(({ insideCidr }) => insideCidr));
    for (const { inside, address } of tunnelAddresses) new TerraformOutput(stack, `at-${inside}`, { value: address });
    const told = Object.values(synthStack(stack).output ?? {}).map(({ value }) => String(value));
    const own = [1, 2, 3, 4].map((number) => new RegExp(`^\\$\\{${TUNNEL}\\.link_tunnel-${number}_\\w+\\.vpn_ip\\}$`));
    expect([...told].sort()).toEqual(own.map((address) => expect.stringMatching(address)));
  });

  test('is the same in whatever order tunnels are given', () => {
    expect(resourcesOf(synthLink({ tunnels: [...TUNNELS].reverse() }), TUNNEL)).toEqual(
      resourcesOf(synthLink(), TUNNEL),
    );
  });

  test('keeps every address when the peer gets a second one', () => {
    const [before, after] = [synthLink({ tunnels: TUNNELS.slice(0, 2) }), synthLink()];
    for (const type of Object.keys(before.resource ?? {})) {
      expect(resourcesOf(after, type)).toMatchObject(resourcesOf(before, type));
    }
  });

  test('fails when an address of the peer has not two tunnels of its own connection', () => {
    const wrong = [[], TUNNELS.slice(0, 3), TUNNELS.map((each) => ({ ...each, connection: 0 }))];
    for (const tunnels of wrong) expect(() => synthLink({ tunnels })).toThrow(/\[CountInvalid\]/);
    const elsewhere = TUNNELS.map((each) => ({ ...each, peerOutside: `198.51.100.${each.key}` }));
    expect(() => synthLink({ tunnels: elsewhere })).toThrow(/tunnels "1", "2" are one connection/);
  });
});
