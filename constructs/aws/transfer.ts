import * as datasync from 'aws-cdk-lib/aws-datasync';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkName } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge, acknowledgeObjects } from './findings';
import { addTags } from './names';
import type { IObjectStore } from './object-store';

/** The bucket of Google Cloud at the other end of a {@link Transfer}. */
export interface TransferPeer {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Id of its project. */
  readonly projectId: string;
  /** Number of its project. */
  readonly projectNumber: string;
  /** Id of the workload identity pool that takes tokens of this account, and of its only provider. */
  readonly pool: string;
  /** Audience of the tokens that it takes. */
  readonly audience: string;
}

/** Options of a {@link Transfer}. */
export interface TransferProps {
  /** First part of names. */
  readonly name: string;
  /** Name of the role whose tokens the other end lets in. */
  readonly roleName: string;
  /** The bucket at this end. */
  readonly store: IObjectStore;
  /** The customer managed key of its objects. @default - a key of S3 itself */
  readonly encryptionKey?: IEncryptionKey;
  /** Whether this end is read or written. */
  readonly end: 'source' | 'destination';
  /** The bucket at the other end. */
  readonly peer: TransferPeer;
  /** Hours between two runs, 1 or more. */
  readonly everyHours: number;
  /** Beginning of the names of objects that are copied, such as `tokens/`. @default - all objects */
  readonly prefix?: string;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * What DataSync copies between a bucket of S3 and one of Google Cloud, at times, without a machine and without a stored key.
 *
 * Only what is new or different is copied, and nothing is deleted. Two roles do it: one reads or writes this bucket, and
 * one does nothing but get the tokens that the other end lets in. What it does stands in the log group `/aws/datasync`,
 * which the service makes.
 */
export class Transfer extends Construct {
  /** ARN of the task. */
  readonly taskArn: string;
  /** ARN of the role whose tokens the other end lets in. */
  readonly roleArn: string;

  /** @throws ConstructError with NameInvalid, SizeInvalid or TagInvalid when DataSync would refuse it */
  constructor(scope: Construct, id: string, props: TransferProps) {
    super(scope, id);
    this.check(props);
    const { name, end, everyHours } = props;
    const own = this.ownLocation(props);
    const role = this.tokenRole(props);
    this.roleArn = role.roleArn;
    const other = this.otherLocation(props, role);
    const [source, destination] = end === 'source' ? [own, other] : [other, own];
    const task = new datasync.CfnTask(this, 'Resource', {
      name,
      taskMode: 'ENHANCED',
      sourceLocationArn: source,
      destinationLocationArn: destination,
      schedule: { scheduleExpression: `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`, status: 'ENABLED' },
      options: {
        transferMode: 'CHANGED',
        overwriteMode: 'ALWAYS',
        verifyMode: 'ONLY_FILES_TRANSFERRED',
        preserveDeletedFiles: 'PRESERVE',
        logLevel: 'BASIC',
        // Cloud Storage has no tags of objects.
        objectTags: 'NONE',
      },
    });
    this.taskArn = task.attrTaskArn;
    addTags(this, { ...props.tags, Name: name });
  }

  private check({ name, everyHours }: TransferProps): void {
    checkName(this, name);
    if (Token.isUnresolved(everyHours) || (Number.isInteger(everyHours) && everyHours >= 1)) return;
    throw new ConstructError(
      this,
      'SizeInvalid',
      `everyHours is ${everyHours}; give a whole number of hours from 1 on`,
    );
  }

  /** The bucket at this end, and the role that reads or writes it. */
  private ownLocation({ store, encryptionKey, end, prefix }: TransferProps): string {
    const { region } = Stack.of(this);
    const role = new iam.Role(this, 'bucket-role', {
      assumedBy: new iam.ServicePrincipal('datasync.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:datasync:${region}:${Aws.ACCOUNT_ID}:*` },
        },
      }),
    });
    const { bucketArn } = store;
    const objects = prefix === undefined ? bucketArn : `${bucketArn}/${prefix.replace(/\/$/, '')}`;
    const allow = (actions: readonly string[], resource: string, conditions?: iam.Conditions) =>
      role.addToPolicy(new iam.PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
    allow(BUCKET_ACTIONS, bucketArn);
    allow(OBJECT_ACTIONS[end], `${objects}/*`);
    acknowledgeObjects(role, objects);
    if (encryptionKey !== undefined) {
      const via = { 'kms:ViaService': `s3.${region}.${Aws.URL_SUFFIX}` };
      allow(KEY_ACTIONS[end], encryptionKey.keyArn, { StringEquals: via });
    }
    const location = new datasync.CfnLocationS3(this, 'bucket', {
      s3BucketArn: bucketArn,
      s3Config: { bucketAccessRoleArn: role.roleArn },
      ...(prefix !== undefined && { subdirectory: prefix }),
    });
    // Whether the role may do what it has to is tried when the location is made.
    location.node.addDependency(role);
    return location.attrLocationArn;
  }

  /** The role whose tokens the other end lets in: it gets these, and nothing else. */
  private tokenRole({ roleName, peer }: TransferProps): iam.Role {
    const role = new iam.Role(this, 'token-role', {
      roleName,
      assumedBy: new iam.ServicePrincipal('datasync.amazonaws.com', {
        // No page says that DataSync tells its account here as it does for buckets; a role is passed inside of one only.
        conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['sts:GetWebIdentityToken'],
        resources: ['*'],
        conditions: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [peer.audience] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
        },
      }),
    );
    acknowledge(role, FINDINGS['aws-transfer-tokens']);
    return role;
  }

  private otherLocation({ peer, prefix }: TransferProps, role: iam.Role): string {
    const location = new datasync.CfnLocationObjectStorage(this, 'peer', {
      serverHostname: 'storage.googleapis.com',
      serverProtocol: 'HTTPS',
      serverPort: 443,
      bucketName: peer.bucketName,
      ...(prefix !== undefined && { subdirectory: prefix }),
      federatedIdentity: {
        awsIamRole: role.roleArn,
        externalIdentity: {
          googleOidc: {
            identityPoolName: peer.pool,
            identityProviderName: peer.pool,
            projectName: peer.projectId,
            projectNumber: peer.projectNumber,
          },
        },
      },
    });
    location.node.addDependency(role);
    return location.attrLocationArn;
  }
}

const BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];

const OBJECT_ACTIONS = {
  source: ['s3:GetObject', 's3:ListMultipartUploadParts'],
  destination: [
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetObject',
    's3:ListMultipartUploadParts',
    's3:PutObject',
  ],
} as const;

const KEY_ACTIONS = { source: ['kms:Decrypt'], destination: ['kms:Decrypt', 'kms:GenerateDataKey'] } as const;
