import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import type { Sourced } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { checkId, checkName, checkTags } from './checks';
import { LIMITS, physicalName, resourceTags } from './names';

const ACTION_GROUP = 'Microsoft.Insights/actionGroups';

/** Where the alarms of something go. */
export interface AlarmOptions {
  /** Id of an action group, such as that of an {@link AlarmGroup}. */
  readonly actionGroupId: string;
}

/** Options of an {@link AlarmGroup}. */
export interface AlarmGroupProps {
  /** Name of the group. */
  readonly name: string;
  /** Resource group that it lies in. */
  readonly resourceGroupName: string;
  /**
   * Addresses that alarms are mailed to.
   * @default - nobody
   */
  readonly emails?: readonly string[];
  /**
   * Tags of the group.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Who is told of alarms: an action group, which has no region. */
export class AlarmGroup extends Construct {
  /** Id of the action group; known after it exists, so that alarms wait for it. */
  readonly actionGroupId: string;
  /** What must exist before alarms go to it. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: AlarmGroupProps) {
    super(scope, id);
    checkName(this, 'an action group', props.name);
    checkTags(this, `action group ${props.name}`, props.tags);
    const group = new MonitorActionGroup(this, 'Resource', {
      name: physicalName([props.name, 'alarms'], LIMITS.alarm),
      resourceGroupName: props.resourceGroupName,
      shortName: physicalName([props.name], LIMITS.alarmShortName),
      emailReceiver: props.emails?.map((emailAddress) => ({
        name: emailAddress,
        emailAddress,
        useCommonAlertSchema: true,
      })),
      tags: resourceTags(props.tags),
    });
    this.actionGroupId = group.id;
    this.dependables = [group];
  }
}

/** Something that goes wrong and can be seen in a metric. */
export interface AlarmRow extends Sourced {
  /** Id of the alarm, and last part of its name. */
  readonly id: string;
  /** Type of the resource that has the metric. */
  readonly namespace: string;
  /** Name of the metric. */
  readonly metric: string;
  /** What of the values of a quarter of an hour is compared. */
  readonly aggregation: 'Average' | 'Minimum';
  /** When it is too much, or too little. */
  readonly operator: 'GreaterThan' | 'LessThan';
  /** Values of dimensions that count; `*` looks at each value by itself. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** 0 is the worst, 4 the least. */
  readonly severity: number;
  /** What it means, and what to do. */
  readonly text: string;
}

/** Nodes that AKS cannot run anything on. */
export const NODES_NOT_READY: AlarmRow = {
  id: 'nodes-not-ready',
  namespace: 'Microsoft.ContainerService/managedClusters',
  metric: 'kube_node_status_condition',
  aggregation: 'Average',
  operator: 'GreaterThan',
  dimensions: { status2: 'NotReady' },
  severity: 1,
  text: 'Nodes have not been ready for a quarter of an hour: kubectl get nodes names them. Jobs on them start again from their last checkpoint.',
  source:
    'https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-containerservice-managedclusters-metrics',
  checked: '2026-11',
};

/** A file system fails to write when one of its targets is full, however much the others have. */
export const LITTLE_FREE_SPACE: AlarmRow = {
  id: 'little-free-space',
  namespace: 'Microsoft.StorageCache/amlFilesystems',
  metric: 'OSTBytesAvailable',
  aggregation: 'Minimum',
  operator: 'LessThan',
  dimensions: { ostnum: '*' },
  severity: 1,
  text: 'A target of the file system is nearly full: writes fail when it is. Delete files, or add a second file system, since none grows.',
  source:
    'https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-storagecache-amlfilesystems-metrics',
  checked: '2026-11',
};

/** What an alarm is of, and who is told. */
export interface AlarmProps extends AlarmOptions {
  /** First part of its name. */
  readonly name: string;
  /** Resource group of the alarm. */
  readonly resourceGroupName: string;
  /** Id of what is watched. */
  readonly resourceId: string;
  /** Value that is too much, or too little. */
  readonly threshold: number;
  /**
   * Tags of the alarm.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Watches a metric, every five minutes for the last fifteen.
 *
 * @throws ConstructError with `IdInvalid` when the action group is none
 */
export function addAlarm(scope: Construct, row: AlarmRow, props: AlarmProps): MonitorMetricAlert {
  checkId(scope, 'an action group', ACTION_GROUP, props.actionGroupId);
  return new MonitorMetricAlert(scope, row.id, {
    name: physicalName([props.name, row.id], LIMITS.alarm),
    resourceGroupName: props.resourceGroupName,
    scopes: [props.resourceId],
    description: row.text,
    severity: row.severity,
    frequency: 'PT5M',
    windowSize: 'PT15M',
    criteria: [
      {
        metricNamespace: row.namespace,
        metricName: row.metric,
        aggregation: row.aggregation,
        operator: row.operator,
        threshold: props.threshold,
        dimension: Object.entries(row.dimensions).map(([name, value]) => ({
          name,
          operator: 'Include',
          values: [value],
        })),
      },
    ],
    action: [{ actionGroupId: props.actionGroupId }],
    tags: resourceTags(props.tags),
  });
}
