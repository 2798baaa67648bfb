import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_CLUSTER_NAME, AWS_LOG_RETENTION } from '../../estate/catalog/aws-limits';
import { ConstructError } from '../errors';
import type { IEncryptionKey } from './encryption-key';

/** What is said of the logs of a control plane. */
export interface ControlPlaneLogs {
  /** Name of the cluster; none where CloudFormation chooses it. */
  readonly clusterName?: string;
  /** Days for which they are kept. */
  readonly logRetentionDays?: number;
  /** Encrypts them. */
  readonly encryptionKey: IEncryptionKey;
  /** Keeps them when the stack goes. */
  readonly deletionProtection?: boolean;
}

/**
 * The log group of a control plane, to be made before its cluster: EKS writes into the group of this name, and makes one
 * without key, labels or end where there is none. A cluster whose name is not known before it exists has no such group.
 *
 * @throws ConstructError with NameInvalid or RetentionInvalid when it cannot be had
 */
export function addControlPlaneLogs(scope: Construct, props: ControlPlaneLogs): logs.LogGroup | undefined {
  const {
    clusterName,
    logRetentionDays = AWS_LOG_RETENTION.defaultDays,
    encryptionKey,
    deletionProtection = true,
  } = props;
  if (clusterName === undefined) {
    if (props.logRetentionDays === undefined) return undefined;
    throw new ConstructError(
      scope,
      'NameInvalid',
      'logRetentionDays goes with clusterName only: EKS makes the log group of a cluster whose name is not known before; name it, or set the retention of its group by hand',
    );
  }
  checkClusterName(scope, clusterName);
  checkRetention(scope, logRetentionDays);
  const logGroupName = `/aws/eks/${clusterName}/cluster`;
  encryptionKey.grants.logGroups(logGroupName);
  const group = new logs.LogGroup(scope, 'control-plane-logs', {
    logGroupName,
    encryptionKey: encryptionKey.key,
    retention: logRetentionDays,
    // A creation that fails takes the group with it: its name is taken otherwise when it is tried again.
    removalPolicy: deletionProtection ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
  // CloudWatch tries the key when the group is made.
  group.node.addDependency(encryptionKey);
  return group;
}

function checkClusterName(scope: Construct, name: string): void {
  const { longest } = AWS_CLUSTER_NAME;
  if (Token.isUnresolved(name) || (/^[0-9A-Za-z][\w-]*$/.test(name) && name.length <= longest)) return;
  throw new ConstructError(
    scope,
    'NameInvalid',
    `clusterName "${name}" is none of an EKS cluster; give letters, digits, hyphens and underscores, ${longest} at most`,
  );
}

function checkRetention(scope: Construct, days: number): void {
  if (Token.isUnresolved(days) || AWS_LOG_RETENTION.days.includes(days)) return;
  throw new ConstructError(
    scope,
    'RetentionInvalid',
    `logRetentionDays is ${days}; CloudWatch takes ${AWS_LOG_RETENTION.days.join(', ')}`,
  );
}
