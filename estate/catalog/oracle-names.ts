import type { NameLimit } from '../name';

/** What Oracle Cloud allows in names that the plan says beside the stacks, since people need them to reach what is made. */
export const ORACLE_NAMES = {
  /** Buckets are named within the tenancy's namespace in a region; the hash keeps two estates apart. */
  bucket: {
    maxLength: 256,
    allowed: /[a-z0-9-]/,
    separator: '-',
    global: true,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/managingbuckets.htm',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, NameLimit>>;
