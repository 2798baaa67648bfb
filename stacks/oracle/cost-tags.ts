import { type CostTags, type DefinedTags, LIMITS, physicalName } from '../../constructs/oracle';
import { OWN_TAGS, UNCOUNTED_TAGS } from '../../estate/catalog/tags';
import type { Sourced } from '../../estate/catalog/types';
import type { AccountPlan } from '../../estate/plan/types';
import type { Tags } from '../../estate/units';

/** Tags of one tenancy that costs may be counted by; without the mark a defined tag shows in reports of costs too. */
export const COST_TRACKING_TAGS: { readonly most: number } & Sourced = {
  most: 10,
  source: 'https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingcosttrackingtags.htm',
  checked: '2026-11',
};

/**
 * The tags that the foundation of an account defines, with what they say of something in the account.
 *
 * Tags that are written in the estate file are free-form ones only: a namespace holds few that costs are counted by.
 */
export function costTags(account: Pick<AccountPlan<'oracle'>, 'name' | 'tags'>, tags: Tags = account.tags): CostTags {
  const defined = Object.entries(account.tags).filter(([key]) => OWN_TAGS.includes(key));
  const values = Object.fromEntries(defined.map(([key, value]) => [key, tags[key] ?? value]));
  return { namespace: physicalName([account.name], LIMITS.identity), values };
}

/** What nodes are told from other machines of their compartment by; it is on nothing else, and has no default. */
export const NODE_TAG = { key: 'estate-role', value: 'node' } as const;

/** Defined tags of the nodes of an account; none where its nodes are known by where they lie. */
export function nodeTags({ name, nodes }: Pick<AccountPlan<'oracle'>, 'name' | 'nodes'>): DefinedTags | undefined {
  if (nodes === undefined) return undefined;
  return { namespace: physicalName([name], LIMITS.identity), values: { [NODE_TAG.key]: NODE_TAG.value } };
}

/** Whether costs are counted by a tag: few of a tenancy can be marked so, and each account brings its own. */
export function isCostTracking(key: string): boolean {
  return !UNCOUNTED_TAGS.has(key);
}
