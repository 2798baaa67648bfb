import { type Check, type Finding, textAt, valueAt } from './check';

const KEY = 'compute.googleapis.com/reservation-name';

/** GKE binds a pool to exactly one reservation by its name, and spot machines to none. */
export const googleReservation: Check = {
  name: 'google-reservation',
  decides: 'service',
  types: ['google_container_node_pool'],
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/consuming-reservations',
  checked: '2026-11',
  find: ({ values }) => {
    const affinity = ['node_config', 0, 'reservation_affinity', 0] as const;
    const type = textAt(values, ...affinity, 'consume_reservation_type');
    if (type === undefined) return [];
    const findings: Finding[] = [];
    if (valueAt(values, 'node_config', 0, 'spot') === true && type !== 'NO_RESERVATION') {
      findings.push({
        path: [...affinity, 'consume_reservation_type'],
        message: `spot machines cannot consume a reservation, this is "${type}"`,
        hint: 'use "NO_RESERVATION", or remove spot',
      });
    }
    if (type !== 'SPECIFIC_RESERVATION') return findings;
    const key = valueAt(values, ...affinity, 'key');
    if (key !== undefined && key !== KEY) {
      findings.push({
        path: [...affinity, 'key'],
        message: `a specific reservation is found by its name, key is ${key === null ? 'missing' : `"${String(key)}"`}`,
        hint: `set key to "${KEY}"`,
      });
    }
    const names = valueAt(values, ...affinity, 'values');
    if (names !== undefined && !(Array.isArray(names) && names.length === 1)) {
      findings.push({
        path: [...affinity, 'values'],
        message: `a pool takes its nodes from one reservation, values has ${Array.isArray(names) ? names.length : 'none'}`,
        hint: 'name one reservation, block or sub-block, and make one node pool for each further one',
      });
    }
    return findings;
  },
};
