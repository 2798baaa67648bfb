import { quote } from '../words';
import type { Rule } from './rule';
import { isRegionKnown, poolsOf } from './walk';

/** Machines are used in regions where they have been seen. */
export const regionIndicative: Rule = {
  code: 'RegionIndicative',
  severity: 'warning',
  summary: 'machines are used in regions where they have been seen',
  why: 'regions of new machines change monthly, so this is a question, not a refusal',
  check(estate, report) {
    for (const { path, pool, at, machine } of poolsOf(estate)) {
      const seen = machine?.regions;
      if (machine === undefined || seen === undefined || seen.includes(at.site.region)) continue;
      if (!isRegionKnown(at)) continue;
      const key = pool.machine === undefined ? 'accelerator' : 'machine';
      report({
        path: [...path, key],
        value: pool[key],
        message: `${machine.type} was not seen in ${quote(at.site.region)} (${machine.checked}); it was seen in ${seen.join(', ')}`,
        hint: `ask ${at.catalog.title}, then acknowledge RegionIndicative at ${path.join('.')}`,
      });
    }
  },
};
