import { Construct } from 'constructs';
import { LoggingLog } from '../../.gen/providers/oci/logging-log';
import { LoggingLogGroup } from '../../.gen/providers/oci/logging-log-group';
import { ORACLE_LOG_RETENTION } from '../../estate/catalog/oracle';
import type { Sourced } from '../../estate/catalog/types';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName, checkTags } from './checks';
import { type TagOptions, tagArguments } from './names';

/** What a service of Oracle Cloud writes logs of. */
export interface LogSource extends Sourced {
  /** Name of the service. */
  readonly service: string;
  /** Kinds of logs, each of which becomes a log of its own. */
  readonly categories: readonly string[];
}

/** The logs that Oracle Cloud offers of what is made here. */
export const LOG_SOURCES = {
  /** API server, scheduler and controllers. What was asked of the API server is in Audit besides, for a year. */
  cluster: {
    service: 'oke-k8s-cp-prod',
    categories: ['all-service-logs'],
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengviewingservicelogs.htm',
    checked: '2026-11',
    unverified: 'the page names neither service nor category as the API does; many public configurations do',
  },
  /** Who read and wrote which object. */
  objectStore: {
    service: 'objectstorage',
    categories: ['read', 'write'],
    source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/service_logs.htm',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, LogSource>>;

/** Options of {@link ServiceLogs}. */
export interface ServiceLogsProps extends TagOptions {
  /** Name of the group of the logs, and first part of their names. */
  readonly name: string;
  /** Compartment of the group, and of what the logs are of. */
  readonly compartmentId: string;
  /** What writes them. */
  readonly source: LogSource;
  /** What they are of: an OCID, or the name of a bucket. */
  readonly resource: string;
  /** Days for which they are kept, in steps of 30 up to 180. */
  readonly retentionDays: number;
  /** Whether Terraform refuses to destroy them. */
  readonly deletionProtection: boolean;
}

/** The logs that a service of Oracle Cloud writes of one thing, in a group of their own. They are billed by their size. */
export class ServiceLogs extends Construct {
  /** OCID of the group of the logs. */
  readonly logGroupId: string;

  /** @throws ConstructError with `NameInvalid`, `RetentionInvalid` or `TagInvalid` when there can be no such logs */
  constructor(scope: Construct, id: string, props: ServiceLogsProps) {
    super(scope, id);
    check(this, props);
    const { compartmentId, source, resource } = props;
    const common = {
      ...tagArguments(props),
      lifecycle: props.deletionProtection ? { preventDestroy: true } : undefined,
    };
    const group = new LoggingLogGroup(this, 'Resource', { compartmentId, displayName: props.name, ...common });
    this.logGroupId = group.id;
    for (const category of source.categories) {
      new LoggingLog(this, category, {
        logGroupId: group.id,
        displayName: `${props.name}-${category}`,
        logType: 'SERVICE',
        configuration: {
          compartmentId,
          source: { sourceType: 'OCISERVICE', service: source.service, category, resource },
        },
        isEnabled: true,
        retentionDuration: props.retentionDays,
        ...common,
      });
    }
  }
}

function check(scope: Construct, props: ServiceLogsProps): void {
  const { name, retentionDays: days } = props;
  const { stepDays, mostDays } = ORACLE_LOG_RETENTION;
  checkName(scope, name);
  checkTags(scope, props);
  if (Token.isUnresolved(days) || (days > 0 && days <= mostDays && days % stepDays === 0)) return;
  const what = `logs are kept for ${days} days; use a multiple of ${stepDays} up to ${mostDays}`;
  throw new ConstructError(scope, 'RetentionInvalid', what);
}
