import type { IConstruct } from 'constructs';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';

/** Fails when text cannot start the name of a resource: names are made from it, so it has to be known. */
export function checkName(scope: IConstruct, what: string, name: string): void {
  if (!Token.isUnresolved(name) && /^[a-z]/i.test(name)) return;
  const allowed = 'it must start with a letter, and be known before anything is applied';
  throw new ConstructError(scope, 'NameInvalid', `${what} is "${name}", ${allowed}`);
}

/** Fails when a zone is none of those that are used; one that is known after apply only passes. */
export function checkZone(scope: IConstruct, what: string, zone: string, zones: readonly string[]): void {
  if ([zone, ...zones].some((one) => Token.isUnresolved(one)) || zones.includes(zone)) return;
  const known = zones.length === 0 ? 'it has none' : zones.join(', ');
  throw new ConstructError(scope, 'ZoneUnknown', `${what} is "${zone}", which is none of its network's: ${known}`);
}

/** Fails when a zone is not of a region; either passes that is known after apply only. */
export function checkRegion(scope: IConstruct, what: string, zone: string, region: string): void {
  if (Token.isUnresolved(zone) || Token.isUnresolved(region) || zone.startsWith(`${region}-`)) return;
  throw new ConstructError(scope, 'ZoneUnknown', `${what} is "${zone}", which is not in ${region}: use a zone of it`);
}

/** Fails when an id is not of the form that is expected; one that is known after apply only passes. */
export function checkId(scope: IConstruct, what: string, id: string, form: RegExp, example: string): void {
  if (Token.isUnresolved(id) || form.test(id)) return;
  throw new ConstructError(scope, 'IdInvalid', `${what} is "${id}", it must be such as ${example}`);
}

/** Fails when a time is no whole number of days that a service keeps something for; one known after apply only passes. */
export function checkDays(
  scope: IConstruct,
  what: string,
  days: number,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (Token.isUnresolved(days) || (Number.isInteger(days) && days >= min && days <= max)) return;
  const problem = `${what} is ${days}; use a whole number of days from ${min} to ${max}`;
  throw new ConstructError(scope, 'RetentionInvalid', problem);
}
