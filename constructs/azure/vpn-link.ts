import { LocalNetworkGateway } from '@cdktf/provider-azurerm/lib/local-network-gateway';
import { VirtualNetworkGatewayConnection } from '@cdktf/provider-azurerm/lib/virtual-network-gateway-connection';
import { Construct } from 'constructs';
import { AZURE_TUNNEL } from '../../estate/catalog/azure-links';
import { parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { VpnPeer, VpnProposal, VpnTunnel } from '../links';
import { setNewer } from '../newer-arguments';
import { checkName, checkTags } from './checks';
import { checkAsn, checkInside, type IGateway } from './gateway';
import { LIMITS, physicalName, resourceTags } from './names';

/** Options of a {@link VpnLink}. */
export interface VpnLinkProps {
  /** First part of every physical name. */
  readonly name: string;
  /** The own gateway. */
  readonly gateway: IGateway;
  /** The gateway at the other end. */
  readonly peer: VpnPeer;
  /** Its tunnels; each names the instance of the own gateway that it is of. */
  readonly tunnels: readonly VpnTunnel[];
  /** The one proposal that the gateway is told. */
  readonly proposal: VpnProposal;
  /**
   * Tags of everything in it.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Tunnels to the gateway of another provider: for each of them what Azure knows of the peer, and a connection.
 *
 * Both instances of the gateway try every connection, and the peer answers the one that it was told of. Both therefore have
 * an address in each: the instance of the tunnel its own, the other one any that it has.
 */
export class VpnLink extends Construct {
  /**
   * @throws ConstructError with `NameInvalid`, `CountInvalid`, `RangeInvalid`, `TooMany`, `AccessMissing` or `TagInvalid` when
   * a prop cannot be right
   */
  constructor(scope: Construct, id: string, props: VpnLinkProps) {
    super(scope, id);
    check(this, props);
    const { name, gateway, peer } = props;
    const { vpnGatewayId } = gateway;
    if (vpnGatewayId === undefined) {
      throw new ConstructError(
        this,
        'AccessMissing',
        `the gateway of link ${name} has no tunnels: give it the kind "vpn"`,
      );
    }
    const place = { resourceGroupName: gateway.resourceGroupName, location: gateway.region };
    const tags = resourceTags(props.tags);
    for (const tunnel of props.tunnels) {
      const remote = new LocalNetworkGateway(this, `peer-${tunnel.key}`, {
        name: physicalName([name, 'peer', tunnel.key], LIMITS.networkResource),
        ...place,
        gatewayAddress: tunnel.peerOutside,
        bgpSettings: { asn: peer.asn, bgpPeeringAddress: tunnel.peerInside },
        tags,
      });
      const connection = new VirtualNetworkGatewayConnection(this, `tunnel-${tunnel.key}`, {
        name: physicalName([name, 'tunnel', tunnel.key], LIMITS.networkResource),
        ...place,
        type: 'IPsec',
        virtualNetworkGatewayId: vpnGatewayId,
        localNetworkGatewayId: remote.id,
        sharedKey: tunnel.presharedKey,
        connectionProtocol: 'IKEv2',
        connectionMode: 'Default',
        dpdTimeoutSeconds: AZURE_TUNNEL.dpdTimeoutSeconds,
        customBgpAddresses: addressesOf(tunnel, props.tunnels),
        ipsecPolicy: policyOf(props.proposal),
        tags,
        dependsOn: gateway.dependables.length === 0 ? undefined : [...gateway.dependables],
      });
      setNewer(connection, 'azurerm_virtual_network_gateway_connection', { bgp_enabled: true });
    }
  }
}

/**
 * The address of each instance in a connection. That of the instance which the tunnel is not of comes from the same link, so
 * that no other link changes it.
 */
function addressesOf(tunnel: VpnTunnel, tunnels: readonly VpnTunnel[]): { primary: string; secondary?: string } {
  const other = tunnels.find((each) => each.interface !== tunnel.interface)?.inside;
  return tunnel.interface === 0
    ? { primary: tunnel.inside, secondary: other }
    : { primary: other ?? '', secondary: tunnel.inside };
}

/** The proposal in Azure's words; how long the connection in which keys are agreed lasts is not said to it. */
function policyOf({ ike, esp }: VpnProposal) {
  return {
    dhGroup: GROUPS[ike.dhGroup],
    ikeEncryption: ENCRYPTIONS[ike.encryption],
    ikeIntegrity: INTEGRITIES[ike.integrity],
    ipsecEncryption: ENCRYPTIONS[esp.encryption],
    // It is part of the encryption, which is named again.
    ipsecIntegrity: ENCRYPTIONS[esp.encryption],
    pfsGroup: GROUPS[esp.pfsGroup],
    saLifetime: esp.lifetimeSeconds,
    saDatasize: AZURE_TUNNEL.rekeyKilobytes,
  };
}

const GROUPS = { 20: 'ECP384' } as const;
const ENCRYPTIONS = { aes256: 'AES256', aes256gcm16: 'GCMAES256' } as const;
const INTEGRITIES = { sha384: 'SHA384' } as const;

function check(scope: Construct, { name, peer, tunnels, tags }: VpnLinkProps): void {
  checkName(scope, 'a link', name);
  checkTags(scope, `link ${name}`, tags);
  checkAsn(scope, `the number of the peer of link ${name}`, peer.asn);
  for (const tunnel of tunnels) {
    const what = `tunnel ${tunnel.key} of link ${name}`;
    checkInside(scope, `the address of ${what}`, tunnel.inside);
    checkInside(scope, `the address of the peer of ${what}`, tunnel.peerInside);
    if (!Token.isUnresolved(tunnel.peerOutside) && parseCidr(`${tunnel.peerOutside}/32`) === undefined) {
      const got = `the public address of the peer of ${what} is "${tunnel.peerOutside}"`;
      throw new ConstructError(scope, 'RangeInvalid', `${got}: it takes an IPv4 address`);
    }
  }
  const instances = [...new Set(tunnels.map((tunnel) => tunnel.interface))].sort();
  if (instances.some((instance) => instance !== 0 && instance !== 1)) {
    const what = `link ${name} has tunnels of instances ${instances.join(' and ')}: a gateway has the instances 0 and 1`;
    throw new ConstructError(scope, 'CountInvalid', what);
  }
  if (!instances.includes(0)) {
    const what = `link ${name} has no tunnel of instance 0, which has an address in every connection: add one`;
    throw new ConstructError(scope, 'CountInvalid', what);
  }
}
