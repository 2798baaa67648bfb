import type { VPN_PROPOSAL } from './links';
import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const PROVIDER = 'https://github.com/oracle/terraform-provider-oci/blob/v8.28.0';
const TUNNEL = `${PROVIDER}/internal/service/core/core_ipsec_connection_tunnel_management_resource.go`;

type Ike = (typeof VPN_PROPOSAL)['ike'];
type Esp = (typeof VPN_PROPOSAL)['esp'];

/** How Oracle Cloud spells what a tunnel is encrypted with. */
export const ORACLE_ALGORITHMS: {
  readonly ikeVersion: Readonly<Record<2, string>>;
  readonly ikeEncryption: Readonly<Record<Ike['encryption'], string>>;
  readonly ikeIntegrity: Readonly<Record<Ike['integrity'], string>>;
  /** Diffie-Hellman groups, also those of forward secrecy. */
  readonly groups: Readonly<Record<Ike['dhGroup'], string>>;
  /** Those that authenticate by themselves, so that no other algorithm is told. */
  readonly espEncryption: Readonly<Record<Esp['encryption'], string>>;
} & Sourced = {
  ikeVersion: { 2: 'V2' },
  ikeEncryption: { aes256: 'AES_256_CBC' },
  ikeIntegrity: { sha384: 'SHA2_384' },
  groups: { 20: 'GROUP20' },
  espEncryption: { aes256gcm16: 'AES_256_GCM' },
  source: TUNNEL,
  ...CHECKED,
};

/** How long a tunnel may be silent before its peer counts as lost. */
export const ORACLE_PEER_TIMEOUT: { readonly seconds: number } & Sourced = {
  seconds: 20,
  source: `${PROVIDER}/website/docs/r/core_ipsec_connection_tunnel_management.html.markdown`,
  ...CHECKED,
};

/** Tunnels that each connection has, whatever is asked for. */
export const ORACLE_TUNNELS: { readonly perConnection: number } & Sourced = {
  perConnection: 2,
  source: 'https://docs.oracle.com/iaas/Content/Network/Tasks/overviewIPsec.htm',
  ...CHECKED,
};

/**
 * A route that a connection is made with, since there has to be one: it is used by tunnels with static routes only, and ours
 * have BGP. It is of addresses that are for documents, which nobody has.
 */
export const ORACLE_UNUSED_ROUTE: { readonly cidr: string } & Sourced = {
  cidr: '192.0.2.0/24',
  source: `${PROVIDER}/website/docs/r/core_ipsec.html.markdown`,
  ...CHECKED,
};

/** Bandwidths of circuits by how much they carry, Gbit/s, as the service names them. */
export const ORACLE_BANDWIDTHS: { readonly shapes: Readonly<Record<number, string>> } & Sourced = {
  shapes: { 1: '1 Gbps', 2: '2 Gbps', 5: '5 Gbps', 10: '10 Gbps', 20: '20 Gbps', 50: '50 Gbps', 100: '100 Gbps' },
  source: 'https://docs.oracle.com/iaas/Content/Network/Concepts/fastconnect.htm',
  ...CHECKED,
  unverified:
    'which providers offer which, and names other than 10 Gbps, which stands in the documents of the provider',
};
