import { AWS_CONTROL_PLANE_ZONES } from '../../catalog/aws';
import { counted } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

const { value: fewest, source } = AWS_CONTROL_PLANE_ZONES;

/** AWS sites with clusters have two zones of the region itself. */
export const clusterZones: Rule = {
  code: 'ClusterZones',
  severity: 'error',
  summary: 'AWS sites with clusters have two zones of the region itself',
  why: 'EKS puts its control plane into two zones at least, and Local Zones cannot hold it',
  source,
  check(estate, report) {
    const made = clustersOf(estate).filter(({ cluster }) => cluster.existing === undefined);
    const sites = new Map(made.map(({ at }) => [at.key, at]));
    for (const { path, site, cloud } of sites.values()) {
      if (cloud !== 'aws' || site.zones.length === 0) continue;
      // The name of a Local Zone goes on after the region's with a hyphen: us-east-1-dfw-2a.
      const regional = site.zones.filter((zone) => !zone.startsWith(`${site.region}-`));
      if (regional.length >= fewest) continue;
      const local = site.zones.length > regional.length ? ' besides its Local Zones' : '';
      report({
        path: [...path, 'zones'],
        message: `the site has ${counted(regional.length, 'zone')} of ${site.region}${local}; its clusters need ${fewest}`,
        hint: `add a zone such as ${freeZone(site.region, site.zones)}; only the control plane uses it`,
      });
    }
  },
};

function freeZone(region: string, zones: readonly string[]): string {
  const letter = ['a', 'b', 'c'].find((one) => !zones.includes(`${region}${one}`)) ?? 'a';
  return `${region}${letter}`;
}
