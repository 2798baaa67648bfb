import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkName } from './checks';
import { type IEncryptionKey, KEY_ARN, REPLICA_KEY_ACTIONS } from './encryption-key';
import { acknowledgeObjects } from './findings';
import { addTags } from './names';
import { type ObjectStore, REPLICA_ACTIONS } from './object-store';

/** Where S3 copies new objects of a bucket to. */
export interface ReplicationRule {
  /** Stays the same for as long as the rule does: its id, which its rank among rules follows from. */
  readonly key: string;
  /** ARN of the bucket that is written. */
  readonly bucketArn: string;
  /** ARN of the key that copies are encrypted with, one in the region and account of that bucket. */
  readonly keyArn: string;
  /** Region of that bucket. */
  readonly region: string;
  /** Beginning of the names of objects that are copied, such as `tokens/`. @default - all objects */
  readonly prefix?: string;
}

/** Options of a {@link Replication}. */
export interface ReplicationProps {
  /** Name of the role that S3 copies as: who owns a bucket of another account lets it in by its name. */
  readonly name: string;
  /** The bucket that is read; it keeps versions, as those that are written do. */
  readonly store: ObjectStore;
  /** The key of its objects. */
  readonly encryptionKey: IEncryptionKey;
  /** Where its objects are copied to, a bucket in each. */
  readonly rules: readonly ReplicationRule[];
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * What S3 copies from one bucket to others as objects come: rules on the bucket, and the one role that it copies as.
 *
 * Objects that are there already are not copied, nor is what is deleted. The role may read this bucket and write the
 * others, and use their keys through S3 alone.
 */
export class Replication extends Construct {
  /** What S3 copies as. */
  readonly role: iam.Role;
  /** ARN of the role. */
  readonly roleArn: string;

  /** @throws ConstructError with NameInvalid, IdInvalid, CountInvalid, RuleAmbiguous or TagInvalid when S3 would refuse it */
  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    this.check(props);
    const { name, store, rules } = props;
    this.role = new iam.Role(this, 'Resource', {
      roleName: name,
      assumedBy: s3Service(),
    });
    this.node.defaultChild = this.role.node.defaultChild;
    this.roleArn = this.role.roleArn;
    for (const statement of reads(this, props)) this.role.addToPolicy(statement);
    const destinations = new iam.Policy(this.role, 'DestinationPolicy', {
      roles: [this.role],
      statements: rules.flatMap(writes),
    });
    // What names the bucket that is read comes after it, and this before, so that a rule that is added copies at once.
    store.bucket.node.addDependency(destinations);
    for (const { bucketArn, prefix } of rules) {
      acknowledgeObjects(this.role, below(store.bucketArn, prefix));
      acknowledgeObjects(this.role, below(bucketArn, prefix));
    }
    const bucket = store.node.defaultChild;
    if (bucket instanceof s3.CfnBucket)
      bucket.replicationConfiguration = { role: this.roleArn, rules: rules.map(ruleOf) };
    addTags(this, props.tags ?? {});
  }

  private check({ name, rules }: ReplicationProps): void {
    checkName(this, name);
    if (rules.length === 0) throw new ConstructError(this, 'CountInvalid', 'it has no rules; give one for each bucket');
    for (const { bucketArn, keyArn } of rules) {
      checkId(this, 'ARN of a bucket', bucketArn, /^arn:[^:]+:s3:::[a-z0-9.-]+$/, 'arn:aws:s3:::atlas-copy');
      checkId(this, 'ARN of a key', keyArn, KEY_ARN, 'arn:aws:kms:us-east-1:111122223333:key/1234abcd');
    }
    for (const [what, of] of [
      ['key', ({ key }: ReplicationRule) => key],
      ['bucket', ({ bucketArn }: ReplicationRule) => bucketArn],
      ['rank', ({ key }: ReplicationRule) => String(rankOf(key))],
    ] as const) {
      const first = new Map<string, ReplicationRule>();
      for (const rule of rules) {
        const other = first.get(of(rule));
        first.set(of(rule), rule);
        if (other === undefined || Token.isUnresolved(of(rule))) continue;
        const message = `rules "${other.key}" and "${rule.key}" have the same ${what}; give one of them another ${what === 'rank' ? 'key' : what}`;
        throw new ConstructError(this, 'RuleAmbiguous', message);
      }
    }
  }
}

/** The highest rank that a rule can have, a signed number of 32 bits. */
const HIGHEST_RANK = 2 ** 31 - 1;

/**
 * The rank of a rule, no two of which may be the same in a bucket. It matters only between rules that write the same
 * bucket, which there are none of, so that it may follow from the key alone and not from what other rules there are.
 */
function rankOf(key: string): number {
  return Number.parseInt(hash8(key), 16) % HIGHEST_RANK;
}

/** Not every call of S3 says whose bucket it is for, and a role is passed inside of its account only. */
function s3Service(): iam.IPrincipal {
  return new iam.ServicePrincipal('s3.amazonaws.com', {
    conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}

function ruleOf({ key, bucketArn, keyArn, prefix = '' }: ReplicationRule): s3.CfnBucket.ReplicationRuleProperty {
  return {
    id: key,
    status: 'Enabled',
    priority: rankOf(key),
    filter: { prefix },
    deleteMarkerReplication: { status: 'Disabled' },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
    destination: { bucket: bucketArn, encryptionConfiguration: { replicaKmsKeyId: keyArn } },
  };
}

/** What is read: the bucket, and those of its objects that are copied. */
function reads(
  scope: Construct,
  { store, encryptionKey, rules }: ReplicationProps,
): readonly [iam.PolicyStatement, iam.PolicyStatement, iam.PolicyStatement] {
  const { bucketArn } = store;
  return [
    new iam.PolicyStatement({
      actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
      resources: [bucketArn],
    }),
    new iam.PolicyStatement({
      actions: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
      resources: rules.map(({ prefix }) => `${below(bucketArn, prefix)}/*`),
    }),
    new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: throughS3(Stack.of(scope).region, bucketArn),
    }),
  ];
}

/** What is written: copies below the prefix, encrypted for their bucket. */
function writes({ bucketArn, keyArn, region, prefix }: ReplicationRule): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: [...REPLICA_ACTIONS], resources: [`${below(bucketArn, prefix)}/*`] }),
    new iam.PolicyStatement({
      actions: [...REPLICA_KEY_ACTIONS],
      resources: [keyArn],
      conditions: throughS3(region, bucketArn),
    }),
  ];
}

/** A key is used through S3 in its region, for one bucket: with a key of the bucket, its ARN is all that KMS is told. */
function throughS3(region: string, bucketArn: string): iam.Conditions {
  return {
    StringEquals: {
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
      'kms:ViaService': `s3.${region}.${Aws.URL_SUFFIX}`,
    },
  };
}

/** ARN of what objects with a prefix lie below, without the slash at its end. */
function below(bucketArn: string, prefix: string | undefined): string {
  return prefix === undefined ? bucketArn : `${bucketArn}/${prefix.replace(/\/$/, '')}`;
}
