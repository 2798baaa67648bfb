import type { NameLimit } from '../name';
import type { Sourced } from './types';

const NETWORKS = {
  maxLength: 63,
  allowed: /[a-z0-9-]/,
  separator: '-',
  source: 'https://docs.cloud.google.com/compute/docs/naming-resources',
  checked: '2026-11',
} as const;

/** How Google calls the subnet of a metal RDMA network, which it makes itself: this, then the name of the network. */
export const GOOGLE_METAL_SUBNET: { readonly prefix: string } & Sourced = {
  prefix: 'default-subnet-1-',
  source: 'https://docs.cloud.google.com/vpc/docs/rdma-network-profiles',
  checked: '2026-11',
};

const RULES = { allowed: /[a-z0-9-]/, separator: '-', checked: '2026-11' } as const;

/** What Google Cloud allows in names that the plan says beside the stacks, since people need them to reach what is made. */
export const GOOGLE_NAMES = {
  cluster: {
    ...RULES,
    maxLength: 40,
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters',
  },
  network: NETWORKS,
  subnetwork: NETWORKS,
  /** The name of its subnet has to fit too. */
  metalNetwork: {
    ...NETWORKS,
    maxLength: 63 - GOOGLE_METAL_SUBNET.prefix.length,
    source: GOOGLE_METAL_SUBNET.source,
  },
  /** A log bucket or a sink. */
  log: { ...RULES, maxLength: 100, source: 'https://docs.cloud.google.com/logging/docs/buckets' },
  bucket: {
    ...RULES,
    minLength: 3,
    maxLength: 63,
    global: true,
    source: 'https://docs.cloud.google.com/storage/docs/buckets#naming',
  },
  fileSystem: { ...RULES, maxLength: 63, source: 'https://docs.cloud.google.com/managed-lustre/docs/create-instance' },
  keyRing: { ...RULES, maxLength: 63, source: 'https://docs.cloud.google.com/kms/docs/create-key-ring' },
} as const satisfies Readonly<Record<string, NameLimit>>;
