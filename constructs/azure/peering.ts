import { VirtualNetworkPeering } from '@cdktf/provider-azurerm/lib/virtual-network-peering';
import { Construct } from 'constructs';
import { ConstructError } from '../errors';
import { checkId, checkName } from './checks';
import { LIMITS, parseResourceId, physicalName } from './names';
import type { INetwork } from './network-attributes';

/** The network at the other end of a {@link Peering}. */
export interface NetworkPeer {
  /** Id of the virtual network, in any region and subscription of the tenant. */
  readonly networkId: string;
}

/** Options of a {@link Peering}. */
export interface PeeringProps {
  /** First part of its physical name. */
  readonly name: string;
  /** The own network. */
  readonly network: INetwork;
  /** The other network; what follows from this half stands still until it names this one too. */
  readonly peer: NetworkPeer;
}

/**
 * One half of a peering of two virtual networks: each network is told of the other by a stack of its own.
 *
 * What is in one reaches what is in the other as if they were one, and nothing beyond it: a network that is peered with
 * several does not lead from one to the next. The provider bills what crosses it, and nothing for its existence.
 */
export class Peering extends Construct {
  /** @throws ConstructError with `NameInvalid` or `IdInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, { name, network, peer }: PeeringProps) {
    super(scope, id);
    checkName(this, 'a link', name);
    checkId(this, 'a virtual network', VIRTUAL_NETWORK, peer.networkId);
    const own = parseResourceId(network.networkId, VIRTUAL_NETWORK);
    const [virtualNetworkName] = own?.names ?? [];
    if (own === undefined || virtualNetworkName === undefined) {
      const what = `the id of the network of link ${name} is known only when it is applied: its name is needed now`;
      throw new ConstructError(this, 'IdInvalid', what);
    }
    if (network.networkId === peer.networkId) {
      throw new ConstructError(this, 'IdInvalid', `link ${name} leads from a network to itself: name another one`);
    }
    new VirtualNetworkPeering(this, 'Resource', {
      name: physicalName([name], LIMITS.networkResource),
      resourceGroupName: own.resourceGroupName,
      virtualNetworkName,
      remoteVirtualNetworkId: peer.networkId,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      allowGatewayTransit: false,
      useRemoteGateways: false,
    });
  }
}

const VIRTUAL_NETWORK = 'Microsoft.Network/virtualNetworks';
