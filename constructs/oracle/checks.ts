import type { IConstruct } from 'constructs';
import type { Sourced } from '../../estate/catalog/types';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import { LIMITS, type TagOptions } from './names';

/** What Oracle Cloud takes of the tags of one resource. */
export const TAG_LIMITS: {
  readonly freeForm: number;
  readonly defined: number;
  readonly keyLength: number;
} & Sourced = {
  freeForm: 10,
  defined: 64,
  keyLength: 100,
  source: 'https://docs.oracle.com/en-us/iaas/Content/Tagging/Concepts/taggingoverview.htm',
  checked: '2026-11',
};

/**
 * Fails when text cannot be a display name, or the start of another name; one that is known after apply only passes.
 *
 * @throws ConstructError with `NameInvalid`
 */
export function checkName(scope: IConstruct, name: string): void {
  const { maxLength } = LIMITS.displayName;
  if (Token.isUnresolved(name) || (name.trim() !== '' && name.length <= maxLength)) return;
  throw new ConstructError(scope, 'NameInvalid', `the name "${name}" must have 1 to ${maxLength} characters`);
}

/**
 * Fails when an availability domain is none of those that a network is used in.
 *
 * @throws ConstructError with `ZoneUnknown`
 */
export function checkZone(scope: IConstruct, zone: string, zones: readonly string[]): void {
  if ([zone, ...zones].some((one) => Token.isUnresolved(one)) || zones.includes(zone)) return;
  const known = zones.length === 0 ? 'it has none' : zones.join(', ');
  throw new ConstructError(scope, 'ZoneUnknown', `zone "${zone}" is none of the network's: ${known}`);
}

/**
 * Fails when an OCID is not of a kind that is expected: the provider takes any, and the service refuses it later.
 *
 * @throws ConstructError with `IdInvalid`
 */
export function checkId(scope: IConstruct, id: string, ...kinds: readonly string[]): void {
  if (Token.isUnresolved(id)) return;
  const [start, kind = ''] = id.split('.');
  if (start === 'ocid1' && kinds.includes(kind)) return;
  const allowed = kinds.map((name) => `ocid1.${name}.…`).join(' or ');
  throw new ConstructError(scope, 'IdInvalid', `id "${id}" is none of ${allowed}`);
}

/**
 * Fails when there are more tags than a resource takes, or one of them cannot have its key.
 *
 * @throws ConstructError with `TagInvalid`
 */
export function checkTags(scope: IConstruct, { tags = {}, costTags }: TagOptions): void {
  const { freeForm, defined, keyLength } = TAG_LIMITS;
  const kinds = [
    ['free-form', Object.keys(tags), freeForm],
    ['defined', Object.keys(costTags?.values ?? {}), defined],
  ] as const;
  for (const [kind, keys, most] of kinds) {
    if (keys.length > most) {
      const what = `${keys.length} ${kind} tags are more than the ${most} of one resource; leave some out`;
      throw new ConstructError(scope, 'TagInvalid', what);
    }
    const wrong = keys.find((key) => key === '' || key.length > keyLength);
    if (wrong === undefined) continue;
    throw new ConstructError(scope, 'TagInvalid', `the key "${wrong}" of a tag must have 1 to ${keyLength} characters`);
  }
}
