import type { TerraformStack } from '../../../constructs/cdktf';
import { Gateway, type IGateway, type VpnProposal, type VpnTunnel } from '../../../constructs/google';
import { VPN_PROPOSAL } from '../../../estate/catalog/links';
import { importedNetwork } from './support';

/** The proposal that all gateways are told. */
export const PROPOSAL: VpnProposal = {
  ikeVersion: VPN_PROPOSAL.ikeVersion,
  ike: VPN_PROPOSAL.ike,
  esp: VPN_PROPOSAL.esp,
};

/** A gateway of another stack. */
export function importedGateway(stack: TerraformStack): IGateway {
  return Gateway.fromGatewayAttributes(stack, 'gateway', {
    name: 'atlas-iowa-gateway',
    network: importedNetwork(stack),
    advertised: ['10.160.0.0/16'],
  });
}

/** Tunnels, each from one of both own interfaces to the interface of the peer with its number. */
export function tunnels(count: number, peers = count): readonly VpnTunnel[] {
  return Array.from({ length: count }, (_, index) => ({
    key: String(index + 1),
    insideCidr: `169.254.64.${index * 4}/30`,
    inside: `169.254.64.${index * 4 + 2}`,
    peerInside: `169.254.64.${index * 4 + 1}`,
    interface: peers === 4 ? Math.floor(index / 2) : index % 2,
    peerInterface: index % peers,
    peerOutside: `198.51.100.${10 + (index % peers)}`,
    presharedKey: `\${var.preshared_key_${index + 1}}`,
  }));
}
