import type { IConstruct } from 'constructs';
import { GOOGLE_MAINTENANCE } from '../../estate/catalog/google';
import { type MaintenanceExclusion, type MaintenanceWindow, WEEKDAYS } from '../../estate/catalog/types';
import { ConstructError } from '../errors';
import type { NewerArguments } from '../newer-arguments';

/** Exclusions of a cluster as its provider takes them. */
type ExclusionBlocks = NewerArguments<'google_container_cluster'>['maintenance_policy.maintenance_exclusion'];

const HOUR_MS = 60 * 60 * 1000;
/** A weekly window lies in every week; this one is only where its first day is counted from. */
const ANY_MONDAY = '2025-12-29';

/**
 * Exclusions as the provider takes them: an open end is newer than the bindings.
 *
 * @throws ConstructError with `TooMany`
 */
export function exclusionBlocks(
  scope: IConstruct,
  exclusions: readonly MaintenanceExclusion[] = GOOGLE_MAINTENANCE.exclusions,
): ExclusionBlocks {
  const most = GOOGLE_MAINTENANCE.mostExclusions ?? exclusions.length;
  if (exclusions.length > most) {
    const problem = `got ${exclusions.length} maintenance exclusions: Google accepts ${most}`;
    throw new ConstructError(scope, 'TooMany', problem);
  }
  return exclusions.map(({ name, startTime, endTime }) => ({
    exclusion_name: name,
    start_time: startTime,
    ...(endTime !== undefined && { end_time: endTime }),
    exclusion_options: {
      scope: 'NO_MINOR_OR_NODE_UPGRADES',
      ...(endTime === undefined && { end_time_behavior: 'UNTIL_END_OF_SUPPORT' }),
    },
  }));
}

/**
 * A window as the provider takes it: when it opens on the first of its days, for how long, and on which days again.
 *
 * @throws ConstructError with `CountInvalid`
 */
export function recurringWindow(scope: IConstruct, window: MaintenanceWindow = GOOGLE_MAINTENANCE.window) {
  const { days, startTime, hours } = window;
  const { fewestHours, mostHours } = GOOGLE_MAINTENANCE;
  const first = WEEKDAYS.findIndex((day) => days.includes(day));
  if (first < 0 || !(Number.isInteger(hours) && hours >= fewestHours && hours <= mostHours)) {
    const allowed = `${fewestHours} to ${mostHours} whole hours on one day or more`;
    const problem = `maintenance window lasts ${hours} hours on ${days.length} days: use ${allowed}`;
    throw new ConstructError(scope, 'CountInvalid', problem);
  }
  const opens = Date.parse(`${ANY_MONDAY}T${startTime}:00Z`) + first * 24 * HOUR_MS;
  const listed = WEEKDAYS.filter((day) => days.includes(day)).map((day) => day.slice(0, 2).toUpperCase());
  return {
    startTime: rfc3339(opens),
    endTime: rfc3339(opens + hours * HOUR_MS),
    recurrence: `FREQ=WEEKLY;BYDAY=${listed.join(',')}`,
  };
}

function rfc3339(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
