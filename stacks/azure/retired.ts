import { clusterRulePaths, type IFabric, reservationRoleId } from '../../constructs/azure';
import { formerPoolPaths, ids, poolPath } from '../../estate/plan/ids';
import type { RetiredStore, ShardPlan, SitePlan } from '../../estate/plan/types';
import type { FormerResource } from '../terraform';

/** Rules between a file system, its clients and everybody else. */
const RULES = ['servers-in', 'clients-in', 'others-in', 'servers-out', 'clients-out', 'azure-out'] as const;

/** What reads the site's key for a store: without it nobody reads the store. */
const KEY_USE: readonly FormerResource[] = [
  { type: 'azurerm_user_assigned_identity', path: ['identity'] },
  { type: 'azurerm_role_assignment', path: ['uses-key'] },
];

/** What keeps logs, below the construct that they are of. */
function workspaceAt(...path: readonly string[]): FormerResource {
  return { type: 'azurerm_log_analytics_workspace', path: [...path, 'Resource'] };
}

/** The same with what goes on writing them. */
function logsAt(id: string): readonly FormerResource[] {
  return [workspaceAt(id), { type: 'azurerm_monitor_diagnostic_setting', path: [id, 'setting'] }];
}

/** Logs of a cluster that are kept when no more are. */
export const FORMER_CLUSTER_LOGS: FormerResource = workspaceAt(ids.cluster, 'logs');

/** Access logs of object stores that are kept when no more are made. */
export function formerAccessLogs({ stores }: SitePlan<'azure'>): FormerResource[] {
  return stores.flatMap((store) =>
    store.kind === 'object' && store.accessLogRetentionDays === undefined
      ? [workspaceAt(ids.store(store.key), 'access-logs')]
      : [],
  );
}

const FILE_SYSTEM: readonly FormerResource[] = [
  { type: 'azurerm_managed_lustre_file_system', path: ['Resource'] },
  ...RULES.map((id) => ({ type: 'azurerm_network_security_rule', path: [id] })),
];

const OBJECT_STORE: readonly FormerResource[] = [
  { type: 'azurerm_storage_account', path: ['Resource'] },
  { type: 'azurerm_storage_container', path: ['container'] },
  { type: 'azurerm_private_endpoint', path: ['blob'] },
  { type: 'azurerm_private_endpoint', path: ['dfs'] },
  ...logsAt('access-logs'),
];

/** What a store is made of besides the use of its key, by its kind. */
const PARTS: Readonly<Record<RetiredStore['kind'], readonly FormerResource[]>> = {
  lustre: FILE_SYSTEM,
  object: OBJECT_STORE,
};

/** What a store is made of, below the storage stack. Its subnet stays declared, with group and way out. */
export function storeResources({ kind, key }: RetiredStore): FormerResource[] {
  return [...PARTS[kind], ...KEY_USE].map(({ type, path }) => ({ type, path: [ids.store(key), ...path] }));
}

/** What the nodes of retired groups are, below the cluster stack. */
export function groupResources({ retired }: ShardPlan<'azure'>): FormerResource[] {
  return retired.flatMap(({ id }) =>
    [poolPath('azure', id), ...formerPoolPaths('azure', id)].map((path) => ({
      type: 'azurerm_kubernetes_cluster_node_pool',
      path: [...path, 'Resource'],
    })),
  );
}

const KEY = [
  { type: 'azurerm_key_vault', id: 'vault' },
  { type: 'azurerm_private_endpoint', id: 'endpoint' },
  { type: 'azurerm_key_vault_key', id: 'Resource' },
] as const;

/**
 * The key that a stack made before its site brought one, and who may use it, by construct: what it encrypted is read with
 * it until it is written anew, and the roles would go before that.
 */
export function formerKey(
  { encryptionKey }: SitePlan<'azure'>,
  users: readonly (readonly string[])[],
): FormerResource[] {
  if (encryptionKey === undefined) return [];
  return [
    ...KEY.map(({ type, id }) => ({ type, path: [ids.key, id] })),
    ...users.map((path) => ({ type: 'azurerm_role_assignment', path })),
  ];
}

/** Who uses the key of the stores of a site. */
export function storesKeyUsers({ stores }: SitePlan<'azure'>): string[][] {
  return stores.map(({ key }) => [ids.store(key), 'uses-key']);
}

const USES_OF_CLUSTER_KEY = ['uses-key', 'connects-vault', 'disks-use-key'] as const;

/** Who uses the key of a cluster. */
export const CLUSTER_KEY_USERS: readonly (readonly string[])[] = USES_OF_CLUSTER_KEY.map((id) => [ids.cluster, id]);

const CLUSTER = [
  { type: 'azurerm_kubernetes_cluster', children: ['Resource'] },
  { type: 'azurerm_disk_encryption_set', children: ['disks'] },
  { type: 'azurerm_user_assigned_identity', children: ['control-plane', 'disks-identity', 'kubelet'] },
  {
    type: 'azurerm_role_assignment',
    children: [
      // The first is what releases before gave instead of the next three.
      ...['joins-network', 'joins-nodes', 'joins-control-plane', 'links-dns', 'writes-dns'],
      ...USES_OF_CLUSTER_KEY,
      ...['reads-disks', 'pulls-images', 'assigns-kubelet'],
    ],
  },
] as const;

/** The cluster that a stack made before its pools were those of one that exists: it goes on, with all that it needs. */
export function formerCluster({ existing, access, pools }: ShardPlan<'azure'>): FormerResource[] {
  if (existing === undefined) return [];
  const groups = pools.flatMap((pool) => pool.groups.flatMap(({ reservation }) => reservation ?? []));
  const roles = [
    ...access.administrators.map((admin) => `admin-${admin}`),
    ...access.viewers.flatMap((viewer) => [`viewer-${viewer}`, `views-${viewer}`]),
    // With an identity that is known, the role stays declared.
    ...(existing.principalId === undefined ? [...new Set(groups.map(reservationRoleId))] : []),
  ];
  return [
    ...CLUSTER.flatMap(({ type, children }) => children.map((id) => ({ type, path: [ids.cluster, id] }))),
    ...roles.map((id) => ({ type: 'azurerm_role_assignment', path: [ids.cluster, id] })),
    ...clusterRulePaths().map((path) => ({ type: 'azurerm_network_security_rule', path: [ids.cluster, ...path] })),
    { type: 'azurerm_private_dns_zone', path: [ids.cluster, 'api-server-zone', 'Resource'] },
    { type: 'azurerm_private_dns_zone_virtual_network_link', path: [ids.cluster, 'api-server-zone', 'link'] },
    ...logsAt('logs').map(({ type, path }) => ({ type, path: [ids.cluster, ...path] })),
    ...KEY.map(({ type, id }) => ({ type, path: [ids.key, id] })),
  ];
}

/**
 * Registrations that must not be undone when a subscription no longer declares them: that of AKS itself, which fabrics
 * once made, and that of InfiniBand, which nodes may still use.
 */
export function formerRegistrations(fabric: IFabric): FormerResource[] {
  const path = [fabric.node.id, 'Resource'];
  const registered = fabric.infinibandFeature === 'registered';
  return [
    { type: 'azurerm_resource_provider_registration', path },
    ...(registered ? [] : [{ type: 'azurerm_resource_provider_feature_registration', path }]),
  ];
}
