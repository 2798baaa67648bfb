import type { Path } from '../positions';
import { quote } from '../words';
import { existingThings } from './existing-things';
import type { Rule } from './rule';

/** Each cluster and each store that exists is one entry. */
export const existingTwice: Rule = {
  code: 'ExistingTwice',
  severity: 'error',
  summary: 'each cluster and each store that exists already is one entry',
  why: 'pools, rules and grants of the second entry would be those of the first, made twice',
  check(estate, report) {
    const seen = new Map<string, Path>();
    for (const { kind, path, written, at } of existingThings(estate)) {
      if (kind !== 'cluster' && kind !== 'file system' && kind !== 'object store') continue;
      const { id, container = '', resourceGroup = '', namespace = '' } = written;
      // Names are unique in a region of an account, ids everywhere.
      const place = kind === 'object store' ? '' : `${at.site.account}/${at.site.region}`;
      const identity = [at.cloud, kind, place, id, container, resourceGroup, namespace].join('|');
      const first = seen.get(identity);
      if (first === undefined) seen.set(identity, path);
      else {
        const message = `${quote(id)} is ${first.slice(0, -1).join('.')} already`;
        report({ path: [...path, 'id'], value: id, message, hint: 'name another, or merge the two entries' });
      }
    }
  },
};
