import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** Stores that one cluster mounts have claims of different names. */
export const claimTwice: Rule = {
  code: 'ClaimTwice',
  severity: 'error',
  summary: 'stores that one cluster mounts have claims of different names',
  why: 'a namespace has one claim of a name, so that jobs would reach one of them only',
  check(estate, report) {
    for (const { key: clusterKey, cluster } of clustersOf(estate)) {
      const first = new Map<string, string>();
      for (const key of new Set(cluster.mounts)) {
        const store = lookup(estate.stores, key);
        if (store === undefined) continue;
        const claim = store.claim ?? store.renamedFrom ?? key;
        const other = first.get(claim);
        if (other === undefined) first.set(claim, key);
        else {
          const named = store.claim === undefined ? other : key;
          report({
            path: ['stores', named, 'claim'],
            value: claim,
            message: `cluster ${quote(clusterKey)} mounts ${quote(other)} too, whose claim is called ${quote(claim)} as well`,
            hint: 'give one of them another claim: only stores that no cluster mounts together share a name',
          });
        }
      }
    }
  },
};
