import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import { ALARM_METRICS, type AlarmOptions, addAlarm } from './alarms';
import { acknowledge } from './findings';
import { podIdentityPrincipal } from './identity';
import type { ICluster } from './node-pool';

/**
 * Tells when nodes of a cluster fail. What Kubernetes says of nodes is a metric of Container Insights only, which is
 * installed for it, without the logs of containers; it is billed by what it observes.
 *
 * @throws ConstructError with IdInvalid when nobody could be told of it
 */
export function watchNodes(cluster: ICluster & Construct, options: AlarmOptions): CfnAddon {
  const { clusterName } = cluster;
  const account = { namespace: 'amazon-cloudwatch', serviceAccount: 'cloudwatch-agent' };
  const role = new iam.Role(cluster, 'observer-role', {
    assumedBy: podIdentityPrincipal(clusterName, account),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(AGENT_POLICY)],
  });
  acknowledge(role, FINDINGS['aws-observer-policy']);
  const addon = cluster.addAddon('amazon-cloudwatch-observability', {
    configuration: {
      containerLogs: { enabled: false },
      agent: { config: { logs: { metrics_collected: { kubernetes: { enhanced_container_insights: true } } } } },
      // Where it is not told otherwise, the add-on puts agents of Application Signals into pods and bills for them.
      manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
    },
    podIdentities: [{ serviceAccount: account.serviceAccount, roleArn: role.roleArn }],
  });
  const metric = new Metric({
    ...ALARM_METRICS.failedNodes,
    dimensionsMap: { ClusterName: clusterName },
    statistic: 'Maximum',
    period: Duration.minutes(1),
  });
  addAlarm(cluster, 'alarm-nodes-failed', options, {
    metric,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 10,
    text: `Nodes of cluster ${clusterName} have failed for ten minutes, and repair has not replaced them: \`kubectl get nodes\` names them.`,
  });
  return addon;
}

const AGENT_POLICY = 'CloudWatchAgentServerPolicy';
