import type { Cloud } from '../../catalog';
import { capacityIds } from '../capacity-ids';
import { formatPath, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/**
 * Ids that stand for machines which only one pool can have, unless each says how many nodes the reservation holds in all.
 *
 * Others can be shared by pools, each with its own nodes.
 */
const EXCLUSIVE: Readonly<Record<Cloud, RegExp>> = {
  aws: /^cr-/,
  azure: /^$/,
  google: /\/reservationSubBlocks\//,
  oracle: /^ocid1\.computegpumemoryfabric\./,
};

/** A reservation is used once. */
export const capacityIdReused: Rule = {
  code: 'CapacityIdReused',
  severity: 'error',
  summary: 'a reservation is used once',
  why: 'two groups of nodes would compete for the same machines, and one of them would never start',
  check(estate, report) {
    const seen = new Map<string, { readonly pool: string; readonly counted: boolean }>();
    for (const { path, pool, at } of poolsOf(estate)) {
      const here = formatPath(path);
      for (const { id, path: below, reservedNodes } of capacityIds(pool.capacity)) {
        const first = seen.get(`${at.cloud}/${id}`);
        const counted = pool.capacity.kind === 'reservation' && reservedNodes !== undefined;
        if (first === undefined) {
          seen.set(`${at.cloud}/${id}`, { pool: here, counted });
        } else if (first.pool === here || (EXCLUSIVE[at.cloud].test(id) && !(counted && first.counted))) {
          const where = first.pool === here ? 'in this pool' : `by ${first.pool}`;
          const message = `${quote(id)} is used already ${where}`;
          const hint =
            first.pool === here || pool.capacity.kind !== 'reservation'
              ? 'name each reservation once'
              : 'name each reservation once, or say at each pool what it holds in all: { id, nodes, reservedNodes }';
          report({ path: [...path, 'capacity', ...below], value: id, message, hint });
        }
      }
    }
  },
};
