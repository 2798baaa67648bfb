import { ComputeExternalVpnGateway } from '@cdktf/provider-google/lib/compute-external-vpn-gateway';
import { ComputeRouterInterface } from '@cdktf/provider-google/lib/compute-router-interface';
import { ComputeRouterPeer } from '@cdktf/provider-google/lib/compute-router-peer';
import { ComputeVpnTunnel } from '@cdktf/provider-google/lib/compute-vpn-tunnel';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_CIPHERS, GOOGLE_REDUNDANCY, GOOGLE_ROUTE_PRIORITY } from '../../estate/catalog/google-links';
import { compareKeys, type Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import type { VpnPeer, VpnProposal, VpnTunnel } from '../links';
import { setNewer } from '../newer-arguments';
import { checkRange } from '../terraform-checks';
import { checkName } from './checks';
import type { IGateway } from './gateway';
import { LIMITS, physicalName, resourceTags } from './names';

/** The gateway at the other end. */
export interface GoogleVpnPeer extends VpnPeer {
  /**
   * Id of the peer where it is an HA VPN gateway too: Google refuses its own addresses as those of an external one.
   *
   * @default - none: it is outside of Google Cloud, and known by the addresses of its tunnels
   */
  readonly gatewayId?: string;
}

/** Options of a {@link VpnLink}. */
export interface VpnLinkProps {
  /** First part of the names of what it is made of. */
  readonly name: string;
  /** The gateway at this end. */
  readonly gateway: IGateway;
  /** The gateway at the other end. */
  readonly peer: GoogleVpnPeer;
  /** Its tunnels. With a peer in Google Cloud, each joins interfaces of the same number. */
  readonly tunnels: readonly VpnTunnel[];
  /** The only proposal that tunnels make and take. */
  readonly proposal: VpnProposal;
  /** Labels of the peer and of tunnels. @default - none */
  readonly tags?: Tags;
}

/**
 * Encrypted tunnels from an HA VPN gateway to the gateway of a peer, each with a session of BGP of its own.
 *
 * Nearly all of it is fixed when it is made. Another public address of the peer makes its gateway and every tunnel of the
 * link anew, another inside range the session of its tunnel, another number of the peer nothing. Keys stand in the state of
 * Terraform, since arguments that do not want 1.11.
 */
export class VpnLink extends Construct {
  /**
   * @throws ConstructError with `NameInvalid`, `RangeInvalid` or `CountInvalid` when Google Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: VpnLinkProps) {
    super(scope, id);
    check(this, props);
    const { gateway, peer, tunnels } = props;
    const outside = peer.gatewayId === undefined ? this.addPeer(props) : undefined;
    for (const tunnel of tunnels) this.addTunnel(tunnel, outside, props, gateway);
  }

  private addPeer({ name, gateway, tunnels, tags }: VpnLinkProps): ComputeExternalVpnGateway {
    const addresses = addressesOf(this, tunnels);
    return new ComputeExternalVpnGateway(this, 'Resource', {
      name: physicalName([name], LIMITS.externalVpnGateway),
      project: gateway.network.projectId,
      redundancyType: GOOGLE_REDUNDANCY.byAddresses[addresses.length],
      interface: addresses.map((ipAddress, index) => ({ id: index, ipAddress })),
      labels: resourceTags(this, tags),
    });
  }

  private addTunnel(
    tunnel: VpnTunnel,
    outside: ComputeExternalVpnGateway | undefined,
    { name, peer, proposal, tags }: VpnLinkProps,
    { network, gatewayId, routerName, dependables }: IGateway,
  ): void {
    const { key } = tunnel;
    const place = { project: network.projectId, region: network.region } as const;
    const dependsOn = [...dependables];
    // Ids that are known only once there is something: what is made anew takes with it what it carries.
    const resource = new ComputeVpnTunnel(this, `tunnel-${key}`, {
      ...place,
      name: physicalName([name, key], LIMITS.vpnTunnel),
      vpnGateway: gatewayId,
      vpnGatewayInterface: tunnel.interface,
      ...(outside === undefined
        ? { peerGcpGateway: peer.gatewayId }
        : { peerExternalGateway: outside.id, peerExternalGatewayInterface: tunnel.peerInterface }),
      router: routerName,
      ikeVersion: proposal.ikeVersion,
      sharedSecret: tunnel.presharedKey,
      labels: resourceTags(this, tags),
      dependsOn,
    });
    setNewer(resource, 'google_compute_vpn_tunnel', { cipher_suite: ciphers(proposal) });
    const sessionName = physicalName([name, key], LIMITS.routerInterface);
    const inside = new ComputeRouterInterface(this, `interface-${key}`, {
      ...place,
      name: sessionName,
      router: routerName,
      ipRange: `${tunnel.inside}/30`,
      vpnTunnel: resource.id,
      dependsOn,
    });
    new ComputeRouterPeer(this, `session-${key}`, {
      ...place,
      name: sessionName,
      router: routerName,
      interface: sessionName,
      peerIpAddress: tunnel.peerInside,
      peerAsn: peer.asn,
      advertisedRoutePriority: GOOGLE_ROUTE_PRIORITY.value,
      dependsOn: [inside],
      // A router cannot give up an interface that has a session.
      lifecycle: { replaceTriggeredBy: [`${inside.terraformResourceType}.${inside.friendlyUniqueId}.id`] },
    });
  }
}

function ciphers({ ike, esp }: VpnProposal) {
  const { ikeEncryption, ikeIntegrity, ikePrf, groups, espEncryption } = GOOGLE_CIPHERS;
  return {
    phase1: {
      encryption: [ikeEncryption[ike.encryption]],
      integrity: [ikeIntegrity[ike.integrity]],
      prf: [ikePrf[ike.integrity]],
      dh: [groups[ike.dhGroup]],
    },
    phase2: { encryption: [espEncryption[esp.encryption]], pfs: [groups[esp.pfsGroup]] },
  };
}

/** Public addresses of the peer in the order of its interfaces, as tunnels know them. */
function addressesOf(scope: IConstruct, tunnels: readonly VpnTunnel[]): readonly string[] {
  const byInterface = new Map(tunnels.map(({ peerInterface, peerOutside }) => [peerInterface, peerOutside]));
  const differs = tunnels.find(({ peerInterface, peerOutside }) => byInterface.get(peerInterface) !== peerOutside);
  if (differs !== undefined) {
    const problem = `interface ${differs.peerInterface} of the peer has two addresses, ${differs.peerOutside} and ${byInterface.get(differs.peerInterface)}: give it one`;
    throw new ConstructError(scope, 'RangeInvalid', problem);
  }
  const known = [...byInterface].sort(([one], [other]) => one - other);
  const counts = Object.keys(GOOGLE_REDUNDANCY.byAddresses).sort(compareKeys);
  if (known.every(([number], index) => number === index) && counts.includes(String(known.length))) {
    return known.map(([, address]) => address);
  }
  const numbers = known.map(([number]) => number).join(', ');
  const problem = `tunnels lead to interfaces ${numbers} of the peer; use those from 0 on, ${counts.join(' or ')} of them`;
  throw new ConstructError(scope, 'CountInvalid', problem);
}

function check(scope: IConstruct, { name, tunnels, peer }: VpnLinkProps): void {
  checkName(scope, 'name of the link', name);
  for (const { key, insideCidr } of tunnels) checkRange(scope, `inside range of tunnel "${key}"`, insideCidr);
  if (peer.gatewayId === undefined) return;
  const crossed = tunnels.find((tunnel) => tunnel.interface !== tunnel.peerInterface);
  if (crossed === undefined) return;
  const problem = `tunnel "${crossed.key}" joins interface ${crossed.interface} with ${crossed.peerInterface} of another HA VPN gateway: use the same number`;
  throw new ConstructError(scope, 'CountInvalid', problem);
}
