import { type CostTags, LIMITS, physicalName } from '../../constructs/oracle';
import type { Sourced } from '../../estate/catalog/types';
import type { AccountPlan } from '../../estate/plan/types';

/** Tags of one tenancy that costs may be counted by; without the mark a defined tag shows in reports of costs too. */
export const COST_TRACKING_TAGS: { readonly most: number } & Sourced = {
  most: 10,
  source: 'https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingcosttrackingtags.htm',
  checked: '2026-11',
};

/** Tags that tell whose something is without a bill for it. */
const UNCOUNTED: ReadonlySet<string> = new Set(['estate', 'managed-by']);

/** The tags that the foundation of an account defines, as everything else of the account is tagged with them. */
export function costTags({ name, tags }: Pick<AccountPlan<'oracle'>, 'name' | 'tags'>): CostTags {
  return { namespace: physicalName([name], LIMITS.identity), values: tags };
}

/** Whether costs are counted by a tag: few of a tenancy can be marked so, and each account brings its own. */
export function isCostTracking(key: string): boolean {
  return !UNCOUNTED.has(key);
}
