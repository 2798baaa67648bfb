import type { JsonObject } from '../../../terraform/document';
import { linkLocalRange } from '../addresses';
import { keyOfReference } from '../keys';
import type { HalfTunnel } from '../side';
import {
  blockAt,
  blocksAt,
  named,
  numberAt,
  numbered,
  referred,
  resourcesOf,
  type SideReader,
  textAt,
  textsAt,
  variableOf,
} from './documents';

/** Names in tunnels: https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/supported-ike-ciphers, 2026-11. */
const CIPHERS = {
  'AES-CBC-128': 'AES128',
  'AES-CBC-192': 'AES192',
  'AES-CBC-256': 'AES256',
  'AES-GCM-16-128': 'AES128-GCM16',
  'AES-GCM-16-192': 'AES192-GCM16',
  'AES-GCM-16-256': 'AES256-GCM16',
} as const;
const HASHES = {
  'HMAC-SHA1-96': 'SHA1',
  'HMAC-SHA2-256-128': 'SHA2-256',
  'HMAC-SHA2-384-192': 'SHA2-384',
  'HMAC-SHA2-512-256': 'SHA2-512',
} as const;
const FUNCTIONS = {
  'PRF-HMAC-SHA1': 'SHA1',
  'PRF-HMAC-SHA2-256': 'SHA2-256',
  'PRF-HMAC-SHA2-384': 'SHA2-384',
  'PRF-HMAC-SHA2-512': 'SHA2-512',
} as const;
const GROUPS = {
  'Group-2': 2,
  'Group-5': 5,
  'Group-14': 14,
  'Group-15': 15,
  'Group-16': 16,
  'Group-18': 18,
  'Group-19': 19,
  'Group-20': 20,
  'Group-21': 21,
} as const;

const all = (names: Readonly<Record<string, string>>, object: JsonObject, name: string) =>
  textsAt(object, name).map((each) => named(names, each));
const groupsAt = (object: JsonObject, name: string) => textsAt(object, name).map((each) => numbered(GROUPS, each));

/** The interface of a router that a tunnel is, and the session on it. */
function sessionOf(tunnelName: string, document: JsonObject): { readonly inside: string; readonly peer: JsonObject } {
  const interfaces = [...resourcesOf(document, 'google_compute_router_interface').values()];
  const found = interfaces.find((each) =>
    textAt(each, 'vpn_tunnel').startsWith(`\${google_compute_vpn_tunnel.${tunnelName}.`),
  );
  const peers = [...resourcesOf(document, 'google_compute_router_peer').values()];
  const peer = peers.find((each) => found !== undefined && textAt(each, 'interface') === textAt(found, 'name'));
  return { inside: textAt(found ?? {}, 'ip_range').split('/')[0] ?? '', peer: peer ?? {} };
}

function tunnelOf(name: string, tunnel: JsonObject, document: JsonObject, addresses: readonly string[]): HalfTunnel {
  const { inside, peer } = sessionOf(name, document);
  const insideCidr = linkLocalRange(inside);
  const external = referred(
    resourcesOf(document, 'google_compute_external_vpn_gateway'),
    textAt(tunnel, 'peer_external_gateway'),
  );
  const number = numberAt(tunnel, 'peer_external_gateway_interface');
  const interfaces = blocksAt(external, 'interface');
  const suite = blockAt(tunnel, 'cipher_suite');
  const [one, two] = [blockAt(suite, 'phase1'), blockAt(suite, 'phase2')];
  return {
    key: insideCidr,
    outside: addresses[numberAt(tunnel, 'vpn_gateway_interface')] ?? '',
    peerOutside: textAt(interfaces.find((each) => numberAt(each, 'id') === number) ?? {}, 'ip_address'),
    insideCidr,
    inside,
    peerInside: textAt(peer, 'peer_ip_address'),
    peerAsn: numberAt(peer, 'peer_asn'),
    // How long keys live is not said to Google Cloud.
    ike: {
      version: 2,
      encryption: all(CIPHERS, one, 'encryption'),
      integrity: all(HASHES, one, 'integrity'),
      prf: all(FUNCTIONS, one, 'prf'),
      dhGroups: groupsAt(one, 'dh'),
    },
    esp: {
      encryption: all(CIPHERS, two, 'encryption'),
      integrity: all(HASHES, two, 'integrity'),
      pfsGroups: groupsAt(two, 'pfs'),
    },
    preSharedKey: keyOfReference(variableOf(textAt(tunnel, 'shared_secret'))),
    initiates: 'either',
  };
}

/** Reads a side on Google Cloud: its router, and the tunnels of its gateway with a session for each. */
export const readGoogleSide: SideReader = ({ site, gateway, link, exchange }) => {
  const { document } = link;
  // Another router has the circuits of partners, and Google's own number.
  const routers = [...resourcesOf(gateway, 'google_compute_router').values()];
  const [peer] = resourcesOf(document, 'google_compute_router_peer').values();
  const own = routers.find((each) => textAt(each, 'name') === textAt(peer ?? {}, 'router')) ?? {};
  const bgp = blockAt(own, 'bgp');
  return {
    site,
    cloud: 'google',
    asn: numberAt(bgp, 'asn'),
    prefixes: blocksAt(bgp, 'advertised_ip_ranges').map((each) => textAt(each, 'range')),
    tunnels: [...resourcesOf(document, 'google_compute_vpn_tunnel')].map(([name, tunnel]) =>
      tunnelOf(name, tunnel, document, exchange.gateways[site]?.addresses ?? []),
    ),
  };
};
