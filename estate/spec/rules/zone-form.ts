import type { Cloud } from '../../catalog';
import { quote } from '../words';
import type { Rule } from './rule';
import { isRegionKnown, sitesOf, zonesOf } from './walk';

interface ZoneForm {
  readonly pattern: (region: string) => RegExp;
  readonly form: (region: string) => string;
}

/** How each provider names the zones of a region. */
const FORMS: Readonly<Record<Cloud, ZoneForm>> = {
  aws: {
    // The second form is a Local Zone: us-east-1-dfw-2a.
    pattern: (region) => new RegExp(`^${literal(region)}([a-z]|-[a-z]{3,4}-\\d+[a-z])$`),
    form: (region) => `${region}a, or a Local Zone such as ${region}-dfw-2a`,
  },
  azure: { pattern: () => /^[1-9]$/, form: () => '"1", "2" or "3"' },
  google: {
    pattern: (region) => new RegExp(`^${literal(region)}-([a-z]|ai\\d+[a-z])$`),
    form: (region) => `${region}-a`,
  },
  // Names carry a prefix of the tenancy and, in old regions, a short region name, so they cannot be checked further.
  oracle: {
    pattern: () => /^[^\s:]+:[A-Z0-9-]+-AD-\d$/,
    form: () => 'Uocm:PHX-AD-1 (see "oci iam availability-domain list")',
  },
};

/** Whether a zone is written as the provider writes the zones of a region. */
export function hasZoneForm(cloud: Cloud, region: string, zone: string): boolean {
  return FORMS[cloud].pattern(region).test(zone);
}

/** Zones have the provider's form, fit the region and are listed once. */
export const zoneForm: Rule = {
  code: 'ZoneForm',
  severity: 'error',
  summary: "zones have the provider's form, fit the region and are listed once",
  why: 'zones are never looked up, so a wrong one would only be found when resources are created',
  source: 'https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html',
  checked: '2026-11',
  check(estate, report) {
    for (const entry of sitesOf(estate)) {
      const { path, site, cloud, catalog } = entry;
      for (const [index, zone] of site.zones.entries()) {
        const place = { path: [...path, 'zones', index], value: zone };
        if (site.zones.indexOf(zone) < index) {
          report({ ...place, message: `${quote(zone)} is listed twice`, hint: 'remove one' });
        } else if (zonesOf(entry)?.length === 0) {
          const message = `${catalog.title} region ${quote(site.region)} has no zones`;
          const hint = `leave zones out; where it has some by now, state them under catalog.regions.${cloud}`;
          report({ ...place, message, hint });
        } else if (isRegionKnown(entry) && !hasZoneForm(cloud, site.region, zone)) {
          const message = `${quote(zone)} is no zone of ${catalog.title} region ${quote(site.region)}`;
          report({ ...place, message, hint: `zones look like ${FORMS[cloud].form(site.region)}` });
        }
      }
    }
  },
};

function literal(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, '\\$&');
}
