import { Tags as ResourceTags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { fitName, type NameLimit } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { checkTags } from './checks';

/** What AWS allows in the few names that are given; everything else gets its name from CloudFormation. */
export const LIMITS = {
  keyAlias: {
    maxLength: 250,
    allowed: /[a-z0-9/_-]/,
    separator: '-',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html',
    checked: '2026-11',
  },
  directConnectGateway: {
    maxLength: 100,
    allowed: /[a-z0-9-]/,
    separator: '-',
    source: 'https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateDirectConnectGateway.html',
    checked: '2026-11',
  },
  tagKey: {
    maxLength: 128,
    allowed: /[\p{L}\p{N} +\-=._:/@]/u,
    separator: '-',
    source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html',
    checked: '2026-11',
  },
  tagValue: {
    maxLength: 256,
    minLength: 0,
    allowed: /[\p{L}\p{N} +\-=._:/@]/u,
    separator: '-',
    source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, NameLimit>>;

/** Joins parts to a physical name that AWS accepts. */
export function physicalName(parts: readonly string[], limit: NameLimit, scope?: string): string {
  return fitName(parts, limit, scope);
}

/** The labels of an estate as AWS tags: characters that AWS refuses become hyphens. */
export function resourceTags(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [tagText(key, LIMITS.tagKey), tagText(value, LIMITS.tagValue)]),
  );
}

/** Labels that say what a thing is, not who pays for it: they never change while the thing exists. */
export function identityTags(tags: Tags): Tags {
  const identity = ['estate', 'cluster', 'managed-by'];
  return Object.fromEntries(Object.entries(resourceTags(tags)).filter(([key]) => identity.includes(key)));
}

/**
 * Puts the labels on everything below a construct.
 *
 * A changed label must replace nothing, so the types whose tags are fixed at creation are left out. Launch templates
 * are too: a new version of one replaces every node of its group.
 *
 * @throws ConstructError with TagInvalid when AWS keeps a key for itself, one is empty, or there are more than a resource
 * takes
 */
export function addTags(scope: IConstruct, tags: Tags): void {
  checkTags(scope, tags);
  const excludeResourceTypes = [
    'AWS::EC2::CapacityReservation',
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::PlacementGroup',
    'AWS::EC2::SubnetCidrReservation',
  ];
  for (const [key, value] of Object.entries(resourceTags(tags))) {
    ResourceTags.of(scope).add(key, value, { excludeResourceTypes });
  }
}

/** Replaces what a tag may not hold and cuts it to its longest. */
function tagText(text: string, limit: NameLimit): string {
  return [...text]
    .map((character) => (limit.allowed.test(character) ? character : '-'))
    .slice(0, limit.maxLength)
    .join('');
}
