import { ownedEntries, ownerKeyOf, ownerOf } from '../ownership';
import type { Rule } from './rule';

/** Clusters, pools and stores have the owners that policy asks for. */
export const policyOwner: Rule = {
  code: 'PolicyOwner',
  severity: 'error',
  isLimit: true,
  summary: 'clusters, pools and stores have the owners and cost centers that policy asks for',
  why: 'what nobody answers for is neither paid by anyone nor ever taken down',
  check(estate, report) {
    const { requireOwner = [] } = estate.policy;
    for (const { path, levels } of ownedEntries(estate)) {
      if (path[0] !== 'clusters' && path[0] !== 'stores') continue;
      const place = { path, value: path.at(-1), on: 'key' as const };
      if (requireOwner.includes('owner') && ownerKeyOf(estate, levels) === undefined) {
        const hint = 'name one of owners here, or where it lies in';
        report({ ...place, message: 'no owner is named, as policy asks for', hint });
      }
      if (requireOwner.includes('costCenter') && ownerOf(estate, levels).costCenter === undefined) {
        const hint = 'give its owner or the estate a costCenter';
        report({ ...place, message: 'it has no cost center, as policy asks for', hint });
      }
    }
  },
};
