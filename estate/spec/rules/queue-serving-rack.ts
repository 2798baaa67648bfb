import { poolUnit } from '../machine';
import { counted, quote } from '../words';
import { servicesIn } from './queue-walk';
import type { Rule } from './rule';

/** Replicas of services stay within a rack. */
export const queueServingRack: Rule = {
  code: 'QueueServingRack',
  severity: 'warning',
  summary: 'a replica of a service has no more nodes than are in service in one rack of its pool',
  why: 'nodes of two racks share no memory, so that a replica over both is as slow as the network between them',
  check(estate, report) {
    for (const { path, service, pool } of servicesIn(estate)) {
      if (pool?.machine === undefined || poolUnit(pool.machine) !== 'rack') continue;
      const most = pool.machine.scaleUpNodes - pool.pool.spareTraysPerRack;
      if (service.nodesPerReplica <= most) continue;
      report({
        path: [...path, 'nodesPerReplica'],
        message: `a replica spans racks: it has ${counted(service.nodesPerReplica, 'node')}, and a rack of pool ${quote(pool.key)} has ${most} in service`,
        hint: `write nodesPerReplica: ${most} or less, or acknowledge that its parts talk over the network between racks`,
      });
    }
  },
};
