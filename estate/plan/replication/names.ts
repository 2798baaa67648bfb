import { partitionOf } from '../../catalog/aws-regions';
import { fitName, type NameLimit } from '../../name';

const ROLE: NameLimit = {
  allowed: /[a-z0-9-]/,
  separator: '-',
  maxLength: 64,
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  checked: '2026-11',
};

/** A role of AWS by its name and its ARN, both known before it is there. */
export interface NamedRole {
  readonly roleName: string;
  readonly roleArn: string;
}

/** Where a role of AWS is made. */
export interface RolePlace {
  readonly region: string;
  /** Number of its account. */
  readonly accountId: string;
}

/** The role that S3 copies as from one store: a bucket names a single one, for all replications from it. */
export function storeRole(store: string, place: RolePlace): NamedRole {
  return roleNamed(fitName([store, 'copies'], ROLE), place);
}

/** The role that DataSync shows to Google Cloud for one replication. */
export function dataSyncRole(replication: string, place: RolePlace): NamedRole {
  return roleNamed(fitName([replication, 'datasync'], ROLE), place);
}

function roleNamed(roleName: string, { region, accountId }: RolePlace): NamedRole {
  return { roleName, roleArn: `arn:${partitionOf(region)}:iam::${accountId}:role/${roleName}` };
}
