import { Construct } from 'constructs';
import { CoreCpe } from '../../.gen/providers/oci/core-cpe';
import { CoreIpsec } from '../../.gen/providers/oci/core-ipsec';
import { CoreIpsecConnectionTunnelManagement } from '../../.gen/providers/oci/core-ipsec-connection-tunnel-management';
import { DataOciCoreIpsecConnectionTunnels } from '../../.gen/providers/oci/data-oci-core-ipsec-connection-tunnels';
import {
  ORACLE_ALGORITHMS,
  ORACLE_PEER_TIMEOUT,
  ORACLE_TUNNELS,
  ORACLE_UNUSED_ROUTE,
} from '../../estate/catalog/oracle-links';
import { cidr } from '../../estate/cidr';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import type { VpnPeer, VpnProposal, VpnTunnel } from '../links';
import { checkRange } from '../terraform-checks';
import { checkName, checkTags } from './checks';
import type { IGateway } from './gateway';
import { KeptValue } from './kept-value';
import { type TagOptions, tagArguments } from './names';

/** Options of a {@link VpnLink}. */
export interface VpnLinkProps extends TagOptions {
  /** First part of the name of everything that it is made of. */
  readonly name: string;
  /** Gateway at the own end. */
  readonly gateway: IGateway;
  /** Gateway at the other end. */
  readonly peer: VpnPeer;
  /** Tunnels, two for each address of the peer. */
  readonly tunnels: readonly VpnTunnel[];
  /** What they are encrypted with. */
  readonly proposal: VpnProposal;
}

/** Where a tunnel ends at Oracle Cloud, known once it is there. */
export interface TunnelAddress {
  /** Range inside of the tunnel. */
  readonly inside: string;
  /** Public address. */
  readonly address: string;
}

/**
 * Encrypted tunnels with BGP (Site-to-Site VPN) between a gateway and that of a peer: one connection for each address of the
 * peer, and in each two tunnels.
 *
 * Oracle Cloud makes the tunnels of a connection by itself, in no order that it promises. Sorted by their ids they take the
 * inside ranges one by one, and which id that was is kept in the state for as long as there is the connection. Where it is
 * replaced, so are the settings of its tunnels: the provider would carry them over to the new ones without their keys and
 * without the number of the peer, since both are as they were.
 */
export class VpnLink extends Construct {
  /** Public address of each tunnel, by its range. */
  readonly tunnelAddresses: readonly TunnelAddress[];
  /** What has to exist before anything goes through it. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `CountInvalid`, `NameInvalid`, `RangeInvalid` or `TagInvalid` when Oracle Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: VpnLinkProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
    for (const { insideCidr } of props.tunnels) checkRange(this, 'inside range', insideCidr);
    const made = connectionsOf(this, props.tunnels).flatMap((tunnels) => this.addConnection(tunnels, props));
    this.tunnelAddresses = made.map(({ tunnel, resource }) => ({ inside: tunnel.insideCidr, address: resource.vpnIp }));
    this.dependables = made.map(({ resource }) => resource);
  }

  private addConnection(tunnels: readonly VpnTunnel[], props: VpnLinkProps) {
    const { compartmentId, gatewayId } = props.gateway;
    const ordinal = tunnels[0]?.connection ?? 0;
    const common = { compartmentId, ...tagArguments(props) };
    const device = new CoreCpe(this, `device-${ordinal}`, {
      ...common,
      displayName: `${props.name}-${ordinal}`,
      ipAddress: tunnels[0]?.peerOutside ?? '',
    });
    const connection = new CoreIpsec(this, `connection-${ordinal}`, {
      ...common,
      displayName: `${props.name}-${ordinal}`,
      cpeId: device.id,
      drgId: gatewayId,
      staticRoutes: [ORACLE_UNUSED_ROUTE.cidr],
    });
    const found = new DataOciCoreIpsecConnectionTunnels(this, `tunnels-${ordinal}`, { ipsecId: connection.id });
    return tunnels.map((tunnel, position) => {
      const value = `\${sort(${found.fqn}.ip_sec_connection_tunnels[*].id)[${position}]}`;
      const kept = new KeptValue(this, `tunnel-${tunnel.key}-id`, { value, of: connection.id });
      const resource = new CoreIpsecConnectionTunnelManagement(this, `tunnel-${tunnel.key}`, {
        ipsecId: connection.id,
        tunnelId: kept.value,
        ...settings(tunnel, props),
        lifecycle: { replaceTriggeredBy: [`${connection.terraformResourceType}.${connection.friendlyUniqueId}.id`] },
      });
      return { tunnel, resource };
    });
  }
}

/** How a tunnel is set up. */
function settings(tunnel: VpnTunnel, { name, peer, proposal }: VpnLinkProps) {
  const { ike, esp, ikeVersion } = proposal;
  const { prefix } = cidr(tunnel.insideCidr);
  return {
    displayName: `${name}-${tunnel.key}`,
    routing: 'BGP',
    ikeVersion: ORACLE_ALGORITHMS.ikeVersion[ikeVersion],
    sharedSecret: tunnel.presharedKey,
    // Both ends may begin, so that it does not matter which one was there first.
    oracleCanInitiate: 'INITIATOR_OR_RESPONDER',
    natTranslationEnabled: 'AUTO',
    bgpSessionInfo: {
      customerBgpAsn: String(peer.asn),
      customerInterfaceIp: `${tunnel.peerInside}/${prefix}`,
      oracleInterfaceIp: `${tunnel.inside}/${prefix}`,
    },
    phaseOneDetails: {
      isCustomPhaseOneConfig: true,
      customEncryptionAlgorithm: ORACLE_ALGORITHMS.ikeEncryption[ike.encryption],
      customAuthenticationAlgorithm: ORACLE_ALGORITHMS.ikeIntegrity[ike.integrity],
      customDhGroup: ORACLE_ALGORITHMS.groups[ike.dhGroup],
      lifetime: ike.lifetimeSeconds,
    },
    phaseTwoDetails: {
      isCustomPhaseTwoConfig: true,
      customEncryptionAlgorithm: ORACLE_ALGORITHMS.espEncryption[esp.encryption],
      isPfsEnabled: true,
      dhGroup: ORACLE_ALGORITHMS.groups[esp.pfsGroup],
      lifetime: esp.lifetimeSeconds,
    },
    dpdConfig: [{ dpdMode: 'INITIATE_AND_RESPOND', dpdTimeoutInSec: ORACLE_PEER_TIMEOUT.seconds }],
  };
}

/** Tunnels by their connection, both in the order of their numbers. */
function connectionsOf(scope: Construct, tunnels: readonly VpnTunnel[]): readonly (readonly VpnTunnel[])[] {
  const ordinals = [...new Set(tunnels.map(({ connection }) => connection ?? 0))].sort((one, other) => one - other);
  const connections = ordinals.map((ordinal) =>
    tunnels
      .filter(({ connection = 0 }) => connection === ordinal)
      .sort((one, other) => one.interface - other.interface),
  );
  const { perConnection } = ORACLE_TUNNELS;
  const wrong = connections.find(
    (members) => members.length !== perConnection || new Set(members.map(({ peerOutside }) => peerOutside)).size !== 1,
  );
  if (connections.length > 0 && wrong === undefined) return connections;
  const keys = (wrong ?? []).map(({ key }) => `"${key}"`).join(', ');
  const what = wrong === undefined ? 'it has no tunnels' : `tunnels ${keys} are one connection`;
  throw new ConstructError(
    scope,
    'CountInvalid',
    `${what}; give each address of the peer ${perConnection} tunnels of its own connection`,
  );
}
