import type { Rule } from './rule';
import { linkedSites } from './walk';

/** Networks of AWS that exist already say which of their route tables lead to links. */
export const linkAwsRoutes: Rule = {
  code: 'LinkAwsRoutes',
  severity: 'warning',
  summary: 'a network of AWS that exists and has links says which of its route tables lead to them',
  why: 'nothing in such a network is looked up or changed unasked, and without a route nothing in it finds the other end',
  check(estate, report) {
    for (const { path, site } of linkedSites(estate, 'aws')) {
      if (site.network.existing === undefined || site.network.existing.routeTables !== undefined) continue;
      report({
        path: [...path, 'network', 'existing'],
        on: 'key',
        message: 'the network has links, and no route in it leads to them',
        hint: 'write routeTables: […], the ids of the tables of its subnets (rtb-…), or have its owner add the routes',
      });
    }
  },
};
