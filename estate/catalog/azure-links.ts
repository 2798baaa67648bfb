import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** What a size of a gateway carries. */
export interface AzureGatewaySkuRow extends Sourced {
  /** `sku` of the provider. */
  readonly sku: string;
  /** What all its links carry together, Gbit/s. */
  readonly gbps: number;
  /** Connections that it takes: tunnels, or circuits. */
  readonly connections: number;
}

/** What a size of a gateway for tunnels carries. */
export interface AzureVpnSkuRow extends AzureGatewaySkuRow {
  /** What one tunnel carries with the proposal of the estate, Gbit/s. */
  readonly tunnelGbps: number;
}

const VPN = {
  source: 'https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus',
  ...CHECKED,
  unverified: 'tunnels, of which an active-active gateway may count each twice, since both its instances try it',
} as const;

/**
 * Sizes of gateways for tunnels, smallest first. `VpnGw1AZ` is left out: it is of the first generation, and a gateway of
 * another generation is a new one, while sizes of one generation follow each other in place.
 */
export const AZURE_VPN_SKUS: readonly AzureVpnSkuRow[] = [
  { sku: 'VpnGw2AZ', gbps: 1.25, tunnelGbps: 1.25, connections: 30, ...VPN },
  { sku: 'VpnGw3AZ', gbps: 2.5, tunnelGbps: 1.5, connections: 30, ...VPN },
  { sku: 'VpnGw4AZ', gbps: 5, tunnelGbps: 2.3, connections: 100, ...VPN },
  { sku: 'VpnGw5AZ', gbps: 10, tunnelGbps: 2.3, connections: 100, ...VPN },
];

/** Generation of all of them, which can never be changed. */
export const AZURE_VPN_GENERATION = { value: 'Generation2', ...VPN } as const;

const CIRCUITS = {
  source: 'https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways',
  ...CHECKED,
} as const;

/** Sizes of gateways for circuits, smallest first; Azure takes some of them back to a smaller one only by a new gateway. */
export const AZURE_CIRCUIT_SKUS: readonly AzureGatewaySkuRow[] = [
  { sku: 'ErGw1AZ', gbps: 1, connections: 4, ...CIRCUITS },
  { sku: 'ErGw2AZ', gbps: 2, connections: 8, ...CIRCUITS },
  { sku: 'ErGw3AZ', gbps: 10, connections: 16, ...CIRCUITS },
];

/** The smallest size that carries what is asked for; undefined where even the largest does not. */
export function azureGatewaySku<T extends AzureGatewaySkuRow>(
  rows: readonly T[],
  gbps: number,
  connections: number,
): T | undefined {
  return rows.find((row) => row.gbps >= gbps && row.connections >= connections);
}

/** Name that the subnet of gateways has, and no other one: the service looks for it. */
export const AZURE_GATEWAY_SUBNET: { readonly name: string } & Sourced = {
  name: 'GatewaySubnet',
  source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
  ...CHECKED,
};

/** Zones of a region that has some: addresses in all of them outlast any one. */
export const AZURE_REGION_ZONES: { readonly zones: readonly string[] } & Sourced = {
  zones: ['1', '2', '3'],
  source: 'https://learn.microsoft.com/azure/reliability/availability-zones-overview',
  ...CHECKED,
};

/** Addresses inside of tunnels that a gateway takes: link-local ones of these two ranges. */
export const AZURE_INSIDE_RANGES: { readonly cidrs: readonly string[] } & Sourced = {
  cidrs: ['169.254.21.0/24', '169.254.22.0/24'],
  source: 'IPAddressInAzureReservedAPIPARange in internal/services/network/validate of azurerm 5.2.0',
  ...CHECKED,
};

/** What a gateway is told of each tunnel beside the proposal. */
export const AZURE_TUNNEL: {
  /** Seconds without an answer after which the peer counts as gone. */
  readonly dpdTimeoutSeconds: number;
  /** Kilobytes after which keys of packets are made anew. */
  readonly rekeyKilobytes: number;
} & Sourced = {
  dpdTimeoutSeconds: 45,
  rekeyKilobytes: 102400000,
  source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices',
  ...CHECKED,
};

/** Numbers of autonomous systems that no gateway of Azure and none of its peers may have. */
export const AZURE_RESERVED_ASNS: { readonly ranges: readonly (readonly [number, number])[] } & Sourced = {
  ranges: [
    [8074, 8075],
    [12076, 12076],
    [23456, 23456],
    [64496, 64511],
    [65515, 65520],
    [65535, 65551],
  ],
  source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq#bgp',
  ...CHECKED,
  unverified: 'that gateways take numbers of 32 bits, which is from memory',
};

/** Name of Oracle among the providers of circuits. */
export const AZURE_ORACLE_PROVIDER: { readonly name: string } & Sourced = {
  name: 'Oracle Cloud FastConnect',
  source: 'https://learn.microsoft.com/azure/virtual-machines/workloads/oracle/configure-azure-oci-networking',
  ...CHECKED,
};

/** Where a circuit of a region meets the other provider. */
export interface AzurePeeringLocationRow extends Sourced {
  /** Region of Azure. */
  readonly region: string;
  /** `peering_location` of the provider. */
  readonly location: string;
}

const ORACLE = { source: 'https://docs.oracle.com/iaas/Content/Network/Concepts/azure.htm', ...CHECKED } as const;
const REMEMBERED = { ...ORACLE, unverified: 'the location is from memory' } as const;

/** Peering locations at which Oracle Cloud is met. */
export const AZURE_PEERING_LOCATIONS: readonly AzurePeeringLocationRow[] = [
  { region: 'eastus', location: 'Washington DC', ...REMEMBERED },
  { region: 'westus', location: 'Silicon Valley', ...REMEMBERED },
  { region: 'westus3', location: 'Phoenix', ...REMEMBERED },
  { region: 'uksouth', location: 'London', ...REMEMBERED },
  {
    region: 'westeurope',
    location: 'Amsterdam2',
    source: 'maxjahn/terraform-oci-azure-interconnect README.md',
    ...CHECKED,
  },
  { region: 'germanywestcentral', location: 'Frankfurt', ...ORACLE },
  { region: 'francecentral', location: 'Paris', ...REMEMBERED },
  { region: 'japaneast', location: 'Tokyo', ...ORACLE },
  { region: 'koreacentral', location: 'Seoul', ...ORACLE },
  { region: 'southeastasia', location: 'Singapore', ...ORACLE },
  { region: 'brazilsouth', location: 'Campinas', ...REMEMBERED },
  { region: 'canadacentral', location: 'Toronto', ...REMEMBERED },
  { region: 'southafricanorth', location: 'Johannesburg', ...REMEMBERED },
];
