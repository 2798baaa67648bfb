import { endsOf } from '../replication';
import { leavesResidency } from '../residency';
import { quote } from '../words';
import type { Rule } from './rule';

/** Data lies, and is copied, only where its residency allows. */
export const residency: Rule = {
  code: 'Residency',
  severity: 'error',
  summary: 'data lies, and is copied, only in the countries that its residency names',
  why: 'data that was promised to stay in a country has left it once it was written elsewhere',
  check(estate, report) {
    for (const [key, store] of Object.entries(estate.stores)) {
      const left = leavesResidency(estate, store, store.site);
      if (left === undefined) continue;
      const message = `the store lies ${left}`;
      report({
        path: ['stores', key, 'residency'],
        message,
        hint: 'put the store at another site, or correct its residency',
      });
    }
    for (const [key, replication] of Object.entries(estate.replication)) {
      const ends = endsOf(estate, replication);
      if (ends === undefined) continue;
      const [source, destination] = ends;
      const left = leavesResidency(estate, source.store, destination.siteKey);
      if (left === undefined) continue;
      const message = `a copy of ${quote(source.key)} would lie ${left}`;
      report({ path: ['replication', key, 'to'], message, hint: 'copy it to a store inside of those countries' });
    }
  },
};
