import { type Check, type Finding, textAt, valueAt } from './check';

/** GKE refuses a flex-start pool that has a fixed size, repairs nodes, or asks for spot machines or a reservation. */
export const googleFlexStart: Check = {
  name: 'google-flex-start',
  decides: 'service',
  types: ['google_container_node_pool'],
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/dws-flex-start-training',
  checked: '2026-11',
  find: ({ values }) => {
    if (valueAt(values, 'node_config', 0, 'flex_start') !== true) return [];
    const findings: Finding[] = [];
    if (valueAt(values, 'management', 0, 'auto_repair') === true) {
      findings.push({
        path: ['management', 0, 'auto_repair'],
        message: 'a flex-start pool cannot repair its nodes',
        hint: 'set auto_repair to false',
      });
    }
    const count = valueAt(values, 'node_count');
    if (count !== null && count !== undefined) {
      findings.push({
        path: ['node_count'],
        message: `a flex-start pool has no fixed size, node_count is ${String(count)}`,
        hint: 'remove node_count and set autoscaling',
      });
    }
    if (valueAt(values, 'node_config', 0, 'spot') === true) {
      findings.push({
        path: ['node_config', 0, 'spot'],
        message: 'a pool is either flex-start or spot',
        hint: 'remove one of flex_start and spot',
      });
    }
    const affinity = textAt(values, 'node_config', 0, 'reservation_affinity', 0, 'consume_reservation_type');
    if (affinity !== undefined && affinity !== 'NO_RESERVATION') {
      findings.push({
        path: ['node_config', 0, 'reservation_affinity', 0, 'consume_reservation_type'],
        message: `a flex-start pool cannot consume a reservation, this is "${affinity}"`,
        hint: 'use "NO_RESERVATION"',
      });
    }
    return findings;
  },
};
