export type { LustreTier, MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
export type { BudgetTag } from '../budgets';
export { Grant } from '../grant';
export type { GuardrailMode } from '../guardrails';
export type { ServiceAccount, Taint } from '../kubernetes';
export type { Circuit, VpnPeer, VpnProposal, VpnTunnel } from '../links';
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
export {
  Gateway,
  type GatewayAttributes,
  type GatewayKind,
  type GatewayProps,
  gatewayIdOf,
  type IGateway,
} from './gateway';
export { GrantTrust, type GrantTrustProps, memberOfPool, type TrustedSubjects } from './grant-trust';
export { Guardrails, type GuardrailsProps } from './guardrails';
export { Identity, type IdentityAttributes, type IdentityProps, type IIdentity } from './identity';
export type { ClusterAttributes } from './imported-cluster';
export { Interconnect, type InterconnectPeer, type InterconnectProps, type OrderedCircuit } from './interconnect';
export { LIMITS, physicalName, resourceTags } from './names';
export { Network, type NetworkEgress, type NetworkProps } from './network';
export {
  type INetwork,
  type NetworkAttributes,
  type NetworkGrants,
  type NetworkUser,
  networkIdOf,
  type SubnetAttributes,
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
export { type NetworkPeer, Peering, type PeeringProps } from './peering';
export { askForTransferAgent, type ServiceAgent, transferAgent } from './service-agents';
export { CopyAccess, type CopyAccessProps, Transfer, type TransferProps } from './transfer';
export { subscriptionOf, TransferEvents, type TransferEventsProps } from './transfer-events';
export { type GoogleVpnPeer, VpnLink, type VpnLinkProps } from './vpn-link';
