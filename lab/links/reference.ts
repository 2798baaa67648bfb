import type { EspOffer, HalfSide, HalfTunnel, IkeOffer, Sides } from './side';

const IKE: IkeOffer = { version: 2, encryption: ['AES256'], integrity: ['SHA2-384'], dhGroups: [20] };
const ESP: EspOffer = { encryption: ['AES256-GCM16'], integrity: [], pfsGroups: [20] };

interface End {
  readonly outside: string;
  readonly inside: string;
  readonly asn: number;
}

function half(own: End, peer: End, insideCidr: string, initiates: HalfTunnel['initiates']): HalfTunnel {
  return {
    key: insideCidr,
    outside: own.outside,
    peerOutside: peer.outside,
    insideCidr,
    inside: own.inside,
    peerInside: peer.inside,
    peerAsn: peer.asn,
    ike: IKE,
    esp: ESP,
    preSharedKey: `reference.${insideCidr}`,
    initiates,
  };
}

const ONE: Omit<HalfSide, 'tunnels'> = { site: 'one', cloud: 'none', asn: 64601, prefixes: ['10.1.0.0/16'] };
const OTHER: Omit<HalfSide, 'tunnels'> = {
  site: 'other',
  cloud: 'none',
  asn: 64602,
  prefixes: ['10.2.0.0/16', '10.3.0.0/20'],
};

/**
 * Two sides of no cloud that fit: what the bed itself is tried with, and what mutations are made of.
 *
 * As of a cloud with two public addresses whose peer has one for each tunnel.
 */
export function referencePair(tunnels = 2): Sides {
  const halves = Array.from({ length: tunnels }, (_, index) => {
    const cidr = `169.254.64.${4 * index}/30`;
    const one = { outside: `203.0.113.${1 + (index % 2)}`, inside: `169.254.64.${4 * index + 1}`, asn: ONE.asn };
    const other = { outside: `198.51.100.${1 + index}`, inside: `169.254.64.${4 * index + 2}`, asn: OTHER.asn };
    return [half(one, other, cidr, true), half(other, one, cidr, 'either')] as const;
  });
  return [
    { ...ONE, tunnels: halves.map(([half]) => half) },
    { ...OTHER, tunnels: halves.map(([, half]) => half) },
  ];
}
