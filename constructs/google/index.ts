export type { LustreTier, MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
export type { BudgetTag } from '../budgets';
export { Grant } from '../grant';
export type { GuardrailMode } from '../guardrails';
export type { ServiceAccount, Taint } from '../kubernetes';
export type { RemovalPolicy } from '../removal-policy';
export type { SubnetFilter } from '../subnets';
export { AlarmChannel, type AlarmChannelProps } from './alarm-channel';
export type { AlarmOptions, FileSystemAlarmOptions } from './alarms';
export { Budget, type BudgetProps } from './budget';
export {
  Capacity,
  type CapacityProps,
  type FlexStartOptions,
  type FromReservationOptions,
  type ReservationAffinity,
  type ReservationOptions,
  type ReserveOptions,
} from './capacity';
export { Cluster, type ClusterProps, type SystemPoolOptions } from './cluster';
export {
  ADMIN_ROLE_ID,
  type AdminGrant,
  adminGrantId,
  CLUSTER_ROLES,
  type DnsEndpoint,
  rightsGrantId,
  viewerGrantId,
} from './cluster-access';
export {
  EncryptionKey,
  type EncryptionKeyAttributes,
  type EncryptionKeyGrants,
  type EncryptionKeyProps,
  type IEncryptionKey,
} from './encryption-key';
export { Fabric, type FabricAttributes, type FabricProps, type IFabric, type NodeInterface } from './fabric';
export {
  FileSystem,
  type FileSystemAttributes,
  type FileSystemClient,
  type FileSystemProps,
  type IFileSystem,
} from './file-system';
export { Guardrails, type GuardrailsProps } from './guardrails';
export { Identity, type IdentityAttributes, type IdentityProps, type IIdentity } from './identity';
export type { ClusterAttributes } from './imported-cluster';
export { LIMITS, physicalName, resourceTags } from './names';
export { Network, type NetworkEgress, type NetworkProps } from './network';
export type {
  INetwork,
  NetworkAttributes,
  NetworkGrants,
  NetworkUser,
  SubnetAttributes,
} from './network-attributes';
export { type ICluster, NodePool, type NodePoolOptions, type NodePoolProps, type WorkloadPolicy } from './node-pool';
export {
  bucketNameOf,
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  type ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
export type { ServiceAgent } from './service-agents';
