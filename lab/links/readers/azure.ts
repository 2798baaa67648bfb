import type { JsonObject } from '../../../terraform/document';
import { hostsOf, linkLocalRange } from '../addresses';
import { keyOfReference } from '../keys';
import type { HalfTunnel } from '../side';
import {
  blockAt,
  blocksAt,
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

/** Names in policies: https://learn.microsoft.com/javascript/api/@azure-rest/arm-network/ipsecpolicyoutput, 2026-11. */
const CIPHERS = {
  AES128: 'AES128',
  AES192: 'AES192',
  AES256: 'AES256',
  GCMAES128: 'AES128-GCM16',
  GCMAES192: 'AES192-GCM16',
  GCMAES256: 'AES256-GCM16',
} as const;
const HASHES = { SHA1: 'SHA1', SHA256: 'SHA2-256', SHA384: 'SHA2-384' } as const;
const IKE_GROUPS = { DHGroup2: 2, DHGroup14: 14, DHGroup2048: 14, DHGroup24: 24, ECP256: 19, ECP384: 20 } as const;
const PFS_GROUPS = { None: 0, PFS2: 2, PFS14: 14, PFS2048: 14, PFS24: 24, ECP256: 19, ECP384: 20 } as const;

/** Addresses inside of tunnels that each instance of a gateway has. */
const insideOf = (gateway: JsonObject): string[][] =>
  blocksAt(blockAt(gateway, 'bgp_settings'), 'peering_addresses').map((each) => textsAt(each, 'apipa_addresses'));

/**
 * The instance that a connection leads to. Both try it, each with its own address in it, and only one of those lies in the
 * range of the peer's; it is an address only where the gateway has it.
 */
function instanceOf(connection: JsonObject, insideCidr: string, owned: readonly (readonly string[])[]) {
  const addresses = blockAt(connection, 'custom_bgp_addresses');
  const tried = [textAt(addresses, 'primary'), textAt(addresses, 'secondary')];
  const index = Math.max(
    tried.findIndex((address) => hostsOf(insideCidr).includes(address)),
    0,
  );
  const inside = tried[index] ?? '';
  return { index, inside: owned[index]?.includes(inside) ? inside : '' };
}

function tunnelOf(
  connection: JsonObject,
  peer: JsonObject,
  gateway: JsonObject,
  addresses: readonly string[],
): HalfTunnel {
  const policy = blockAt(connection, 'ipsec_policy');
  const session = blockAt(peer, 'bgp_settings');
  const peerInside = textAt(session, 'bgp_peering_address');
  const insideCidr = linkLocalRange(peerInside);
  const { index, inside } = instanceOf(connection, insideCidr, insideOf(gateway));
  const mode = textAt(connection, 'connection_mode');
  return {
    key: insideCidr,
    outside: addresses[index] ?? '',
    peerOutside: textAt(peer, 'gateway_address'),
    insideCidr,
    inside,
    peerInside,
    peerAsn: numberAt(session, 'asn'),
    // How long the keys of IKE live is not said to Azure.
    ike: {
      version: 2,
      encryption: [named(CIPHERS, textAt(policy, 'ike_encryption'))],
      integrity: [named(HASHES, textAt(policy, 'ike_integrity'))],
      dhGroups: [numbered(IKE_GROUPS, textAt(policy, 'dh_group'))],
    },
    esp: {
      encryption: [named(CIPHERS, textAt(policy, 'ipsec_encryption'))],
      // Ciphers that authenticate stand there again.
      integrity: textAt(policy, 'ipsec_integrity').startsWith('GCM')
        ? []
        : [named(HASHES, textAt(policy, 'ipsec_integrity'))],
      pfsGroups: [numbered(PFS_GROUPS, textAt(policy, 'pfs_group'))],
      lifetimeSeconds: numberMaybe(policy, 'sa_lifetime'),
    },
    preSharedKey: keyOfReference(variableOf(textAt(connection, 'shared_key'))),
    initiates: mode === 'InitiatorOnly' ? true : mode === 'ResponderOnly' ? false : 'either',
  };
}

/** Reads a side on Azure: a gateway for tunnels, whose network it tells of, and a connection for each tunnel. */
export const readAzureSide: SideReader = ({ site, network, gateway, link, exchange }) => {
  const gateways = [...resourcesOf(gateway, 'azurerm_virtual_network_gateway').values()];
  const own = gateways.find((each) => textAt(each, 'type') === 'Vpn') ?? {};
  const peers = resourcesOf(link.document, 'azurerm_local_network_gateway');
  const connections = [...resourcesOf(link.document, 'azurerm_virtual_network_gateway_connection').values()];
  return {
    site,
    cloud: 'azure',
    asn: numberAt(blockAt(own, 'bgp_settings'), 'asn'),
    prefixes: [...resourcesOf(network, 'azurerm_virtual_network').values()].flatMap((each) =>
      textsAt(each, 'address_space'),
    ),
    tunnels: connections.map((connection) => {
      const peer = referred(peers, textAt(connection, 'local_network_gateway_id'));
      return tunnelOf(connection, peer, own, exchange.gateways[site]?.addresses ?? []);
    }),
  };
};
