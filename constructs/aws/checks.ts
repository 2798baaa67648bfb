import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AWS_SERVICE_RANGE, AWS_TAGS, AWS_VPC_BLOCK } from '../../estate/catalog/aws-limits';
import type { SubnetAllocation } from '../../estate/catalog/types';
import { type Cidr, cidr, cidrContains, cidrsOverlap, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';

/**
 * Refuses a name that says nothing: it is the first part of what people read in the console and on the bill.
 *
 * @throws ConstructError with NameInvalid when it is empty
 */
export function checkName(scope: IConstruct, name: string): void {
  if (Token.isUnresolved(name) || name.trim() !== '') return;
  throw new ConstructError(scope, 'NameInvalid', 'name is empty; give it the text of a Name tag, such as "atlas-ohio"');
}

/** Form of the ARN of a role. */
export const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+$/;

/** Form of the id of a security group. */
export const SECURITY_GROUP = /^sg-[0-9a-f]+$/;

/**
 * Refuses the ARN or id of another kind of thing.
 *
 * @throws ConstructError with IdInvalid when it has not the form
 */
export function checkId(scope: IConstruct, what: string, id: string, form: RegExp, example: string): void {
  if (Token.isUnresolved(id) || form.test(id)) return;
  throw new ConstructError(scope, 'IdInvalid', `"${id}" is no ${what}; expected one such as ${example}`);
}

/**
 * Refuses tags that no resource takes.
 *
 * @throws ConstructError with TagInvalid when AWS keeps a key for itself, one is empty, or there are too many
 */
export function checkTags(scope: IConstruct, tags: Tags): void {
  const keys = Object.keys(tags).filter((key) => !Token.isUnresolved(key));
  const wrong = keys.find((key) => key === '' || key.toLowerCase().startsWith(AWS_TAGS.reserved));
  if (wrong !== undefined) {
    throw new ConstructError(
      scope,
      'TagInvalid',
      `tag "${wrong}" cannot be given: keys are not empty, and those that begin with "${AWS_TAGS.reserved}" are AWS's own; rename it`,
    );
  }
  if (keys.length <= AWS_TAGS.most) return;
  throw new ConstructError(
    scope,
    'TagInvalid',
    `${keys.length} tags are more than the ${AWS_TAGS.most} that a resource takes; leave some out`,
  );
}

/**
 * Refuses a key that services of this region cannot use.
 *
 * @throws ConstructError with KeyUnsuitable when it lies in another region
 */
export function checkKeyRegion(scope: IConstruct, encryptionKey: { readonly key: IKey } | undefined): void {
  const { region } = encryptionKey?.key.env ?? {};
  const here = Stack.of(scope).region;
  if (region === undefined || Token.isUnresolved(region) || Token.isUnresolved(here) || region === here) return;
  throw new ConstructError(
    scope,
    'KeyUnsuitable',
    `the key lies in ${region}, and services of ${here} take only keys of their own region; use a key there, or the replica of a multi-region key`,
  );
}

/**
 * Refuses a zone that a network does not span.
 *
 * @throws ConstructError with ZoneUnknown when the network has other zones
 */
export function checkZone(scope: IConstruct, zones: readonly string[], zone: string): void {
  if (Token.isUnresolved(zone) || Token.isUnresolved(zones) || zones.some((one) => Token.isUnresolved(one))) return;
  if (zones.includes(zone)) return;
  throw new ConstructError(
    scope,
    'ZoneUnknown',
    `zone "${zone}" is none of the network, which spans ${zones.join(', ')}; choose one of them or add it to the network`,
  );
}

interface Range {
  readonly what: string;
  readonly text: string;
  readonly range: Cidr;
}

/**
 * Refuses ranges that a VPC cannot have: blocks and subnets of a wrong size, that overlap, or subnets outside of the
 * blocks. Those of pods are blocks of their own.
 *
 * @throws ConstructError with RangeInvalid
 */
export function checkRanges(
  scope: IConstruct,
  cidrs: readonly string[],
  subnets: readonly Pick<SubnetAllocation, 'key' | 'role' | 'cidr'>[],
): void {
  const blocks = known(
    scope,
    cidrs.map((text) => ({ what: 'block of the network', text })),
  );
  const parts = subnets.flatMap((row) =>
    known(scope, [{ what: `subnet "${row.key}"`, text: row.cidr, role: row.role }]),
  );
  refuseOverlaps(scope, [...blocks, ...parts.filter(({ role }) => role === 'pods')]);
  refuseOverlaps(scope, parts);
  if (blocks.length < cidrs.length) return;
  for (const { what, text, range, role } of parts) {
    if (role === 'pods' || blocks.some((block) => cidrContains(block.range, range))) continue;
    refuse(scope, `${what} has ${text}, outside of the blocks of the network: ${cidrs.join(', ')}; add one or move it`);
  }
}

/**
 * Refuses a range that EKS does not give to services.
 *
 * @throws ConstructError with RangeInvalid
 */
export function checkServiceRange(scope: IConstruct, text: string): void {
  if (Token.isUnresolved(text)) return;
  const range = parseCidr(text);
  const { shortest, longest, inside } = AWS_SERVICE_RANGE;
  if (range !== undefined && range.prefix >= shortest && range.prefix <= longest) {
    if (inside.some((block) => cidrContains(cidr(block), range))) return;
  }
  refuse(
    scope,
    `serviceCidr "${text}" is no range of services; EKS takes /${shortest} to /${longest} inside ${inside.join(', ')}`,
  );
}

/** The ranges that are known already, each of a size that a VPC takes. */
function known<T extends { readonly what: string; readonly text: string }>(
  scope: IConstruct,
  ranges: readonly T[],
): (T & Range)[] {
  const { shortest, longest } = AWS_VPC_BLOCK;
  return ranges.flatMap((row) => {
    if (Token.isUnresolved(row.text)) return [];
    const range = parseCidr(row.text);
    if (range === undefined) {
      return refuse(scope, `${row.what} is "${row.text}"; give a block without host bits, such as 10.64.0.0/16`);
    }
    if (range.prefix >= shortest && range.prefix <= longest) return [{ ...row, range }];
    return refuse(scope, `${row.what} is ${row.text}; a VPC takes /${shortest} to /${longest}`);
  });
}

function refuseOverlaps(scope: IConstruct, ranges: readonly Range[]): void {
  const sorted = ranges.toSorted((one, other) => one.range.base - other.range.base);
  for (const [index, { what, text, range }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined || !cidrsOverlap(range, next.range)) continue;
    refuse(scope, `${what}, ${text}, and ${next.what}, ${next.text}, share addresses; move one of them`);
  }
}

function refuse(scope: IConstruct, what: string): never {
  throw new ConstructError(scope, 'RangeInvalid', what);
}
