import { VPN_GATEWAYS } from '../../../estate/catalog/links';
import type { JsonObject } from '../../../terraform/document';
import { linkLocalRange } from '../addresses';
import { keyOfReference } from '../keys';
import type { HalfTunnel } from '../side';
import {
  blockAt,
  named,
  numberAt,
  numbered,
  numberMaybe,
  referred,
  resourcesOf,
  type SideReader,
  textAt,
  textsAt,
  variableOf,
} from './documents';

/** Names in tunnels: https://docs.oracle.com/iaas/Content/Network/Reference/supportedIPsecparams.htm, 2026-11. */
const CIPHERS = {
  AES_128_CBC: 'AES128',
  AES_192_CBC: 'AES192',
  AES_256_CBC: 'AES256',
  AES_128_GCM: 'AES128-GCM16',
  AES_192_GCM: 'AES192-GCM16',
  AES_256_GCM: 'AES256-GCM16',
} as const;
const HASHES = { SHA1_96: 'SHA1', SHA2_256: 'SHA2-256', SHA2_384: 'SHA2-384' } as const;
const GROUPS = { GROUP2: 2, GROUP5: 5, GROUP14: 14, GROUP19: 19, GROUP20: 20, GROUP24: 24 } as const;

const addressOf = (interfaceAddress: string): string => interfaceAddress.split('/')[0] ?? '';

function tunnelOf(tunnel: JsonObject, device: JsonObject, told: Readonly<Record<string, string>>): HalfTunnel {
  const session = blockAt(tunnel, 'bgp_session_info');
  const [one, two] = [blockAt(tunnel, 'phase_one_details'), blockAt(tunnel, 'phase_two_details')];
  const inside = addressOf(textAt(session, 'oracle_interface_ip'));
  const insideCidr = linkLocalRange(inside);
  const integrity = textAt(two, 'custom_authentication_algorithm');
  return {
    key: insideCidr,
    outside: told[insideCidr] ?? '',
    peerOutside: textAt(device, 'ip_address'),
    insideCidr,
    inside,
    peerInside: addressOf(textAt(session, 'customer_interface_ip')),
    peerAsn: numberAt(session, 'customer_bgp_asn'),
    ike: {
      version: 2,
      encryption: [named(CIPHERS, textAt(one, 'custom_encryption_algorithm'))],
      integrity: [named(HASHES, textAt(one, 'custom_authentication_algorithm'))],
      dhGroups: [numbered(GROUPS, textAt(one, 'custom_dh_group'))],
      lifetimeSeconds: numberMaybe(one, 'lifetime'),
    },
    esp: {
      encryption: [named(CIPHERS, textAt(two, 'custom_encryption_algorithm'))],
      integrity: integrity === '' ? [] : [named(HASHES, integrity)],
      pfsGroups: [two.is_pfs_enabled === true ? numbered(GROUPS, textAt(two, 'dh_group')) : 0],
      lifetimeSeconds: numberMaybe(two, 'lifetime'),
    },
    preSharedKey: keyOfReference(variableOf(textAt(tunnel, 'shared_secret'))),
    initiates: textAt(tunnel, 'oracle_can_initiate') === 'RESPONDER_ONLY' ? false : 'either',
  };
}

/** Reads a side on Oracle Cloud: the tunnels of its connections, and all blocks of a network that is attached with them. */
export const readOracleSide: SideReader = ({ site, network, link, exchange }) => {
  const devices = resourcesOf(link.document, 'oci_core_cpe');
  const connections = resourcesOf(link.document, 'oci_core_ipsec');
  const tunnels = [...resourcesOf(link.document, 'oci_core_ipsec_connection_tunnel_management').values()];
  const networks = resourcesOf(network, 'oci_core_vcn');
  const attached = [...resourcesOf(network, 'oci_core_drg_attachment').values()].map((each) =>
    blockAt(each, 'network_details'),
  );
  return {
    site,
    cloud: 'oracle',
    // The provider's own, which no document says.
    asn: VPN_GATEWAYS.oracle.asn ?? Number.NaN,
    prefixes: attached
      .filter((each) => textAt(each, 'vcn_route_type') === 'VCN_CIDRS')
      .flatMap((each) => textsAt(referred(networks, textAt(each, 'id')), 'cidr_blocks')),
    tunnels: tunnels.map((tunnel) => {
      const connection = referred(connections, textAt(tunnel, 'ipsec_id'));
      const device = referred(devices, textAt(connection, 'cpe_id'));
      return tunnelOf(tunnel, device, exchange.tunnels[link.key]?.[site] ?? {});
    }),
  };
};
