import { poolUnit } from '../machine';
import { counted } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Spare trays are held back of racks only, and leave trays in service. */
export const spareTrays: Rule = {
  code: 'SpareTrays',
  severity: 'error',
  summary: 'spare trays are held back of racks only, and leave trays in service',
  why: 'single nodes have no trays; a rack without trays in service trains nothing',
  check(estate, report) {
    for (const { path, pool, machine } of poolsOf(estate)) {
      if (machine === undefined || pool.spareTraysPerRack === 0) continue;
      const place = { path: [...path, 'spareTraysPerRack'], value: pool.spareTraysPerRack };
      if (poolUnit(machine) !== 'rack') {
        report({
          ...place,
          message: `${machine.type} does not come in racks, so it has no spare trays`,
          hint: 'remove it',
        });
      } else if (pool.spareTraysPerRack >= machine.scaleUpNodes) {
        const message = `a rack of ${machine.type} has ${counted(machine.scaleUpNodes, 'tray')}; none would be in service`;
        report({ ...place, message, hint: `hold back at most ${machine.scaleUpNodes - 1}` });
      }
    }
  },
};
