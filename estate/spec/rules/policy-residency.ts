import { holdingsOf } from '../holdings';
import type { Rule } from './rule';

/** Stores do not leave the countries that policy keeps them in. */
export const policyResidency: Rule = {
  code: 'PolicyResidency',
  severity: 'error',
  isLimit: true,
  summary: 'stores do not leave the countries that policy keeps them in',
  why: 'data that was promised to stay in a country has left it once it was written elsewhere',
  check(estate, report) {
    for (const { stores, countries, reason } of estate.policy.residency ?? []) {
      for (const holding of holdingsOf(estate)) {
        if (holding.kind !== 'stores' || !stores.includes(holding.store)) continue;
        const { country, region } = holding;
        if (country !== undefined && countries.includes(country)) continue;
        const where =
          country === undefined ? `${region}, of which nobody has said the country,` : `${country} (${region})`;
        const message = `the store lies in ${where} and may only lie in ${countries.join(', ')}`;
        report({ path: ['stores', holding.store], value: holding.store, message, hint: reason, on: 'key' });
      }
    }
  },
};
