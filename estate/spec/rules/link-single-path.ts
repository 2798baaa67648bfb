import { type LinkPeer, VPN_GATEWAYS } from '../../catalog/links';
import { lookup } from '../lookup';
import type { Estate, Link } from '../schema';
import { quote } from '../words';
import type { Rule } from './rule';
import { siteOf } from './walk';

/** One end of a link: a site, or a place of the company. */
interface End {
  /** What tells it from all others. */
  readonly id: string;
  /** Key of the site, or name of the place. */
  readonly name: string;
  readonly peer: LinkPeer;
}

interface Joined {
  readonly key: string;
  readonly link: Link;
  readonly ends: readonly [End, End];
}

/** A pair that has to be left a path has more than one thing that it stands on. */
export const linkSinglePath: Rule = {
  code: 'LinkSinglePath',
  severity: 'warning',
  summary: 'links that ask for two paths have no single point of failure',
  why: 'what stands on one device or one site in the middle is cut when that is lost, whatever the number of tunnels',
  check(estate, report) {
    const links = joinedBy(estate);
    for (const { key, link, ends } of links.filter((each) => each.link.availability === 2)) {
      const [one, other] = ends.map(({ name }) => quote(name));
      const ways = middlesOf(links, ends);
      const direct = links.filter((each) => isSamePair(each.ends, ends) && each.link.via === undefined);
      const [middle] = ways.keys();
      if (direct.length === 0 && ways.size === 1 && link.via !== undefined) {
        report({
          path: ['links', key, 'via'],
          message: `site ${quote(middle)} is all that joins ${one} and ${other}, and its loss cuts them`,
          hint: 'link them directly, or both with another site on AWS or Azure by vpn, which leads on; or write availability: 1',
        });
        continue;
      }
      const place = ends.find(({ peer }) => peer === 'on-premises');
      const last = [...direct, ...[...ways.values()].flat()].filter((each) =>
        each.ends.some(({ id }) => id === place?.id),
      );
      const devices = new Set(last.flatMap((each) => each.link.to?.onPremises.addresses ?? []));
      if (place === undefined || devices.size !== 1) continue;
      report({
        path: ['links', key, 'to', 'onPremises', 'addresses'],
        message: `${quote(place.name)} has one public address for ${one === quote(place.name) ? other : one}, and the loss of its device cuts them`,
        hint: 'add the address of a second device, or write availability: 1',
      });
    }
  },
};

/** Links both of whose ends are there. */
function joinedBy(estate: Estate): readonly Joined[] {
  return Object.entries(estate.links).flatMap(([key, link]): Joined[] => {
    const place = link.to?.onPremises;
    const ends = [
      ...link.between.flatMap((name): End[] => {
        const site = siteOf(estate, name);
        return site === undefined ? [] : [{ id: `site:${name}`, name, peer: site.cloud }];
      }),
      ...(place === undefined ? [] : [{ id: `place:${place.name}`, name: place.name, peer: 'on-premises' } as const]),
    ];
    const [one, other] = ends;
    if (one === undefined || other === undefined || ends.length > 2) return [];
    if (link.via !== undefined && lookup(estate.sites, link.via) === undefined) return [];
    return [{ key, link, ends: [one, other] }];
  });
}

/** Sites that a pair reaches each other through, with the links of both with it. */
function middlesOf(links: readonly Joined[], ends: readonly [End, End]): ReadonlyMap<string, readonly Joined[]> {
  const said = links.flatMap(({ link, ends: own }) =>
    isSamePair(own, ends) && link.via !== undefined ? [link.via] : [],
  );
  const legsOf = (end: End) =>
    links.flatMap((leg): [string, { leg: Joined; middle: End }][] => {
      const middle = leg.ends.find(({ id }) => id !== end.id);
      const isLeg = leg.link.via === undefined && leg.ends.some(({ id }) => id === end.id);
      return isLeg && middle !== undefined ? [[middle.id, { leg, middle }]] : [];
    });
  const far = new Map(legsOf(ends[1]));
  return new Map(
    legsOf(ends[0]).flatMap(([id, { leg, middle }]): [string, readonly Joined[]][] => {
      const second = far.get(id);
      if (second === undefined || middle.peer === 'on-premises') return [];
      const legs = [leg, second.leg];
      const leads = VPN_GATEWAYS[middle.peer].transit && legs.every(isTunnels) && !haveOneNumber(ends);
      return said.includes(middle.name) || leads ? [[middle.name, legs]] : [];
    }),
  );
}

function isTunnels({ link, ends: [one, other] }: Joined): boolean {
  return (link.kind ?? (one.peer === other.peer ? 'peering' : 'vpn')) === 'vpn';
}

/** Whether the gateways of both ends are of one autonomous system, so that they learn nothing of each other from a third. */
function haveOneNumber([one, other]: readonly [End, End]): boolean {
  const { asn } = VPN_GATEWAYS[one.peer];
  return asn !== undefined && asn === VPN_GATEWAYS[other.peer].asn;
}

function isSamePair(ends: readonly [End, End], others: readonly [End, End]): boolean {
  return ends.every(({ id }) => others.some((other) => other.id === id));
}
