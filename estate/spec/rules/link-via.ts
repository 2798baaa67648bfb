import { VPN_GATEWAYS } from '../../catalog/links';
import { quote } from '../words';
import { isSamePair, type LinkEndEntry, type LinkEntry, leadingSites, linksOf, titleOf } from './link-walk';
import type { Rule } from './rule';
import { siteOf } from './walk';

/** Keys that say what a link is made of, which one through another site is not. */
const OWN_KEYS = ['kind', 'gbps', 'accountId', 'location'] as const;

/** A link through another site has tunnels from both ends to it, and its gateway leads on. */
export const linkVia: Rule = {
  code: 'LinkVia',
  severity: 'error',
  summary: 'a link through another site has tunnels from both ends to it, and its gateway leads on',
  why: 'it makes nothing of its own: what is sent goes through the two other links, if the gateway between them lets it',
  source: VPN_GATEWAYS.azure.source,
  check(estate, report) {
    const links = linksOf(estate);
    for (const { path, link, ends } of links) {
      const { via } = link;
      const middle = via === undefined ? undefined : siteOf(estate, via);
      if (via === undefined || middle === undefined || ends.some(({ key }) => key === via)) continue;
      const place = { path: [...path, 'via'], value: via };
      for (const key of OWN_KEYS) {
        if (link[key] === undefined) continue;
        const message = `a link through ${quote(via)} makes nothing of its own that ${quote(key)} could be of`;
        report({
          path: [...path, key],
          on: 'key',
          message,
          hint: `write it into the links of both ends with ${quote(via)}, or leave it out`,
        });
      }
      if (!VPN_GATEWAYS[middle.cloud].transit) {
        const leading = leadingSites(estate, ends);
        const message = `a gateway of ${titleOf(middle.cloud)} does not lead from one tunnel on to another`;
        const hint =
          leading.length === 0
            ? 'lead it through a site on AWS or Azure'
            : `sites whose gateways do: ${leading.join(', ')}`;
        report({ ...place, message, hint });
        continue;
      }
      const [one, other] = ends;
      const number = VPN_GATEWAYS[one.peer].asn;
      if (number !== undefined && number === VPN_GATEWAYS[other.peer].asn) {
        const message = `both ends are of autonomous system ${number}, and refuse what they have told themselves`;
        report({ ...place, message, hint: 'leave out "via": the provider joins its own networks by peering' });
      }
      for (const end of ends) {
        const leg = legOf(links, end, { peer: middle.cloud, key: via });
        if (leg !== undefined && leg.kind === 'vpn') continue;
        const message =
          leg === undefined
            ? `${quote(end.key)} has no link with ${quote(via)}`
            : `link ${quote(leg.key)} is of kind ${leg.kind}, and only tunnels lead on`;
        report({
          ...place,
          message,
          hint:
            leg === undefined
              ? `add a link between ${quote(end.key)} and ${quote(via)}`
              : 'lead it through a site that both have tunnels with',
        });
      }
    }
  },
};

function legOf(links: readonly LinkEntry[], end: LinkEndEntry, middle: LinkEndEntry): LinkEntry | undefined {
  return links.find((each) => each.link.via === undefined && isSamePair(each, [end, middle]));
}
