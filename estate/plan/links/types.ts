import type { Cloud } from '../../catalog';
import type { LinkPeer, VpnProposal } from '../../catalog/links';
import type { Link } from '../../spec/schema';

/** What a link is made of. */
export type LinkKind = NonNullable<Link['kind']>;

/** Something that is known only after an apply, and is not in the exchange file yet. */
export interface PendingFact {
  /** Its place in the exchange file, such as `gateways.eastus2.addresses`. */
  readonly path: string;
  /** The stack that tells it once it is applied. */
  readonly from: string;
}

/** A pre-shared key by the names that it goes by; the key itself stands nowhere. */
export interface KeyReference {
  /** Name of the secret in Secrets Manager of AWS: `<estate>/links/<link>/<tunnel>`. */
  readonly secret: string;
  /** Name of the sensitive Terraform variable: `preshared_key_<link>_<tunnel>`. */
  readonly variable: string;
}

/** One end of a tunnel. */
export interface TunnelEnd {
  /** Its address inside the tunnel, such as `169.254.21.2`. */
  readonly inside: string;
  /** Number of its autonomous system. */
  readonly asn: number;
  /** Which public address of its gateway it uses, from 0. */
  readonly interface: number;
  /** Which connection it is part of, from 0, one for each address of the peer. @default none: its gateway is a giver */
  readonly connection?: number;
  /** Public address; undefined until it is known. */
  readonly outside: string | undefined;
}

/** One tunnel, with both its ends in the order of the sides of its link. */
export interface TunnelPlan {
  /** Number of the tunnel in its link, from `1`. */
  readonly key: string;
  readonly insideCidr: string;
  readonly ends: readonly [TunnelEnd, TunnelEnd];
  readonly presharedKey: KeyReference;
}

/** One circuit between two providers. */
export interface CircuitPlan {
  /** Number of the circuit in its link, from `1`. */
  readonly key: string;
  /** Ranges of its BGP sessions, primary and secondary, where both ends are told. @default the providers agree on them */
  readonly insideCidrs?: readonly [string, string];
  /** Name of the sensitive variable, or parameter, that takes the key of the order: `circuit_key_<link>_<circuit>`. */
  readonly variable: string;
}

/** One end of a link. */
export interface LinkSide {
  readonly peer: LinkPeer;
  /** Identity of the site; the name of the place of the company. */
  readonly site: string;
  /** @default none: it is the company's */
  readonly account?: string;
  /** @default none: it is the company's */
  readonly region?: string;
  /** Blocks that are reached there directly. */
  readonly prefixes: readonly string[];
  /** Number of its autonomous system; undefined where its cloud has none for the kind of link. */
  readonly asn?: number;
  /** Stack of its half of the link. @default none: the company's, or the link makes nothing of its own */
  readonly stack?: string;
  /** What its half waits for; empty where it can be applied. */
  readonly pending: readonly PendingFact[];
  /** What its half is applied once more for, and carries nothing without; empty where that is known or there is none. */
  readonly completes: readonly PendingFact[];
}

/** A link, resolved: what the halves at both its ends are made from. */
export interface LinkPlan {
  readonly key: string;
  /** `<estate>-<link>`. */
  readonly name: string;
  readonly kind: LinkKind;
  /** Bandwidth, Gbit/s. */
  readonly gbps: number;
  readonly availability: 1 | 2;
  /** Sorted by what they are: takers before givers, then by site; the company last. */
  readonly sides: readonly [LinkSide, LinkSide];
  /** Site that it leads through, making nothing of its own. */
  readonly via?: string;
  readonly tunnels: readonly TunnelPlan[];
  readonly circuits: readonly CircuitPlan[];
  /** Side at which a circuit is ordered, or a peering asked for; the other one accepts. */
  readonly origin: 0 | 1;
}

/** One tunnel, as seen from one of its ends. */
export interface HalfTunnel {
  readonly key: string;
  readonly insideCidr: string;
  /** Own address inside the tunnel. */
  readonly inside: string;
  readonly peerInside: string;
  /** Which public address of the own gateway it uses, from 0. */
  readonly interface: number;
  /** Which connection it is part of, from 0, one for each address of the peer. @default none: the gateway is a giver */
  readonly connection?: number;
  /** Which public address of the peer's gateway it leads to, from 0. */
  readonly peerInterface: number;
  /** Public address of the peer. */
  readonly peerOutside: string;
  readonly presharedKey: KeyReference;
}

/** One circuit, as seen from one of its ends. */
export interface HalfCircuit extends CircuitPlan {
  /** What the other provider has made of it, once that is known. */
  readonly peerId?: string;
}

/** The half of a link at one site, with everything that it is made from. */
export interface HalfLinkPlan {
  /** Identity of the link. */
  readonly key: string;
  /** First part of the names of its resources: `<estate>-<link>-<site>`, which is unique in the estate. */
  readonly name: string;
  /** Name of its stack. */
  readonly stack: string;
  readonly kind: LinkKind;
  readonly gbps: number;
  readonly availability: 1 | 2;
  readonly proposal: VpnProposal;
  /** Number of the own autonomous system. */
  readonly asn?: number;
  /** The other end. */
  readonly peer: {
    readonly cloud: LinkPeer;
    readonly site: string;
    /** `<estate>-<site>`, first part of the names of what the estate makes there. @default none: it is the company's */
    readonly name?: string;
    readonly region?: string;
    /** Id of its account: AWS account, subscription, project or compartment. @default none: it is the company's */
    readonly accountId?: string;
    readonly asn?: number;
    /** Blocks that are reached through it. */
    readonly prefixes: readonly string[];
    /** Id of its gateway, where it is known and wanted. */
    readonly gatewayId?: string;
    /** What it has made of a peering, where that is known and wanted. */
    readonly peeringId?: string;
    /** Network of a peer of the same cloud that exists already, by the id or name that its cloud knows it by. */
    readonly network?: {
      readonly id: string;
      readonly owner?: string;
      /** Azure: its subscription, where that is not the one of the account. */
      readonly subscriptionId?: string;
    };
  };
  /** Whether this end asks for a peering or orders a circuit; the other one accepts. */
  readonly isOrigin: boolean;
  readonly tunnels: readonly HalfTunnel[];
  readonly circuits: readonly HalfCircuit[];
  /** Peering location of circuits, as written. */
  readonly location?: string;
  /** What Oracle Cloud offers of the other provider, by its OCID, as written. */
  readonly providerServiceId?: string;
}

/** The gateway of a site, with what it has to know of all links of the site. */
export interface GatewayPlan<C extends Cloud = Cloud> {
  readonly cloud: C;
  /** First part of the names of its resources: `<estate>-<site>-gateway`. */
  readonly name: string;
  readonly stack: string;
  /** Number of its autonomous system; that of Oracle Cloud is the provider's own. */
  readonly asn: number;
  /** Kinds of links that it serves, sorted. */
  readonly kinds: readonly LinkKind[];
  /** What its tunnels carry together, Gbit/s. */
  readonly vpnGbps: number;
  /** What its circuits carry together, Gbit/s. */
  readonly circuitGbps: number;
  /** Addresses inside of tunnels that each of its public addresses has, in the order of those, sorted. */
  readonly insideAddresses: readonly (readonly string[])[];
  /** Blocks of its site that peers are told of, sorted. */
  readonly advertised: readonly string[];
  /** Blocks that are reached through it, sorted; none is in another. */
  readonly reached: readonly string[];
}
