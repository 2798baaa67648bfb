import { Construct, type IConstruct } from 'constructs';
import { ObjectstorageBucket } from '../../.gen/providers/oci/objectstorage-bucket';
import { ObjectstorageObjectLifecyclePolicy } from '../../.gen/providers/oci/objectstorage-object-lifecycle-policy';
import { GRANT_PERMISSIONS } from '../../estate/catalog/grants';
import { ORACLE_REPLICATION } from '../../estate/catalog/replication';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkName, checkTags } from './checks';
import type { IGrantee } from './compartment-policies';
import type { IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';
import { LOG_SOURCES, ServiceLogs } from './service-logs';

/** Days after which the parts of an upload that was never finished are removed. */
const ABANDONED_UPLOAD_DAYS = 7;

/** A bucket that workloads use, made here or elsewhere. */
export interface IObjectStore extends IConstruct {
  /** Name of the bucket, the only one of the namespace in its region. */
  readonly bucketName: string;
  /** Compartment that it lies in. */
  readonly compartmentId: string;
  /** Object Storage namespace of the tenancy. */
  readonly namespace: string;
  /** Gives workloads access to it. */
  readonly grants: ObjectStoreGrants;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What is known of a bucket that exists already. */
export interface ObjectStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Compartment that it lies in, which policies name. */
  readonly compartmentId: string;
  /** Object Storage namespace of the tenancy. */
  readonly namespace: string;
}

/** Options of an {@link ObjectStore}. */
export interface ObjectStoreProps extends TagOptions {
  /** First part of the name of the bucket. */
  readonly name: string;
  /** Compartment that it lies in. */
  readonly compartmentId: string;
  /** Object Storage namespace of the tenancy. */
  readonly namespace: string;
  /** Key that encrypts its objects. */
  readonly encryptionKey: IEncryptionKey;
  /** Days for which deleted and overwritten objects can be restored, one at least. @default 30 */
  readonly retainDays?: number;
  /**
   * Whether Object Storage copies another bucket to it: it is read-only then, and has no versions, which it could not get
   * rid of later either. `retainDays` says nothing of it.
   *
   * @default false
   */
  readonly isCopy?: boolean;
  /**
   * Days for which it is kept who read and wrote which object, in steps of 30 up to 180.
   *
   * @default - nothing of it, since logs are billed by their size
   */
  readonly accessLogRetentionDays?: number;
  /** What becomes of it when it leaves the program; Oracle Cloud deletes empty buckets only. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
}

/** Gives workloads access to an object store. */
export class ObjectStoreGrants {
  /** @param store the bucket, and the compartment that policies find it in */
  constructor(private readonly store: { readonly bucketName: string; readonly compartmentId: string }) {}

  /** Lets a workload list and read objects. */
  read(grantee: IGrantee): Grant {
    return this.grant(grantee, 'read');
  }

  /** Lets a workload list and add objects, also in place of others of their name; it neither reads nor deletes any. */
  write(grantee: IGrantee): Grant {
    const permissions = GRANT_PERMISSIONS.oracle.write.objects.map((name) => `request.permission = '${name}'`);
    return this.grant(grantee, 'manage', [`any {${permissions.join(', ')}}`]);
  }

  /** Lets a workload list, read, write and delete objects; earlier versions are out of its reach, so nothing is lost. */
  readWrite(grantee: IGrantee): Grant {
    return this.grant(grantee, 'manage', ["request.permission != 'OBJECT_VERSION_DELETE'"]);
  }

  /** Lets Object Storage of a region copy from this bucket, or to it. */
  replicas(grantee: IGrantee): Grant {
    const { bucketName, compartmentId } = this.store;
    const permissions = ORACLE_REPLICATION.permissions.map((name) => `request.permission = '${name}'`);
    const where = [`target.bucket.name = '${bucketName}'`, `any {${permissions.join(', ')}}`];
    return grantee.allow('manage object-family', compartmentId, where);
  }

  private grant(grantee: IGrantee, verb: 'read' | 'manage', where: readonly string[] = []): Grant {
    const { bucketName, compartmentId } = this.store;
    const bucket = `target.bucket.name = '${bucketName}'`;
    grantee.allow('read buckets', compartmentId, [bucket]);
    return grantee.allow(`${verb} objects`, compartmentId, [bucket, ...where]);
  }
}

/**
 * A private bucket whose objects keep their earlier versions for a while.
 *
 * It has versions and no retention rules: a bucket can have only one of them. Protected against destroy unless it is
 * told otherwise.
 */
export class ObjectStore extends Construct implements IObjectStore {
  /** A bucket that exists already; nothing is made. Its name alone would not tell policies where it lies. */
  static fromObjectStoreAttributes(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    return new ImportedObjectStore(scope, id, attributes);
  }

  /** Gives workloads access to it. */
  readonly grants: ObjectStoreGrants;
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Compartment that it lies in. */
  readonly compartmentId: string;
  /** Object Storage namespace of the tenancy. */
  readonly namespace: string;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `NameInvalid`, `RetentionInvalid` or `TagInvalid` when it could not be made */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    check(this, props);
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
      versioning: props.isCopy ? 'Disabled' : 'Enabled',
      // Told to whoever makes a rule for them; without one they go nowhere and cost nothing.
      objectEventsEnabled: true,
      ...tagArguments(props),
      // Nothing here writes metadata, so what somebody else adds is none of ours.
      lifecycle: { ...(props.removalPolicy !== 'destroy' && { preventDestroy: true }), ignoreChanges: ['metadata'] },
    });
    // What copies to it deletes from it as well, and nobody else can.
    if (!props.isCopy) this.addRetention(props, bucket);
    this.dependables = [bucket];
    this.addAccessLogs(props, bucket.name);
  }

  private addRetention(props: ObjectStoreProps, bucket: ObjectstorageBucket): void {
    new ObjectstorageObjectLifecyclePolicy(this, 'retention', {
      namespace: props.namespace,
      bucket: bucket.name,
      rules: [
        {
          name: 'delete-previous-versions',
          action: 'DELETE',
          target: 'previous-object-versions',
          // Versions cannot be turned off again, so a store without retention keeps them for the shortest time.
          timeAmount: String(retentionOf(props.retainDays)),
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

  private addAccessLogs(
    { name, compartmentId, accessLogRetentionDays, removalPolicy, tags, costTags }: ObjectStoreProps,
    resource: string,
  ) {
    if (accessLogRetentionDays === undefined) return;
    new ServiceLogs(this, 'access-logs', {
      name: `${name}-access`,
      compartmentId,
      source: LOG_SOURCES.objectStore,
      resource,
      retentionDays: accessLogRetentionDays,
      deletionProtection: removalPolicy !== 'destroy',
      tags,
      costTags,
    });
  }
}

class ImportedObjectStore extends Construct implements IObjectStore {
  readonly bucketName: string;
  readonly compartmentId: string;
  readonly namespace: string;
  readonly grants: ObjectStoreGrants;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: ObjectStoreAttributes) {
    super(scope, id);
    this.bucketName = attributes.bucketName;
    this.compartmentId = attributes.compartmentId;
    this.namespace = attributes.namespace;
    this.grants = new ObjectStoreGrants(this);
  }
}

function retentionOf(days = 30): number {
  return Token.isUnresolved(days) ? days : Math.max(days, 1);
}

function check(scope: Construct, props: ObjectStoreProps): void {
  const { name, retainDays = 30 } = props;
  checkName(scope, name);
  checkTags(scope, props);
  if (Token.isUnresolved(retainDays) || (Number.isInteger(retainDays) && retainDays >= 0)) return;
  const what = `retainDays is ${retainDays}; use a whole number of days from 0`;
  throw new ConstructError(scope, 'RetentionInvalid', what);
}
