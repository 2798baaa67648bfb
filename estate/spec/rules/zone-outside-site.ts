import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Rule } from './rule';
import { lacksZones, poolsOf, storesOf } from './walk';

/** Pools and file systems lie in a zone of their site. */
export const zoneOutsideSite: Rule = {
  code: 'ZoneOutsideSite',
  severity: 'error',
  summary: 'pools and file systems lie in a zone of their site',
  why: 'the network of a site has subnets in its own zones only',
  check(estate, report) {
    const placed = [
      ...poolsOf(estate).map(({ path, pool, at }) => ({ path, zone: pool.zone, at })),
      ...storesOf(estate).flatMap(({ path, store, at }) =>
        store.kind === 'lustre' ? { path, zone: store.zone, at } : [],
      ),
    ];
    for (const { path, zone, at } of placed) {
      const { zones } = at.site;
      if (zone === undefined || zones.includes(zone) || lacksZones(at)) continue;
      report({
        path: [...path, 'zone'],
        value: zone,
        message: `${quote(zone)} is no zone of site ${quote(at.key)}${didYouMean(zone, zones)}`,
        hint:
          zones.length === 0
            ? 'the site has none: leave zone out'
            : `its zones: ${orList(zones)}; or add it to sites.${at.key}.zones`,
      });
    }
  },
};
