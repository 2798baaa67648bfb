import type { NameLimit } from '../name';

/** What Google Cloud allows in names that the plan says beside the stacks, since people need them to reach what is made. */
export const GOOGLE_NAMES = {
  cluster: {
    maxLength: 40,
    allowed: /[a-z0-9-]/,
    separator: '-',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, NameLimit>>;
