import type { LinkPeer } from '../estate/catalog/links';

export type { VpnProposal } from '../estate/catalog/links';

/** The gateway at the other end of tunnels. */
export interface VpnPeer {
  /** What it is called in names of resources: the site, or the place of the company. */
  readonly name: string;
  /** What it is: some gateways want their peers treated apart. */
  readonly cloud: LinkPeer;
  /** Number of its autonomous system. */
  readonly asn: number;
  /** Blocks that are reached through it. */
  readonly prefixes: readonly string[];
}

/** One tunnel, as the gateway at one end of it has it. */
export interface VpnTunnel {
  /** Number of the tunnel in its link, such as `1`: ids and names follow from it. */
  readonly key: string;
  /** Range inside of the tunnel, a link-local /30. */
  readonly insideCidr: string;
  /** Own address in it. */
  readonly inside: string;
  /** Address of the peer in it. */
  readonly peerInside: string;
  /** Which public address of the own gateway it uses, from 0. */
  readonly interface: number;
  /**
   * Which connection it is part of, from 0: AWS and Oracle Cloud make one for each address of the peer.
   *
   * @default none: the gateway has addresses before it knows a peer
   */
  readonly connection?: number;
  /** Which public address of the peer it leads to, from 0. */
  readonly peerInterface: number;
  /** That address. */
  readonly peerOutside: string;
  /** A reference to the key that both ends share: a dynamic reference, or a sensitive variable. Never the key itself. */
  readonly presharedKey: string;
}

/** One circuit between two providers, as one end of it has it. */
export interface Circuit {
  /** Number of the circuit in its link, such as `1`: ids and names follow from it. */
  readonly key: string;
  /** Ranges of its BGP sessions, primary and secondary, where both ends are told. @default the providers agree on them */
  readonly insideCidrs?: readonly [string, string];
  /**
   * A reference to the key of the order, which the end that accepts is given: a sensitive variable or parameter.
   *
   * @default none: it is ordered at this end
   */
  readonly orderKey?: string;
  /** What the other provider has made of it, once that is known. @default not known yet */
  readonly peerId?: string;
}
