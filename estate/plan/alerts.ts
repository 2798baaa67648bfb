import type { ShardPlan } from './types';

/**
 * The region of what exists once for an account of AWS, by the partition of one of its regions.
 *
 * Fixed, not the first region of the estate: a site in another region must not move the alerts.
 */
export function homeRegion(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  if (region.startsWith('cn-')) return 'cn-north-1';
  if (region.startsWith('eusc-')) return 'eusc-de-east-1';
  return 'us-east-1';
}

/**
 * Reservations of a shard whose events have to be sent on to where the alerts of its account are, sorted.
 *
 * What is in a resource group of reservations is not known here, and events do not name the group.
 */
export function forwardedReservations({ pools, site }: ShardPlan<'aws'>): string[] {
  if (homeRegion(site.region) === site.region) return [];
  const ids = pools.flatMap(({ groups }) => groups.flatMap(({ reservation }) => reservation ?? []));
  return [...new Set(ids.filter((id) => !id.startsWith('arn:')))].sort();
}
