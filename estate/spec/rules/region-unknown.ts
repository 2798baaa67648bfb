import { CATALOG, CLOUDS } from '../../catalog';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** Regions exist at the provider of the account. */
export const regionUnknown: Rule = {
  code: 'RegionUnknown',
  severity: 'error',
  summary: 'regions exist at the provider of the account',
  why: 'not every provider checks regions when it plans',
  check(estate, report) {
    for (const { path, site, catalog } of sitesOf(estate)) {
      const { names, source } = catalog.regions;
      const elsewhere = CLOUDS.some((cloud) => CATALOG[cloud].regions.names.includes(site.region));
      if (names.includes(site.region) || elsewhere) continue;
      const message = `${catalog.title} has no region ${quote(site.region)}${didYouMean(site.region, names)}`;
      report({ path: [...path, 'region'], value: site.region, message, hint: `regions as of ${source}` });
    }
    for (const [key, account] of Object.entries(estate.accounts)) {
      if (account.cloud !== 'oracle') continue;
      const { names, source } = CATALOG.oracle.regions;
      if (names.includes(account.homeRegion)) continue;
      const message = `Oracle Cloud has no region ${quote(account.homeRegion)}${didYouMean(account.homeRegion, names)}`;
      const path = ['accounts', key, 'homeRegion'];
      report({ path, value: account.homeRegion, message, hint: `regions as of ${source}` });
    }
  },
};
