import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { Construct } from 'constructs';
import { GOOGLE_SOFT_DELETE } from '../../estate/catalog/google';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { type IEncryptionKey, requireKeyRegion } from './encryption-key';
import type { IIdentity } from './identity';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect } from './protection';

/** Who may use an object store. */
export interface ObjectStoreGrants {
  /** Reads, writes and deletes objects and folders. */
  readWrite(grantee: IIdentity): void;
  /** Reads objects. */
  read(grantee: IIdentity): void;
}

/** A bucket that identities are let into. */
export interface IObjectStore {
  readonly bucketName: string;
  readonly grants: ObjectStoreGrants;
}

/** What a bucket of another stack is known by. */
export interface ObjectStoreAttributes {
  /** First part of its name, as given to the `ObjectStore` that made it. */
  readonly name: string;
  readonly projectId: string;
}

/** Properties of an `ObjectStore`. */
export interface ObjectStoreProps extends ObjectStoreAttributes {
  readonly region: string;
  readonly encryptionKey: IEncryptionKey;
  /** Days for which deleted objects can be restored; 1 to 6 become 7. */
  readonly retainDays: number;
  /**
   * `hierarchical`: real folders that are renamed at once, as checkpoints need; deleted objects are kept by soft delete,
   * for at most 90 days. `flat`: deleted objects are kept as versions, for as long as you like. Fixed at creation.
   * @default 'hierarchical'
   */
  readonly namespace?: 'hierarchical' | 'flat';
  /** @default no labels */
  readonly tags?: Tags;
}

/** A private Cloud Storage bucket in one region: own key, uniform access, never public, never destroyed with its stack. */
export class ObjectStore extends Construct implements IObjectStore {
  /** A bucket that another stack makes: its name follows from the same name. */
  static fromBucketName(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    return new ImportedObjectStore(scope, id, attributes);
  }

  readonly bucketName: string;
  readonly grants: ObjectStoreGrants;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    this.bucketName = bucketName(props);
    requireKeyRegion(props.encryptionKey, props.region, `object store "${props.name}"`);
    const bucket = new StorageBucket(this, 'Resource', {
      name: this.bucketName,
      project: props.projectId,
      location: props.region.toUpperCase(),
      storageClass: 'STANDARD',
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      forceDestroy: false,
      encryption: { defaultKmsKeyName: props.encryptionKey.keyId },
      ...retention(props),
      labels: resourceTags(props.tags),
      dependsOn: [...props.encryptionKey.grants.serviceAgent('storage')],
    });
    protect(bucket);
    this.grants = grantsOf(this, this.bucketName, [bucket]);
  }
}

class ImportedObjectStore extends Construct implements IObjectStore {
  readonly bucketName: string;
  readonly grants: ObjectStoreGrants;

  constructor(scope: Construct, id: string, attributes: ObjectStoreAttributes) {
    super(scope, id);
    this.bucketName = bucketName(attributes);
    this.grants = grantsOf(this, this.bucketName, []);
  }
}

function bucketName({ name, projectId }: ObjectStoreAttributes): string {
  return physicalName([name], LIMITS.bucket, projectId);
}

/** Versions and folders exclude each other, so each way of keeping deleted objects has its own kind of bucket. */
function retention({ retainDays, namespace, name }: ObjectStoreProps) {
  if (namespace === 'flat') {
    return {
      softDeletePolicy: { retentionDurationSeconds: 0 },
      versioning: { enabled: retainDays > 0 },
      lifecycleRule:
        retainDays === 0
          ? []
          : [{ action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: retainDays, withState: 'ARCHIVED' } }],
    };
  }
  if (retainDays > GOOGLE_SOFT_DELETE.maxDays) {
    throw new Error(
      `object store "${name}" got retainDays ${retainDays}: a hierarchical bucket keeps deleted objects for at most ` +
        `${GOOGLE_SOFT_DELETE.maxDays} days, use namespace "flat" for more`,
    );
  }
  const days = retainDays === 0 ? 0 : Math.max(retainDays, GOOGLE_SOFT_DELETE.minDays);
  return {
    softDeletePolicy: { retentionDurationSeconds: days * 86400 },
    hierarchicalNamespace: { enabled: true },
  };
}

function grantsOf(scope: Construct, bucket: string, made: readonly ITerraformDependable[]): ObjectStoreGrants {
  const grant = (verb: string, role: string, grantee: IIdentity): void => {
    new StorageBucketIamMember(scope, `${verb}-${grantee.key}`, {
      bucket,
      role,
      member: grantee.principal,
      // Clusters of a project may share the principal: the title gives each a grant of its own to take away.
      condition: {
        title: `cluster ${grantee.clusterName}`,
        expression: 'resource.service == "storage.googleapis.com"',
      },
      dependsOn: [...made, ...grantee.dependables],
    });
  };
  return {
    readWrite: (grantee) => grant('read-write', 'roles/storage.objectUser', grantee),
    read: (grantee) => grant('read', 'roles/storage.objectViewer', grantee),
  };
}
