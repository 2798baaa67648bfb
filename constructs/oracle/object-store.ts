import { Construct } from 'constructs';
import { ObjectstorageBucket } from '../../.gen/providers/oci/objectstorage-bucket';
import { ObjectstorageObjectLifecyclePolicy } from '../../.gen/providers/oci/objectstorage-object-lifecycle-policy';
import type { IEncryptionKey } from './encryption-key';
import type { Identity } from './identity';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Days after which the parts of an upload that was never finished are removed. */
const ABANDONED_UPLOAD_DAYS = 7;

/** Properties of {@link ObjectStore}. */
export interface ObjectStoreProps extends TagOptions {
  readonly name: string;
  readonly compartmentId: string;
  /** Object Storage namespace of the tenancy. */
  readonly namespace: string;
  readonly encryptionKey: IEncryptionKey;
  /** Days for which deleted and overwritten objects can be restored. @default 30 */
  readonly retainDays?: number;
}

/** Gives workloads access to an object store. */
export class ObjectStoreGrants {
  constructor(private readonly store: { readonly bucketName: string; readonly compartmentId: string }) {}

  /** Lets a workload list and read objects. */
  public read(grantee: Identity): void {
    this.grant(grantee, 'read');
  }

  /** Lets a workload list, read, write and delete objects; earlier versions are out of its reach, so nothing is lost. */
  public readWrite(grantee: Identity): void {
    this.grant(grantee, 'manage', ["request.permission != 'OBJECT_VERSION_DELETE'"]);
  }

  private grant(grantee: Identity, verb: 'read' | 'manage', where: readonly string[] = []): void {
    const { bucketName, compartmentId } = this.store;
    const bucket = `target.bucket.name = '${bucketName}'`;
    grantee.allow('read buckets', compartmentId, [bucket]);
    grantee.allow(`${verb} objects`, compartmentId, [bucket, ...where]);
  }
}

/**
 * A private bucket whose objects keep their earlier versions for a while.
 *
 * It has versions and no retention rules: a bucket can have only one of them. Protected against destroy.
 */
export class ObjectStore extends Construct {
  /** Who may use it. */
  public readonly grants: ObjectStoreGrants;
  public readonly bucketName: string;
  public readonly compartmentId: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    this.bucketName = physicalName([props.name], LIMITS.bucket, props.namespace);
    this.compartmentId = props.compartmentId;
    this.namespace = props.namespace;
    this.grants = new ObjectStoreGrants(this);
    const bucket = new ObjectstorageBucket(this, 'Resource', {
      compartmentId: props.compartmentId,
      namespace: props.namespace,
      name: this.bucketName,
      accessType: 'NoPublicAccess',
      kmsKeyId: props.encryptionKey.keyId,
      isBucketKeyEnabled: true,
      versioning: 'Enabled',
      ...tagArguments(props),
      // Nothing here writes metadata, so what somebody else adds is none of ours.
      lifecycle: { preventDestroy: true, ignoreChanges: ['metadata'] },
    });
    new ObjectstorageObjectLifecyclePolicy(this, 'retention', {
      namespace: props.namespace,
      bucket: bucket.name,
      rules: [
        {
          name: 'delete-previous-versions',
          action: 'DELETE',
          target: 'previous-object-versions',
          // Versions cannot be turned off again, so a store without retention keeps them for the shortest time.
          timeAmount: String(Math.max(props.retainDays ?? 30, 1)),
          timeUnit: 'DAYS',
          isEnabled: true,
        },
        {
          name: 'abort-abandoned-uploads',
          action: 'ABORT',
          target: 'multipart-uploads',
          timeAmount: String(ABANDONED_UPLOAD_DAYS),
          timeUnit: 'DAYS',
          isEnabled: true,
        },
      ],
    });
  }
}
