/** What one side of a tunnel offers and accepts for IKE; names are those of `CIPHERS`, `HASHES` and `GROUPS`. */
export interface IkeOffer {
  /** Version of IKE; the lab speaks no older one. */
  readonly version: 2;
  readonly encryption: readonly string[];
  /** Integrity; not used with ciphers that authenticate. */
  readonly integrity: readonly string[];
  /** Pseudo-random functions. @default those of `integrity` */
  readonly prf?: readonly string[];
  /** Numbers of Diffie-Hellman groups. */
  readonly dhGroups: readonly number[];
  /** Time after which keys are made anew. @default what strongSwan takes */
  readonly lifetimeSeconds?: number;
}

/** What one side of a tunnel offers and accepts for ESP. */
export interface EspOffer {
  readonly encryption: readonly string[];
  /** Integrity; not used with ciphers that authenticate. */
  readonly integrity: readonly string[];
  /** Groups of perfect forward secrecy; 0 is doing without. */
  readonly pfsGroups: readonly number[];
  /** Time after which keys are made anew. @default what strongSwan takes */
  readonly lifetimeSeconds?: number;
}

/** A tunnel as one side has it: nothing in it comes from the other side, but what this one was told of it. */
export interface HalfTunnel {
  /** The same on both sides where their inside ranges are, wherever they stand. */
  readonly key: string;
  /** Own public address. */
  readonly outside: string;
  /** Public address of the peer, as this side was told. */
  readonly peerOutside: string;
  /** Range of both inside addresses, such as 169.254.21.0/30. */
  readonly insideCidr: string;
  /** Own inside address. */
  readonly inside: string;
  /** Inside address of the peer, as this side was told. */
  readonly peerInside: string;
  /** Autonomous system of the peer, as this side was told. */
  readonly peerAsn: number;
  readonly ike: IkeOffer;
  readonly esp: EspOffer;
  /** Made up in the lab, from the reference that the side names: see `keyOfReference`. */
  readonly preSharedKey: string;
  /** Whether this side opens the tunnel, waits for the other one, or does as the other one leaves it. */
  readonly initiates: boolean | 'either';
}

/** One side of a connection, as the output of its cloud says it. */
export interface HalfSide {
  /** Name of its site. */
  readonly site: string;
  readonly cloud: string;
  /** Autonomous system of its gateway. */
  readonly asn: number;
  /** What it advertises. */
  readonly prefixes: readonly string[];
  readonly tunnels: readonly HalfTunnel[];
}

/** Both sides of a connection. */
export type Sides = readonly [HalfSide, HalfSide];

/** A tunnel of one side in the bed. */
export interface BedTunnel {
  /** Its name there, of the letter of its side and a number, such as a0. */
  readonly id: string;
  /** Which side it is of. */
  readonly side: 0 | 1;
  readonly site: string;
  readonly tunnel: HalfTunnel;
}

/** Name of a side's gateway in the bed. */
export const gatewayOf = (side: 0 | 1): string => (side === 0 ? 'ga' : 'gb');

/** How messages call a tunnel of one side. */
export const called = ({ site, tunnel }: Pick<BedTunnel, 'site' | 'tunnel'>): string =>
  `${site}, tunnel ${tunnel.insideCidr}`;

function tunnelsOf(sides: Sides, side: 0 | 1): BedTunnel[] {
  const { site, tunnels } = sides[side];
  return [...tunnels]
    .sort((one, other) => one.key.localeCompare(other.key, 'en', { numeric: true }))
    .map((tunnel, index) => ({ id: `${side === 0 ? 'a' : 'b'}${index}`, side, site, tunnel }));
}

/** All tunnels of both sides, those of the first one first. */
export function bedTunnels(sides: Sides): BedTunnel[] {
  return [...tunnelsOf(sides, 0), ...tunnelsOf(sides, 1)];
}

/** The tunnel of the other side that has the addresses of this one, seen from there. */
export function facing(tunnels: readonly BedTunnel[], { side, tunnel }: BedTunnel): BedTunnel | undefined {
  return tunnels.find(
    (other) =>
      other.side !== side && other.tunnel.outside === tunnel.peerOutside && other.tunnel.peerOutside === tunnel.outside,
  );
}

/** The tunnel of the other side that has the same inside range. */
export function counterpart(tunnels: readonly BedTunnel[], { side, tunnel }: BedTunnel): BedTunnel | undefined {
  return tunnels.find((other) => other.side !== side && other.tunnel.key === tunnel.key);
}

/** The tunnels that open connections: of two that face each other and both may, one. */
export function opening(tunnels: readonly BedTunnel[]): BedTunnel[] {
  return tunnels.filter((one) => {
    const other = facing(tunnels, one);
    if (one.tunnel.initiates === false) return false;
    if (other === undefined || other.tunnel.initiates === false) return true;
    if (one.tunnel.initiates !== other.tunnel.initiates) return one.tunnel.initiates === true;
    return one.side === 0;
  });
}
