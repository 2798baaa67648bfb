import type { Cloud, RegionRow } from '../../catalog';
import { lookup } from '../lookup';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Rule } from './rule';
import { isRegionKnown, sitesOf } from './walk';
import { hasZoneForm } from './zone-form';

/** Zones of a site exist in its region, as far as the catalog knows the zones of the region. */
export const zoneUnknown: Rule = {
  code: 'ZoneUnknown',
  severity: 'error',
  summary: 'zones exist in the region, as far as its zones are known',
  why: 'zones are never looked up, and providers refuse one that is not there only when something is created in it',
  check(estate, report) {
    for (const entry of sitesOf(estate)) {
      const { path, site, cloud, catalog } = entry;
      const row = lookup(catalog.regions.rows, site.region);
      // Where a region has no zones, the rule on their form says so.
      if (!isRegionKnown(entry) || row?.zones === undefined || row.zones.length === 0) continue;
      const { zones, remoteZones = {} } = row;
      for (const [index, zone] of site.zones.entries()) {
        const name = withoutPrefix(cloud, zone);
        if (!hasZoneForm(cloud, site.region, zone) || zones.includes(name) || Object.hasOwn(remoteZones, name))
          continue;
        const known = [...zones, ...Object.keys(remoteZones)];
        report({
          path: [...path, 'zones', index],
          value: zone,
          message: `${catalog.title} region ${quote(site.region)} has no zone ${quote(name)}${didYouMean(name, known)}`,
          hint: hintOf(cloud, row),
        });
      }
    }
  },
};

/** Zones of Oracle Cloud begin with a prefix of the tenancy, which no catalog knows. */
function withoutPrefix(cloud: Cloud, zone: string): string {
  return cloud === 'oracle' ? zone.slice(zone.indexOf(':') + 1) : zone;
}

function hintOf(cloud: Cloud, { zones = [], remoteZones = {}, checked, source }: RegionRow): string {
  const all = [...zones, ...Object.keys(remoteZones)];
  return `its zones: ${orList(all)} as of ${checked} (${source}); a newer one goes under catalog.regions.${cloud}.zones`;
}
