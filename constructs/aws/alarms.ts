import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Token, Tokenization } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConstructError } from '../errors';
import { checkId } from './checks';

/** Metrics that alarms look at, where each is described. */
export const ALARM_METRICS = {
  freeSpace: { namespace: 'AWS/FSx', metricName: 'FreeDataStorageCapacity' },
  reservation: { namespace: 'AWS/EC2CapacityReservations', metricName: 'InstanceUtilization' },
  failedNodes: { namespace: 'ContainerInsights', metricName: 'cluster_failed_node_count' },
  source:
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/fs-metrics.html, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservation-cw-metrics.html, https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html',
  checked: '2026-11',
  unverified:
    'whether capacity blocks have the metric of reservations, of which no page was found: an alarm on one without says ' +
    'nothing; that SampleCount is the number of targets is said of the I/O metrics of the page, and of free space on the ' +
    'page of File Cache',
} as const;

/** Where the alarms of something go. */
export interface AlarmOptions {
  /** ARN of an SNS topic of the same region that CloudWatch may publish to, such as that of an {@link AlarmTopic}. */
  readonly topicArn: string;
}

/** When a file system is nearly full, and where that is told. */
export interface FileSystemAlarmOptions extends AlarmOptions {
  /** Free space of one of its targets, in percent, below which it is. @default 10 */
  readonly freePercent?: number;
}

/** When a reservation is not used, and where that is told. */
export interface CapacityAlarmOptions extends AlarmOptions {
  /** Used machines, in percent, below which it is not. @default 90 */
  readonly usedPercent?: number;
}

/** When an alarm goes off. */
export interface AlarmRow {
  /** What is looked at. */
  readonly metric: IMetric;
  /** How it compares to the threshold then. */
  readonly comparison: ComparisonOperator;
  /** The threshold. */
  readonly threshold: number;
  /** Periods of the metric for which it has to be so. */
  readonly periods: number;
  /** What it means, and what to do. */
  readonly text: string;
}

/**
 * Tells when a file system fills up: when any of its targets does, since what is striped over it fails then.
 *
 * @throws ConstructError with CountInvalid or IdInvalid when nobody could be told of it
 */
export function watchFreeSpace(
  scope: Construct,
  { fileSystemId, capacityGiB }: { readonly fileSystemId: string; readonly capacityGiB: number },
  { freePercent = 10, ...options }: FileSystemAlarmOptions,
): void {
  checkPercent(scope, 'freePercent', freePercent);
  const free = (statistic: string) =>
    new Metric({ ...ALARM_METRICS.freeSpace, dimensionsMap: { FileSystemId: fileSystemId }, statistic });
  // Each target sends one value a minute, so that their number is that of the values.
  const period = Duration.minutes(1);
  const bytes = `${Tokenization.stringifyNumber(capacityGiB)} * ${2 ** 30}`;
  const metric = new MathExpression({
    expression: `100 * least * targets / (${bytes})`,
    usingMetrics: { least: free('Minimum'), targets: free('SampleCount') },
    label: 'free space of the fullest target, percent',
    period,
  });
  addAlarm(scope, 'alarm-free-space', options, {
    metric,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: freePercent,
    periods: 10,
    text: `A target of file system ${fileSystemId} has less than ${freePercent} % free: writes fail when one is full. Delete files, or raise the size of the store.`,
  });
}

/**
 * Tells when machines of a reservation stand idle for six hours.
 *
 * @throws ConstructError with CountInvalid or IdInvalid when nobody could be told of it
 */
export function watchReservation(
  scope: Construct,
  reservationId: string,
  { usedPercent = 90, ...options }: CapacityAlarmOptions,
): void {
  checkPercent(scope, 'usedPercent', usedPercent);
  const metric = new Metric({
    ...ALARM_METRICS.reservation,
    dimensionsMap: { CapacityReservationId: reservationId },
    statistic: 'Average',
    period: Duration.hours(1),
  });
  addAlarm(scope, 'alarm-unused', options, {
    metric,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: usedPercent,
    periods: 6,
    text: `Less than ${usedPercent} % of reservation ${reservationId} has been used for six hours, and all of it is paid for. Look whether its nodes start, or give it back.`,
  });
}

/** Adds an alarm that tells a topic when it begins and when it is over. */
export function addAlarm(scope: Construct, id: string, { topicArn }: AlarmOptions, row: AlarmRow): void {
  checkId(scope, 'ARN of an SNS topic', topicArn, /^arn:[^:]+:sns:[^:]+:\d{12}:.+$/, TOPIC);
  const alarm = new Alarm(scope, id, {
    metric: row.metric,
    comparisonOperator: row.comparison,
    threshold: row.threshold,
    evaluationPeriods: row.periods,
    alarmDescription: row.text,
  });
  const tell = { bind: () => ({ alarmActionArn: topicArn }) };
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
}

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:atlas-alarms';

function checkPercent(scope: Construct, what: string, percent: number): void {
  if (Token.isUnresolved(percent) || (percent >= 1 && percent <= 99)) return;
  throw new ConstructError(scope, 'CountInvalid', `${what} is ${percent}; give a number of percent from 1 to 99`);
}
