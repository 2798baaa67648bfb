export type { MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
export { Capacity, type CapacityProps, type CapacityReservationOptions } from './capacity';
export { Cluster, type ClusterProps, type SystemPoolOptions } from './cluster';
export { EncryptionKey, type EncryptionKeyGrants, type EncryptionKeyProps } from './encryption-key';
export { Fabric, type FabricProps, type InfinibandFeature } from './fabric';
export { registerFeature } from './feature-registration';
export { FileSystem, type FileSystemProps } from './file-system';
export { Identity, type IdentityProps, type IGrantee } from './identity';
export { LIMITS, physicalName, type ResourceScope, resourceId, resourceTags } from './names';
export {
  type INetwork,
  Network,
  type NetworkAttributes,
  type NetworkProps,
  type NetworkSubnet,
} from './network';
export { NodePool, type NodePoolOptions, type NodePoolProps, type NodeTaint } from './node-pool';
export {
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  type ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
export { PrivateDns, type PrivateDnsProps } from './private-dns';
