import { RESERVED_ASNS } from '../../catalog/link-asns';
import { GATEWAY_ASNS, VPN_GATEWAYS } from '../../catalog/links';
import { quote } from '../words';
import { linksOf } from './link-walk';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** Numbers of autonomous systems tell gateways apart, and are none that something else is kept for. */
export const linkAsn: Rule = {
  code: 'LinkAsn',
  severity: 'error',
  summary: 'numbers of autonomous systems tell gateways apart, and are none that something else is kept for',
  why: 'a gateway drops routes that its own number has told, and providers refuse numbers that they keep',
  source: GATEWAY_ASNS.source,
  check(estate, report) {
    const pinned = new Map<number, string>();
    for (const { key, path, site, cloud } of sitesOf(estate)) {
      const asn = site.gateway?.asn;
      // Those of one provider have a number of their own, which another rule knows.
      if (asn === undefined || VPN_GATEWAYS[cloud].asn !== undefined) continue;
      const place = { path: [...path, 'gateway', 'asn'], value: asn };
      const { first, last } = GATEWAY_ASNS;
      const other = pinned.get(asn);
      pinned.set(asn, key);
      if (asn < first || asn > last) {
        const message = `${asn} is not one of those that every cloud takes, from ${first} to ${last}`;
        report({ ...place, message, hint: 'write one of them, or leave it out: the lock file chooses one' });
      } else if (other !== undefined) {
        report({ ...place, message: `${asn} is the number of site ${quote(other)} too`, hint: 'write another one' });
      }
    }
    const places = new Map<string, { readonly asn: number; readonly link: string }>();
    for (const { key, path, link, ends } of linksOf(estate)) {
      const place = link.to?.onPremises;
      if (place === undefined) continue;
      const { asn, name } = place;
      const at = { path: [...path, 'to', 'onPremises', 'asn'], value: asn };
      const [site] = ends;
      const row = RESERVED_ASNS.find(
        (each) => asn >= each.first && asn <= each.last && (each.at === undefined || each.at === site.peer),
      );
      const twin = pinned.get(asn) ?? (VPN_GATEWAYS[site.peer].asn === asn ? site.key : undefined);
      const before = places.get(name);
      places.set(name, { asn, link: key });
      if (row !== undefined) {
        report({
          ...at,
          message: `${asn} ${row.why}`,
          hint: `write the number that the devices really have (${row.source})`,
        });
      } else if (twin !== undefined) {
        const message = `${asn} is the number of the gateway of ${quote(twin)} too`;
        report({ ...at, message, hint: 'give one of the two another number' });
      } else if (before !== undefined && before.asn !== asn) {
        const message = `${quote(name)} has number ${before.asn} in link ${quote(before.link)}`;
        report({ ...at, message, hint: 'write the same number, or give the other place a name of its own' });
      }
    }
  },
};
