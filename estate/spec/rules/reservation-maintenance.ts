import { GOOGLE_HOST_MAINTENANCE } from '../../catalog/google';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Reservations on Google Cloud are maintained as node pools can ask for. */
export const reservationMaintenance: Rule = {
  code: 'ReservationMaintenance',
  severity: 'error',
  summary: 'reservations on Google Cloud are maintained as node pools can ask for',
  why: 'GKE refuses nodes that differ from their reservation, and the google provider never sends what a pool asks for',
  source: GOOGLE_HOST_MAINTENANCE.source,
  check(estate, report) {
    const { offered } = GOOGLE_HOST_MAINTENANCE;
    for (const { path, pool, at } of poolsOf(estate)) {
      const { capacity } = pool;
      if (at.cloud !== 'google' || capacity.kind !== 'reservation') continue;
      const { maintenanceInterval: interval } = capacity;
      if (interval === undefined || interval === offered) continue;
      report({
        path: [...path, 'capacity', 'maintenanceInterval'],
        value: interval,
        message: `node pools cannot ask for ${interval}: the google provider has the argument and never sends it`,
        hint: `reserve with ${offered} maintenance, and write that or leave it out`,
      });
    }
  },
};
