import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const ROUTER = 'https://docs.cloud.google.com/network-connectivity/docs/router/quotas';

/** Number of the autonomous system that a Cloud Router has where a partner runs its sessions; no tunnel may use that router. */
export const GOOGLE_PARTNER_ASN: { readonly asn: number } & Sourced = {
  asn: 16550,
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/compute_interconnect_attachment.html.markdown',
  ...CHECKED,
};

/** Blocks that one Cloud Router can be told to advertise to its peers. */
export const GOOGLE_ADVERTISED: { readonly most: number } & Sourced = { most: 200, source: ROUTER, ...CHECKED };

/** How often a Cloud Router asks whether a peer is there; three times as long without an answer, and its routes are gone. */
export const GOOGLE_KEEPALIVE: { readonly seconds: number } & Sourced = {
  seconds: 20,
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/compute_router.html.markdown',
  ...CHECKED,
};

/** Priority of routes that sessions tell of: the same on each, so that all tunnels carry. */
export const GOOGLE_ROUTE_PRIORITY: { readonly value: number } & Sourced = {
  value: 100,
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/compute_router_peer.html.markdown',
  ...CHECKED,
};

/**
 * What Cloud VPN calls the parts of a proposal. It has no words for how long a key lives: its own are renewed after 36,000
 * and 10,800 seconds, or when the peer asks for it sooner.
 */
export const GOOGLE_CIPHERS = {
  ikeEncryption: { aes256: 'AES-CBC-256' },
  ikeIntegrity: { sha384: 'HMAC-SHA2-384-192' },
  ikePrf: { sha384: 'PRF-HMAC-SHA2-384' },
  groups: { 20: 'Group-20' },
  espEncryption: { aes256gcm16: 'AES-GCM-16-256' },
  source: 'https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/supported-ike-ciphers',
  ...CHECKED,
  unverified: 'that a tunnel takes CBC for its keys with GCM for its packets: tables list them apart',
} as const;

/** Addresses of a peer that an external VPN gateway can have, with what Google calls it; each is an interface of it. */
export const GOOGLE_REDUNDANCY: {
  readonly byAddresses: Readonly<Record<number, string>>;
} & Sourced = {
  byAddresses: { 1: 'SINGLE_IP_INTERNALLY_REDUNDANT', 2: 'TWO_IPS_REDUNDANCY', 4: 'FOUR_IPS_REDUNDANCY' },
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/compute_external_vpn_gateway.html.markdown',
  ...CHECKED,
};

/** Bandwidths of a transport to another provider, by Gbit/s. */
export const GOOGLE_TRANSPORT: {
  readonly bandwidths: Readonly<Record<number, string>>;
  readonly api: string;
} & Sourced = {
  bandwidths: {
    1: 'BPS_1G',
    2: 'BPS_2G',
    5: 'BPS_5G',
    10: 'BPS_10G',
    20: 'BPS_20G',
    50: 'BPS_50G',
    100: 'BPS_100G',
  },
  api: 'networkconnectivity.googleapis.com',
  source:
    'https://docs.cloud.google.com/network-connectivity/docs/reference/networkconnectivity/rest/v1/projects.locations.transports',
  ...CHECKED,
  unverified: 'which of the bandwidths a remote profile has, which only the service says',
};

/** Where the circuits of one link to a partner end, so that no two of them fail together. */
export const GOOGLE_EDGE_DOMAINS: { readonly names: readonly string[] } & Sourced = {
  names: ['AVAILABILITY_DOMAIN_1', 'AVAILABILITY_DOMAIN_2'],
  source: 'hashicorp/terraform-provider-google v7.45.0 website/docs/r/compute_interconnect_attachment.html.markdown',
  ...CHECKED,
};
