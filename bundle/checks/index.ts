import type { KindCheck } from './kind-check';
import { KUBERNETES_CHECKS } from './kinds';
import { KUEUE_CHECKS } from './kueue';
import { WORKLOAD_CHECKS } from './workloads';

/** Everything that components refuse by code of their own and that is known here. */
export const KIND_CHECKS: readonly KindCheck[] = [...WORKLOAD_CHECKS, ...KUBERNETES_CHECKS, ...KUEUE_CHECKS];
