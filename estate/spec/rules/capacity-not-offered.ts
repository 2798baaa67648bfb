import { quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** A machine can be had by the capacity kind of its pool. */
export const capacityNotOffered: Rule = {
  code: 'CapacityNotOffered',
  severity: 'error',
  summary: 'a machine can be had by the capacity kind of its pool',
  why: 'the provider refuses the request, some only after hours',
  check(estate, report) {
    for (const { path, pool, at, machine } of poolsOf(estate)) {
      const { kind } = pool.capacity;
      if (machine === undefined || machine.capacity.includes(kind)) continue;
      const message = `${machine.type} cannot be had as ${quote(kind)} on ${at.catalog.title}`;
      const hint = `it is offered as ${machine.capacity.join(', ')}: write capacity: { kind: ${machine.capacity[0]} … }`;
      const written = pool.capacity.kind === 'on-demand' ? [...path, 'capacity'] : [...path, 'capacity', 'kind'];
      report({ path: written, value: kind, message, hint });
    }
  },
};
