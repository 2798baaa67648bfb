export type { MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
export { Capacity, type CapacityProps, type ReservationAffinity, type ReservationOptions } from './capacity';
export {
  Cluster,
  type ClusterProps,
  type ICluster,
  type SystemPoolOptions,
  type WorkloadPolicy,
} from './cluster';
export {
  EncryptionKey,
  type EncryptionKeyGrants,
  type EncryptionKeyProps,
  type IEncryptionKey,
  type ServiceAgent,
} from './encryption-key';
export { Fabric, type FabricProps, type IFabric, type NodeInterface } from './fabric';
export {
  FileSystem,
  type FileSystemAttributes,
  type FileSystemClient,
  type FileSystemProps,
  type IFileSystem,
} from './file-system';
export { Identity, type IdentityProps, type IIdentity } from './identity';
export { LIMITS, physicalName, resourceTags } from './names';
export {
  type INetwork,
  Network,
  type NetworkAttributes,
  type NetworkProps,
  type SubnetFilter,
} from './network';
export { NodePool, type NodePoolOptions, type NodePoolProps, type Taint } from './node-pool';
export {
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  type ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
