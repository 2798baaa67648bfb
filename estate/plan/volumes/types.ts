import type { PendingFact } from '../links/types';
import type { ExistingFileSystemPlan, ExistingObjectStorePlan, FileSystemPlan, ObjectStorePlan } from '../types';

/** What clients of a file system mount, `<address>@<network>:/<name>` taken apart. */
export interface MountPoint {
  readonly address: string;
  /** Network of Lustre, such as `tcp`. */
  readonly network: string;
  readonly fileSystem: string;
}

/** Something of a cluster that waits, with what for. */
export interface Waiting {
  /** Kind of the object that is left out until then. */
  readonly kind: string;
  readonly name: string;
  /** @default it lies in none */
  readonly namespace?: string;
  /** What is missing, by its place in the exchange file. */
  readonly missing: readonly PendingFact[];
}

/** What every claim has. */
interface ClaimPlan {
  readonly namespace: string;
  /** Name of the claim, which pods mount: that of the store, of a grant with its key behind a dot. */
  readonly claim: string;
  readonly access: 'read' | 'readWrite';
  /** What it waits for; empty where it can be made. */
  readonly pending: readonly PendingFact[];
}

/** A file system in one namespace. */
export interface FileClaimPlan extends ClaimPlan {
  readonly kind: 'lustre';
  readonly store: FileSystemPlan | ExistingFileSystemPlan;
  /** @default not known yet */
  readonly mountPoint?: MountPoint;
}

/** An object store in one namespace. */
export interface ObjectClaimPlan extends ClaimPlan {
  readonly kind: 'object';
  readonly store: ObjectStorePlan | ExistingObjectStorePlan;
  /** Bucket; on Azure the storage account. @default not known yet */
  readonly bucket?: string;
  /** Whose identity mounts it. */
  readonly serviceAccount: string;
  /** Client id of that identity, where the volume has to name it. @default it has not, or it is not known yet */
  readonly clientId?: string;
}

/** A service account of a cluster that an identity or a grant of the estate is bound to. */
export interface AccountClaimPlan {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Client id of its identity, where its cloud wants it to be named. @default it needs none, or it is not known yet */
  readonly clientId?: string;
  /** What it waits for; empty where it can be made. */
  readonly pending: readonly PendingFact[];
}

/** What pods of one cluster use of stores, and as whom. */
export interface VolumesPlan {
  /** Sorted by namespace and name. */
  readonly accounts: readonly AccountClaimPlan[];
  /** Sorted by namespace and claim. */
  readonly claims: readonly (FileClaimPlan | ObjectClaimPlan)[];
}
