import { INTERCONNECTS } from '../../catalog/links';
import type { Rule } from './rule';
import { linkedSites } from './walk';

/** Circuits that are ordered at AWS say where. */
export const linkAwsPlace: Rule = {
  code: 'LinkAwsPlace',
  severity: 'error',
  summary: 'a circuit that is ordered at AWS says where',
  why: 'AWS knows each pair of regions by an id of its own, which no document lists',
  check(estate, report) {
    const sites = new Map(linkedSites(estate, 'aws').map(({ key }) => [key, true]));
    for (const [key, link] of Object.entries(estate.links)) {
      if (link.kind !== 'interconnect' || link.via !== undefined || link.location !== undefined) continue;
      const clouds = link.between.map((site) => estate.accounts[estate.sites[site]?.account ?? '']?.cloud);
      const row = INTERCONNECTS.find((each) => each.clouds.every((cloud) => clouds.includes(cloud)));
      if (row?.origin !== 'aws' || !link.between.some((site) => sites.has(site))) continue;
      report({
        path: ['links', key],
        on: 'key',
        message: 'the circuit is ordered at AWS, and it is not said in which environment',
        hint: 'write location: "…", the id that "aws interconnect list-environments" names for the pair of regions',
      });
    }
  },
};
