import { INTERCONNECTS, type InterconnectRow, type LinkPeer, VPN_GATEWAYS } from '../../catalog/links';
import type { Estate, Link } from '../../spec/schema';
import { compareKeys } from '../../units';
import { accountOf, identityOf } from '../identity';
import type { LinkKind } from './types';

/** One end of a link as the estate file has it. */
export interface LinkEnd {
  readonly peer: LinkPeer;
  /** Key of the site in the estate file; name of the place of the company. */
  readonly key: string;
  /** Identity of the site; name of the place of the company. */
  readonly site: string;
  readonly region?: string;
}

/** Which interfaces of both ends a tunnel joins. */
export interface TunnelShape {
  /** Number of the tunnel, from `1`. */
  readonly key: string;
  readonly ends: readonly [TunnelPlace, TunnelPlace];
}

/** Where a tunnel ends at one gateway. */
export interface TunnelPlace {
  readonly interface: number;
  readonly connection?: number;
}

/** Number of the autonomous system of a gateway that the lock file has none for: as it is written, else that of its provider. */
export function providerAsn(estate: Estate, { peer, key }: LinkEnd): number | undefined {
  const { asn } = VPN_GATEWAYS[peer];
  return asn === undefined ? undefined : (estate.sites[key]?.gateway?.asn ?? asn);
}

/** Takers come first, since they want the first host of inside ranges; the company, whose end nobody else renders, last. */
function rank({ peer }: LinkEnd): number {
  if (peer === 'on-premises') return 2;
  return VPN_GATEWAYS[peer].role === 'taker' ? 0 : 1;
}

/** Both ends of a link in an order that the writing of `between` does not decide; undefined where one is missing. */
export function endsOf(estate: Estate, link: Link): readonly [LinkEnd, LinkEnd] | undefined {
  const sites = link.between.flatMap((key): LinkEnd[] => {
    const site = estate.sites[key];
    if (site === undefined || estate.accounts[site.account] === undefined) return [];
    return [{ peer: accountOf(estate, key).cloud, key, site: identityOf(key, site), region: site.region }];
  });
  const place = link.to?.onPremises;
  const ends: readonly LinkEnd[] =
    place === undefined ? sites : [...sites, { peer: 'on-premises', key: place.name, site: place.name }];
  const [one, other] = [...ends].sort(
    (first, second) => rank(first) - rank(second) || compareKeys(first.site, second.site),
  );
  return one === undefined || other === undefined || ends.length > 2 ? undefined : [one, other];
}

/** The kind of a link: as it is written, else peering inside of a cloud and vpn between two of them. */
export function kindOf(link: Link, [one, other]: readonly [LinkEnd, LinkEnd]): LinkKind {
  return link.kind ?? (one.peer === other.peer ? 'peering' : 'vpn');
}

/** Public addresses of a gateway at the end of a link. */
function interfacesOf(end: LinkEnd, link: Link): number {
  return end.peer === 'on-premises' ? (link.to?.onPremises.addresses.length ?? 1) : VPN_GATEWAYS[end.peer].interfaces;
}

/**
 * The tunnels of a link by what they join: none where its kind has none, or where both ends wait for the other's address.
 *
 * A taker makes a connection for each address of the other gateway, with a tunnel at each of its own; two givers join their
 * addresses one by one.
 */
export function tunnelsOf(link: Link, ends: readonly [LinkEnd, LinkEnd]): readonly TunnelShape[] {
  if (kindOf(link, ends) !== 'vpn' || link.via !== undefined) return [];
  const [one, other] = ends;
  if (VPN_GATEWAYS[other.peer].role === 'taker') return [];
  const far = interfacesOf(other, link);
  const near = interfacesOf(one, link);
  if (VPN_GATEWAYS[one.peer].role === 'giver') {
    const isNarrow = VPN_GATEWAYS[one.peer].onePerPeer === true || VPN_GATEWAYS[other.peer].onePerPeer === true;
    return range(isNarrow ? Math.min(near, far) : Math.max(near, far)).map((index): TunnelShape => {
      return { key: String(index + 1), ends: [{ interface: index % near }, { interface: index % far }] };
    });
  }
  return range(far).flatMap((connection) =>
    range(near).map((tunnel): TunnelShape => {
      const index = connection * near + tunnel;
      return { key: String(index + 1), ends: [{ interface: index, connection }, { interface: connection }] };
    }),
  );
}

/** The row of the circuits between two regions; undefined where no provider sells one. */
export function interconnectOf([one, other]: readonly [LinkEnd, LinkEnd]): InterconnectRow | undefined {
  return INTERCONNECTS.find(({ clouds, regions }) =>
    [
      [one, other],
      [other, one],
    ].some(
      ([first, second]) =>
        clouds[0] === first?.peer &&
        clouds[1] === second?.peer &&
        regions.some(([left, right]) => left === first.region && right === second.region),
    ),
  );
}

/** Circuits of a link by their number, from `1`. */
export function circuitsOf(link: Link, ends: readonly [LinkEnd, LinkEnd]): readonly string[] {
  if (kindOf(link, ends) !== 'interconnect' || link.via !== undefined) return [];
  return range(interconnectOf(ends)?.circuits ?? 0).map((index) => String(index + 1));
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
