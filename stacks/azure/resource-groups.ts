import { LIMITS, physicalName } from '../../constructs/azure';
import type { AccountPlan } from '../../estate/plan/types';

/** The resource group of what the sites of an account share. */
export function sharedGroupName(account: AccountPlan<'azure'>): string {
  return physicalName([account.name, 'shared'], LIMITS.resourceGroup);
}

/** The resource group of one site. */
export function siteGroupName(site: { readonly name: string }): string {
  return physicalName([site.name, 'site'], LIMITS.resourceGroup);
}
