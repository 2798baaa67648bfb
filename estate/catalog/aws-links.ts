import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** Tunnels of VPN connections of AWS. */
export const AWS_TUNNELS = {
  /** What one of the standard kind carries, Gbit/s; large ones carry four times as much. */
  standardGbps: 1.25,
  /** After how many seconds without an answer the peer is taken for gone: the least that AWS takes. */
  deadPeerSeconds: 30,
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-vpnconnection-vpntunneloptionsspecification.html',
  ...CHECKED,
} as const satisfies Sourced & Readonly<Record<string, unknown>>;

/** Numbers of autonomous systems that a transit gateway or a gateway of Direct Connect takes: private ones. */
export const AWS_GATEWAY_ASNS = {
  short: { first: 64512, last: 65534 },
  long: { first: 4200000000, last: 4294967294 },
  source: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html',
  ...CHECKED,
} as const satisfies Sourced & Readonly<Record<string, unknown>>;

/** Who attaches transit gateways to a network that is shared, and who has its route tables: the account that it belongs to. */
export const AWS_SHARED_NETWORKS = {
  attachedBy: 'owner',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html',
  ...CHECKED,
} as const satisfies Sourced & Readonly<Record<string, unknown>>;
