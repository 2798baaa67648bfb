import { type Check, type Finding, textAt, valueAt } from './check';

const ZONE = /-[a-z]$/;

/** A GKE node pool with compact placement is one physical group of machines: one zone, and no second set of nodes. */
export const googleCompactPlacement: Check = {
  name: 'google-compact-placement',
  decides: 'service',
  types: ['google_container_node_pool'],
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/compact-placement',
  checked: '2026-11',
  find: ({ values }) => {
    if (textAt(values, 'placement_policy', 0, 'type') !== 'COMPACT') return [];
    const findings: Finding[] = [];
    const zones = valueAt(values, 'node_locations');
    const location = textAt(values, 'location');
    if (Array.isArray(zones) && zones.length > 1) {
      findings.push({
        path: ['node_locations'],
        message: `compact placement needs exactly one zone, node_locations has ${zones.length}`,
        hint: 'keep one zone, and make one node pool for each further one',
      });
    }
    const isEverywhere = zones === null || (Array.isArray(zones) && zones.length === 0);
    if (isEverywhere && location !== undefined && !ZONE.test(location)) {
      findings.push({
        path: ['placement_policy', 0, 'type'],
        message: `compact placement needs exactly one zone, without node_locations the pool spans region ${location}`,
        hint: 'set node_locations to one zone',
      });
    }
    if (textAt(values, 'upgrade_settings', 0, 'strategy') === 'BLUE_GREEN') {
      findings.push({
        path: ['upgrade_settings', 0, 'strategy'],
        message: 'a pool with compact placement cannot be upgraded with strategy "BLUE_GREEN"',
        hint: 'use "SURGE" with max_surge 0 and max_unavailable 1',
      });
    }
    return findings;
  },
};
