import { CATALOG, CLOUDS } from '../../catalog';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** The region of a site belongs to the cloud of its account. */
export const accountCloud: Rule = {
  code: 'AccountCloud',
  severity: 'error',
  summary: 'the region of a site belongs to the cloud of its account',
  why: 'a site is one region of one account',
  check(estate, report) {
    for (const { path, site, cloud, catalog } of sitesOf(estate)) {
      if (catalog.regions.names.includes(site.region)) continue;
      const owners = CLOUDS.filter((one) => one !== cloud && CATALOG[one].regions.names.includes(site.region));
      const [owner] = owners;
      if (owner === undefined) continue;
      const fitting = Object.entries(estate.accounts).filter(([, account]) => owners.includes(account.cloud));
      const names = fitting.map(([key]) => key).join(', ');
      report({
        path: [...path, 'region'],
        value: site.region,
        message: `${quote(site.region)} is a region of ${CATALOG[owner].title}, but account ${quote(site.account)} is on ${catalog.title}`,
        hint:
          names === '' ? `add an account of ${CATALOG[owner].title}` : `accounts of ${CATALOG[owner].title}: ${names}`,
      });
    }
  },
};
