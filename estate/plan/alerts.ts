import { homeRegion } from '../catalog/aws-regions';
import type { ShardPlan } from './types';

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
