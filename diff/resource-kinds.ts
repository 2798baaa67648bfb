import type { Layer } from '../estate/plan/names';

/** What of the estate lives in a resource and goes with it. */
export type Holds = 'nodes' | 'cluster' | 'files' | 'site';

/** What a resource type is called in a report, and what lives in it. */
export interface ResourceKind {
  readonly noun: string;
  /** @default nothing that a report counts */
  readonly holds?: Holds;
  /** Whether nothing of another stack stands on it, so that any order of stacks removes it. @default false */
  readonly isAlone?: true;
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

const KINDS: Readonly<Record<string, ResourceKind>> = {
  'AWS::Budgets::Budget': BUDGET,
  'AWS::Budgets::BudgetsAction': { noun: 'budget action', isAlone: true },
  'AWS::EC2::VPC': NETWORK,
  'AWS::EKS::Cluster': CLUSTER,
  'AWS::EKS::Nodegroup': POOL,
  'AWS::FSx::FileSystem': FILES,
  'AWS::KMS::Key': KEY,
  'AWS::Organizations::Policy': { noun: 'service control policy', isAlone: true },
  'AWS::S3::Bucket': BUCKET,
  'AWS::SNS::Subscription': SUBSCRIPTION,
  azurerm_consumption_budget_subscription: BUDGET,
  azurerm_key_vault: { noun: 'key vault' },
  azurerm_key_vault_key: KEY,
  azurerm_kubernetes_cluster: CLUSTER,
  azurerm_kubernetes_cluster_node_pool: POOL,
  azurerm_log_analytics_workspace: { noun: 'workspace of logs' },
  azurerm_managed_lustre_file_system: FILES,
  azurerm_monitor_diagnostic_setting: { noun: 'diagnostic setting', isAlone: true },
  azurerm_monitor_action_group: { noun: 'action group', isAlone: true },
  azurerm_monitor_metric_alert: ALARM,
  azurerm_subscription_policy_assignment: { noun: 'policy assignment', isAlone: true },
  azurerm_storage_container: { noun: 'container' },
  azurerm_virtual_network: NETWORK,
  google_billing_budget: BUDGET,
  google_compute_firewall: { noun: 'firewall rule' },
  google_container_cluster: CLUSTER,
  google_container_node_pool: POOL,
  google_kms_crypto_key: KEY,
  google_logging_project_bucket_config: { noun: 'log bucket' },
  google_logging_project_sink: { noun: 'log sink', isAlone: true },
  google_lustre_instance: FILES,
  google_monitoring_alert_policy: ALARM,
  google_monitoring_notification_channel: { noun: 'notification channel', isAlone: true },
  google_org_policy_policy: { noun: 'organization policy', isAlone: true },
  google_storage_bucket: BUCKET,
  oci_budget_alert_rule: { noun: 'alert rule', isAlone: true },
  oci_budget_budget: BUDGET,
  oci_containerengine_addon: { noun: 'cluster add-on' },
  oci_containerengine_cluster: CLUSTER,
  oci_containerengine_node_pool: POOL,
  oci_core_compute_gpu_memory_cluster: { noun: 'GPU memory cluster', holds: 'nodes' },
  oci_core_network_security_group_security_rule: { noun: 'security rule' },
  oci_core_vcn: NETWORK,
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

/** A count with its noun: `1 policy`, `3 policies`. */
export function countNoun(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const plural = noun.replace(/([^aeiou])y$/, '$1ie');
  return `${count} ${/(s|x|ch)$/.test(plural) ? `${plural}es` : `${plural}s`}`;
}
