import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import type { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { checkCount } from '../terraform-checks';
import { checkId } from './checks';
import { resourceTags } from './names';
import type { ICluster } from './node-pool';

/** Metrics that alarms look at, where each is described. */
export const ALARM_METRICS = {
  availableBytes: 'lustre_googleapis_com:instance_available_bytes',
  capacityBytes: 'lustre_googleapis_com:instance_capacity_bytes',
  nodeCondition: 'kubernetes_io:node_status_condition',
  nodeInterruptions: 'kubernetes_io:node_interruption_count',
  source:
    'https://docs.cloud.google.com/monitoring/api/metrics_gcp, https://docs.cloud.google.com/monitoring/api/metrics_kubernetes',
  checked: '2026-11',
} as const;

/** Where the alarms of something go. */
export interface AlarmOptions {
  /** Channel of Cloud Monitoring, `projects/P/notificationChannels/ID`, such as that of an {@link AlarmChannel}. */
  readonly notificationChannel: string;
}

/** When a file system is nearly full, and where that is told. */
export interface FileSystemAlarmOptions extends AlarmOptions {
  /** Free space of one of its targets, in percent, below which it is. @default 10 */
  readonly freePercent?: number;
}

/** What is the same for all alarms of something. */
export interface WatchOptions {
  /** Project of what is watched. */
  readonly projectId: string;
  /** Labels of the alarms. @default - none */
  readonly tags?: Tags;
}

/** When an alarm goes off. */
interface Alarm {
  readonly title: string;
  /** Query of Prometheus that is true then. */
  readonly query: string;
  /** For how long it has to be true. */
  readonly minutes: number;
  /** What it means, and what to do. */
  readonly text: string;
}

/**
 * Tells when a file system fills up: when any of its targets does, since what is striped over it fails then.
 *
 * @throws ConstructError with `CountInvalid` when the part that is free is no percentage
 */
export function watchFreeSpace(
  scope: Construct,
  { instanceName, zone }: { readonly instanceName: string; readonly zone: string },
  { freePercent = 10, ...options }: WatchOptions & FileSystemAlarmOptions,
): void {
  checkCount(scope, `freePercent of file system "${instanceName}"`, freePercent, { min: 1, max: 99 });
  const of = selector({
    monitored_resource: 'lustre.googleapis.com/Instance',
    instance_id: instanceName,
    location: zone,
  });
  const { availableBytes, capacityBytes } = ALARM_METRICS;
  addAlarm(scope, 'alarm-free-space', options, {
    title: `Lustre ${instanceName}: little free space`,
    query: `min by (component) (${availableBytes}${of} / ${capacityBytes}${of}) < ${freePercent / 100}`,
    minutes: 10,
    text: `A target of file system ${instanceName} has less than ${freePercent} % free: writes fail when one is full. Delete files, or raise the size of the store.`,
  });
}

/** Tells when nodes of a cluster are not ready, or are taken away. */
export function watchNodes(
  scope: Construct,
  { clusterName, region }: ICluster,
  options: WatchOptions & AlarmOptions,
): void {
  const of = (labels: Readonly<Record<string, string>> = {}, more = '') =>
    selector({ monitored_resource: 'k8s_node', cluster_name: clusterName, location: region, ...labels }, more);
  addAlarm(scope, 'alarm-nodes-unready', options, {
    title: `Cluster ${clusterName}: nodes are not ready`,
    query: `count(${ALARM_METRICS.nodeCondition}${of({ condition: 'Ready' }, ',status!="True"')} > 0) > 0`,
    minutes: 10,
    text: `Nodes of cluster ${clusterName} have not been ready for ten minutes: \`kubectl get nodes\` names them.`,
  });
  const interruptions = `sum_over_time(${ALARM_METRICS.nodeInterruptions}${of()}[10m])`;
  addAlarm(scope, 'alarm-nodes-interrupted', options, {
    title: `Cluster ${clusterName}: nodes were interrupted`,
    query: `sum by (interruption_type, interruption_reason) (${interruptions}) > 0`,
    minutes: 0,
    text: `Google maintained, took back or lost hosts of cluster ${clusterName}; jobs on them start again from their last checkpoint.`,
  });
}

function selector(labels: Readonly<Record<string, string>>, more = ''): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}${more}}`;
}

function addAlarm(
  scope: Construct,
  id: string,
  options: WatchOptions & AlarmOptions,
  { title, query, minutes, text }: Alarm,
): void {
  const { projectId, notificationChannel, tags } = options;
  const form = /^projects\/[^/]+\/notificationChannels\/[^/]+$/;
  checkId(scope, 'notificationChannel', notificationChannel, form, 'projects/P/notificationChannels/ID');
  new MonitoringAlertPolicy(scope, id, {
    project: projectId,
    displayName: title,
    combiner: 'OR',
    severity: 'WARNING',
    notificationChannels: [notificationChannel],
    conditions: [
      {
        displayName: title,
        conditionPrometheusQueryLanguage: {
          query,
          duration: `${minutes * 60}s`,
          evaluationInterval: '60s',
          // Google knows a metric only when something has been measured, which is after the first apply.
          disableMetricValidation: true,
        },
      },
    ],
    documentation: { content: text, mimeType: 'text/markdown' },
    userLabels: resourceTags(scope, tags),
  });
}
