import { catalogOf } from '../catalog-of';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Accelerators are in the catalog. */
export const unknownAccelerator: Rule = {
  code: 'UnknownAccelerator',
  severity: 'error',
  summary: 'accelerators are in the catalog',
  why: 'machine, network layout and limits of a pool all follow from its accelerator',
  check(estate, report) {
    const { accelerators } = catalogOf(estate);
    const known = Object.keys(accelerators);
    for (const { path, pool } of poolsOf(estate)) {
      if (pool.accelerator === undefined || Object.hasOwn(accelerators, pool.accelerator)) continue;
      report({
        path: [...path, 'accelerator'],
        value: pool.accelerator,
        message: `${quote(pool.accelerator)} is not in the catalog${didYouMean(pool.accelerator, known)}`,
        hint: `in the catalog: ${known.join(', ')}`,
      });
    }
  },
};
