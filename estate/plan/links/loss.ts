import { INTERCONNECTS, PEERINGS, VPN_GATEWAYS } from '../../catalog/links';
import { didYouMean } from '../../spec/suggest';
import { quote } from '../../spec/words';
import { compareKeys } from '../../units';
import type { LinkPlan, LinkSide } from './types';

/** Kinds of parts that a link can lose, the widest first. */
export const LINK_PARTS = [
  'cloud',
  'site',
  'place',
  'gateway',
  'instance',
  'device',
  'link',
  'connection',
  'tunnel',
  'circuit',
] as const;

/** A part that can be lost. */
export interface LinkPart {
  /** `place` is one of the company's, with its `device`s; an `instance` has one public address of a gateway. */
  readonly kind: (typeof LINK_PARTS)[number];
  /** Such as `ohio`, `ohio/gateway`, `eastus2/gateway/0`, `dublin/198.51.100.10`, `ohio-eastus2/tunnel-1`. */
  readonly name: string;
}

/** Something that carries what goes over a link by itself, with all that it needs. */
interface Strand {
  readonly name: string;
  readonly needs: readonly LinkPart[];
  /** Whether the provider has a second one of it inside. */
  readonly isDouble: boolean;
}

/** One way between two ends. */
export interface LinkPath {
  /** Such as `ohio-eastus2/tunnel-1`; both links where it leads through a site: `eastus2-iowa + ohio-eastus2`. */
  readonly name: string;
  /** One for each link that it leads over; of each any strand will do. */
  readonly steps: readonly (readonly Strand[])[];
}

/** Two ends that links join, with every way between them. */
export interface LinkedPair {
  /** Identities of both sites, or the name of the place of the company, sorted. */
  readonly ends: readonly [LinkSide, LinkSide];
  /** Keys of the links between them, sorted. */
  readonly links: readonly string[];
  /** Paths that have to be left one short, the most that a link asks for. */
  readonly availability: 1 | 2;
  /** Sorted by name. */
  readonly paths: readonly LinkPath[];
}

/** What the loss of some parts leaves of a pair. */
export interface PairLoss {
  /** Names of paths that are there still, sorted. */
  readonly left: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Every pair of ends that a link is between, with the ways between them, sorted by their names.
 *
 * Each tunnel, circuit and peering is a path of its own. Another leads through a third site where both links with it are
 * tunnels and its gateway tells the networks behind one of them to the other, or where a link says `via`; longer ones are
 * not counted. Sites whose autonomous systems have one number learn nothing of each other from a third.
 */
export function linkedPairs(links: readonly LinkPlan[]): readonly LinkedPair[] {
  const byEnd = new Map<string, LinkPlan[]>();
  const byPair = new Map<string, LinkPlan[]>();
  for (const link of [...links].sort((one, other) => compareKeys(one.key, other.key))) {
    const ends = link.sides.map(endId);
    for (const end of ends) byEnd.set(end, [...(byEnd.get(end) ?? []), link]);
    const pair = ends.sort(compareKeys).join(' ');
    byPair.set(pair, [...(byPair.get(pair) ?? []), link]);
  }
  const direct = (end: string) => (byEnd.get(end) ?? []).filter(({ via }) => via === undefined);
  const pairs = [...byPair.values()].map((own): LinkedPair => {
    const ends = endsOf(own);
    const [near, far] = [endId(ends[0]), endId(ends[1])];
    const paths = new Map<string, LinkPath>();
    for (const strand of own.filter(({ via }) => via === undefined).flatMap(strandsOf)) {
      paths.set(strand.name, { name: strand.name, steps: [[strand]] });
    }
    for (const first of direct(near)) {
      const middle = otherEnd(first, near);
      for (const second of direct(far)) {
        if (endId(otherEnd(second, far)) !== endId(middle)) continue;
        const isSaid = own.some(({ via }) => via === middle.site) && middle.peer !== 'on-premises';
        if (!isSaid && !leadsOn(middle, [first, second], ends)) continue;
        const chain = [first, second].sort((one, other) => compareKeys(one.key, other.key));
        const name = chain.map(({ key }) => key).join(' + ');
        paths.set(name, { name, steps: chain.map(strandsOf) });
      }
    }
    return {
      ends,
      links: own.map(({ key }) => key),
      availability: own.some(({ availability }) => availability === 2) ? 2 : 1,
      paths: [...paths.values()].sort((one, other) => compareKeys(one.name, other.name)),
    };
  });
  return pairs.sort(
    (one, other) =>
      compareKeys(one.ends[0].site, other.ends[0].site) || compareKeys(one.ends[1].site, other.ends[1].site),
  );
}

/** Which paths of a pair the loss of some parts leaves. */
export function lossOfPair({ paths }: LinkedPair, lost: readonly LinkPart[]): PairLoss {
  const gone = new Set(lost.map(partId));
  const isThere = (strand: Strand) => !strand.needs.some((part) => gone.has(partId(part)));
  const stays = ({ steps }: LinkPath) => steps.every((strands) => strands.some(isThere));
  const names = (isLeft: boolean) => paths.filter((path) => stays(path) === isLeft).map(({ name }) => name);
  return { left: names(true), lost: names(false) };
}

/** Every part whose loss alone cuts a pair, those of its own ends too; sorted from the widest. */
export function cutsOf(pair: LinkedPair): readonly LinkPart[] {
  const [first] = pair.paths;
  if (first === undefined) return [];
  const cuts = uniqueParts(first.steps.flat().flatMap(({ needs }) => needs)).filter(
    (part) => lossOfPair(pair, [part]).left.length === 0,
  );
  return cuts.sort(byWidth);
}

/**
 * Parts that stand between a pair and the loss of any one path: those of {@link cutsOf} that are not the pair itself.
 *
 * Not counted are what an end is, lies in or has one of (its site, cloud and gateway, which a provider runs several of), a
 * link as a whole, and circuits that a provider sells with their redundancy inside.
 */
export function singlePointsOf(pair: LinkedPair): readonly LinkPart[] {
  const own = new Set(pair.ends.flatMap((side) => wholesOf(side).map(partId)));
  const strands = pair.paths.flatMap(({ steps }) => steps.flat());
  const double = new Set(strands.flatMap(({ name, isDouble }) => (isDouble ? [name] : [])));
  return cutsOf(pair).filter((part) => part.kind !== 'link' && !own.has(partId(part)) && !double.has(part.name));
}

/** Every part of some links, from the widest, by name. */
export function partsOf(links: readonly LinkPlan[]): readonly LinkPart[] {
  const strands = links.filter(({ via }) => via === undefined).flatMap(strandsOf);
  const ends = links.flatMap(({ sides }) =>
    sides.flatMap((side) => wholesOf(side).filter(({ kind }) => kind !== 'gateway')),
  );
  const wholes = links.map(({ key }): LinkPart => ({ kind: 'link', name: key }));
  return uniqueParts([...strands.flatMap(({ needs }) => needs), ...ends, ...wholes]).sort(byWidth);
}

/** Reads `ohio-eastus2/tunnel-1`, or `site:ohio` where several parts have a name; says what is wrong where there is none. */
export function parsePart(text: string, links: readonly LinkPlan[]): LinkPart | string {
  const parts = partsOf(links);
  const [exact] = parts.filter((part) => partId(part) === text);
  if (exact !== undefined) return exact;
  const [found, ...more] = parts.filter(({ name }) => name === text);
  if (found === undefined)
    return `no link has a part ${quote(text)}${didYouMean(
      text,
      parts.map(({ name }) => name),
    )}`;
  if (more.length === 0) return found;
  return `several parts are called ${quote(text)}: ${[found, ...more].map(partId).join(', ')}`;
}

/** A part with its kind, such as `site:ohio`. */
export function partId({ kind, name }: LinkPart): string {
  return `${kind}:${name}`;
}

/** What tells an end from all others: a place of the company may be called like a site. */
function endId({ peer, site }: LinkSide): string {
  return `${peer === 'on-premises' ? 'place' : 'site'}:${site}`;
}

function otherEnd({ sides }: LinkPlan, end: string): LinkSide {
  return endId(sides[0]) === end ? sides[1] : sides[0];
}

/** Both ends of links between the same ones, whichever side is written first. */
function endsOf([link]: readonly LinkPlan[]): readonly [LinkSide, LinkSide] {
  if (link === undefined) throw new Error('a pair has no link: each is made from one');
  const [one, other] = link.sides;
  return compareKeys(endId(one), endId(other)) <= 0 ? [one, other] : [other, one];
}

/** Whether the gateway of a site tells each of two ends what is behind the other one. */
function leadsOn(
  middle: LinkSide,
  links: readonly [LinkPlan, LinkPlan],
  [one, other]: readonly [LinkSide, LinkSide],
): boolean {
  if (!VPN_GATEWAYS[middle.peer].transit || links.some(({ kind }) => kind !== 'vpn')) return false;
  return one.asn === undefined || one.asn !== other.asn;
}

/** What an end is and lies in. */
function wholesOf({ peer, site }: LinkSide): readonly LinkPart[] {
  if (peer === 'on-premises') return [{ kind: 'place', name: site }];
  return [
    { kind: 'cloud', name: peer },
    { kind: 'site', name: site },
    { kind: 'gateway', name: `${site}/gateway` },
  ];
}

/** What a link carries by: its tunnels or circuits, or itself where it is a peering. */
function strandsOf(link: LinkPlan): readonly Strand[] {
  const { key, kind, sides, tunnels, circuits } = link;
  const itself: LinkPart = { kind: 'link', name: key };
  const needsGateways =
    kind !== 'peering' || sides.some(({ peer }) => peer !== 'on-premises' && PEERINGS[peer].gateway);
  const common = [itself, ...sides.flatMap(wholesOf).filter((part) => part.kind !== 'gateway' || needsGateways)];
  const strand = (part: LinkPart, more: readonly LinkPart[] = []): Strand => {
    return {
      name: part.name,
      needs: [...common, ...more, part],
      isDouble: part.kind === 'circuit' && hasDoubleCircuits(link),
    };
  };
  switch (kind) {
    case 'peering':
      return [{ name: key, needs: common, isDouble: true }];
    case 'interconnect':
      return circuits.map((circuit) => strand({ kind: 'circuit', name: `${key}/circuit-${circuit.key}` }));
    case 'vpn':
      return tunnels.map(({ key: number, ends }) => {
        const places = ends.flatMap((end, index) => placesOf(key, sides[index === 0 ? 0 : 1], end));
        return strand({ kind: 'tunnel', name: `${key}/tunnel-${number}` }, places);
      });
  }
}

/**
 * What a tunnel needs of one gateway: an address that is there before it, or the connection that it is part of. They are
 * counted from 0, as providers and constructs do.
 */
function placesOf(
  link: string,
  { peer, site }: LinkSide,
  { interface: address, connection, outside }: LinkPlan['tunnels'][number]['ends'][number],
): readonly LinkPart[] {
  if (connection !== undefined) return [{ kind: 'connection', name: `${link}/connection-${connection}` }];
  if (peer === 'on-premises') return [{ kind: 'device', name: `${site}/${outside ?? address}` }];
  return [{ kind: 'instance', name: `${site}/gateway/${address}` }];
}

/** Whether the circuits between two providers are sold with a second way inside of each. */
function hasDoubleCircuits({ sides: [one, other] }: LinkPlan): boolean {
  return INTERCONNECTS.some(({ clouds: [first, second], circuits }) => {
    const joins = (left: string, right: string) => left === one.peer && right === other.peer;
    return circuits === 1 && (joins(first, second) || joins(second, first));
  });
}

function uniqueParts(parts: readonly LinkPart[]): LinkPart[] {
  return [...new Map(parts.map((part) => [partId(part), part])).values()];
}

function byWidth(one: LinkPart, other: LinkPart): number {
  return LINK_PARTS.indexOf(one.kind) - LINK_PARTS.indexOf(other.kind) || compareKeys(one.name, other.name);
}
