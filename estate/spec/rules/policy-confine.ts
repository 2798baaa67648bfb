import { formatCount } from '../../units';
import { machinesOf } from '../holdings';
import type { Rule } from './rule';

/** Accelerators do not leave the countries that policy keeps them in. */
export const policyConfine: Rule = {
  code: 'PolicyConfine',
  severity: 'error',
  isLimit: true,
  summary: 'accelerators do not leave the countries that policy keeps them in',
  why: 'whoever lets controlled machines leave a country answers for it',
  check(estate, report) {
    for (const { accelerators, countries, reason, source } of estate.policy.confine ?? []) {
      for (const { path, machine, country, region, served } of machinesOf(estate)) {
        const { accelerator } = machine;
        if (accelerator === undefined || !accelerators.includes(accelerator)) continue;
        if (country !== undefined && countries.includes(country)) continue;
        const where =
          country === undefined ? `${region}, of which nobody has said the country,` : `${country} (${region})`;
        const message = `${formatCount(served.accelerators)} ${accelerator} in ${where} may only be in ${countries.join(', ')}`;
        report({ path: path.split('.'), value: accelerator, message, hint: `${reason} (${source})`, on: 'key' });
      }
    }
  },
};
