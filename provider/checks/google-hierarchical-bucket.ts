import { type Check, type Finding, valueAt } from './check';

/** A bucket with folders needs uniform access, and cannot keep versions or choose classes by itself. */
export const googleHierarchicalBucket: Check = {
  name: 'google-hierarchical-bucket',
  decides: 'service',
  types: ['google_storage_bucket'],
  source: 'https://docs.cloud.google.com/storage/docs/hns-overview',
  checked: '2026-11',
  find: ({ values }) => {
    if (valueAt(values, 'hierarchical_namespace', 0, 'enabled') !== true) return [];
    const findings: Finding[] = [];
    const uniform = valueAt(values, 'uniform_bucket_level_access');
    if (uniform !== undefined && uniform !== true) {
      findings.push({
        path: ['hierarchical_namespace', 0, 'enabled'],
        message: 'a bucket with a hierarchical namespace needs uniform_bucket_level_access',
        hint: 'set uniform_bucket_level_access to true',
      });
    }
    for (const [name, title] of [
      ['versioning', 'keep versions of objects'],
      ['autoclass', 'choose storage classes by itself'],
    ] as const) {
      if (valueAt(values, name, 0, 'enabled') !== true) continue;
      findings.push({
        path: [name, 0, 'enabled'],
        message: `a bucket with a hierarchical namespace cannot ${title}`,
        hint: `remove ${name}, or use a flat bucket`,
      });
    }
    return findings;
  },
};
