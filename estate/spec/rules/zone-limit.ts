import { counted } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** A site has no more zones than its network has room for. */
export const zoneLimit: Rule = {
  code: 'ZoneLimit',
  severity: 'error',
  summary: 'a site has no more zones than its network has room for',
  why: 'where each zone brings a block of addresses of its own, the number of blocks of a network limits them',
  check(estate, report) {
    for (const { path, site, catalog } of sitesOf(estate)) {
      const perZone = catalog.subnets.filter(({ per, space }) => per === 'zone' && space !== 'routable').length;
      if (perZone === 0) continue;
      const { value: blocks, source } = catalog.limits.blocksPerNetwork;
      const most = Math.floor((blocks - 1) / perZone);
      if (site.zones.length <= most) continue;
      const message = `${counted(site.zones.length, 'zone')} need more address blocks than a network of ${catalog.title} has`;
      report({ path: [...path, 'zones'], message, hint: `use at most ${most} zones, or two sites (${source})` });
    }
  },
};
