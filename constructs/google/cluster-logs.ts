import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import type { Construct } from 'constructs';
import { GOOGLE_LOG_RETENTION } from '../../estate/catalog/google';
import { Token } from '../cdktf';
import { checkDays } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName } from './names';
import type { ICluster } from './node-pool';
import { protect, unprotect } from './protection';

/** How logs of a cluster are kept. */
export interface ClusterLogsProps {
  /** The cluster. */
  readonly cluster: ICluster;
  /** Encrypts the logs; of the region of the cluster. A log bucket that has a key never goes without one again. */
  readonly encryptionKey: IEncryptionKey;
  /** Days for which they are kept. */
  readonly retentionDays: number;
  /** Whether Terraform and its provider refuse to destroy them. */
  readonly deletionProtection: boolean;
}

/**
 * Keeps what the control plane of a cluster logs, and who did what in it and with it, in a log bucket of its own. The
 * project goes on keeping the same for as long as its own buckets do.
 *
 * @throws ConstructError with `RetentionInvalid` when Cloud Logging keeps nothing for so long
 */
export function keepLogs(scope: Construct, props: ClusterLogsProps): void {
  const { cluster, encryptionKey, retentionDays } = props;
  const { clusterName, projectId, region } = cluster;
  const { fewestDays: min, mostDays: max } = GOOGLE_LOG_RETENTION;
  checkDays(scope, `logRetentionDays of cluster "${clusterName}"`, retentionDays, { min, max });
  const bucketId = physicalName([clusterName, 'logs'], LIMITS.log);
  const bucket = new LoggingProjectBucketConfig(scope, 'log-bucket', {
    bucketId,
    project: projectId,
    location: region,
    description: `Control plane and audit logs of cluster ${clusterName}`,
    retentionDays,
    cmekSettings: { kmsKeyName: encryptionKey.keyId },
    dependsOn: [...encryptionKey.grants.serviceAgent('logging').dependables],
  });
  if (props.deletionProtection) protect(bucket);
  else unprotect(bucket);
  new LoggingProjectSink(scope, 'log-sink', {
    name: physicalName([clusterName, ...(Token.isUnresolved(region) ? [] : [region]), 'logs'], LIMITS.log),
    project: projectId,
    destination: `logging.googleapis.com/projects/${projectId}/locations/${region}/buckets/${bucketId}`,
    filter: logFilter(cluster),
    uniqueWriterIdentity: true,
    dependsOn: [bucket],
  });
}

/** Entries of the control plane, and audit entries of the cluster, its pools and its Kubernetes API. */
function logFilter({ clusterName, region }: ICluster): string {
  return [
    `resource.labels.cluster_name="${clusterName}"`,
    `resource.labels.location="${region}"`,
    '(resource.type="k8s_control_plane_component" OR logName:"cloudaudit.googleapis.com")',
  ].join(' AND ');
}
