export { isRegionalZone } from '../../estate/catalog/aws';
export type { BudgetTag } from '../budgets';
export { CONSTRUCT_ERRORS, ConstructError, type ConstructErrorCode } from '../errors';
export type { GuardrailMode, RegionLimits } from '../guardrails';
export type { ServiceAccount, Taint } from '../kubernetes';
export type { Circuit, VpnPeer, VpnProposal, VpnTunnel } from '../links';
export { AlarmTopic, type AlarmTopicProps } from './alarm-topic';
export type { AlarmOptions, CapacityAlarmOptions, FileSystemAlarmOptions } from './alarms';
export { Autoscaler, type AutoscalerProps } from './autoscaler';
export { Budget, type BudgetProps, type BudgetStop, STOPPED_ACTIONS } from './budget';
export {
  Capacity,
  type CapacityProps,
  type NewReservation,
  type ReservationAttributes,
  type ReservationPlacement,
} from './capacity';
export { Cluster, type ClusterProps, type SystemPoolOptions } from './cluster';
export {
  EncryptionKey,
  type EncryptionKeyAttributes,
  EncryptionKeyGrants,
  type EncryptionKeyProps,
  type IEncryptionKey,
} from './encryption-key';
export { Fabric, type FabricAttributes, type FabricProps, type IFabric } from './fabric';
export { FederatedIdentity, type FederatedIdentityProps, type FederatedSubject } from './federated-identity';
export { FileSystem, type FileSystemAttributes, type FileSystemProps, type IFileSystem } from './file-system';
export { Gateway, type GatewayProps } from './gateway';
export { GrantTrust, type GrantTrustProps } from './grant-trust';
export {
  Guardrails,
  type GuardrailsProps,
  type ServiceControlLimits,
  type ServiceControlPolicy,
  type ServiceControlStatement,
  serviceControlPolicy,
} from './guardrails';
export {
  Identity,
  type IdentityAttributes,
  type IdentityProps,
  type IIdentity,
  podIdentityPrincipal,
} from './identity';
export type { ClusterAttributes } from './imported-cluster';
export { Interconnect, type InterconnectPeer, type InterconnectProps } from './interconnect';
export { addTags, identityTags, LIMITS, physicalName, resourceTags } from './names';
export { Network, type NetworkEgress, type NetworkProps } from './network';
export type { ImportedSubnet, INetwork, NetworkAttributes, RouteTable, SubnetQuery } from './network-attributes';
export { type InterfaceGroups, networkInterfaces } from './network-interfaces';
export { type AddonOptions, type ICluster, NodePool, type NodePoolOptions, type NodePoolProps } from './node-pool';
export type { ScalingOptions } from './node-scaling';
export {
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
export { OutboundFederation, type OutboundFederationProps } from './outbound-federation';
export { Peering, type PeeringPeer, type PeeringProps } from './peering';
export { Replication, type ReplicationProps, type ReplicationRule } from './replication';
export type { RemovalPolicy } from './retain';
export type { EndpointPolicies } from './service-endpoints';
export { Transfer, type TransferPeer, type TransferProps } from './transfer';
export { type TunnelAddress, VpnLink, type VpnLinkProps } from './vpn-link';
