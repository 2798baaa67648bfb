import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { AWS_ACCESS_LOG_RETENTION } from '../../estate/catalog/aws-limits';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkKeyRegion, checkName } from './checks';
import { EncryptionKey, type IEncryptionKey, roleOf } from './encryption-key';
import { acknowledgeObjects } from './findings';
import { addTags } from './names';
import { type RemovalPolicy, removalPolicyOf, retainAll } from './retain';

/** Options of an {@link ObjectStore}. */
export interface ObjectStoreProps {
  /** Value of the Name tag; the bucket's own name comes from CloudFormation. */
  readonly name: string;
  /** Encrypts the objects. */
  readonly encryptionKey: IEncryptionKey;
  /** Days for which deleted and overwritten objects can be restored; 0 keeps no old versions. @default 30 */
  readonly retainDays?: number;
  /** Days for which the log of who read and wrote what is kept. @default 365 */
  readonly accessLogRetentionDays?: number;
  /** What becomes of it when the stack goes; S3 destroys empty buckets only. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What is known of an object store that was made elsewhere. */
export interface ObjectStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** The customer managed key of its objects, which readers need too. @default - a key of S3 itself */
  readonly encryptionKey?: IEncryptionKey;
}

/** A bucket that workloads may be given access to. */
export interface IObjectStore extends IConstruct {
  /** The bucket as CDK knows it. */
  readonly bucket: s3.IBucket;
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Gives workloads access. */
  readonly grants: ObjectStoreGrants;
}

/**
 * A private, encrypted S3 bucket with an access log. Both are kept with their policies when the stack goes, unless
 * `removalPolicy` says otherwise.
 */
export class ObjectStore extends Construct implements IObjectStore {
  /**
   * Imports a bucket that was made elsewhere, with the key of its objects. Its policy stays its owner's.
   *
   * @throws ConstructError with IdInvalid when it is no name of a bucket
   */
  static fromObjectStoreAttributes(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    const { bucketName, encryptionKey } = attributes;
    const find = (root: Construct) => {
      checkId(root, 'name of a bucket', bucketName, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'atlas-checkpoints');
      return s3.Bucket.fromBucketName(root, 'bucket', bucketName);
    };
    return new ImportedObjectStore(scope, id, find, () => encryptionKey);
  }

  /** Imports a bucket whose objects are encrypted with a key of S3 itself. */
  static fromBucketName(scope: Construct, id: string, bucketName: string): IObjectStore {
    return ObjectStore.fromObjectStoreAttributes(scope, id, { bucketName });
  }

  /** Takes a bucket that CDK knows, with its key. */
  static fromBucket(scope: Construct, id: string, bucket: s3.IBucket): IObjectStore {
    const { encryptionKey } = bucket;
    return new ImportedObjectStore(
      scope,
      id,
      () => bucket,
      (root) => {
        return encryptionKey && EncryptionKey.fromKey(root, 'key', encryptionKey);
      },
    );
  }

  /** The bucket as CDK knows it. */
  readonly bucket: s3.Bucket;
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Gives workloads access. */
  readonly grants: ObjectStoreGrants;

  /** @throws ConstructError with NameInvalid, KeyUnsuitable, RetentionInvalid or TagInvalid when S3 would refuse it */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    this.check(props);
    const retainDays = props.retainDays ?? 30;
    const removalPolicy = removalPolicyOf(props.removalPolicy);
    this.bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE,
      removalPolicy,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.encryptionKey.key,
      bucketKeyEnabled: true,
      versioned: retainDays > 0,
      lifecycleRules: [
        {
          id: 'unfinished-uploads',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        // Kept where no versions are: those of an earlier, longer retention would stay for ever.
        {
          id: 'deleted-objects',
          noncurrentVersionExpiration: Duration.days(Math.max(retainDays, 1)),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    this.bucketName = this.bucket.bucketName;
    this.bucketArn = this.bucket.bucketArn;
    this.grants = new ObjectStoreGrants(this.bucket, props.encryptionKey);
    const log = new s3.Bucket(this, 'access-log', {
      ...PRIVATE,
      removalPolicy,
      // The log delivery of S3 writes to no bucket with a customer managed key.
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          id: 'old-logs',
          expiration: Duration.days(props.accessLogRetentionDays ?? AWS_ACCESS_LOG_RETENTION.defaultDays),
        },
      ],
    });
    this.logAccess(log);
    if (props.removalPolicy !== 'destroy') retainAll(this);
    addTags(this, { ...props.tags, Name: props.name });
  }

  private check({ name, encryptionKey, retainDays = 30, accessLogRetentionDays: logDays }: ObjectStoreProps): void {
    checkName(this, name);
    checkKeyRegion(this, encryptionKey);
    this.checkDays('retainDays', retainDays, { least: 0, means: '0 keeps no old versions' });
    if (logDays === undefined) return;
    const means = 'they are not kept for ever';
    this.checkDays('accessLogRetentionDays', logDays, { least: AWS_ACCESS_LOG_RETENTION.fewestDays, means });
  }

  private checkDays(what: string, days: number, { least, means }: { least: number; means: string }): void {
    if (Token.isUnresolved(days) || (Number.isInteger(days) && days >= least)) return;
    throw new ConstructError(
      this,
      'RetentionInvalid',
      `${what} is ${days}; give a whole number of days from ${least} on, ${means}`,
    );
  }

  private logAccess(log: s3.Bucket): void {
    log.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AccessLog',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [log.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': this.bucketArn },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
    const resource = this.bucket.node.defaultChild;
    this.node.defaultChild = resource;
    if (resource instanceof s3.CfnBucket) resource.loggingConfiguration = { destinationBucketName: log.bucketName };
  }
}

class ImportedObjectStore extends Construct implements IObjectStore {
  readonly bucket: s3.IBucket;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly grants: ObjectStoreGrants;

  constructor(
    scope: Construct,
    id: string,
    find: (root: Construct) => s3.IBucket,
    findKey: (root: Construct) => IEncryptionKey | undefined,
  ) {
    super(scope, id);
    this.bucket = find(this);
    this.bucketName = this.bucket.bucketName;
    this.bucketArn = this.bucket.bucketArn;
    this.grants = new ObjectStoreGrants(this.bucket, findKey(this));
  }
}

/**
 * Gives access to one object store: by a policy on the side of who gets it, and by that of the bucket for those who have
 * none or belong to another account.
 */
export class ObjectStoreGrants {
  /**
   * @param bucket the bucket
   * @param encryptionKey the customer managed key of its objects; none with a key of S3 itself
   */
  constructor(
    private readonly bucket: s3.IBucket,
    private readonly encryptionKey?: IEncryptionKey,
  ) {}

  /** Lets somebody list, read, write and delete objects, but not their old versions. */
  readWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grant(
      grantee,
      [...READ, 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
  }

  /** Lets somebody list and read objects. */
  read(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, READ, ['kms:Decrypt']);
  }

  /** Lets somebody list and add objects, and neither read nor delete any; parts of uploads are put together by decrypting. */
  write(grantee: iam.IGrantable): iam.Grant {
    return this.grant(
      grantee,
      ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
  }

  /**
   * Lets S3 write copies as a role of another account, which may come into being later, and encrypt them with the key.
   *
   * @param prefix beginning of the names of the copies, such as `tokens/`; any when left out
   */
  replicas(roleArn: string, prefix = ''): iam.Grant {
    const { grantee, conditions } = roleOf(roleArn);
    const objects = iam.Grant.addStatementToResourcePolicy({
      grantee,
      actions: [...REPLICA_ACTIONS],
      resourceArns: [`${this.bucket.bucketArn}/${prefix}*`],
      resource: this.bucket,
      statement: new iam.PolicyStatement({
        sid: `Replicas${hash8(`${roleArn}/${prefix}`)}`,
        principals: [grantee],
        actions: [...REPLICA_ACTIONS],
        resources: [`${this.bucket.bucketArn}/${prefix}*`],
        conditions,
      }),
    });
    return this.encryptionKey ? objects.combine(this.encryptionKey.grants.replicas(roleArn)) : objects;
  }

  private grant(grantee: iam.IGrantable, objectActions: readonly string[], keyActions: readonly string[]): iam.Grant {
    const allow = (actions: readonly string[], resourceArn: string) =>
      iam.Grant.addToPrincipalOrResource({
        grantee,
        actions: [...actions],
        resourceArns: [resourceArn],
        resource: this.bucket,
      });
    const { bucketArn } = this.bucket;
    const objects = allow(LIST, bucketArn).combine(allow(objectActions, `${bucketArn}/*`));
    acknowledgeObjects(grantee.grantPrincipal, bucketArn);
    return this.encryptionKey ? objects.combine(this.encryptionKey.grants.actions(grantee, ...keyActions)) : objects;
  }
}

/** What S3 does to a bucket that it copies to. */
export const REPLICA_ACTIONS: readonly string[] = ['s3:ReplicateObject', 's3:ReplicateTags'];

const LIST = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
const READ = ['s3:GetObject', 's3:ListMultipartUploadParts'];

const PRIVATE = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
} as const;
