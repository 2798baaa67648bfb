import type { IConstruct } from 'constructs';
import { ConstructError } from './errors';

/** Whether the provider only reports what breaks a limit, or denies it. */
export type GuardrailMode = 'dry-run' | 'deny';

/** Regions that are limited: those that are allowed, or those that are denied. */
export type RegionLimits = { readonly allow: readonly string[] } | { readonly deny: readonly string[] } | undefined;

/**
 * What limits regions, each list sorted: allowed ones leave no other to be denied.
 *
 * @throws ConstructError with `PolicyInvalid` when all that are allowed are denied
 */
export function limitedRegions(
  scope: IConstruct,
  { regions, deniedRegions = [] }: { readonly regions?: readonly string[]; readonly deniedRegions?: readonly string[] },
): RegionLimits {
  const denied = new Set(deniedRegions);
  if (regions === undefined) return denied.size === 0 ? undefined : { deny: [...denied].sort() };
  const allow = [...new Set(regions)].filter((region) => !denied.has(region)).sort();
  if (allow.length > 0) return { allow };
  throw new ConstructError(scope, 'PolicyInvalid', 'no region is allowed: give regions one that deniedRegions has not');
}

/**
 * The regions that are allowed, each once and sorted, for a provider that knows no denied ones.
 *
 * @throws ConstructError with `PolicyInvalid` when there is none
 */
export function allowedRegions(scope: IConstruct, regions: readonly string[] | undefined): string[] | undefined {
  if (regions === undefined) return undefined;
  if (regions.length > 0) return [...new Set(regions)].sort();
  throw new ConstructError(scope, 'PolicyInvalid', 'no region is allowed: give regions those of the estate');
}

/**
 * Fails where nothing would be limited.
 *
 * @throws ConstructError with `PolicyInvalid`
 */
export function requireLimits(scope: IConstruct, what: string, ...limits: readonly unknown[]): void {
  if (limits.some((limit) => limit !== undefined)) return;
  throw new ConstructError(scope, 'PolicyInvalid', `nothing is limited: give ${what}`);
}

/** Names of machines, each once and sorted; none where they are not limited. */
export function machineNames<M>(
  machines: readonly M[] | undefined,
  nameOf: (machine: M) => string,
): string[] | undefined {
  return machines === undefined || machines.length === 0 ? undefined : [...new Set(machines.map(nameOf))].sort();
}
