import type { StackProps } from 'aws-cdk-lib/core';
import type { SitePlan } from '../../estate/plan/types';

/** What every stack of a site is made with: its account and region, and no metadata that differs by version. */
export function siteStackProps(site: SitePlan<'aws'>): StackProps {
  return { env: { account: site.account.ids.accountId, region: site.region }, analyticsReporting: false };
}
