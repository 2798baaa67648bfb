import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** Sites lie in regions that policy allows. */
export const policyRegion: Rule = {
  code: 'PolicyRegion',
  severity: 'error',
  isLimit: true,
  summary: 'sites lie in regions that policy allows',
  why: 'what lies in the wrong region is moved by making it anew',
  check(estate, report) {
    const { allow, deny = [] } = estate.policy.regions ?? {};
    for (const { path, site } of sitesOf(estate)) {
      const { region } = site;
      const isDenied = deny.includes(region);
      if (!isDenied && allow?.includes(region) !== false) continue;
      const message = isDenied
        ? `policy denies region ${quote(region)}`
        : `policy does not allow region ${quote(region)}`;
      const hint = allow === undefined ? 'policy.regions.deny has it' : `policy.regions.allow has ${allow.join(', ')}`;
      report({ path: [...path, 'region'], value: region, message, hint });
    }
  },
};
