import type { Cloud, Sourced } from './types';

/** How much of each further part of something is kept back: of the first so much this, of the next so much that. */
export interface ReservedTier {
  /** Whole cores, or GiB, that the tier spans. @default all that is left */
  readonly of?: number;
  /** Thousandths of a core for each core, or the part of each GiB. */
  readonly part: number;
}

/** What Kubernetes keeps of a node for itself, so that pods cannot have it. */
export interface ReservedRow extends Sourced {
  /** Thousandths of cores. */
  readonly cpu: readonly ReservedTier[];
  /** Parts of the memory. */
  readonly memory: readonly ReservedTier[];
  /** The same for each pod that the node may run, where the service counts so. @default 0 */
  readonly memoryPerPodMiB?: number;
  /** What is kept whatever the size, with the memory below which pods are evicted. */
  readonly memoryMiB: number;
}

const TIERED_MEMORY: readonly ReservedTier[] = [
  { of: 4, part: 0.25 },
  { of: 4, part: 0.2 },
  { of: 8, part: 0.1 },
  { of: 112, part: 0.06 },
  { part: 0.02 },
];

const TIERED_CPU: readonly ReservedTier[] = [
  { of: 1, part: 60 },
  { of: 1, part: 10 },
  { of: 2, part: 5 },
  { part: 2.5 },
];

/** What the service of each cloud keeps of its nodes. */
export const RESERVED: Readonly<Record<Cloud, ReservedRow>> = {
  aws: {
    cpu: TIERED_CPU,
    memory: [],
    memoryPerPodMiB: 11,
    memoryMiB: 255 + 100,
    source: 'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
    checked: '2026-11',
    unverified: 'from memory; pods of a node are counted as the kubelet does by default',
  },
  azure: {
    cpu: [{ of: 1, part: 60 }, { of: 1, part: 40 }, { of: 2, part: 20 }, { part: 10 }],
    memory: [],
    memoryPerPodMiB: 20,
    memoryMiB: 50 + 100,
    source: 'https://learn.microsoft.com/azure/aks/node-resource-reservations',
    checked: '2026-11',
    unverified: 'cores above 64, and that 10 thousandths go on for each of them',
  },
  google: {
    cpu: TIERED_CPU,
    memory: TIERED_MEMORY,
    memoryMiB: 100,
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes',
    checked: '2026-11',
  },
  oracle: {
    cpu: TIERED_CPU,
    memory: TIERED_MEMORY,
    memoryMiB: 100,
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengtroubleshooting_topic-node_issues.htm',
    checked: '2026-11',
    unverified:
      'the page only recommends to keep something back; that the defaults are those of other clouds is assumed',
  },
};

/** What of an amount is kept back. */
export function reservedOf(amount: number, tiers: readonly ReservedTier[]): number {
  let left = amount;
  let reserved = 0;
  for (const { of = Number.POSITIVE_INFINITY, part } of tiers) {
    const own = Math.min(left, of);
    reserved += own * part;
    left -= own;
  }
  return reserved;
}
