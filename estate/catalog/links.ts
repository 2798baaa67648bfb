import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** What a gateway can be at the end of a link: of a cloud, or of the company. */
export type LinkPeer = Cloud | 'on-premises';

/** How the gateways of one provider take part in encrypted tunnels. */
export interface VpnRow extends Sourced {
  /**
   * `giver`: its public addresses exist before it knows a peer. `taker`: it wants the address of the peer first, and has an
   * address for each tunnel only then.
   */
  readonly role: 'giver' | 'taker';
  /** Public addresses of a gateway that is a giver, each of an instance of its own; tunnels of each connection of a taker. */
  readonly interfaces: number;
  /** Number of its autonomous system, where every gateway of the provider has the same. @default the lock file has one for each */
  readonly asn?: number;
  /** Part of the provider that this number is of, as ids of its accounts name it. @default all of it */
  readonly asnRealm?: string;
  /** Which host of an inside range it takes. @default either */
  readonly insideHost?: 'first' | 'second';
  /** Whether it takes one tunnel to an address of a peer, and no second one from its other instance. @default false */
  readonly onePerPeer?: true;
  /** What one tunnel carries at most, Gbit/s. */
  readonly tunnelGbps: number;
  /** Whether it tells networks behind one tunnel to the peer of another. */
  readonly transit: boolean;
}

/** Gateways of each cloud, and devices of the company. */
export const VPN_GATEWAYS: Readonly<Record<LinkPeer, VpnRow>> = {
  aws: {
    role: 'taker',
    interfaces: 2,
    insideHost: 'first',
    tunnelGbps: 5,
    transit: true,
    source: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
    ...CHECKED,
  },
  azure: {
    role: 'giver',
    interfaces: 2,
    onePerPeer: true,
    tunnelGbps: 2.3,
    transit: true,
    source: 'https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus',
    ...CHECKED,
    unverified: 'what one tunnel carries',
  },
  google: {
    role: 'giver',
    interfaces: 2,
    tunnelGbps: 3,
    transit: false,
    source: 'https://docs.cloud.google.com/network-connectivity/docs/vpn/concepts/topologies',
    ...CHECKED,
  },
  oracle: {
    role: 'taker',
    interfaces: 2,
    asn: 31898,
    asnRealm: 'oc1',
    tunnelGbps: 1,
    transit: false,
    source: 'https://docs.oracle.com/iaas/Content/Network/Tasks/overviewIPsec.htm',
    ...CHECKED,
    unverified: 'the number of the autonomous system outside of the commercial realm, and what one tunnel carries',
  },
  'on-premises': {
    role: 'giver',
    interfaces: 2,
    tunnelGbps: 5,
    transit: false,
    source: 'the devices are those of the company',
    ...CHECKED,
  },
};

/** Numbers of autonomous systems that the lock file gives to gateways: private ones that every cloud takes. */
export const GATEWAY_ASNS: { readonly first: number; readonly last: number } & Sourced = {
  first: 64512,
  last: 65514,
  source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq',
  ...CHECKED,
};

/** Blocks that inside ranges of tunnels are cut from, each a /30. */
export interface InsideRanges extends Sourced {
  readonly blocks: readonly string[];
}

/** Inside ranges by what takes part: gateways of Azure take few of the link-local addresses. */
export const INSIDE_RANGES: Readonly<Record<'azure' | 'others' | 'circuits', InsideRanges>> = {
  azure: {
    blocks: ['169.254.21.0/24', '169.254.22.0/24'],
    source: 'https://learn.microsoft.com/azure/vpn-gateway/bgp-howto',
    ...CHECKED,
  },
  // Clear of what AWS keeps (169.254.0.0 to 5.0, 169.254.169.252) and of metadata and credentials services of nodes.
  others: {
    blocks: ['169.254.64.0/18'],
    source: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
    ...CHECKED,
  },
  circuits: {
    blocks: ['10.255.248.0/21'],
    source: 'https://docs.oracle.com/iaas/Content/Network/Concepts/azure.htm',
    ...CHECKED,
  },
};

/** The one proposal that a gateway is told, in words that its cloud spells its own way. */
export interface VpnProposal {
  /** Version of the protocol in which keys are agreed. */
  readonly ikeVersion: 2;
  /** Of the connection in which keys are agreed. */
  readonly ike: {
    readonly encryption: 'aes256';
    readonly integrity: 'sha384';
    /** Diffie-Hellman group by its IANA number. */
    readonly dhGroup: 20;
    readonly lifetimeSeconds: number;
  };
  /** Of the packets. */
  readonly esp: { readonly encryption: 'aes256gcm16'; readonly pfsGroup: 20; readonly lifetimeSeconds: number };
}

/** The one proposal that all gateways are told: several would not fit one packet. */
export const VPN_PROPOSAL: VpnProposal & Sourced = {
  ikeVersion: 2,
  ike: { encryption: 'aes256', integrity: 'sha384', dhGroup: 20, lifetimeSeconds: 28800 },
  esp: { encryption: 'aes256gcm16', pfsGroup: 20, lifetimeSeconds: 3600 },
  source: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
  ...CHECKED,
  unverified:
    'that Google Cloud takes CBC for the keys and GCM for the packets of one tunnel: its page lists them apart',
};

/** A pair of providers with circuits between them. */
export interface InterconnectRow extends Sourced {
  readonly clouds: readonly [Cloud, Cloud];
  /** Pairs of regions that have one, in the order of the clouds. */
  readonly regions: readonly (readonly [string, string])[];
  /** Bandwidths that can be ordered, Gbit/s. */
  readonly gbps: readonly number[];
  /** The provider at which it is ordered first, and whose key the other one accepts. */
  readonly origin: Cloud;
  /** Circuits that one link has: two where redundancy has to be ordered. */
  readonly circuits: 1 | 2;
  /** Whether both ends of a BGP session are told. @default the providers agree on them */
  readonly numbered?: true;
  /**
   * Whether the half that orders is applied once more when the other one has told what it made of the circuits: only then
   * is it connected. @default it is complete when it is ordered
   */
  readonly completes?: 'origin';
  /** What has to be known before one is ordered, as part of a sentence. @default nothing */
  readonly caution?: string;
}

/** Circuits between providers for which both ends can be described. */
export const INTERCONNECTS: readonly InterconnectRow[] = [
  {
    clouds: ['aws', 'google'],
    regions: [
      ['us-east-1', 'us-east4'],
      ['us-west-1', 'us-west2'],
      ['us-west-2', 'us-west1'],
      ['eu-west-2', 'europe-west2'],
      ['eu-central-1', 'europe-west3'],
      ['ap-southeast-1', 'asia-southeast1'],
    ],
    gbps: [1, 10, 100],
    origin: 'google',
    circuits: 1,
    source: 'https://docs.aws.amazon.com/interconnect/latest/userguide/region-availability.html',
    ...CHECKED,
    unverified: 'which bandwidths can be ordered',
  },
  {
    clouds: ['aws', 'oracle'],
    regions: [['us-east-1', 'us-ashburn-1']],
    gbps: [1],
    origin: 'aws',
    circuits: 1,
    caution: 'Oracle calls it limited availability, not for production, and deletes connections at its end',
    source: 'https://docs.oracle.com/iaas/Content/multicloud/interconnect-aws.htm',
    ...CHECKED,
    unverified: 'which side orders first',
  },
  {
    clouds: ['azure', 'oracle'],
    regions: [
      ['eastus', 'us-ashburn-1'],
      ['westus', 'us-sanjose-1'],
      ['westus3', 'us-phoenix-1'],
      ['uksouth', 'uk-london-1'],
      ['westeurope', 'eu-amsterdam-1'],
      ['germanywestcentral', 'eu-frankfurt-1'],
      ['francecentral', 'eu-paris-1'],
      ['japaneast', 'ap-tokyo-1'],
      ['koreacentral', 'ap-seoul-1'],
      ['southeastasia', 'ap-singapore-1'],
      ['brazilsouth', 'sa-vinhedo-1'],
      ['canadacentral', 'ca-toronto-1'],
      ['southafricanorth', 'af-johannesburg-1'],
    ],
    gbps: [1, 2, 5, 10],
    origin: 'azure',
    circuits: 1,
    numbered: true,
    completes: 'origin',
    source: 'https://docs.oracle.com/iaas/Content/Network/Concepts/azure.htm',
    ...CHECKED,
    unverified: 'pairs of regions and bandwidths are from memory',
  },
  {
    clouds: ['google', 'oracle'],
    regions: [
      ['us-east4', 'us-ashburn-1'],
      ['europe-west2', 'uk-london-1'],
      ['europe-west3', 'eu-frankfurt-1'],
      ['australia-southeast1', 'ap-sydney-1'],
      ['asia-northeast1', 'ap-tokyo-1'],
      ['asia-southeast1', 'ap-singapore-1'],
      ['southamerica-east1', 'sa-saopaulo-1'],
    ],
    gbps: [1, 2, 5, 10, 20, 50],
    origin: 'google',
    circuits: 2,
    source: 'https://docs.oracle.com/iaas/Content/Network/Concepts/google.htm',
    ...CHECKED,
    unverified: 'pairs of regions and bandwidths are from memory',
  },
];

/** A pair of providers between which no link of a kind can be described, and why. */
export interface RefusedLink extends Sourced {
  readonly clouds: readonly [Cloud, Cloud];
  readonly kind: 'vpn' | 'interconnect';
  /** Part of a sentence. */
  readonly reason: string;
}

/** What is refused, with the reason. */
export const REFUSED_LINKS: readonly RefusedLink[] = [
  {
    clouds: ['aws', 'azure'],
    kind: 'interconnect',
    reason: 'the interconnect of Azure with AWS is a preview that the Terraform provider of Azure does not know',
    source: 'https://learn.microsoft.com/azure/multicloud-interconnect/availability-limits',
    ...CHECKED,
  },
  {
    clouds: ['azure', 'google'],
    kind: 'interconnect',
    reason: 'circuits between Azure and Google Cloud are cabled by hand, at both ends',
    source: 'https://docs.cloud.google.com/network-connectivity/docs/interconnect/how-to/cci/azure/overview',
    ...CHECKED,
  },
];

/** What a half of a peering waits for: the gateway of the peer, or what the peer has made of the peering. */
export type PeeringInput = 'gateway' | 'peering';

/** How networks of one provider are joined without leaving it. */
export interface PeeringRow extends Sourced {
  /** What it is called there. */
  readonly title: string;
  /** Whether it is made at the gateways of both sites. */
  readonly gateway: boolean;
  /** What each half waits for: that of the site that asks for it, and that of the other one. */
  readonly waits: { readonly origin?: PeeringInput; readonly acceptor?: PeeringInput };
  /** What a half that is made without it is applied once more for: until then it leads nowhere. @default nothing */
  readonly completes?: { readonly origin?: PeeringInput; readonly acceptor?: PeeringInput };
  /** Whether all ranges of both networks have to differ, those of pods too. @default only routable blocks, which do */
  readonly distinctRanges?: true;
}

/** Peerings of each cloud. */
export const PEERINGS: Readonly<Record<Cloud, PeeringRow>> = {
  aws: {
    title: 'transit gateway peering',
    gateway: true,
    waits: { origin: 'gateway', acceptor: 'peering' },
    completes: { origin: 'peering' },
    source: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html',
    ...CHECKED,
  },
  azure: {
    title: 'virtual network peering',
    gateway: false,
    waits: {},
    source: 'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview',
    ...CHECKED,
  },
  google: {
    title: 'VPC network peering',
    gateway: false,
    waits: {},
    distinctRanges: true,
    source: 'https://docs.cloud.google.com/vpc/docs/vpc-peering',
    ...CHECKED,
  },
  oracle: {
    title: 'remote peering connection',
    gateway: true,
    waits: { origin: 'peering' },
    source: 'https://docs.oracle.com/iaas/Content/Network/Tasks/scenario_e.htm',
    ...CHECKED,
  },
};
