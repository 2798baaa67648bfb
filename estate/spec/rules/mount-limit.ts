import { lookup } from '../lookup';
import { counted } from '../words';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** A cluster mounts no more object stores than its workloads can be allowed to use. */
export const mountLimit: Rule = {
  code: 'MountLimit',
  severity: 'error',
  summary: 'a cluster mounts no more object stores than its workloads can be allowed to use',
  why: 'where the identity of the workloads names every store, its policies have room for so many',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, cluster, at } of clustersOf(estate)) {
      const { cloud, title, limits } = at.catalog;
      const { objectMounts } = limits;
      const mounted = cluster.mounts.filter((key) => lookup(estate.stores, key)?.kind === 'object').length;
      if (objectMounts === undefined || mounted <= objectMounts.value) continue;
      report({
        path: [...path, 'mounts'],
        value: mounted,
        message: `the cluster mounts ${counted(mounted, 'object store')}, ${title} lets its workloads use ${objectMounts.value}`,
        hint: `put what is used together into one store, or have the quota raised and state it as catalog.limits.${cloud}.objectMounts`,
      });
    }
  },
};
