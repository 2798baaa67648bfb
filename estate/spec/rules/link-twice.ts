import { quote } from '../words';
import { isSamePair, linksOf, pairOf } from './link-walk';
import type { Rule } from './rule';

/** A pair has one link, direct or through another site. */
export const linkTwice: Rule = {
  code: 'LinkTwice',
  severity: 'error',
  summary: 'a pair has one link, direct or through another site',
  why: 'two ways to the same blocks would be told to the same gateways, and which one is taken would be left to chance',
  check(estate, report) {
    const links = linksOf(estate);
    for (const [index, one] of links.entries()) {
      const other = links.slice(0, index).find((each) => isSamePair(each, one.ends));
      if (other === undefined) continue;
      const message = `${pairOf(one.ends)} have link ${quote(other.key)} already`;
      report({
        path: one.path,
        on: 'key',
        message,
        hint: 'keep one; more bandwidth is "gbps", and what survives losses "availability"',
      });
    }
  },
};
