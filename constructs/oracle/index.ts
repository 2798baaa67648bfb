export { Capacity, type CapacityProps, type CapacityReservationOptions, type HpcIsland } from './capacity';
export { Cluster, type ClusterProps, type SystemPoolOptions } from './cluster';
export { EncryptionKey, type EncryptionKeyProps, type IEncryptionKey } from './encryption-key';
export { Fabric, type FabricProps, type IFabric } from './fabric';
export { FileSystem, type FileSystemProps, type IFileSystem } from './file-system';
export { Identity, type IdentityProps, type IWorkloadCluster } from './identity';
export { type CostTags, LIMITS, physicalName, resourceTags, type TagOptions, tagArguments } from './names';
export {
  type INetwork,
  Network,
  type NetworkAttributes,
  type NetworkProps,
  type NetworkSubnet,
  type ServiceGateway,
  type SubnetSelection,
} from './network';
export { NodePool, type NodePoolOptions, type NodePoolProps } from './node-pool';
export type { NodeTaint } from './node-settings';
export { NodeTemplate, type NodeTemplateProps } from './node-template';
export { ObjectStore, ObjectStoreGrants, type ObjectStoreProps } from './object-store';
export {
  type PortRange,
  SecurityGroup,
  type SecurityGroupProps,
  type SecurityPeer,
  type SecurityRule,
} from './security-group';
