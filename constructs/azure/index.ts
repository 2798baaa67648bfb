export type { MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
export type { BudgetTag } from '../budgets';
export { CONSTRUCT_ERRORS, ConstructError, type ConstructErrorCode } from '../errors';
export { Grant } from '../grant';
export type { GuardrailMode } from '../guardrails';
export type { ServiceAccount, Taint } from '../kubernetes';
export type { Circuit, VpnPeer, VpnProposal, VpnTunnel } from '../links';
export type { RemovalPolicy } from '../removal-policy';
export type { SubnetFilter } from '../subnets';
export { AlarmGroup, type AlarmGroupProps, type AlarmOptions } from './alarms';
export { ApiServerZone, type ApiServerZoneProps } from './api-server-zone';
export { Budget, type BudgetProps } from './budget';
export {
  Capacity,
  type CapacityProps,
  type CapacityReservationAttributes,
  type CapacityReservationOptions,
  reservationRoleId,
} from './capacity';
export { Cluster, type ClusterAttributes } from './cluster';
export { clusterRulePaths } from './cluster-rules';
export type { ClusterProps, SystemPoolOptions } from './cluster-settings';
export {
  EncryptionKey,
  type EncryptionKeyAttributes,
  type EncryptionKeyGrants,
  type EncryptionKeyProps,
  type IEncryptionKey,
  type KeyType,
  type RunnerAccess,
  type VaultAccess,
} from './encryption-key';
export { Fabric, type FabricAttributes, type FabricProps, type IFabric, type InfinibandFeature } from './fabric';
export { type FeatureRegistrationOptions, registerFeature } from './feature-registration';
export { FederatedIdentity, type FederatedIdentityProps, type FederatedSubject } from './federated-identity';
export {
  FileSystem,
  type FileSystemAlarmOptions,
  type FileSystemAttributes,
  type FileSystemProps,
  type IFileSystem,
} from './file-system';
export type { FileSystemClient } from './file-system-rules';
export { Gateway, type GatewayAttributes, type GatewayKind, type GatewayProps, type IGateway } from './gateway';
export { Guardrails, type GuardrailsProps } from './guardrails';
export { Identity, type IdentityAttributes, type IdentityProps } from './identity';
export { type CircuitBilling, Interconnect, type InterconnectProps, type OrderedCircuit } from './interconnect';
export {
  LIMITS,
  type ParsedId,
  parseResourceId,
  physicalName,
  type ResourceScope,
  resourceId,
  resourceTags,
} from './names';
export { Network, type NetworkProps } from './network';
export type {
  INetwork,
  NetworkAttributes,
  NetworkEgress,
  NetworkGrants,
  NetworkSubnet,
  SecurityGroup,
  SubnetAttributes,
} from './network-attributes';
export { type ICluster, NodePool, type NodePoolOptions, type NodePoolProps } from './node-pool';
export {
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  type ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
export { type NetworkPeer, Peering, type PeeringProps } from './peering';
export { PrivateDns, type PrivateDnsProps, type PrivateDnsService, privateDnsZoneName } from './private-dns';
export type { IIdentity, IPrincipal } from './role-assignment';
export { VpnLink, type VpnLinkProps } from './vpn-link';
export { WriterRole, type WriterRoleProps } from './writer-role';
