import { ComputeNetworkPeering } from '@cdktf/provider-google/lib/compute-network-peering';
import { Construct } from 'constructs';
import { checkId, checkName } from './checks';
import { LIMITS, physicalName } from './names';
import type { INetwork } from './network-attributes';

/** The network at the other end. */
export interface NetworkPeer {
  /** `projects/<project>/global/networks/<name>`. */
  readonly networkId: string;
}

/** Options of a {@link Peering}. */
export interface PeeringProps {
  /** Name of the peering, unique in its network. */
  readonly name: string;
  /** The network at this end. */
  readonly network: INetwork;
  /** The network at the other end. */
  readonly peer: NetworkPeer;
}

/**
 * This half of the peering of two networks; traffic passes once there is the other half.
 *
 * The networks tell each other of all their subnets, those of pods and services too, so that no range of one may overlap
 * one of the other. What one of them reaches through tunnels the other does not hear of.
 */
export class Peering extends Construct {
  /**
   * @throws ConstructError with `NameInvalid` or `IdInvalid` when Google Cloud would refuse it
   */
  constructor(scope: Construct, id: string, { name, network, peer }: PeeringProps) {
    super(scope, id);
    checkName(this, 'name of the peering', name);
    checkId(this, 'network of the peer', peer.networkId, /^projects\/[^/]+\/global\/networks\/[^/]+$/, NETWORK);
    new ComputeNetworkPeering(this, 'Resource', {
      name: physicalName([name], LIMITS.peering),
      network: network.networkId,
      peerNetwork: peer.networkId,
      exportCustomRoutes: false,
      importCustomRoutes: false,
      stackType: 'IPV4_ONLY',
      dependsOn: [...network.dependables],
    });
  }
}

const NETWORK = 'projects/atlas-train/global/networks/atlas-iowa';
