import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** A cluster mounts stores of its own site, each once. */
export const mountSite: Rule = {
  code: 'MountSite',
  severity: 'error',
  summary: 'a cluster mounts stores of its own site, each once',
  why: 'file systems are reached inside one network only, and training that reads across regions starves',
  check(estate, report) {
    for (const { path, cluster, at } of clustersOf(estate)) {
      for (const [index, key] of cluster.mounts.entries()) {
        const store = lookup(estate.stores, key);
        const place = { path: [...path, 'mounts', index], value: key };
        if (cluster.mounts.indexOf(key) < index) {
          report({ ...place, message: `${quote(key)} is mounted twice`, hint: 'remove one' });
        } else if (store !== undefined && store.site !== at.key) {
          const here = Object.entries(estate.stores).filter(([, other]) => other.site === at.key);
          const message = `store ${quote(key)} lies at site ${quote(store.site)}, the cluster at ${quote(at.key)}`;
          const names = here.map(([name]) => name).join(', ');
          report({
            ...place,
            message,
            hint: names === '' ? `add a store at ${at.key}` : `stores at ${at.key}: ${names}`,
          });
        }
      }
    }
  },
};
