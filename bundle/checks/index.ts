import type { KindCheck } from './kind-check';
import { KUEUE_CHECKS } from './kueue';

/** Everything that components refuse by code of their own and that is known here. */
export const KIND_CHECKS: readonly KindCheck[] = [...KUEUE_CHECKS];
