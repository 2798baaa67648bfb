import { CATALOG, WITHHELD } from '../../catalog';
import { catalogOf, cloudsWith } from '../catalog-of';
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
    const catalog = catalogOf(estate);
    for (const { path, pool, at } of poolsOf(estate)) {
      if (pool.accelerator === undefined) continue;
      const accelerator = lookup(catalog.accelerators, pool.accelerator);
      if (accelerator === undefined || machinesWith(at.catalog, pool.accelerator).length > 0) continue;
      const offering = cloudsWith(catalog, pool.accelerator);
      const withheld = WITHHELD.find((row) => row.cloud === at.cloud && row.accelerator === pool.accelerator);
      const here = [...new Set(Object.values(at.catalog.machines).flatMap((machine) => machine.accelerator ?? []))];
      const where = offering.map((cloud) => CATALOG[cloud].title).join(', ') || 'no cloud of the catalog';
      report({
        path: [...path, 'accelerator'],
        value: pool.accelerator,
        message: `${accelerator.title} is not offered on ${at.catalog.title}; it is offered on ${where}`,
        hint:
          withheld === undefined
            ? `${at.catalog.title} offers ${here.sort().join(', ')}`
            : `${withheld.reason}; what you know of it goes under catalog.machines.${at.cloud}`,
      });
    }
  },
};
