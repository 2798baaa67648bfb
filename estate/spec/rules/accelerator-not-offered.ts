import { ACCELERATORS, CATALOG, CLOUDS } from '../../catalog';
import { lookup } from '../lookup';
import { machinesWith } from '../machine';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** The cloud of a pool offers its accelerator. */
export const acceleratorNotOffered: Rule = {
  code: 'AcceleratorNotOffered',
  severity: 'error',
  summary: 'the cloud of a pool offers its accelerator',
  why: 'there is no machine type to provision',
  check(estate, report) {
    for (const { path, pool, at } of poolsOf(estate)) {
      const accelerator = lookup(ACCELERATORS, pool.accelerator);
      if (accelerator === undefined || machinesWith(at.cloud, pool.accelerator).length > 0) continue;
      const offering = CLOUDS.filter((cloud) => machinesWith(cloud, pool.accelerator).length > 0);
      const here = [...new Set(Object.values(at.catalog.machines).flatMap((machine) => machine.accelerator ?? []))];
      const where = offering.map((cloud) => CATALOG[cloud].title).join(', ') || 'no cloud of the catalog';
      report({
        path: [...path, 'accelerator'],
        value: pool.accelerator,
        message: `${accelerator.title} is not offered on ${at.catalog.title}; it is offered on ${where}`,
        hint: `${at.catalog.title} offers ${here.sort().join(', ')}`,
      });
    }
  },
};
