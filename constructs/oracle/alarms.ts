import type { Construct } from 'constructs';
import { MonitoringAlarm } from '../../.gen/providers/oci/monitoring-alarm';
import type { Sourced } from '../../estate/catalog/types';
import type { TerraformProvider } from '../cdktf';
import { type TagOptions, tagArguments } from './names';

/** Where the alarms of something go. */
export interface AlarmOptions {
  /** OCID of a topic of Notifications in the region. */
  readonly topicId: string;
}

/** Something that goes wrong and can be seen in a metric. */
export interface AlarmRow extends Sourced {
  /** Id of the alarm, and last part of its name. */
  readonly id: string;
  /** Who measures it. */
  readonly namespace: string;
  /** What is measured and what is too much of it, in the language of queries; `DIMENSIONS` stands for what it is of. */
  readonly query: string;
  /** How long it has to last, such as `PT10M`. */
  readonly pending: string;
  /** How fast somebody should come. */
  readonly severity: 'CRITICAL' | 'WARNING';
  /** What to do, as the mail says it. */
  readonly body: string;
}

/** Options of {@link addAlarms}. */
export interface AlarmsOptions extends TagOptions, AlarmOptions {
  /** First part of their names. */
  readonly name: string;
  /** Compartment of the alarms and of what they watch. */
  readonly compartmentId: string;
  /** What they are of, by the dimensions of the metrics. @default - everything in the compartment */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Provider of their region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** Adds an alarm for each row. */
export function addAlarms(scope: Construct, rows: readonly AlarmRow[], options: AlarmsOptions): void {
  const { name, compartmentId, topicId, dimensions = {}, provider, ...tagging } = options;
  for (const { id, namespace, query, pending, severity, body } of rows) {
    new MonitoringAlarm(scope, id, {
      provider,
      compartmentId,
      metricCompartmentId: compartmentId,
      displayName: `${name}-${id}`,
      namespace,
      query: query.replace('DIMENSIONS', dimensionsText(dimensions)),
      pendingDuration: pending,
      severity,
      body,
      destinations: [topicId],
      messageFormat: 'ONS_OPTIMIZED',
      repeatNotificationDuration: 'PT4H',
      isEnabled: true,
      ...tagArguments(tagging),
    });
  }
}

function dimensionsText(dimensions: Readonly<Record<string, string>>): string {
  return Object.entries(dimensions)
    .map(([key, value]) => `${key} = "${value}"`)
    .join(', ');
}
