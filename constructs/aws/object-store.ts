import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { EncryptionKey } from './encryption-key';
import type { Identity } from './identity';
import { addTags } from './names';
import { retainAll } from './retain';

/** Options of an {@link ObjectStore}. */
export interface ObjectStoreProps {
  /** Value of the Name tag; the bucket's own name comes from CloudFormation. */
  readonly name: string;
  readonly encryptionKey: EncryptionKey;
  /** Days for which deleted and overwritten objects can be restored; 0 keeps no old versions. @default 30 */
  readonly retainDays?: number;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** A private, encrypted S3 bucket with an access log; both are kept with their policies when the stack goes. */
export class ObjectStore extends Construct {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** Gives workloads access. */
  readonly grants: ObjectStoreGrants;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    const retainDays = props.retainDays ?? 30;
    const bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE,
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
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.grants = new ObjectStoreGrants(this.bucketArn, props.encryptionKey.keyArn);
    this.logAccess(bucket);
    retainAll(this);
    addTags(this, { ...props.tags, Name: props.name });
  }

  private logAccess(bucket: s3.Bucket): void {
    const log = new s3.Bucket(this, 'access-log', {
      ...PRIVATE,
      // The log delivery of S3 writes to no bucket with a customer managed key.
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'old-logs', expiration: Duration.days(365) }],
    });
    log.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AccessLog',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [log.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': bucket.bucketArn },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
    if (bucket.node.defaultChild instanceof s3.CfnBucket) {
      bucket.node.defaultChild.loggingConfiguration = { destinationBucketName: log.bucketName };
    }
  }
}

/** Gives identities access to one object store, by policies on their side only. */
export class ObjectStoreGrants {
  constructor(
    private readonly bucketArn: string,
    private readonly keyArn: string,
  ) {}

  /** Lets an identity list, read, write and delete objects, but not their old versions. */
  readWrite(grantee: Identity): void {
    this.grant(
      grantee,
      [...READ, 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
  }

  /** Lets an identity list and read objects. */
  read(grantee: Identity): void {
    this.grant(grantee, READ, ['kms:Decrypt']);
  }

  private grant({ role }: Identity, objectActions: readonly string[], keyActions: readonly string[]): void {
    for (const [actions, resources] of [
      [['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], this.bucketArn],
      [objectActions, `${this.bucketArn}/*`],
      [keyActions, this.keyArn],
    ] as const) {
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [...actions], resources: [resources] }));
    }
  }
}

const READ = ['s3:GetObject', 's3:ListMultipartUploadParts'];

const PRIVATE = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;
