import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import type { ComputeReservation } from '@cdktf/provider-google/lib/compute-reservation';
import type { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import type { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import type { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import type { LustreInstance } from '@cdktf/provider-google/lib/lustre-instance';
import type { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';

/** A resource whose provider keeps its protection in the state; key rings have none, and cannot be destroyed anyway. */
export type Protectable =
  | ComputeNetwork
  | ComputeReservation
  | ContainerCluster
  | ContainerNodePool
  | KmsCryptoKey
  | LustreInstance
  | StorageBucket;

/**
 * Protects a resource against being destroyed: Terraform refuses plans that replace it, and the provider refuses to
 * delete it when its block has left the configuration, since that protection is read from the state.
 */
export function protect(resource: Protectable): void {
  resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
  resource.addOverride('deletion_policy', 'PREVENT');
}

/** Says that a resource may be destroyed, also to a state that has it protected since an earlier apply. */
export function unprotect(resource: Protectable): void {
  resource.addOverride('deletion_policy', 'DELETE');
}
