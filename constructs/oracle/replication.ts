import { Construct } from 'constructs';
import { ObjectstorageReplicationPolicy } from '../../.gen/providers/oci/objectstorage-replication-policy';
import type { ITerraformDependable } from '../cdktf';
import { checkName } from './checks';
import { LIMITS, physicalName } from './names';
import type { IObjectStore } from './object-store';

/** The bucket that another one is copied to. */
export interface ReplicationDestination {
  /** Name of the bucket, which is there already, without versions, and is read-only from then on. */
  readonly bucketName: string;
  /** Its region. */
  readonly region: string;
  /** What has to exist before something is copied to it. @default - nothing: it is made elsewhere */
  readonly dependables?: readonly ITerraformDependable[];
}

/** Options of a {@link Replication}. */
export interface ReplicationProps {
  /** First part of its name. */
  readonly name: string;
  /** The bucket that is copied; it takes one replication, and is no copy itself. */
  readonly store: IObjectStore;
  /** The bucket of the same tenancy that it is copied to. */
  readonly destination: ReplicationDestination;
}

/**
 * What copies a bucket to another one of its tenancy by itself: objects that come or are deleted from then on. What was
 * there before it is copied by nobody.
 *
 * Object Storage of the region of the bucket does it, and has to be allowed to at both buckets ({@link
 * ObjectStoreGrants.replicas}). Anything that changes makes another policy.
 */
export class Replication extends Construct {
  /** @throws ConstructError with `NameInvalid` when it could not be made */
  constructor(scope: Construct, id: string, { name, store, destination }: ReplicationProps) {
    super(scope, id);
    checkName(this, name);
    new ObjectstorageReplicationPolicy(this, 'Resource', {
      name: physicalName([name], LIMITS.identity),
      namespace: store.namespace,
      bucket: store.bucketName,
      destinationBucketName: destination.bucketName,
      destinationRegionName: destination.region,
      dependsOn: [...store.dependables, ...(destination.dependables ?? [])],
    });
  }
}
