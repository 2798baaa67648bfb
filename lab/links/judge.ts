import type { Mode } from './ability';
import { covers } from './addresses';
import { CIPHERS, GROUPS, HASHES } from './crypto';
import type { GatewaySeen, SessionSeen } from './frr';
import {
  type BedTunnel,
  bedTunnels,
  called,
  counterpart,
  type EspOffer,
  facing,
  gatewayOf,
  type IkeOffer,
  type Sides,
} from './side';
import { authenticates, type IkeSeen, reasonOf, type SaSeen } from './strongswan';

/** What is to be seen of a tunnel on its side. */
export interface TunnelSeen {
  readonly sas: readonly IkeSeen[];
  /** What the daemon said while it opened it; empty where it waited. */
  readonly said: string;
}

/** What is to be seen in a bed, by the names that tunnels and gateways have there. */
export interface Seen {
  readonly tunnels: ReadonlyMap<string, TunnelSeen>;
  readonly gateways: ReadonlyMap<string, GatewaySeen>;
  /** Pairs of hosts of which the second does not answer the first. */
  readonly unreachable: readonly string[];
}

/** What the plan says of a side, whatever its output says. */
export interface Planned {
  readonly asn: number;
  /** Ranges that are to arrive at the other side. */
  readonly prefixes: readonly string[];
  /** Own addresses inside of its tunnels. @default those of its tunnels */
  readonly insides?: readonly string[];
}

/** What is planned for both sides. */
export type PlannedSides = readonly [Planned, Planned];

/** What is tried, and what it is held against. */
export interface Case {
  readonly sides: Sides;
  readonly planned: PlannedSides;
}

const ESTABLISHED = 'ESTABLISHED';
const INSTALLED = 'INSTALLED';

/** The association of a tunnel that is up, if any. */
export const ikeOf = (seen: TunnelSeen | undefined): IkeSeen | undefined =>
  seen?.sas.find(({ state }) => state === ESTABLISHED);

/** The newest child of an association that is up, if any. */
export const childOf = (ike: IkeSeen | undefined): SaSeen | undefined =>
  ike?.children.filter(({ state }) => state === INSTALLED).sort((one, other) => Number(other.id) - Number(one.id))[0];

function notOffered(what: string, told: string, offered: readonly string[]): string[] {
  return offered.includes(told) ? [] : [`${what} ${told || 'none'} was agreed on, which it does not offer`];
}

const toldBy = (
  table: Readonly<Record<string | number, { readonly told: string }>>,
  names: readonly (string | number)[],
) => names.flatMap((name) => table[name]?.told ?? []);

/** Where an association of IKE is not what a side offers. */
export function strayIke(ike: SaSeen, offer: IkeOffer): string[] {
  const functions = (offer.prf ?? offer.integrity).flatMap((name) => HASHES[name]?.prfTold ?? []);
  return [
    ...notOffered('cipher', ike.encryption, toldBy(CIPHERS, offer.encryption)),
    ...(authenticates(ike.encryption) ? [] : notOffered('integrity', ike.integrity, toldBy(HASHES, offer.integrity))),
    ...notOffered('function', ike.prf, functions),
    ...notOffered('group', ike.group, toldBy(GROUPS, offer.dhGroups)),
  ];
}

/** Where a child association, with keys that were made anew once, is not what a side offers. */
export function strayChild(child: SaSeen, offer: EspOffer): string[] {
  return [
    ...notOffered('cipher', child.encryption, toldBy(CIPHERS, offer.encryption)),
    ...(authenticates(child.encryption)
      ? []
      : notOffered('integrity', child.integrity, toldBy(HASHES, offer.integrity))),
    ...notOffered('group of forward secrecy', child.group, toldBy(GROUPS, offer.pfsGroups)),
  ];
}

const common = <T>(one: readonly T[], other: readonly T[]): boolean => one.some((each) => other.includes(each));

/** Whether two sides have a proposal of ESP in common, by reading them: for machines where no child SA can be made. */
export function shareEsp(one: EspOffer, other: EspOffer): boolean {
  const ciphers = one.encryption.filter((name) => other.encryption.includes(name));
  const whole = ciphers.some((name) => CIPHERS[name]?.authenticates || common(one.integrity, other.integrity));
  return whole && common(one.pfsGroups, other.pfsGroups);
}

function problemsOfAssociations(one: BedTunnel, other: BedTunnel | undefined, seen: Seen, mode: Mode): string[] {
  const { tunnel } = one;
  const own = seen.tunnels.get(one.id);
  const said = own?.said || (other && seen.tunnels.get(other.id)?.said) || '';
  const ike = ikeOf(own);
  const nobody = tunnel.initiates === false && (other === undefined || other.tunnel.initiates === false);
  if (ike === undefined) {
    return [`there is no IKE SA: ${nobody ? 'both sides wait for the other one' : reasonOf(said)}`];
  }
  const stray = strayIke(ike, tunnel.ike).map((problem) => `IKE: ${problem}`);
  if (mode === 'ike') {
    const fits = other !== undefined && shareEsp(tunnel.esp, other.tunnel.esp);
    return [...stray, ...(fits ? [] : ['both sides have no proposal of ESP in common'])];
  }
  const child = childOf(ike);
  if (child === undefined) return [...stray, `there is no child SA: ${reasonOf(said)}`];
  // Numbers of children begin with 1: it is the first one as long as its keys were not made anew.
  if (child.id === '1') {
    return [...stray, 'the keys of the child SA cannot be made anew: groups of forward secrecy have nothing in common'];
  }
  return [...stray, ...strayChild(child, tunnel.esp).map((problem) => `ESP: ${problem}`)];
}

function problemsOfSession(one: BedTunnel, session: SessionSeen | undefined, planned: PlannedSides): string[] {
  const { peerInside, peerAsn } = one.tunnel;
  const name = `the BGP session with ${peerInside}, AS ${peerAsn},`;
  if (session === undefined) return [`${name} is not there`];
  if (!session.isUp) return [`${name} is not established${session.reason === '' ? '' : `: ${session.reason}`}`];
  const { asn } = planned[one.side];
  const missing = planned[one.side === 0 ? 1 : 0].prefixes.filter(
    (prefix) => !session.received.some((range) => covers(range, prefix)),
  );
  return [
    ...(session.localAsn === asn ? [] : [`${name} is one of AS ${session.localAsn} and not of AS ${asn}`]),
    ...(missing.length === 0 ? [] : [`${name} does not bring ${missing.join(', ')}`]),
  ];
}

function gatewaySeen(seen: Seen, side: 0 | 1): GatewaySeen | undefined {
  return seen.gateways.get(gatewayOf(side));
}

function problemsOfRoutes({ sides, planned }: Case, side: 0 | 1, seen: Seen, gone: readonly string[]): string[] {
  const routes = gatewaySeen(seen, side)?.routes;
  return planned[side === 0 ? 1 : 0].prefixes.flatMap((prefix) => {
    const hops = [...(routes ?? [])].flatMap(([range, leads]) => (covers(range, prefix) ? leads : []));
    if (hops.length === 0) return [`${sides[side].site}: no route to ${prefix}`];
    const stale = hops.filter((hop) => gone.includes(hop));
    return stale.map((hop) => `${sides[side].site}: the route to ${prefix} still leads to ${hop}`);
  });
}

const unreachable = ({ unreachable: pairs }: Seen): string[] =>
  pairs.map((pair) => `no way from ${pair.replace(' ', ' to ')}`);

/** Inside addresses that are planned, and that no tunnel of a side has. */
function unplanned({ sides, planned }: Case, side: 0 | 1): string[] {
  const own = sides[side].tunnels.map(({ inside }) => inside);
  const missing = planned[side].insides?.filter((address) => !own.includes(address)) ?? [];
  return missing.map((address) => `${sides[side].site}: no tunnel has the planned inside address ${address}`);
}

/** What is not as it should be in a bed that is up. */
export function judge(tried: Case, seen: Seen, mode: Mode): string[] {
  const { sides, planned } = tried;
  const tunnels = bedTunnels(sides);
  const ofTunnels = tunnels.flatMap((one) =>
    [
      ...(counterpart(tunnels, one) === undefined ? ['no tunnel of the other side has its inside range'] : []),
      ...problemsOfAssociations(one, facing(tunnels, one), seen, mode),
      ...problemsOfSession(one, gatewaySeen(seen, one.side)?.sessions.get(one.tunnel.peerInside), planned),
    ].map((problem) => `${called(one)}: ${problem}`),
  );
  return [
    ...ofTunnels,
    ...unplanned(tried, 0),
    ...unplanned(tried, 1),
    ...problemsOfRoutes(tried, 0, seen, []),
    ...problemsOfRoutes(tried, 1, seen, []),
    ...unreachable(seen),
  ];
}

/** What is not as it should be in a bed that has lost one tunnel: its session is gone, everything else is left. */
export function judgeLoss(tried: Case, seen: Seen, lost: BedTunnel): string[] {
  const tunnels = bedTunnels(tried.sides);
  const both = tunnels.filter(({ tunnel }) => tunnel.key === lost.tunnel.key);
  const stays = both.filter((one) => gatewaySeen(seen, one.side)?.sessions.get(one.tunnel.peerInside)?.isUp);
  const others = tunnels.filter((one) => !both.includes(one));
  const down = others.filter((one) => !gatewaySeen(seen, one.side)?.sessions.get(one.tunnel.peerInside)?.isUp);
  const gone = (side: 0 | 1) => both.filter((one) => one.side === side).map(({ tunnel }) => tunnel.peerInside);
  return [
    ...stays.map((one) => `${called(one)}: its BGP session outlives it`),
    ...down.map((one) => `${called(one)}: its BGP session is down`),
    ...problemsOfRoutes(tried, 0, seen, gone(0)),
    ...problemsOfRoutes(tried, 1, seen, gone(1)),
    ...unreachable(seen),
  ].map((problem) => `without tunnel ${lost.tunnel.insideCidr}: ${problem}`);
}
