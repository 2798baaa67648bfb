import type { QuotaNeed } from '../../estate/plan/quotas';

/** Properties of a resource, as its template or configuration states them. */
export type Body = Readonly<Record<string, unknown>>;

/** What bounds the resources of one type. */
export interface Bound {
  /** Quota that they count against. */
  readonly key: QuotaNeed['key'];
  /** How much one of them counts. @default 1 */
  readonly of?: (body: Body, id: string) => number;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Types of resources whose number, or whose size, a quota bounds that providers are asked for.
 *
 * A type stands here or in {@link UNBOUNDED}; what is asked for has to be what stacks make.
 */
export const BOUNDED: Readonly<Record<string, readonly Bound[]>> = {
  'AWS::EC2::CustomerGateway': [{ key: 'aws-customer-gateways' }],
  'AWS::EC2::EIP': [{ key: 'aws-elastic-ips' }],
  'AWS::EC2::InternetGateway': [{ key: 'aws-internet-gateways' }],
  'AWS::EC2::LaunchTemplate': [{ key: 'aws-launch-templates' }],
  'AWS::EC2::NatGateway': [{ key: 'aws-nat-gateways' }],
  'AWS::EC2::PlacementGroup': [{ key: 'aws-placement-groups' }],
  'AWS::EC2::RouteTable': [{ key: 'aws-route-tables' }],
  'AWS::EC2::SecurityGroup': [
    { key: 'aws-security-groups' },
    {
      key: 'aws-security-group-rules',
      of: ({ SecurityGroupIngress: rules }) => lustreRules(Array.isArray(rules) ? rules : []),
    },
  ],
  'AWS::EC2::SecurityGroupIngress': [{ key: 'aws-security-group-rules', of: (body) => lustreRules([body]) }],
  'AWS::EC2::Subnet': [{ key: 'aws-subnets' }],
  'AWS::EC2::TransitGateway': [{ key: 'aws-transit-gateways' }],
  'AWS::EC2::VPNConnection': [{ key: 'aws-vpn-connections' }],
  'AWS::EC2::VPC': [{ key: 'aws-vpcs' }, { key: 'aws-vpc-blocks' }],
  'AWS::EC2::VPCCidrBlock': [{ key: 'aws-vpc-blocks' }],
  'AWS::EC2::VPCEndpoint': [
    { key: 'aws-gateway-endpoints', of: ({ VpcEndpointType: kind }) => (kind === 'Gateway' ? 1 : 0) },
    { key: 'aws-interface-endpoints', of: ({ VpcEndpointType: kind }) => (kind === 'Interface' ? 1 : 0) },
  ],
  'AWS::EKS::Cluster': [{ key: 'aws-eks-clusters' }],
  'AWS::EKS::Nodegroup': [{ key: 'aws-eks-node-groups' }],
  'AWS::FSx::FileSystem': [
    { key: 'aws-lustre-file-systems' },
    { key: 'aws-lustre', of: ({ StorageCapacity: size }) => Number(size) },
  ],
  'AWS::IAM::OIDCProvider': [{ key: 'aws-identity-providers' }],
  'AWS::IAM::Role': [{ key: 'aws-roles' }],
  'AWS::S3::Bucket': [{ key: 'aws-buckets' }],

  azurerm_key_vault: [{ key: 'azure-key-vaults' }],
  azurerm_kubernetes_cluster: [{ key: 'azure-clusters' }, { key: 'azure-node-pools' }],
  azurerm_kubernetes_cluster_node_pool: [{ key: 'azure-node-pools' }],
  azurerm_managed_lustre_file_system: [
    { key: 'azure-lustre-file-systems' },
    { key: 'azure-lustre', of: ({ storage_capacity_in_tb: size }) => Number(size) },
  ],
  azurerm_nat_gateway: [{ key: 'azure-nat-gateways' }],
  azurerm_network_security_group: [{ key: 'azure-security-groups' }],
  azurerm_private_dns_zone: [{ key: 'azure-private-dns-zones' }],
  azurerm_private_endpoint: [{ key: 'azure-private-endpoints' }],
  azurerm_public_ip: [{ key: 'azure-public-addresses' }],
  azurerm_public_ip_prefix: [
    { key: 'azure-public-addresses', of: ({ prefix_length: length }) => 2 ** (32 - Number(length)) },
  ],
  azurerm_resource_group: [{ key: 'azure-resource-groups' }],
  azurerm_role_assignment: [{ key: 'azure-role-assignments' }],
  azurerm_route_table: [{ key: 'azure-route-tables' }],
  azurerm_storage_account: [{ key: 'azure-storage-accounts' }],
  azurerm_virtual_network: [{ key: 'azure-networks' }],

  google_compute_external_vpn_gateway: [{ key: 'google-peer-gateways' }],
  google_compute_firewall: [{ key: 'google-firewalls' }],
  google_compute_global_address: [{ key: 'google-global-addresses' }],
  google_compute_ha_vpn_gateway: [{ key: 'google-vpn-gateways' }],
  google_compute_network: [{ key: 'google-networks' }],
  google_compute_resource_policy: [{ key: 'google-policies' }],
  google_compute_router: [{ key: 'google-routers' }],
  google_compute_subnetwork: [{ key: 'google-subnetworks' }],
  google_compute_vpn_tunnel: [{ key: 'google-vpn-tunnels' }],
  google_container_cluster: [{ key: 'google-clusters' }],
  google_logging_project_bucket_config: [{ key: 'google-log-buckets' }],
  google_lustre_instance: [{ key: 'google-lustre', of: ({ capacity_gib: size }) => Number(size) }],
  google_project_iam_custom_role: [{ key: 'google-custom-roles' }],
  google_project_iam_member: [{ key: 'google-grants' }],
  google_service_account: [{ key: 'google-service-accounts' }],

  oci_containerengine_cluster: [{ key: 'oracle-clusters' }],
  oci_core_compute_cluster: [{ key: 'oracle-compute-clusters' }],
  oci_core_cpe: [{ key: 'oracle-vpn-devices' }],
  oci_core_drg: [{ key: 'oracle-gateways' }],
  oci_core_instance_configuration: [{ key: 'oracle-instance-configurations' }],
  oci_core_ipsec: [{ key: 'oracle-vpn-connections' }],
  oci_core_network_security_group_security_rule: [
    { key: 'oracle-security-rules', of: (_, id) => (/^store-|_lustre-(from|to)-/.test(id) ? 1 : 0) },
  ],
  oci_core_subnet: [{ key: 'oracle-subnets' }],
  oci_core_vcn: [{ key: 'oracle-networks' }],
  oci_identity_policy: [{ key: 'oracle-policies' }],
  oci_identity_tag: [{ key: 'oracle-cost-tags', of: ({ is_cost_tracking: counted }) => (counted === true ? 1 : 0) }],
  oci_identity_tag_default: [{ key: 'oracle-tag-defaults' }],
  oci_kms_key: [{ key: 'oracle-keys' }],
  oci_kms_vault: [{ key: 'oracle-vaults' }],
  oci_lustre_file_storage_lustre_file_system: [
    { key: 'oracle-lustre', of: ({ capacity_in_gbs: size }) => Number(size) },
  ],
};

/** Rules of Lustre: those of other kinds are a handful in each group, whatever an estate has. */
function lustreRules(rules: readonly unknown[]): number {
  return rules.filter((rule) => text((rule as { readonly Description?: unknown }).Description).startsWith('Lustre'))
    .length;
}

const PART = 'a part of something else that is counted';
const NO_LIMIT = 'the provider publishes no limit of their number';
const ASKED_FIRST = 'no more of them than of something that runs out long before';
const BY_PROGRAM = 'no estate makes it: constructs do, for programs of a platform team';

/** Types of resources that nothing is asked for, with the reason. */
export const UNBOUNDED: Readonly<Record<string, string>> = {
  'AWS::Budgets::Budget': 'one for each account: the account that pays takes 20,000',
  'AWS::Budgets::BudgetsAction': PART,
  'AWS::CloudWatch::Alarm': 'a few for each cluster, file system and reservation: a region takes 5,000',
  'AWS::EC2::DHCPOptions': `one for each network: ${ASKED_FIRST}`,
  'AWS::EC2::FlowLog': 'one for each network, which takes two',
  'AWS::DirectConnect::DirectConnectGateway': 'one for each interconnect: an account takes 200',
  'AWS::DirectConnect::DirectConnectGatewayAssociation': 'one for each gateway of Direct Connect, which takes more',
  'AWS::EC2::Route': 'up to four in each route table, and one for each block that is linked: it takes 50',
  'AWS::EC2::SecurityGroupEgress': 'as many as there are rules inwards, with a limit of their own that is as large',
  'AWS::EC2::SubnetRouteTableAssociation': PART,
  'AWS::EC2::TransitGatewayPeeringAttachment': 'one for each peering: a gateway takes 50',
  'AWS::EC2::TransitGatewayRoute': 'one for each block of a site and of its peers: a gateway takes 10,000',
  'AWS::EC2::TransitGatewayRouteTable': 'one for each gateway, which takes 20',
  'AWS::EC2::TransitGatewayRouteTableAssociation': PART,
  'AWS::EC2::TransitGatewayRouteTablePropagation': PART,
  'AWS::EC2::TransitGatewayVpcAttachment': 'one or two for each network, which takes five',
  'AWS::EC2::VPCDHCPOptionsAssociation': PART,
  'AWS::EC2::VPCGatewayAttachment': PART,
  'AWS::EKS::AccessEntry': `one for each administrator and viewer: ${NO_LIMIT}`,
  'AWS::EKS::Addon': PART,
  'AWS::EKS::PodIdentityAssociation': 'two or three for each cluster, which takes 1,000',
  'AWS::Events::Rule': `one for each account and cluster: a bus takes 300, a region 100 clusters`,
  'AWS::IAM::ManagedPolicy': 'one for each budget that stops new capacity: an account takes 1,500',
  'AWS::IAM::Policy': `inside of a role: ${PART}`,
  'AWS::Interconnect::Connection': `one for each interconnect: ${NO_LIMIT}`,
  'AWS::KMS::Alias': `one for each key: ${PART}`,
  'AWS::KMS::Key': 'one for each stack: a region takes 100,000',
  'AWS::Lambda::Function': `one for each account, each network and each half of a link: ${NO_LIMIT}, only of their storage`,
  'AWS::Logs::LogGroup': 'up to two for each stack: a region takes 1,000,000',
  'AWS::S3::BucketPolicy': PART,
  'AWS::Organizations::Policy': 'one for each account: an organization takes 1,000, each target five',
  'AWS::SNS::Subscription': PART,
  'AWS::SNS::Topic': 'one for each account: a region takes 100,000',
  'AWS::SNS::TopicPolicy': PART,
  'AWS::SSM::Parameter': 'one for each cluster: a region takes 10,000',
  'Custom::AcceptedPeering': 'a call at deployment, nothing that stays',
  'Custom::TransitGatewayAttachment': 'a call at deployment, nothing that stays',
  'Custom::OutboundFederation': 'a call at deployment, nothing that stays',
  'Custom::ClosedDefaultGroup': 'a call at deployment, nothing that stays',

  azurerm_express_route_circuit: 'one for each pair of regions with circuits: a subscription takes 50',
  azurerm_local_network_gateway: 'one for each tunnel, of which a gateway takes 100: a subscription takes 1,000',
  azurerm_virtual_network_gateway: 'one of each kind for each network, which takes one of each',
  azurerm_virtual_network_gateway_connection: PART,
  azurerm_virtual_network_peering: 'one for each link of a network, which takes 500',
  azurerm_consumption_budget_subscription: `one for each subscription: ${NO_LIMIT}`,
  azurerm_disk_encryption_set: `one for each cluster: ${ASKED_FIRST}, a region takes 5,000`,
  azurerm_federated_identity_credential: 'one for each identity, or each of its callers: an identity takes 20',
  azurerm_key_vault_key: `one for each vault: ${NO_LIMIT}`,
  azurerm_nat_gateway_public_ip_prefix_association: PART,
  azurerm_network_security_rule: 'a dozen in each group, which takes 1,000',
  azurerm_private_dns_zone_virtual_network_link: 'one for each network in a zone, which takes 1,000',
  azurerm_resource_provider_feature_registration: 'a state of the subscription',
  azurerm_storage_container: NO_LIMIT,
  azurerm_subnet: 'three for each cluster, one for each file system: a network takes 3,000',
  azurerm_subnet_nat_gateway_association: PART,
  azurerm_subnet_network_security_group_association: PART,
  azurerm_subnet_route_table_association: PART,
  azurerm_role_definition: 'one for each grant that only adds objects: a directory takes 5,000',
  azurerm_subscription_policy_assignment: 'four for each subscription, which takes 200',
  azurerm_user_assigned_identity: 'four for each cluster, of the 300,000 objects and more of a directory',
  azurerm_capacity_reservation: BY_PROGRAM,
  azurerm_capacity_reservation_group: BY_PROGRAM,
  azurerm_log_analytics_workspace: NO_LIMIT,
  azurerm_monitor_action_group: 'one for each stack with alarms: a subscription takes 2,000',
  azurerm_monitor_diagnostic_setting: 'one for each cluster or object store, which takes five',
  azurerm_monitor_metric_alert: 'one or two for each cluster and file system: a subscription takes 5,000',

  google_billing_budget: 'one for each project: a billing account takes 50,000',
  google_compute_interconnect_attachment: 'two for each site with circuits to Oracle Cloud: a region takes 16',
  google_compute_network_peering: 'one for each link of a site, and a network takes 25 peers',
  google_compute_reservation: BY_PROGRAM,
  google_compute_router_interface: PART,
  google_compute_router_peer: 'one for each tunnel, and a router takes 128',
  google_compute_route: 'one for each network without NAT, and a network takes 250',
  google_compute_router_nat: 'one for each router, which takes 50',
  google_compute_subnetwork_iam_member: 'two for each cluster in the policy of its own subnet',
  google_container_node_pool: 'bounded by its instance groups, which are asked for',
  google_dns_policy: `one for each network: ${ASKED_FIRST}`,
  google_iam_workload_identity_pool: 'one for each issuer that a project trusts, of which a rule lets it have 100',
  google_kms_crypto_key: NO_LIMIT,
  google_kms_crypto_key_iam_member: 'two for each key, in a policy of its own',
  google_kms_key_ring: NO_LIMIT,
  google_logging_project_sink: 'one for each log bucket, of which a project takes fewer',
  google_monitoring_alert_policy: 'one or two for each cluster and file system: a project takes 2,000',
  google_monitoring_notification_channel: 'one for each stack with alarms: a project takes 4,000',
  google_network_connectivity_transport: NO_LIMIT,
  google_org_policy_policy: 'a state of the project',
  google_project_service: 'a state of the project',
  google_pubsub_subscription: 'one for each replication that events start: a project takes 10,000',
  google_pubsub_subscription_iam_member: 'one in the policy of each subscription',
  google_pubsub_topic: 'one for each replication that events start: a project takes 10,000',
  google_pubsub_topic_iam_member: 'one in the policy of each topic',
  google_service_networking_connection: 'one for each network, which takes 25 peers',
  google_storage_bucket: NO_LIMIT,
  google_storage_bucket_iam_member: 'one for each cluster in the policy of the bucket, which takes 1,500',
  google_storage_notification: 'one for each replication of a bucket that events start, and it takes 10 for one kind',
  google_storage_transfer_job: 'one or two for each replication: no limit is known',

  oci_budget_alert_rule: PART,
  oci_budget_budget: `one for each account: ${NO_LIMIT}`,
  oci_containerengine_addon: PART,
  oci_containerengine_node_pool: NO_LIMIT,
  oci_core_compute_capacity_reservation: BY_PROGRAM,
  oci_core_compute_gpu_memory_cluster: 'bounded by the GPUs that it is made of, which are asked for',
  oci_core_default_dhcp_options: 'of the network, which comes with it',
  oci_core_default_security_list: 'of the network, which comes with it',
  oci_core_drg_attachment: 'one for each network with links, which takes one',
  oci_core_drg_route_distribution: PART,
  oci_core_drg_route_distribution_statement: PART,
  oci_core_drg_route_table: PART,
  oci_core_ipsec_connection_tunnel_management: PART,
  oci_core_nat_gateway: 'one for each network, which takes one',
  oci_core_network_security_group: 'two or three for each cluster, one for each file system: a network takes 1,000',
  oci_core_remote_peering_connection: 'one for each peering of a site, whose gateway takes 10',
  oci_core_route_table: 'two for each network, which takes 300',
  oci_core_service_gateway: 'one for each network, which takes one',
  oci_core_virtual_circuit: 'one or two for each circuit, which the other provider sells',
  oci_identity_domains_group: 'one for each service account that grants let in: a domain takes 1,000 and more',
  oci_identity_domains_identity_propagation_trust: `one for each issuer that grants are let in by: ${NO_LIMIT}`,
  oci_identity_domains_user: 'one for each service account that grants let in: a domain takes 2,000 and more',
  oci_identity_dynamic_group: 'one for each account, of the 50 and more of a tenancy',
  oci_identity_tag_namespace: 'one for each account: a tenancy takes 100',
  oci_limits_quota: `one for each account: ${NO_LIMIT}`,
  oci_logging_log: 'a few for each cluster and object store, in a group of their own',
  oci_logging_log_group: NO_LIMIT,
  oci_monitoring_alarm: 'a few for each cluster and file system: a region takes 500',
  oci_objectstorage_bucket: 'one for each object store: a region takes 10,000',
  oci_objectstorage_object_lifecycle_policy: PART,
  oci_ons_notification_topic: 'one for each stack with alarms: a region takes 100 and more',
  oci_ons_subscription: PART,
  terraform_data: 'a value in the state, nothing that a provider knows',
};
