import {
  accessRuleId,
  CLUSTER_ROLES,
  CLUSTER_RULE_IDS,
  LOG_SOURCES,
  type LogSource,
  linkedRuleId,
} from '../../constructs/oracle';
import { formerPoolPaths, ids, poolPath } from '../../estate/plan/ids';
import type { RetiredGroup, RetiredStore, ShardPlan, SitePlan } from '../../estate/plan/types';
import { type FormerResource, formerStoreIds } from '../terraform';

const RULE = 'oci_core_network_security_group_security_rule';
/** Rules of every file system, whoever may connect to it. */
const OWN_RULES = ['servers-in', 'servers-out', 'path-discovery-in', 'path-discovery-out'] as const;

/** Id that keys of stacks had in earlier releases. */
export const FORMER_KEY_ID = 'encryption-key';

/** Id that the identity of the workloads had in earlier releases. */
export const FORMER_WORKLOAD_ID = 'identity';

/** What a store is made of, by its kind. */
const PARTS: Readonly<Record<RetiredStore['kind'], (id: string, shards: readonly string[]) => FormerResource[]>> = {
  lustre: fileSystem,
  object: objectStore,
};

/** What a store is made of, below the storage stack; also where it stood before ids of stores had a prefix. */
export function storeResources(store: RetiredStore, site: SitePlan<'oracle'>): FormerResource[] {
  return [ids.store(store.key), ...formerStoreIds(store, site)].flatMap((id) => PARTS[store.kind](id, site.shards));
}

/** A file system does not outlive its security group: with the last rule gone, no client reaches the data. */
function fileSystem(id: string, shards: readonly string[]): FormerResource[] {
  const clients = shards.flatMap((shard) => [`from-${shard}`, `to-${shard}`]);
  return [
    { type: 'oci_lustre_file_storage_lustre_file_system', path: [id, 'Resource'] },
    { type: 'oci_core_network_security_group', path: [id, 'security', 'Resource'] },
    ...[...OWN_RULES, ...clients].map((rule) => ({ type: RULE, path: [id, 'security', rule] })),
  ];
}

function objectStore(id: string): FormerResource[] {
  return [
    { type: 'oci_objectstorage_bucket', path: [id, 'Resource'] },
    { type: 'oci_objectstorage_object_lifecycle_policy', path: [id, 'retention'] },
    ...logs([id, 'access-logs'], LOG_SOURCES.objectStore),
  ];
}

/** Logs of what is kept are kept with it. */
function logs(path: readonly string[], { categories }: LogSource): FormerResource[] {
  return [
    { type: 'oci_logging_log_group', path: [...path, 'Resource'] },
    ...categories.map((category) => ({ type: 'oci_logging_log', path: [...path, category] })),
  ];
}

/** Logs of a cluster that are kept when no more are. */
export const FORMER_CLUSTER_LOGS: readonly FormerResource[] = logs([ids.cluster, 'logs'], LOG_SOURCES.cluster);

/** Access logs of object stores that are kept when no more are made. */
export function formerAccessLogs({ stores }: SitePlan<'oracle'>): FormerResource[] {
  return stores.flatMap((store) =>
    store.kind === 'object' && store.accessLogRetentionDays === undefined
      ? logs([ids.store(store.key), 'access-logs'], LOG_SOURCES.objectStore)
      : [],
  );
}

const KEY = [ids.key, FORMER_KEY_ID].flatMap((id) => [
  { type: 'oci_kms_vault', path: [id, 'vault'] },
  { type: 'oci_kms_key', path: [id, 'Resource'] },
]);

/** The key that a stack made before its site brought one: what it encrypted is read with it until it is written anew. */
export function formerKey({ encryptionKey }: SitePlan<'oracle'>): FormerResource[] {
  return encryptionKey === undefined ? [] : KEY;
}

/** The cluster that a stack made before its pools were those of one that exists: it goes on, with all that it needs. */
export function formerCluster({ existing, access, mounts, pools, site }: ShardPlan<'oracle'>): FormerResource[] {
  if (existing === undefined) return [];
  const lustre = mounts.flatMap(({ kind, name, existing: brought }) =>
    kind === 'lustre' && brought === undefined ? [`lustre-from-${name}`, `lustre-to-${name}`] : [],
  );
  const groups = [
    ['control-plane-group', [...CLUSTER_RULE_IDS.controlPlane, ...access.ranges.map(accessRuleId)]],
    ['nodes-group', [...CLUSTER_RULE_IDS.nodes, ...lustre, ...(site.gateway?.reached ?? []).map(linkedRuleId)]],
    ['load-balancers-group', CLUSTER_RULE_IDS.loadBalancers],
  ] as const;
  return [
    { type: 'oci_containerengine_cluster', path: [ids.cluster, 'Resource'] },
    { type: 'oci_containerengine_node_pool', path: [ids.cluster, ids.system, 'Resource'] },
    { type: 'oci_containerengine_addon', path: [ids.cluster, 'addon-AmdGpuPlugin'] },
    ...FORMER_CLUSTER_LOGS,
    ...CLUSTER_ROLES.roles.map(({ id }) => ({ type: 'oci_identity_policy', path: [ids.cluster, id] })),
    { type: 'terraform_data', path: [ids.cluster, 'certificate-authority', 'Resource'] },
    ...groups.flatMap(([group, rules]) => [
      { type: 'oci_core_network_security_group', path: [ids.cluster, group, 'Resource'] },
      ...rules.map((rule) => ({ type: RULE, path: [ids.cluster, group, rule] })),
    ]),
    ...pools.filter(isRack).map(({ key }) => templateOf(ids.template(key))),
    ...KEY,
  ];
}

/** What the nodes of retired groups are, below the cluster stack. The stack still declares their fabrics. */
export function groupResources({ existing, retired, pools }: ShardPlan<'oracle'>): FormerResource[] {
  // A pool of racks that lives has a template of the same name, which its retired racks refer to as well.
  const living = new Set(pools.filter(isRack).map(({ key }) => key));
  const templates = new Set(retired.filter(isRack).map(({ pool }) => pool));
  return [
    ...retired.flatMap((group) =>
      [poolPath('oracle', group.id), ...formerPoolPaths('oracle', group.id)].map((path) => ({
        type: isRack(group) ? 'oci_core_compute_gpu_memory_cluster' : 'oci_containerengine_node_pool',
        path: [...path, 'Resource'],
      })),
    ),
    ...[...templates]
      .filter((pool) => !living.has(pool))
      .flatMap((pool) =>
        [ids.template(pool), ...(existing === undefined ? [] : [ids.joinedTemplate(pool)])].map(templateOf),
      ),
  ];
}

function templateOf(id: string): FormerResource {
  return { type: 'oci_core_instance_configuration', path: [id, 'Resource'] };
}

/** Without a machine the group is one of hosts: rack machines are in the built-in catalog. */
function isRack({ machine }: Pick<RetiredGroup<'oracle'>, 'machine'>): boolean {
  return machine?.attachment === 'gpu-memory-cluster';
}
