import { CLOUDS, type Cloud, type Sourced } from '../../catalog';
import { catalogOf } from '../catalog-of';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Rule } from './rule';
import { isRegionKnown, sitesOf } from './walk';

/** Regions exist at the provider of the account. */
export const regionUnknown: Rule = {
  code: 'RegionUnknown',
  severity: 'error',
  summary: 'regions exist at the provider of the account',
  why: 'not every provider checks regions when it plans',
  check(estate, report) {
    const { clouds } = catalogOf(estate);
    for (const entry of sitesOf(estate)) {
      const { path, site, cloud, catalog } = entry;
      const { names } = catalog.regions;
      const elsewhere = CLOUDS.some((cloud) => clouds[cloud].regions.names.includes(site.region));
      if (isRegionKnown(entry) || elsewhere) continue;
      const message = `${catalog.title} has no region ${quote(site.region)}${didYouMean(site.region, names)}`;
      report({ path: [...path, 'region'], value: site.region, message, hint: newer(cloud, catalog.regions) });
    }
    for (const [key, account] of Object.entries(estate.accounts)) {
      if (account.cloud !== 'oracle') continue;
      const { names } = clouds.oracle.regions;
      if (names.includes(account.homeRegion)) continue;
      const message = `Oracle Cloud has no region ${quote(account.homeRegion)}${didYouMean(account.homeRegion, names)}`;
      const path = ['accounts', key, 'homeRegion'];
      report({ path, value: account.homeRegion, message, hint: newer('oracle', clouds.oracle.regions) });
    }
  },
};

function newer(cloud: Cloud, { source, checked }: Sourced): string {
  return `regions as of ${checked} (${source}); a newer one goes under catalog.regions.${cloud}`;
}
