import type { Cloud } from './types';

/** Who finds something: the checks of CDK itself, the rules of cdk-nag's pack AwsSolutions, or those of checkov. */
export const SCANNERS = ['cdk', 'cdk-nag', 'checkov'] as const;

/** One of them. */
export type Scanner = (typeof SCANNERS)[number];

/** Where a finding is explained. */
export interface FindingPlace {
  /** Type of the resource. */
  readonly type: string;
  /** Last ids of its construct; `*` stands for any part of an id. */
  readonly ids: string;
  /** Arguments that it has, by their path through blocks; null is not set. @default any */
  readonly arguments?: Readonly<Record<string, string | boolean | null>>;
  /** What it is found of, where a rule finds several things of one resource; `*` stands for anything. @default all */
  readonly of?: string;
}

/** Something that a tool finds in what is synthesized, and that stays, with the reason. */
export interface ExplainedFinding {
  readonly tool: Scanner;
  readonly rule: string;
  readonly cloud: Cloud;
  /** What the rule asks for. */
  readonly asks: string;
  readonly on: readonly FindingPlace[];
  /** Why it stays. */
  readonly reason: string;
  /** Where the fact is written down that the reason rests on. @default the reason rests on a choice */
  readonly source?: string;
  readonly checked?: string;
  /** Set when the fact could not be verified: says what is assumed. */
  readonly unverified?: string;
}

const CHECKED = { checked: '2026-11' } as const;

/** The reason is from general knowledge, and the page where it should stand was not read. */
const UNREAD = { ...CHECKED, unverified: 'from general knowledge' } as const;

const MANAGED_POLICY = 'Policy::arn:<AWS::Partition>:iam::aws:policy';

/** Functions that CloudFormation calls while a stack is deployed. */
const DEPLOYMENT_FUNCTIONS = [
  { type: 'AWS::Lambda::Function', ids: 'default-security-group/function' },
  { type: 'AWS::Lambda::Function', ids: 'finder/function' },
  { type: 'AWS::Lambda::Function', ids: 'acceptor/function' },
  { type: 'AWS::Lambda::Function', ids: 'outbound/function' },
] as const;

const SECURITY_RULE = 'oci_core_network_security_group_security_rule';

const PATH_DISCOVERY = { protocol: '1', 'icmp_options.type': '3', 'icmp_options.code': '4' } as const;

/**
 * Every finding that stays, by its name: the constructs of AWS acknowledge theirs with these reasons, `npm run scan` fails on
 * what no row explains and on rows that explain nothing, and `estate show findings` lists them.
 */
export const FINDINGS = {
  'aws-zones': {
    tool: 'cdk',
    rule: 'W3010',
    cloud: 'aws',
    asks: 'no availability zone by its name',
    on: [{ type: 'AWS::EC2::Subnet', ids: 'network/*/Subnet' }],
    reason: 'Zones are part of the estate: accelerators are reserved in one, and nothing is looked up.',
  },
  'aws-cluster-encryption': {
    tool: 'cdk',
    rule: 'W9009',
    cloud: 'aws',
    asks: 'no deprecated property',
    on: [{ type: 'AWS::EKS::Cluster', ids: 'Resource/Resource' }],
    reason: 'EncryptionConfig.Resources, deprecated in the schema, is what aws-eks-v2 writes and EKS still needs.',
  },
  'aws-eks-policies': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4',
    cloud: 'aws',
    asks: 'no managed policy of AWS',
    on: [
      { type: 'AWS::IAM::Role', ids: 'Resource/Role/Resource', of: `${MANAGED_POLICY}/AmazonEKSClusterPolicy` },
      { type: 'AWS::IAM::Role', ids: 'node-role/Resource', of: `${MANAGED_POLICY}/AmazonEKSWorkerNodePolicy` },
      {
        type: 'AWS::IAM::Role',
        ids: 'node-role/Resource',
        of: `${MANAGED_POLICY}/AmazonEC2ContainerRegistryPullOnly`,
      },
      { type: 'AWS::IAM::Role', ids: 'cni-role/Resource', of: `${MANAGED_POLICY}/AmazonEKS_CNI_Policy` },
    ],
    reason: 'AWS maintains this policy for what EKS itself needs and changes it with EKS.',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html',
    ...UNREAD,
  },
  'aws-observer-policy': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM4',
    cloud: 'aws',
    asks: 'no managed policy of AWS',
    on: [
      { type: 'AWS::IAM::Role', ids: 'observer-role/Resource', of: `${MANAGED_POLICY}/CloudWatchAgentServerPolicy` },
    ],
    reason: 'AWS maintains this policy for what its agent needs and changes it with the agent.',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudWatchAgentServerPolicy.html',
    ...UNREAD,
  },
  'aws-bucket-objects': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [{ type: 'AWS::IAM::Policy', ids: 'De*Policy/Resource', of: 'Resource::*/*' }],
    reason: 'It was given the objects of this bucket: they have names that nobody knows before.',
  },
  'aws-autoscaler-resources': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [{ type: 'AWS::IAM::Policy', ids: 'autoscaler/Resource/Resource/DefaultPolicy/Resource', of: 'Resource::*' }],
    reason:
      'What it reads has no narrower resource, and what it changes is bound to groups of this cluster by their tags.',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html',
    ...UNREAD,
  },
  'aws-link-describe': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [
      { type: 'AWS::IAM::Policy', ids: 'finder/policy/Resource', of: 'Resource::*' },
      { type: 'AWS::IAM::Policy', ids: 'acceptor/policy/Resource', of: 'Resource::*' },
    ],
    reason: 'EC2 knows no narrower permission to describe attachments and connections.',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html',
    ...UNREAD,
  },
  'aws-identity-tokens': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [{ type: 'AWS::IAM::Policy', ids: 'Resource/DefaultPolicy/Resource', of: 'Resource::*' }],
    reason:
      'STS has no narrower resource for tokens that show who a role is: conditions bind them to one audience, one algorithm and ' +
      'a few minutes.',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html',
    ...CHECKED,
  },
  'aws-transfer-tokens': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [{ type: 'AWS::IAM::Policy', ids: 'token-role/DefaultPolicy/Resource', of: 'Resource::*' }],
    reason:
      'STS has no narrower resource for tokens: a condition binds them to one audience, the pool that takes them.',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html',
    ...CHECKED,
  },
  'aws-outbound-federation': {
    tool: 'cdk-nag',
    rule: 'AwsSolutions-IAM5',
    cloud: 'aws',
    asks: 'no wildcard in what a policy names',
    on: [{ type: 'AWS::IAM::Policy', ids: 'outbound/policy/Resource', of: 'Resource::*' }],
    reason: 'What it turns on is a setting of the account, which has no resource; it may not turn it off.',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/',
    ...UNREAD,
  },
  'aws-key-principals': {
    tool: 'checkov',
    rule: 'CKV_AWS_33',
    cloud: 'aws',
    asks: 'no principal * in the policy of a key',
    on: [{ type: 'AWS::KMS::Key', ids: '*key/Resource/Resource', arguments: { EnableKeyRotation: true } }],
    reason:
      'The statement is that of the keys that AWS manages itself: kms:CallerAccount and kms:ViaService bind it to this account ' +
      'through one service. The service-linked roles that it is for do not exist in a new account, and KMS refuses policies ' +
      'that name a role which does not exist.',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
    ...UNREAD,
  },
  'aws-access-log-logs': {
    tool: 'checkov',
    rule: 'CKV_AWS_18',
    cloud: 'aws',
    asks: 'access logs of every bucket',
    on: [{ type: 'AWS::S3::Bucket', ids: 'access-log/Resource' }],
    reason: 'It is the bucket of the access logs: one that logs into itself writes logs of its logs without end.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
    ...UNREAD,
  },
  'aws-access-log-versions': {
    tool: 'checkov',
    rule: 'CKV_AWS_21',
    cloud: 'aws',
    asks: 'versions of every bucket',
    on: [{ type: 'AWS::S3::Bucket', ids: 'access-log/Resource' }],
    reason: 'The log service writes each object once under a name of its own; nobody else may write there.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
    ...UNREAD,
  },
  'aws-default-group-concurrency': {
    tool: 'checkov',
    rule: 'CKV_AWS_115',
    cloud: 'aws',
    asks: 'a limit of concurrency of every function',
    on: DEPLOYMENT_FUNCTIONS,
    reason: 'It runs when its stack is deployed; a reserve would be taken from what the account may run, for good.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
    ...UNREAD,
  },
  'aws-default-group-dead-letters': {
    tool: 'checkov',
    rule: 'CKV_AWS_116',
    cloud: 'aws',
    asks: 'a queue of dead letters of every function',
    on: DEPLOYMENT_FUNCTIONS,
    reason: 'CloudFormation waits for its answer and tells of its failure: no event of it gets lost.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html',
    ...UNREAD,
  },
  'aws-default-group-network': {
    tool: 'checkov',
    rule: 'CKV_AWS_117',
    cloud: 'aws',
    asks: 'every function inside of a network',
    on: DEPLOYMENT_FUNCTIONS,
    reason:
      'It calls the API of a service and answers CloudFormation, and nothing of the network, whose way out it would need.',
  },
  'azure-store-logs': {
    tool: 'checkov',
    rule: 'CKV2_AZURE_21',
    cloud: 'azure',
    asks: 'logs of requests in storage insights of a workspace',
    on: [{ type: 'azurerm_storage_container', ids: 'container' }],
    reason:
      'Off unless accessLogRetentionDays asks for it, since it is billed. A diagnostic setting keeps them then, where the rule ' +
      'looks for storage insights, which read the logs of virtual machines.',
  },
  'azure-vault-endpoint': {
    tool: 'checkov',
    rule: 'CKV2_AZURE_32',
    cloud: 'azure',
    asks: 'a private endpoint of every vault',
    on: [{ type: 'azurerm_key_vault', ids: 'vault', arguments: { 'network_acls.default_action': 'Deny' } }],
    reason: 'It has one, which names it by its id: checkov follows references only.',
  },
  'azure-store-endpoint': {
    tool: 'checkov',
    rule: 'CKV2_AZURE_33',
    cloud: 'azure',
    asks: 'a private endpoint of every storage account',
    on: [
      {
        type: 'azurerm_storage_account',
        ids: 'Resource',
        arguments: { is_hns_enabled: true, public_network_access_enabled: false },
      },
    ],
    reason: 'It has two, which name it by its id: checkov follows references only.',
  },
  'azure-cluster-logs': {
    tool: 'checkov',
    rule: 'CKV_AZURE_4',
    cloud: 'azure',
    asks: 'the agent of Log Analytics on every node',
    on: [{ type: 'azurerm_kubernetes_cluster', ids: 'Resource', arguments: { oms_agent: null } }],
    reason:
      'Logs of the control plane are kept by a diagnostic setting where logRetentionDays asks for them, since they are billed. ' +
      'The agent gathers what containers print as well, on every node.',
  },
  'azure-queue-logs': {
    tool: 'checkov',
    rule: 'CKV_AZURE_33',
    cloud: 'azure',
    asks: 'logs of the queues of every storage account',
    on: [{ type: 'azurerm_storage_account', ids: 'Resource', arguments: { is_hns_enabled: true } }],
    reason: 'The account is made for one container and has no queue.',
  },
  'azure-key-expiry': {
    tool: 'checkov',
    rule: 'CKV_AZURE_40',
    cloud: 'azure',
    asks: 'an end of every key',
    on: [{ type: 'azurerm_key_vault_key', ids: 'Resource', arguments: { expiration_date: null } }],
    reason:
      'Nothing under an expired key can be read. Keys are rotated, and older versions go on opening what they encrypted; ' +
      'expirationDate sets an end where a policy asks for one.',
    source: 'https://learn.microsoft.com/azure/key-vault/keys/about-keys-details',
    ...CHECKED,
  },
  'azure-key-in-software': {
    tool: 'checkov',
    rule: 'CKV_AZURE_112',
    cloud: 'azure',
    asks: 'every key in hardware',
    on: [{ type: 'azurerm_key_vault_key', ids: '*key/Resource', arguments: { key_type: 'RSA' } }],
    reason: 'Managed Lustre documents keys of type RSA only; keys of clusters lie in hardware.',
    source: 'https://learn.microsoft.com/azure/azure-managed-lustre/customer-managed-encryption-keys',
    ...UNREAD,
  },
  'azure-vault-of-lustre': {
    tool: 'checkov',
    rule: 'CKV_AZURE_189',
    cloud: 'azure',
    asks: 'no public address of a vault',
    on: [
      {
        type: 'azurerm_key_vault',
        ids: '*key/vault',
        arguments: {
          public_network_access_enabled: true,
          'network_acls.default_action': 'Deny',
          'network_acls.bypass': 'AzureServices',
        },
      },
    ],
    reason:
      'Managed Lustre reaches its key as a trusted service of Azure, which needs the address to be public. The firewall lets in ' +
      'nobody else; vaults of clusters, and of stores without Lustre, have no such address.',
    source: 'https://learn.microsoft.com/azure/azure-managed-lustre/customer-managed-encryption-keys',
    ...UNREAD,
  },
  'azure-store-replication': {
    tool: 'checkov',
    rule: 'CKV_AZURE_206',
    cloud: 'azure',
    asks: 'copies of every storage account in a second region',
    on: [
      { type: 'azurerm_storage_account', ids: 'Resource', arguments: { account_replication_type: 'ZRS' } },
      { type: 'azurerm_storage_account', ids: 'Resource', arguments: { account_replication_type: 'LRS' } },
    ],
    reason:
      'Copies lie in the zones of the region that was chosen for the data, where it has zones. A second region doubles what checkpoints cost, and ' +
      'moves data to where nobody asked for it; replication chooses otherwise.',
  },
  'google-network-firewall': {
    tool: 'checkov',
    rule: 'CKV2_GCP_18',
    cloud: 'google',
    asks: 'a firewall rule of every network',
    on: [
      { type: 'google_compute_network', ids: 'network/Resource', arguments: { network_profile: null } },
      { type: 'google_compute_network', ids: 'gvnic-*', arguments: { network_profile: null } },
    ],
    reason: 'It has one, which names it by its path: checkov follows references only.',
  },
  'google-rdma-firewall': {
    tool: 'checkov',
    rule: 'CKV2_GCP_18',
    cloud: 'google',
    asks: 'a firewall rule of every network',
    on: [{ type: 'google_compute_network', ids: 'Resource', arguments: { network_profile: '*-vpc-roce*' } }],
    reason:
      'Networks of RoCE take no VPC firewall rules, which the check looks for: only those of a regional policy of a type of its ' +
      'own, which stands in no way of the nodes of one fabric.',
    source: 'https://cloud.google.com/firewall/docs/firewall-for-roce',
    ...CHECKED,
  },
  'google-authorized-networks': {
    tool: 'checkov',
    rule: 'CKV_GCP_20',
    cloud: 'google',
    asks: 'authorized networks of every cluster',
    on: [
      {
        type: 'google_container_cluster',
        ids: 'Resource',
        arguments: { 'control_plane_endpoints_config.ip_endpoints_config.enabled': false },
      },
    ],
    reason: 'They bind addresses of the control plane, which it has none of; its DNS endpoint lets in by IAM.',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
    ...UNREAD,
  },
  'google-fabric-flow-logs': {
    tool: 'checkov',
    rule: 'CKV_GCP_26',
    cloud: 'google',
    asks: 'flow logs of every subnet',
    on: [
      { type: 'google_compute_subnetwork', ids: 'rail-*' },
      { type: 'google_compute_subnetwork', ids: 'gvnic-*-subnet' },
    ],
    reason:
      'Data networks connect the nodes of one pool with each other and with nothing else: there is no flow to wonder about, ' +
      'and what they carry would cost more to log than it tells. Subnets of nodes have flow logs.',
  },
  'google-rails-private-access': {
    tool: 'checkov',
    rule: 'CKV_GCP_74',
    cloud: 'google',
    asks: 'private access to Google from every subnet',
    on: [{ type: 'google_compute_subnetwork', ids: 'rail-*' }],
    reason: 'RDMA networks carry RDMA alone: nothing is called over them.',
    source: 'https://docs.cloud.google.com/vpc/docs/rdma-network-profiles',
    ...CHECKED,
  },
  'google-store-logs': {
    tool: 'checkov',
    rule: 'CKV_GCP_62',
    cloud: 'google',
    asks: 'access logs of every bucket',
    on: [{ type: 'google_storage_bucket', ids: 'Resource', arguments: { logging: null } }],
    reason: 'Off unless accessLogRetentionDays asks for it, since it is billed.',
  },
  'google-store-log-target': {
    tool: 'checkov',
    rule: 'CKV_GCP_63',
    cloud: 'google',
    asks: 'access logs in another bucket',
    on: [{ type: 'google_storage_bucket', ids: 'Resource', arguments: { logging: null } }],
    reason: 'There are none unless accessLogRetentionDays asks for them; they lie in a bucket of their own then.',
  },
  'google-store-versions': {
    tool: 'checkov',
    rule: 'CKV_GCP_78',
    cloud: 'google',
    asks: 'versions of every bucket',
    on: [{ type: 'google_storage_bucket', ids: 'Resource', arguments: { 'hierarchical_namespace.enabled': true } }],
    reason: 'Buckets with folders have no versions: soft delete keeps what was deleted or written over.',
    source: 'https://docs.cloud.google.com/storage/docs/hns-overview',
    ...CHECKED,
  },
  'google-events-key': {
    tool: 'checkov',
    rule: 'CKV_GCP_83',
    cloud: 'google',
    asks: 'a key of your own for every topic',
    on: [{ type: 'google_pubsub_topic', ids: 'events-*/Resource' }],
    reason:
      'Messages say which object came and hold nothing of it; Google encrypts them, and they are gone once the copy is made.',
    source: 'https://docs.cloud.google.com/storage/docs/pubsub-notifications',
    ...CHECKED,
  },
  'google-log-bucket-logs': {
    tool: 'checkov',
    rule: 'CKV_GCP_62',
    cloud: 'google',
    asks: 'access logs of every bucket',
    on: [{ type: 'google_storage_bucket', ids: 'access-logs' }],
    reason: 'It is the bucket of the access logs: logs of itself would be followed by logs of those, without end.',
  },
  'google-log-bucket-target': {
    tool: 'checkov',
    rule: 'CKV_GCP_63',
    cloud: 'google',
    asks: 'access logs in another bucket',
    on: [{ type: 'google_storage_bucket', ids: 'access-logs' }],
    reason: 'It is the bucket of the access logs, and has none itself.',
  },
  'google-log-bucket-versions': {
    tool: 'checkov',
    rule: 'CKV_GCP_78',
    cloud: 'google',
    asks: 'versions of every bucket',
    on: [{ type: 'google_storage_bucket', ids: 'access-logs' }],
    reason: 'Cloud Storage writes each list once under a name of its own, and soft delete keeps what was deleted.',
    source: 'https://docs.cloud.google.com/storage/docs/access-logs',
    ...UNREAD,
  },
  'google-groups': {
    tool: 'checkov',
    rule: 'CKV_GCP_65',
    cloud: 'google',
    asks: 'Google Groups in the roles of Kubernetes',
    on: [{ type: 'google_container_cluster', ids: 'Resource', arguments: { authenticator_groups_config: null } }],
    reason: 'The group has to be there before, in a domain of Google Workspace: securityGroup names it.',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac',
    ...UNREAD,
  },
  'google-flex-start-repair': {
    tool: 'checkov',
    rule: 'CKV_GCP_9',
    cloud: 'google',
    asks: 'automatic repair of every node pool',
    on: [{ type: 'google_container_node_pool', ids: 'pool-*/Resource', arguments: { 'node_config.flex_start': true } }],
    reason: 'GKE takes a flex-start pool without automatic repair only; all other pools have it.',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest',
    ...CHECKED,
  },
  'google-binary-authorization': {
    tool: 'checkov',
    rule: 'CKV_GCP_66',
    cloud: 'google',
    asks: 'binary authorization of every cluster',
    on: [{ type: 'google_container_cluster', ids: 'Resource', arguments: { binary_authorization: null } }],
    reason:
      'Which images may run is a policy of the project that has to be there before: binaryAuthorization obeys it.',
    source: 'https://docs.cloud.google.com/binary-authorization/docs/setting-up',
    ...UNREAD,
  },
  'oracle-path-discovery-ssh': {
    tool: 'checkov',
    rule: 'CKV_OCI_22',
    cloud: 'oracle',
    asks: 'no SSH from everywhere',
    on: [{ type: SECURITY_RULE, ids: 'path-discovery-in', arguments: PATH_DISCOVERY }],
    reason: 'It lets in ICMP of one type and code, which tells that a packet was too large, and no TCP.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Troubleshoot/connectionhang.htm',
    ...UNREAD,
  },
  'oracle-path-discovery-rdp': {
    tool: 'checkov',
    rule: 'CKV2_OCI_2',
    cloud: 'oracle',
    asks: 'no RDP from everywhere',
    on: [
      { type: SECURITY_RULE, ids: 'path-discovery-in', arguments: PATH_DISCOVERY },
      { type: SECURITY_RULE, ids: 'path-discovery-out', arguments: PATH_DISCOVERY },
    ],
    reason: 'It lets ICMP of one type and code pass, which tells that a packet was too large, and no TCP.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Troubleshoot/connectionhang.htm',
    ...UNREAD,
  },
  'oracle-egress-rdp': {
    tool: 'checkov',
    rule: 'CKV2_OCI_2',
    cloud: 'oracle',
    asks: 'no RDP from everywhere',
    on: [
      { type: SECURITY_RULE, ids: 'to-*', arguments: { direction: 'EGRESS' } },
      { type: SECURITY_RULE, ids: 'nodes-out', arguments: { direction: 'EGRESS' } },
    ],
    reason: 'The rule lets out, and nothing in: the check reads the source of what has none.',
  },
  'oracle-members-rdp': {
    tool: 'checkov',
    rule: 'CKV2_OCI_2',
    cloud: 'oracle',
    asks: 'no RDP from everywhere',
    on: [
      { type: SECURITY_RULE, ids: 'nodes-in', arguments: { source_type: 'NETWORK_SECURITY_GROUP' } },
      { type: SECURITY_RULE, ids: 'from-control-plane', arguments: { source_type: 'NETWORK_SECURITY_GROUP' } },
    ],
    reason:
      'Nodes and control plane of a cluster may talk to each other on every port, as OKE documents it: pods listen where they ' +
      'like. Only members of their groups get in.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengnetworkconfig.htm',
    ...CHECKED,
  },
  'oracle-stateful-rules': {
    tool: 'checkov',
    rule: 'CKV_OCI_21',
    cloud: 'oracle',
    asks: 'rules without state',
    on: [{ type: SECURITY_RULE, ids: '*', arguments: { direction: 'INGRESS', stateless: false } }],
    reason:
      'A rule without state needs another one for the answers, which lets in every port of the other side. State is kept, so ' +
      'that only what was asked for comes back.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/securityrules.htm',
    ...UNREAD,
  },
  'oracle-copy-versions': {
    tool: 'checkov',
    rule: 'CKV_OCI_8',
    cloud: 'oracle',
    asks: 'versions of every bucket',
    on: [{ type: 'oci_objectstorage_bucket', ids: 'Resource', arguments: { versioning: 'Disabled' } }],
    reason: 'Object Storage copies into no bucket with versions; the store that it is of has them.',
    source: 'https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm',
    ...CHECKED,
  },
  'oracle-host-volumes': {
    tool: 'checkov',
    rule: 'CKV2_OCI_5',
    cloud: 'oracle',
    asks: 'boot volumes encrypted in transit',
    on: [
      {
        type: 'oci_containerengine_node_pool',
        ids: 'Resource',
        arguments: { node_shape: 'BM.*', 'node_config_details.is_pv_encryption_in_transit_enabled': false },
      },
    ],
    reason:
      'Whole hosts attach their volumes over iSCSI, which has no encryption in transit to turn on; virtual machines do.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/overview.htm',
    ...UNREAD,
  },
  'oracle-pod-security-policy': {
    tool: 'checkov',
    rule: 'CKV2_OCI_6',
    cloud: 'oracle',
    asks: 'the controller PodSecurityPolicy of every cluster',
    on: [{ type: 'oci_containerengine_cluster', ids: 'Resource' }],
    reason: 'Kubernetes 1.25 removed it; labels of namespaces say what pods may, by Pod Security Admission.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-policy/',
    ...UNREAD,
  },
} as const satisfies Readonly<Record<string, ExplainedFinding>>;

/** Name of a finding that is explained. */
export type FindingName = keyof typeof FINDINGS;
