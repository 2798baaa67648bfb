import type { HalfSide, HalfTunnel, Sides } from './side';

/** One thing that is changed on one side of a connection that fits. */
export interface SideMutation {
  /** What is changed. */
  readonly name: string;
  readonly of: (sides: Sides) => Sides;
  /** What has to come out, in one of the problems. */
  readonly expects: RegExp;
}

function onOneSide(change: (side: HalfSide) => HalfSide): SideMutation['of'] {
  return ([one, other]) => [change(one), other];
}

/** Changes the tunnel of a side whose key is the first. */
function onOneTunnel(change: (tunnel: HalfTunnel) => HalfTunnel): SideMutation['of'] {
  return onOneSide((side) => {
    const [first] = side.tunnels.map(({ key }) => key).sort();
    return { ...side, tunnels: side.tunnels.map((tunnel) => (tunnel.key === first ? change(tunnel) : tunnel)) };
  });
}

/** One of two values that is not among those that there are. */
const other = <T>(values: readonly T[], one: T, two: T): T[] => [values.includes(one) ? two : one];

/** Ranges and addresses that no plan uses. */
const ELSEWHERE = {
  cidr: '169.254.250.0/30',
  inside: '169.254.250.1',
  peerInside: '169.254.250.2',
  outside: '192.0.2.250',
} as const;

const UNUSED_ASN = 65000;

const NO_SESSION = /the BGP session with \S+, AS \d+, is not established/;
const BAD_AS = /is not established: OPEN Message Error\/Bad Peer AS/;
const NO_ANSWER = /there is no IKE SA: the peer does not answer/;
const NO_IKE = /there is no IKE SA: the peer has no proposal of IKE in common/;
const NO_ESP = /there is no child SA: the peer has no proposal of ESP in common/;

/** Everything that a pair is to notice when one side has it otherwise. */
export const MUTATIONS: readonly SideMutation[] = [
  { name: 'its own ASN', of: onOneSide((side) => ({ ...side, asn: UNUSED_ASN })), expects: BAD_AS },
  {
    name: 'the ASN of its peer',
    of: onOneTunnel((tunnel) => ({ ...tunnel, peerAsn: UNUSED_ASN })),
    expects: BAD_AS,
  },
  {
    name: 'a range that it advertises',
    of: onOneSide((side) => ({
      ...side,
      prefixes: side.prefixes.map((cidr, at) => (at === 0 ? '10.255.0.0/24' : cidr)),
    })),
    expects: /the BGP session with \S+, AS \d+, does not bring \d/,
  },
  {
    name: 'its inside address, swapped with that of its peer',
    of: onOneTunnel((tunnel) => ({ ...tunnel, inside: tunnel.peerInside, peerInside: tunnel.inside })),
    expects: NO_SESSION,
  },
  {
    name: 'the inside range of a tunnel',
    of: onOneTunnel((tunnel) => ({
      ...tunnel,
      key: ELSEWHERE.cidr,
      insideCidr: ELSEWHERE.cidr,
      inside: ELSEWHERE.inside,
      peerInside: ELSEWHERE.peerInside,
    })),
    expects: NO_SESSION,
  },
  {
    name: 'its own public address',
    of: onOneTunnel((tunnel) => ({ ...tunnel, outside: ELSEWHERE.outside })),
    expects: NO_ANSWER,
  },
  {
    name: 'the public address of its peer',
    of: onOneTunnel((tunnel) => ({ ...tunnel, peerOutside: ELSEWHERE.outside })),
    expects: NO_ANSWER,
  },
  {
    name: 'the reference of its pre-shared key',
    of: onOneTunnel((tunnel) => ({ ...tunnel, preSharedKey: `another.${tunnel.preSharedKey}` })),
    expects: /there is no IKE SA: .*pre-shared keys/,
  },
  {
    name: 'the group of IKE',
    of: onOneTunnel((tunnel) => ({ ...tunnel, ike: { ...tunnel.ike, dhGroups: other(tunnel.ike.dhGroups, 5, 2) } })),
    expects: NO_IKE,
  },
  {
    name: 'the integrity of IKE',
    of: onOneTunnel((tunnel) => ({
      ...tunnel,
      ike: { ...tunnel.ike, integrity: other(tunnel.ike.integrity, 'SHA1', 'SHA2-512'), prf: undefined },
    })),
    expects: NO_IKE,
  },
  {
    name: 'the cipher of ESP',
    of: onOneTunnel((tunnel) => ({
      ...tunnel,
      esp: { ...tunnel.esp, encryption: other(tunnel.esp.encryption, 'AES192-GCM12', 'AES128-GCM12') },
    })),
    expects: NO_ESP,
  },
  {
    name: 'the group of forward secrecy',
    of: onOneTunnel((tunnel) => ({ ...tunnel, esp: { ...tunnel.esp, pfsGroups: other(tunnel.esp.pfsGroups, 5, 2) } })),
    expects: /the keys of the child SA cannot be made anew/,
  },
];
