import { orList, quote } from '../words';
import type { Finding, Rule } from './rule';
import { lacksZones, poolsOf, type SiteEntry, sitesOf, storesOf, WITHOUT_ZONES, zonesOf } from './walk';

/** Sites name their zones, pools and file systems theirs where the site has several. */
export const zoneMissing: Rule = {
  code: 'ZoneMissing',
  severity: 'error',
  summary:
    'sites name their zones, but for regions that have none; pools and file systems theirs where the site has several',
  why: 'an RDMA network and a file system lie in one zone; a choice by position would move data when zones are added',
  check(estate, report) {
    for (const entry of sitesOf(estate)) if (lacksZones(entry)) report(zonesWanted(entry));
    const placed = [
      ...poolsOf(estate).map(({ path, pool, at }) => ({ path, zone: pool.zone, at, noun: 'the pool' })),
      ...storesOf(estate).flatMap(({ path, store, at }) =>
        store.kind === 'lustre' ? { path, zone: store.zone, at, noun: 'the file system' } : [],
      ),
    ];
    for (const { path, zone, at, noun } of placed) {
      if (zone !== undefined || at.site.zones.length < 2) continue;
      const message = `${noun} names no zone, and site ${quote(at.key)} has ${at.site.zones.length}`;
      report({ path, on: 'key', message, hint: `write zone: with ${orList(at.site.zones)}` });
    }
  },
};

function zonesWanted(entry: SiteEntry): Finding {
  const { path, site, cloud, catalog } = entry;
  const known = zonesOf(entry) ?? [];
  const write =
    known.length === 0 ? 'write zones: with those that it uses' : `write zones: with some of ${orList(known)}`;
  return {
    path,
    on: 'key',
    message: `the site names no zone of ${catalog.title} region ${quote(site.region)}`,
    hint: WITHOUT_ZONES.includes(cloud) ? `${write}; a region without any goes under catalog.regions.${cloud}` : write,
  };
}
