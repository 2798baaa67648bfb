import { AWS_LUSTRE_LOCAL_ZONES, isRegionalZone } from '../../catalog/aws';
import { quote } from '../words';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** File systems of AWS lie in zones where they are known to be offered. */
export const lustreZone: Rule = {
  code: 'LustreZone',
  severity: 'warning',
  summary: 'file systems of AWS lie in zones of the region',
  why: 'AWS is not known to offer FSx for Lustre in Local Zones, and the storage stack would fail at its apply',
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind !== 'lustre' || store.existing !== undefined || at.cloud !== 'aws') continue;
      const zone = store.zone ?? at.site.zones[0];
      if (zone === undefined || isRegionalZone(zone) || AWS_LUSTRE_LOCAL_ZONES.zones.includes(zone)) continue;
      const message = `${quote(zone)} is a Local Zone, where FSx for Lustre is not known to be offered`;
      const hint = 'choose a zone of the region, or acknowledge it once AWS has said that there is some';
      report({ path: store.zone === undefined ? path : [...path, 'zone'], value: zone, message, hint });
    }
  },
};
