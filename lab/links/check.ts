import { isAddress, isInside, isRange } from './addresses';
import { unknownNames } from './crypto';
import { type BedTunnel, bedTunnels, called, type HalfSide, type Sides } from './side';

const MAX_ASN = 2 ** 32 - 1;

function isAsn(asn: number): boolean {
  return Number.isInteger(asn) && asn >= 1 && asn <= MAX_ASN;
}

function problemsOfSide({ site, asn, prefixes, tunnels }: HalfSide): string[] {
  return [
    ...(isAsn(asn) ? [] : [`${site}: its ASN is ${asn}, which is none`]),
    ...(prefixes.length === 0 ? [`${site}: it advertises nothing`] : []),
    ...prefixes
      .filter((cidr) => !isRange(cidr))
      .map((cidr) => `${site}: it advertises ${cidr}, which is no IPv4 range`),
    ...(tunnels.length === 0 ? [`${site}: it has no tunnel`] : []),
  ];
}

function problemsOfTunnel(one: BedTunnel): string[] {
  const { tunnel } = one;
  const { outside, peerOutside, inside, peerInside, insideCidr, peerAsn, ike, esp } = tunnel;
  const addresses = { outside, peerOutside, inside, peerInside };
  const wrong = Object.entries(addresses).filter(([, address]) => !isAddress(address));
  const unknown = [
    ...unknownNames({ ...ike, groups: ike.dhGroups }),
    ...unknownNames({ ...esp, groups: esp.pfsGroups }),
  ];
  return [
    ...wrong.map(([name, address]) => `${name} is ${address}, which is no IPv4 address`),
    ...(isRange(insideCidr) ? [] : ['its inside range is none']),
    ...(isInside(inside, insideCidr) ? [] : [`its inside address ${inside} lies outside of its inside range`]),
    ...(isAsn(peerAsn) ? [] : [`the ASN of its peer is ${peerAsn}, which is none`]),
    ...(ike.dhGroups.includes(0) ? ['IKE cannot do without a group'] : []),
    ...[...new Set(unknown)].map((name) => `the lab does not know the ${name}`),
  ].map((problem) => `${called(one)}: ${problem}`);
}

function twice(tunnels: readonly BedTunnel[], what: string, of: (one: BedTunnel) => string): string[] {
  const seen = new Set<string>();
  return tunnels.flatMap((one) => {
    const value = `${one.side} ${of(one)}`;
    const again = seen.has(value);
    seen.add(value);
    return again ? [`${called(one)}: another tunnel of this side has the same ${what}`] : [];
  });
}

/** Why no bed can be made of two sides: what is malformed, missing or there twice. Nothing here compares the sides. */
export function unusable(sides: Sides): string[] {
  const tunnels = bedTunnels(sides);
  return [
    ...sides.flatMap(problemsOfSide),
    ...tunnels.flatMap(problemsOfTunnel),
    ...twice(tunnels, 'inside range', ({ tunnel }) => tunnel.key),
    ...twice(tunnels, 'inside address', ({ tunnel }) => tunnel.inside),
    ...twice(tunnels, 'peer inside', ({ tunnel }) => tunnel.peerInside),
    ...twice(tunnels, 'pair of public addresses', ({ tunnel }) => `${tunnel.outside} ${tunnel.peerOutside}`),
  ];
}
