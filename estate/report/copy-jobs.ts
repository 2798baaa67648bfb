import { stringify } from 'yaml';
import { RCLONE_IMAGE } from '../catalog/replication';
import { WORKLOAD_IDENTITIES } from '../catalog/volumes';
import { allShards } from '../plan/all-shards';
import type { GrantClient } from '../plan/grants/types';
import type { ReplicationEnd, ReplicationPlan } from '../plan/replication/types';
import type { Plan, ShardPlan } from '../plan/types';
import { NODE_LABELS } from '../spec/node-labels';

/** An object of Kubernetes. */
interface CopyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** Kubernetes objects that copy with rclone: a folder of settings and a job that runs by the clock. */
export interface CopyJob {
  readonly replication: string;
  /** Shard that they are for. */
  readonly cluster: string;
  readonly objects: readonly [CopyObject, CopyObject];
}

const SETTINGS = '/config';
const DAY_HOURS = 24;

/** How copies are run. */
export interface CopyOptions {
  /** Queue of Kueue that their jobs name. @default none: nothing queues jobs in their namespace */
  readonly queue?: string;
}

/** What clusters run to copy, for each replication by rclone that nothing is missing for, sorted by replication. */
export function copyJobs(
  plan: Pick<Plan, 'replications' | 'grants' | 'shards'>,
  options: CopyOptions = {},
): readonly CopyJob[] {
  const shards = allShards(plan);
  return plan.replications.flatMap((replication): CopyJob[] => {
    const shard = shards.find(({ key }) => key === replication.shard);
    if (shard === undefined || replication.pending.length > 0) return [];
    const clients = clientsOf(plan, replication, shard);
    if (clients === undefined) return [];
    return [
      {
        replication: replication.key,
        cluster: shard.key,
        objects: objectsOf(replication, shard, { clients, ...options }),
      },
    ];
  });
}

/** What the pod needs to reach stores of other sites; undefined where a grant waits, or has no token to mount. */
function clientsOf(
  { grants }: Pick<Plan, 'grants'>,
  { source, destination }: ReplicationPlan,
  shard: ShardPlan,
): readonly GrantClient[] | undefined {
  const far = [source, destination].filter(({ store }) => !shard.mounts.some(({ key }) => key === store));
  const edges = far.map(({ store }) =>
    grants
      .filter(({ from, to }) => from.cluster === shard.cluster && to.store === store)
      .flatMap((grant) => grant.edges.filter((edge) => edge.shard === shard.key))
      .find(({ pending, untold }) => pending.length === 0 && untold === undefined),
  );
  const clients = edges.flatMap((edge) => edge?.client ?? []);
  return clients.length === far.length && clients.every(({ token }) => token !== undefined) ? clients : undefined;
}

function objectsOf(
  plan: ReplicationPlan,
  shard: ShardPlan,
  { clients, queue }: CopyOptions & { readonly clients: readonly GrantClient[] },
): CopyJob['objects'] {
  const { namespace, serviceAccount } = shard.workload;
  const metadata = {
    name: `copy-${plan.key}`,
    namespace,
    labels: { 'app.kubernetes.io/name': 'rclone', 'app.kubernetes.io/managed-by': 'training-estate' },
  };
  const files = clients.flatMap((client) => Object.entries(client.files));
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: {
      'rclone.conf': [remoteOf('source', plan.source), remoteOf('destination', plan.destination)].join('\n'),
      ...Object.fromEntries(files.map(([path, text]) => [keyOf(path), text])),
    },
  };
  const prefix = plan.prefix ?? '';
  const container = {
    name: 'rclone',
    image: RCLONE_IMAGE.image,
    args: [
      'copy',
      `source:${pathOf(plan.source)}/${prefix}`,
      `destination:${pathOf(plan.destination)}/${prefix}`,
      `--config=${SETTINGS}/rclone.conf`,
      '--checksum',
      '--fast-list',
      '--transfers=32',
      '--stats=1m',
      '--stats-one-line',
    ],
    env: clients.flatMap(({ env }) => Object.entries(env).map(([name, value]) => ({ name, value }))),
    resources: { requests: { cpu: '4', memory: '8Gi' }, limits: { memory: '8Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      { name: 'settings', mountPath: SETTINGS, readOnly: true },
      ...files.map(([path]) => ({ name: 'settings', mountPath: path, subPath: keyOf(path), readOnly: true })),
      ...clients.flatMap(({ token }, index) =>
        token === undefined ? [] : [{ name: `token-${index}`, mountPath: folderOf(token.path), readOnly: true }],
      ),
    ],
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: scheduleOf(plan.everyHours ?? DAY_HOURS),
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        ...(queue !== undefined && { metadata: { labels: { 'kueue.x-k8s.io/queue-name': queue } } }),
        spec: {
          backoffLimit: 2,
          template: {
            metadata: { labels: { ...metadata.labels, ...WORKLOAD_IDENTITIES[shard.cloud].podLabels } },
            spec: {
              serviceAccountName: serviceAccount,
              affinity: AWAY_FROM_POOLS,
              restartPolicy: 'Never',
              securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [container],
              volumes: [
                { name: 'settings', configMap: { name: metadata.name } },
                ...clients.flatMap(({ token }, index) => {
                  if (token === undefined) return [];
                  const { audience, expirationSeconds, path } = token;
                  const serviceAccountToken = { audience, expirationSeconds, path: keyOf(path) };
                  return [{ name: `token-${index}`, projected: { sources: [{ serviceAccountToken }] } }];
                }),
              ],
            },
          },
        },
      },
    },
  };
  return [settings, job];
}

/** Nodes of pools are for jobs of teams: the system pool has none of their labels. */
const AWAY_FROM_POOLS = {
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 100, preference: { matchExpressions: [{ key: NODE_LABELS.pool, operator: 'DoesNotExist' }] } },
    ],
  },
} as const;

/** One remote of rclone, without any key: each takes what the pod has. */
function remoteOf(
  name: string,
  { cloud, region, bucket = '', namespace, compartmentId, accountNumber }: ReplicationEnd,
) {
  const lines = {
    aws: ['type = s3', 'provider = AWS', 'env_auth = true', `region = ${region}`, 'no_check_bucket = true'],
    azure: ['type = azureblob', `account = ${bucket}`, 'env_auth = true'],
    google: [
      'type = google cloud storage',
      'env_auth = true',
      'bucket_policy_only = true',
      'no_check_bucket = true',
      `project_number = ${accountNumber}`,
    ],
    oracle: [
      'type = oracleobjectstorage',
      'provider = workload_identity_auth',
      `namespace = ${namespace}`,
      `compartment = ${compartmentId}`,
      `region = ${region}`,
      'no_check_bucket = true',
    ],
  }[cloud];
  return [`[${name}]`, ...lines, ''].join('\n');
}

/** Bucket of a store, or its container. */
function pathOf({ bucket = '', container }: ReplicationEnd): string {
  return container ?? bucket;
}

/** Hours as a schedule of cron, which counts within a day, by the day or by the week: rules refuse others. */
function scheduleOf(hours: number): string {
  if (hours < DAY_HOURS) return `0 */${hours} * * *`;
  return hours === DAY_HOURS ? '0 3 * * *' : '0 3 * * 0';
}

function keyOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Copy jobs as one text of YAML documents, for `kubectl apply -f -` or a GitOps folder. */
export function formatCopyJobs(jobs: readonly CopyJob[]): string {
  return jobs
    .flatMap(({ replication, cluster, objects }) =>
      objects.map((object, index) => {
        const about = index === 0 ? `# Replication ${replication}, for cluster ${cluster}.\n` : '';
        return `${about}${stringify(object, { lineWidth: 0 })}`;
      }),
    )
    .join('---\n')
    .trimEnd();
}
