export { isRegionalZone } from '../../estate/catalog/aws';
export { Capacity, type CapacityProps, type NewReservation } from './capacity';
export { type AddonOptions, Cluster, type ClusterProps, type SystemPool } from './cluster';
export { EncryptionKey, type EncryptionKeyProps } from './encryption-key';
export { Fabric, type FabricProps, type IFabric } from './fabric';
export { FileSystem, type FileSystemProps } from './file-system';
export { Identity, type IdentityProps, podIdentityPrincipal, type ServiceAccount } from './identity';
export { addTags, identityTags, LIMITS, physicalName, resourceTags } from './names';
export {
  type ImportedSubnet,
  type INetwork,
  Network,
  type NetworkAttributes,
  type NetworkProps,
  type SubnetQuery,
} from './network';
export { type InterfaceGroups, networkInterfaces } from './network-interfaces';
export { NodePool, type NodePoolOptions, type NodePoolProps, type Taint } from './node-pool';
export { ObjectStore, ObjectStoreGrants, type ObjectStoreProps } from './object-store';
