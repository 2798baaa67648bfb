import type { LinkKind } from '../estate/plan/links/types';
import type { Layer } from '../estate/plan/names';

/** What of the estate lives in a resource and goes with it. */
export type Holds = 'nodes' | 'cluster' | 'files' | 'site';

/** What a resource is to the links of an estate. */
export interface LinkPart {
  /**
   * `gateway`: all links of its site lead through it. `address`: one of the addresses of a gateway. `carrier`: a connection,
   * tunnel, circuit or peering of a link. `peer`: how an end knows the other one, or a session with it. `way`: a route, or an
   * association with a table of routes, without which nothing finds the carrier.
   */
  readonly part: 'gateway' | 'address' | 'carrier' | 'peer' | 'way';
  /** What of it the other ends know it by, and that is another one when it is made anew. @default nothing */
  readonly tells?: 'addresses' | 'id';
  /** Layers whose stacks have it; elsewhere its type serves something else. @default those of gateways and links */
  readonly layers?: readonly Layer[];
  /** The kind of links that use it, by its construct path. @default all that use a gateway */
  readonly serves?: (path: string) => LinkKind;
}

/** What a resource type is called in a report, and what lives in it. */
export interface ResourceKind {
  readonly noun: string;
  /** @default nothing that a report counts */
  readonly holds?: Holds;
  /** Whether nothing of another stack stands on it, so that any order of stacks removes it. @default false */
  readonly isAlone?: true;
  /** What it is to links, in the layers that it says. @default nothing */
  readonly link?: LinkPart;
  /** Whether who is told has to confirm it by a first mail. @default false */
  readonly isConfirmed?: true;
}

const POOL: ResourceKind = { noun: 'node pool', holds: 'nodes' };
const CLUSTER: ResourceKind = { noun: 'Kubernetes cluster', holds: 'cluster' };
const FILES: ResourceKind = { noun: 'Lustre file system', holds: 'files' };
const NETWORK: ResourceKind = { noun: 'network', holds: 'site' };
const BUCKET: ResourceKind = { noun: 'bucket' };
const ALARM: ResourceKind = { noun: 'alarm', isAlone: true };
const SUBSCRIPTION: ResourceKind = { noun: 'subscription', isAlone: true, isConfirmed: true };
const KEY: ResourceKind = { noun: 'encryption key' };
const BUDGET: ResourceKind = { noun: 'budget', isAlone: true };

const carrier = (noun: string, tells?: LinkPart['tells']): ResourceKind => {
  return { noun, link: { part: 'carrier', ...(tells && { tells }) } };
};
const gateway = (noun: string, more: Omit<LinkPart, 'part'> = {}): ResourceKind => {
  return { noun, link: { part: 'gateway', ...more } };
};
const peer = (noun: string): ResourceKind => ({ noun, link: { part: 'peer' } });
const way = (noun: string): ResourceKind => ({ noun, link: { part: 'way' } });
const forTunnels = (): LinkKind => 'vpn';
/** Gateways have a part for circuits beside the one for tunnels, by this id. */
const forCircuits = (id: string) => (path: string) => (path.endsWith(`/${id}`) ? 'interconnect' : 'vpn');

const KINDS: Readonly<Record<string, ResourceKind>> = {
  'AWS::Budgets::Budget': BUDGET,
  'AWS::Budgets::BudgetsAction': { noun: 'budget action', isAlone: true },
  'AWS::DataSync::LocationObjectStorage': { noun: 'DataSync location' },
  'AWS::DataSync::LocationS3': { noun: 'DataSync location' },
  'AWS::DataSync::Task': { noun: 'DataSync task', isAlone: true },
  'AWS::EC2::CustomerGateway': peer('customer gateway'),
  'AWS::EC2::Route': way('route'),
  'AWS::EC2::TransitGateway': gateway('transit gateway', { tells: 'id' }),
  'AWS::EC2::TransitGatewayPeeringAttachment': carrier('transit gateway peering', 'id'),
  'AWS::EC2::TransitGatewayRoute': way('transit gateway route'),
  'AWS::EC2::TransitGatewayRouteTable': gateway('transit gateway route table'),
  'AWS::EC2::TransitGatewayRouteTableAssociation': way('transit gateway route table association'),
  'AWS::EC2::TransitGatewayRouteTablePropagation': way('transit gateway route table propagation'),
  'AWS::EC2::TransitGatewayVpcAttachment': gateway('transit gateway attachment'),
  'AWS::EC2::VPC': NETWORK,
  'AWS::EC2::VPNConnection': carrier('VPN connection', 'addresses'),
  'AWS::EKS::Cluster': CLUSTER,
  'AWS::EKS::Nodegroup': POOL,
  'AWS::FSx::FileSystem': FILES,
  'AWS::Interconnect::Connection': carrier('interconnect connection', 'id'),
  'AWS::KMS::Key': KEY,
  'AWS::Organizations::Policy': { noun: 'service control policy', isAlone: true },
  'AWS::S3::Bucket': BUCKET,
  'AWS::SNS::Subscription': SUBSCRIPTION,
  'Custom::AcceptedPeering': carrier('accepted peering'),
  azurerm_consumption_budget_subscription: BUDGET,
  azurerm_express_route_circuit: carrier('ExpressRoute circuit', 'id'),
  azurerm_key_vault: { noun: 'key vault' },
  azurerm_key_vault_key: KEY,
  azurerm_kubernetes_cluster: CLUSTER,
  azurerm_kubernetes_cluster_node_pool: POOL,
  azurerm_local_network_gateway: peer('local network gateway'),
  azurerm_log_analytics_workspace: { noun: 'workspace of logs' },
  azurerm_managed_lustre_file_system: FILES,
  azurerm_monitor_diagnostic_setting: { noun: 'diagnostic setting', isAlone: true },
  azurerm_monitor_action_group: { noun: 'action group', isAlone: true },
  azurerm_monitor_metric_alert: ALARM,
  azurerm_public_ip: { noun: 'public ip', link: { part: 'address', tells: 'addresses', serves: forTunnels } },
  azurerm_subscription_policy_assignment: { noun: 'policy assignment', isAlone: true },
  azurerm_storage_container: { noun: 'container' },
  azurerm_virtual_network: NETWORK,
  azurerm_virtual_network_gateway: gateway('virtual network gateway', { serves: forCircuits('circuits') }),
  azurerm_virtual_network_gateway_connection: carrier('gateway connection'),
  azurerm_virtual_network_peering: carrier('virtual network peering'),
  google_billing_budget: BUDGET,
  google_compute_external_vpn_gateway: peer('external VPN gateway'),
  google_compute_firewall: { noun: 'firewall rule' },
  google_compute_ha_vpn_gateway: gateway('HA VPN gateway', { tells: 'addresses', serves: forTunnels }),
  google_compute_interconnect_attachment: carrier('interconnect attachment', 'id'),
  google_compute_network_peering: carrier('network peering'),
  google_compute_router: gateway('router', { serves: forCircuits('circuit-router') }),
  google_compute_router_interface: peer('router interface'),
  google_compute_router_peer: peer('router peer'),
  google_compute_vpn_tunnel: carrier('VPN tunnel'),
  google_container_cluster: CLUSTER,
  google_container_node_pool: POOL,
  google_kms_crypto_key: KEY,
  google_logging_project_bucket_config: { noun: 'log bucket' },
  google_logging_project_sink: { noun: 'log sink', isAlone: true },
  google_lustre_instance: FILES,
  google_monitoring_alert_policy: ALARM,
  google_monitoring_notification_channel: { noun: 'notification channel', isAlone: true },
  google_network_connectivity_transport: carrier('transport', 'id'),
  google_org_policy_policy: { noun: 'organization policy', isAlone: true },
  google_storage_bucket: BUCKET,
  oci_budget_alert_rule: { noun: 'alert rule', isAlone: true },
  oci_budget_budget: BUDGET,
  oci_containerengine_addon: { noun: 'cluster add-on' },
  oci_containerengine_cluster: CLUSTER,
  oci_containerengine_node_pool: POOL,
  oci_core_compute_gpu_memory_cluster: { noun: 'GPU memory cluster', holds: 'nodes' },
  oci_core_cpe: peer('customer-premises equipment'),
  oci_core_drg: gateway('dynamic routing gateway', { tells: 'id' }),
  oci_core_drg_attachment: gateway('gateway attachment', { layers: ['network'] }),
  oci_core_drg_route_distribution: gateway('gateway route distribution'),
  oci_core_drg_route_distribution_statement: gateway('gateway route distribution statement'),
  oci_core_drg_route_table: gateway('gateway route table'),
  oci_core_ipsec: carrier('IPSec connection', 'addresses'),
  oci_core_ipsec_connection_tunnel_management: peer('IPSec tunnel'),
  oci_core_network_security_group_security_rule: { noun: 'security rule' },
  oci_core_remote_peering_connection: carrier('remote peering connection', 'id'),
  oci_core_vcn: NETWORK,
  oci_core_virtual_circuit: carrier('virtual circuit', 'id'),
  oci_kms_key: KEY,
  oci_limits_quota: { noun: 'compartment quota', isAlone: true },
  oci_logging_log: { noun: 'log' },
  oci_logging_log_group: { noun: 'group of logs' },
  oci_lustre_file_storage_lustre_file_system: FILES,
  oci_monitoring_alarm: ALARM,
  oci_objectstorage_bucket: BUCKET,
  oci_ons_notification_topic: { noun: 'topic', isAlone: true },
  oci_ons_subscription: SUBSCRIPTION,
};

const PREFIX =
  /^(azurerm|google(_compute|_container|_project)?|oci(_core|_containerengine|_identity|_objectstorage)?)_/;

/** What a resource type is; types without an entry are called by their own words. */
export function kindOf(type: string): ResourceKind {
  const known = KINDS[type];
  if (known !== undefined) return known;
  const own = type.includes('::') ? (type.split('::').at(-1) ?? type) : type.replace(PREFIX, '');
  // LaunchTemplate -> launch template; VPCEndpoint -> VPC endpoint
  const words = own
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ _]/)
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word));
  return { noun: words.join(' ') };
}

/** What a resource type is called. */
export function nounOf(type: string): string {
  return kindOf(type).noun;
}

/** Whether a resource is the network of a site, in which everything there stands. */
export function isSiteNetwork(type: string, layer: Layer): boolean {
  // RDMA networks of Google are of the same type, and belong to a cluster.
  return kindOf(type).holds === 'site' || (type === 'google_compute_network' && layer === 'network');
}

const LINK_LAYERS: readonly Layer[] = ['gateway', 'link'];

/** What a resource of a stack is to links; nothing in other layers, where some of the types serve something else. */
export function linkPartOf(type: string, layer: Layer): LinkPart | undefined {
  const { link } = kindOf(type);
  return link !== undefined && (link.layers ?? LINK_LAYERS).includes(layer) ? link : undefined;
}

/** A count with its noun: `1 policy`, `3 policies`. */
export function countNoun(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const plural = noun.replace(/([^aeiou])y$/, '$1ie');
  return `${count} ${/(s|x|ch)$/.test(plural) ? `${plural}es` : `${plural}s`}`;
}
