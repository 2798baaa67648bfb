export type { BudgetTag } from '../budgets';
export type { GuardrailMode } from '../guardrails';
export type { Taint } from '../kubernetes';
export type { Circuit, VpnPeer, VpnProposal, VpnTunnel } from '../links';
export { AlarmTopic, type AlarmTopicProps } from './alarm-topic';
export type { AlarmOptions, AlarmRow } from './alarms';
export { AUTOSCALER_PERMISSIONS, Autoscaler, type AutoscalerProps } from './autoscaler';
export { Budget, type BudgetProps } from './budget';
export {
  Capacity,
  type CapacityProps,
  type CapacityReservationAttributes,
  type CapacityReservationOptions,
  type HpcIsland,
} from './capacity';
export { Cluster, type ClusterProps, type SystemPoolOptions } from './cluster';
export { CLUSTER_ROLES } from './cluster-access';
export type { ClusterAttributes, ICluster } from './cluster-attributes';
export { accessRuleId, CLUSTER_RULE_IDS, linkedRuleId } from './cluster-rules';
export type { IGrantee } from './compartment-policies';
export {
  EncryptionKey,
  type EncryptionKeyAttributes,
  EncryptionKeyGrants,
  type EncryptionKeyProps,
  type IEncryptionKey,
} from './encryption-key';
export { Fabric, type FabricAttributes, type FabricProps, type IFabric } from './fabric';
export {
  FileSystem,
  type FileSystemAlarmOptions,
  type FileSystemAttributes,
  type FileSystemClient,
  type FileSystemProps,
  type IFileSystem,
} from './file-system';
export {
  type AttachedNetwork,
  Gateway,
  type GatewayAttributes,
  type GatewayProps,
  type IGateway,
} from './gateway';
export {
  type FederatedGrantCaller,
  type GrantCaller,
  GrantIdentity,
  type GrantIdentityProps,
  type NativeGrantCaller,
  type ServiceGrantCaller,
} from './grant-identity';
export { GrantTrust, type GrantTrustProps, type TrustedUser } from './grant-trust';
export { Guardrails, type GuardrailsProps } from './guardrails';
export { HOST_ALARMS, HostAlarms, type HostAlarmsProps } from './host-alarms';
export {
  Identity,
  type IdentityAttributes,
  type IdentityProps,
  type IIdentity,
  type IWorkloadCluster,
  type Workload,
} from './identity';
export { Interconnect, type InterconnectPeer, type InterconnectProps } from './interconnect';
export {
  type CostTags,
  type DefinedTags,
  LIMITS,
  physicalName,
  resourceTags,
  type TagOptions,
  tagArguments,
} from './names';
export {
  type INetwork,
  Network,
  type NetworkAttributes,
  type NetworkEgress,
  type NetworkProps,
  type NetworkSubnet,
  type ServiceGateway,
  type SubnetFilter,
} from './network';
export type { RackLabel } from './node-bootstrap';
export { NodePool, type NodePoolOptions, type NodePoolProps } from './node-pool';
export { NodeTemplate, type NodeTemplateProps } from './node-template';
export {
  type IObjectStore,
  ObjectStore,
  type ObjectStoreAttributes,
  ObjectStoreGrants,
  type ObjectStoreProps,
} from './object-store';
export { Peering, type PeeringPeer, type PeeringProps } from './peering';
export { Replication, type ReplicationDestination, type ReplicationProps } from './replication';
export {
  type ISecurityGroup,
  type PortRange,
  SecurityGroup,
  type SecurityGroupProps,
  type SecurityPeer,
  type SecurityRule,
} from './security-group';
export { LOG_SOURCES, type LogSource, ServiceLogs, type ServiceLogsProps } from './service-logs';
export { type IVault, Vault, type VaultAttributes, type VaultProps, type VaultType } from './vault';
export { type TunnelAddress, VpnLink, type VpnLinkProps } from './vpn-link';
