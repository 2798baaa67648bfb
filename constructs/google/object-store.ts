import { StorageBucket, type StorageBucketConfig } from '@cdktf/provider-google/lib/storage-bucket';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_LOG_RETENTION, GOOGLE_SOFT_DELETE } from '../../estate/catalog/google';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkDays, checkName } from './checks';
import { checkKeyRegion, type IEncryptionKey } from './encryption-key';
import type { IIdentity } from './identity';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect, unprotect } from './protection';

/** Gives access to an object store. */
export interface ObjectStoreGrants {
  /** Reads, writes and deletes objects and folders. */
  readWrite(grantee: IIdentity): Grant;
  /** Reads objects. */
  read(grantee: IIdentity): Grant;
  /** Adds objects and folders, and neither reads, overwrites nor deletes any. */
  write(grantee: IIdentity): Grant;
}

/** A bucket that identities are let into. */
export interface IObjectStore extends IConstruct {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Gives access to it. */
  readonly grants: ObjectStoreGrants;
  /** What has to exist before it is used; empty where it exists already. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What a bucket is known by that another stack makes, or that exists already. */
export interface ObjectStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** What has to exist before it does. @default - nothing: another stack makes it, or it exists already */
  readonly dependables?: readonly ITerraformDependable[];
}

/** Options of an {@link ObjectStore}. */
export interface ObjectStoreProps {
  /** First part of the name of the bucket. */
  readonly name: string;
  /** Project of the bucket. */
  readonly projectId: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Encrypts the objects. */
  readonly encryptionKey: IEncryptionKey;
  /** Days for which deleted objects can be restored; 1 to 6 become 7. */
  readonly retainDays: number;
  /**
   * `hierarchical`: real folders that are renamed at once, as checkpoints need; deleted objects are kept by soft delete,
   * for at most 90 days. `flat`: deleted objects are kept as versions, for as long as you like. Fixed at creation.
   *
   * @default 'hierarchical'
   */
  readonly namespace?: 'hierarchical' | 'flat';
  /**
   * Days for which each request is listed in a bucket beside it, which is encrypted by the same key and kept as this one.
   * Policies that let only members of some organizations in have to let `cloud-storage-analytics@google.com` in.
   *
   * @default - requests are not listed: the lists bill
   */
  readonly accessLogRetentionDays?: number;
  /**
   * What becomes of the bucket when it leaves the program. A bucket that still holds objects is never destroyed: empty it
   * first.
   *
   * @default 'retain'
   */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of the bucket. @default - none */
  readonly tags?: Tags;
}

/** A private Cloud Storage bucket in one region: own key, uniform access, never public. */
export class ObjectStore extends Construct implements IObjectStore {
  /** A bucket that exists already, or that another stack makes. */
  static fromObjectStoreAttributes(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    return new ImportedObjectStore(scope, id, attributes);
  }

  /** A bucket that exists already, or that another stack makes, by its name. */
  static fromBucketName(scope: Construct, id: string, bucketName: string): IObjectStore {
    return new ImportedObjectStore(scope, id, { bucketName });
  }

  /** Name of the bucket. */
  readonly bucketName: string;
  /** Gives access to it. */
  readonly grants: ObjectStoreGrants;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `KeyUnsuitable`, `NameInvalid` or `RetentionInvalid` when Google makes no such bucket
   */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    check(this, props);
    this.bucketName = bucketNameOf(props.name, props.projectId);
    const logs = addAccessLogs(this, props);
    const bucket = addBucket(this, 'Resource', props, {
      name: this.bucketName,
      ...retention(props),
      ...(logs && { logging: { logBucket: logs.bucketName } }),
    });
    logs?.grant.applyBefore(bucket);
    this.dependables = [bucket];
    this.grants = grantsOf(this, this.bucketName, this.dependables);
  }
}

class ImportedObjectStore extends Construct implements IObjectStore {
  readonly bucketName: string;
  readonly grants: ObjectStoreGrants;
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { bucketName, dependables = [] }: ObjectStoreAttributes) {
    super(scope, id);
    this.bucketName = bucketName;
    this.dependables = dependables;
    this.grants = grantsOf(this, this.bucketName, dependables);
  }
}

/** Name of the bucket that an {@link ObjectStore} of this name makes in a project. */
export function bucketNameOf(name: string, projectId: string): string {
  return physicalName([name], LIMITS.bucket, projectId);
}

/** Who writes the lists of requests, of every project. */
const LOG_WRITER = 'group:cloud-storage-analytics@google.com';

/** A bucket beside the one whose requests are listed: Cloud Storage writes to no bucket elsewhere. */
function addAccessLogs(scope: Construct, props: ObjectStoreProps) {
  const { name, projectId, accessLogRetentionDays: days } = props;
  if (days === undefined) return undefined;
  const { fewestDays: min, mostDays: max } = GOOGLE_LOG_RETENTION;
  checkDays(scope, `accessLogRetentionDays of object store "${name}"`, days, { min, max });
  // The hash is of another project, so to speak: no object store is called the same.
  const bucketName = physicalName([name, 'access-logs'], LIMITS.bucket, `${projectId}/access-logs`);
  const bucket = addBucket(scope, 'access-logs', props, {
    name: bucketName,
    softDeletePolicy: { retentionDurationSeconds: GOOGLE_SOFT_DELETE.minDays * 86400 },
    lifecycleRule: [{ action: { type: 'Delete' }, condition: { age: days } }],
  });
  const writer = new StorageBucketIamMember(scope, 'access-logs-writer', {
    bucket: bucketName,
    role: 'roles/storage.objectCreator',
    member: LOG_WRITER,
    dependsOn: [bucket],
  });
  return { bucketName, grant: new Grant([writer]) };
}

/** A private bucket with the key, and kept as the object store is. */
function addBucket(
  scope: Construct,
  id: string,
  props: ObjectStoreProps,
  own: Partial<StorageBucketConfig> & Pick<StorageBucketConfig, 'name'>,
): StorageBucket {
  const bucket = new StorageBucket(scope, id, {
    project: props.projectId,
    location: props.region.toUpperCase(),
    storageClass: 'STANDARD',
    uniformBucketLevelAccess: true,
    publicAccessPrevention: 'enforced',
    forceDestroy: false,
    encryption: { defaultKmsKeyName: props.encryptionKey.keyId },
    labels: resourceTags(scope, props.tags),
    dependsOn: [...props.encryptionKey.grants.serviceAgent('storage').dependables],
    ...own,
  });
  if (props.removalPolicy === 'destroy') unprotect(bucket);
  else protect(bucket);
  return bucket;
}

function check(scope: IConstruct, { name, region, encryptionKey, retainDays, namespace }: ObjectStoreProps): void {
  checkName(scope, 'name of the object store', name);
  checkKeyRegion(scope, `object store "${name}"`, encryptionKey, region);
  if (Token.isUnresolved(retainDays)) return;
  const fail = (allowed: string): never => {
    const problem = `object store "${name}" got retainDays ${retainDays}: ${allowed}`;
    throw new ConstructError(scope, 'RetentionInvalid', problem);
  };
  if (!(Number.isInteger(retainDays) && retainDays >= 0)) fail('use a whole number of days, or 0 to keep none');
  if (namespace === 'flat' || retainDays <= GOOGLE_SOFT_DELETE.maxDays) return;
  const { maxDays } = GOOGLE_SOFT_DELETE;
  fail(`a hierarchical bucket keeps deleted objects for at most ${maxDays} days, use namespace "flat" for more`);
}

/** Versions and folders exclude each other, so each way of keeping deleted objects has its own kind of bucket. */
function retention({ retainDays, namespace }: ObjectStoreProps) {
  if (namespace === 'flat') {
    return {
      softDeletePolicy: { retentionDurationSeconds: 0 },
      versioning: { enabled: retainDays > 0 },
      // Also without versions: those from before would stay for good.
      lifecycleRule: [
        {
          action: { type: 'Delete' },
          condition: { daysSinceNoncurrentTime: Math.max(retainDays, 1), withState: 'ARCHIVED' },
        },
      ],
    };
  }
  const days = retainDays === 0 ? 0 : Math.max(retainDays, GOOGLE_SOFT_DELETE.minDays);
  return {
    softDeletePolicy: { retentionDurationSeconds: days * 86400 },
    hierarchicalNamespace: { enabled: true },
  };
}

function grantsOf(scope: Construct, bucket: string, made: readonly ITerraformDependable[]): ObjectStoreGrants {
  const grant = (verb: string, role: string, { key, principal, clusterName, dependables }: IIdentity): Grant => {
    const member = new StorageBucketIamMember(scope, `${verb}-${key}`, {
      bucket,
      role,
      member: principal,
      // Clusters of a project may share the principal: the title gives each a grant of its own to take away.
      ...(clusterName !== undefined && {
        condition: {
          title: `cluster ${clusterName}`,
          expression: 'resource.service == "storage.googleapis.com"',
        },
      }),
      dependsOn: [...made, ...dependables],
    });
    return new Grant([member]);
  };
  return {
    readWrite: (grantee) => grant('read-write', 'roles/storage.objectUser', grantee),
    read: (grantee) => grant('read', 'roles/storage.objectViewer', grantee),
    write: (grantee) => grant('write', 'roles/storage.objectCreator', grantee),
  };
}
