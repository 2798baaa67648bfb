import { CATALOG } from '../../catalog';
import { INTERCONNECTS, type InterconnectRow, type LinkPeer, VPN_GATEWAYS } from '../../catalog/links';
import type { Path } from '../positions';
import type { Estate, Link } from '../schema';
import { quote } from '../words';
import { siteOf } from './walk';

/** One end of a link. */
export interface LinkEndEntry {
  readonly peer: LinkPeer;
  /** Key of the site; name of the place of the company. */
  readonly key: string;
  /** @default none: it is the company's */
  readonly region?: string;
}

/** A link with both its ends. */
export interface LinkEntry {
  readonly key: string;
  readonly path: Path;
  readonly link: Link;
  /** As they are written, the company last. */
  readonly ends: readonly [LinkEndEntry, LinkEndEntry];
  readonly kind: NonNullable<Link['kind']>;
}

/** Links both of whose ends exist, and are two. */
export function linksOf(estate: Estate): readonly LinkEntry[] {
  return Object.entries(estate.links).flatMap(([key, link]): LinkEntry[] => {
    const place = link.to?.onPremises;
    const ends = [
      ...link.between.flatMap((name): LinkEndEntry[] => {
        const at = siteOf(estate, name);
        return at === undefined ? [] : [{ peer: at.cloud, key: name, region: at.site.region }];
      }),
      ...(place === undefined ? [] : [{ peer: 'on-premises', key: place.name } as const]),
    ];
    const [one, other] = ends;
    if (one === undefined || other === undefined || ends.length > 2 || one.key === other.key) return [];
    const kind = link.kind ?? (one.peer === other.peer ? 'peering' : 'vpn');
    return [{ key, path: ['links', key], link, ends: [one, other], kind }];
  });
}

/** Whether two links join the same two ends. */
export function isSamePair({ ends }: LinkEntry, [one, other]: LinkEntry['ends']): boolean {
  const has = (end: LinkEndEntry) => ends.some(({ peer, key }) => peer === end.peer && key === end.key);
  return has(one) && has(other);
}

/** The row of circuits between two providers, whatever the regions. */
export function interconnectRow([one, other]: LinkEntry['ends']): InterconnectRow | undefined {
  return INTERCONNECTS.find(
    ({ clouds }) => clouds.every((cloud) => cloud === one.peer || cloud === other.peer) && one.peer !== other.peer,
  );
}

/** Whether two regions are one of the pairs of a row. */
export function joinsRegions({ clouds, regions }: InterconnectRow, ends: LinkEntry['ends']): boolean {
  const [first, second] = clouds.map((cloud) => ends.find(({ peer }) => peer === cloud)?.region);
  return regions.some(([left, right]) => left === first && right === second);
}

/** `AWS`, or `the company`. */
export function titleOf(peer: LinkPeer): string {
  return peer === 'on-premises' ? 'the company' : CATALOG[peer].title;
}

/** Sites of the estate whose gateways lead from one tunnel on to another. */
export function leadingSites(estate: Estate, ends: LinkEntry['ends']): readonly string[] {
  return Object.keys(estate.sites).filter((key) => {
    const at = siteOf(estate, key);
    return at !== undefined && VPN_GATEWAYS[at.cloud].transit && !ends.some((end) => end.key === key);
  });
}

/** `"ohio" and "east"`. */
export function pairOf([one, other]: LinkEntry['ends']): string {
  return `${quote(one.key)} and ${quote(other.key)}`;
}
