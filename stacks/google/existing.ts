import type { Construct } from 'constructs';
import {
  ADMIN_ROLE_ID,
  adminGrantId,
  EncryptionKey,
  type IEncryptionKey,
  type INetwork,
  Network,
  rightsGrantId,
  type ServiceAgent,
  viewerGrantId,
} from '../../constructs/google';
import { ids } from '../../estate/plan/ids';
import type { ShardPlan, SitePlan } from '../../estate/plan/types';
import type { Tags } from '../../estate/units';
import type { FormerResource } from '../terraform';

/** The network of a site as later stacks know it: by names, so that no plan waits for another one. */
export function siteNetwork(scope: Construct, { name, account, region, zones, network }: SitePlan<'google'>): INetwork {
  const { existing, subnets } = network;
  return Network.fromNetworkAttributes(scope, ids.network, {
    name: existing?.id ?? name,
    projectId: existing?.projectId ?? account.ids.projectId,
    region,
    zones,
    subnets: existing?.subnets.map(({ id, ...subnet }) => ({ ...subnet, subnetName: id })) ?? subnets,
  });
}

/** The key of a site that exists already, or one that the stack makes. */
export function keyOf(scope: Construct, name: string, tags: Tags, site: SitePlan<'google'>): IEncryptionKey {
  if (site.encryptionKey !== undefined) return EncryptionKey.fromKeyId(scope, ids.key, site.encryptionKey.id);
  const { projectId, projectNumber } = site.account.ids;
  return new EncryptionKey(scope, ids.key, { name, projectId, projectNumber, region: site.region, tags });
}

/** The key that a stack made before it got one that exists, or none: what it encrypted needs it on. */
export function formerKey(users: readonly ServiceAgent[]): FormerResource[] {
  return [
    { type: 'google_kms_key_ring', path: [ids.key, 'key-ring'] },
    { type: 'google_kms_crypto_key', path: [ids.key, 'Resource'] },
    ...users.map(keyUse),
  ];
}

function keyUse(user: ServiceAgent): FormerResource {
  return { type: 'google_kms_crypto_key_iam_member', path: [ids.key, `used-by-${user}`] };
}

/** Logs of a cluster that are kept when no more are: with the key that they are read with. */
export const FORMER_CLUSTER_LOGS: readonly FormerResource[] = [
  { type: 'google_logging_project_bucket_config', path: [ids.cluster, 'log-bucket'] },
  keyUse('logging'),
];

/** Access logs of an object store that are kept when no more are made. */
export function formerAccessLogs(store: string): FormerResource[] {
  return [{ type: 'google_storage_bucket', path: [ids.store(store), 'access-logs'] }];
}

/** Access logs of an object store that is kept itself: it goes on making them. */
export function formerStoreLogs(store: string): FormerResource[] {
  const writer = { type: 'google_storage_bucket_iam_member', path: [ids.store(store), 'access-logs-writer'] };
  return [...formerAccessLogs(store), writer];
}

/** The cluster that a stack made before it was said to exist: its nodes run on as they are, and who administers it stays. */
export function formerCluster({ administrators, viewers }: ShardPlan['access']): FormerResource[] {
  const grants = [
    'node-account-container-defaultNodeServiceAccount',
    'node-account-artifactregistry-reader',
    ...administrators.flatMap((admin) => [adminGrantId(admin), rightsGrantId(admin)]),
    ...viewers.map(viewerGrantId),
  ];
  return [
    { type: 'google_container_cluster', path: [ids.cluster, 'Resource'] },
    { type: 'google_container_node_pool', path: [ids.cluster, 'system', 'Resource'] },
    { type: 'google_service_account', path: [ids.cluster, 'node-account'] },
    { type: 'google_project_iam_custom_role', path: [ids.cluster, ADMIN_ROLE_ID] },
    ...[...new Set(grants)].map((id) => ({ type: 'google_project_iam_member', path: [ids.cluster, id] })),
  ];
}
