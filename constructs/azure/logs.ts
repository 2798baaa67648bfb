import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Construct } from 'constructs';
import { AZURE_LOG_RETENTION } from '../../estate/catalog/azure';
import type { Sourced } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { setSuccessors } from '../newer-arguments';
import { LIMITS, physicalName, resourceTags } from './names';

/** What a service logs of one kind of resource, and how its tables are called. */
export interface LogSource extends Sourced {
  /** Categories of its logs. */
  readonly categories: readonly string[];
  /** `Dedicated` where the service can be told to write into tables of its own; others always do, and answer nothing. */
  readonly tables?: 'Dedicated';
}

/**
 * What AKS logs of its control plane: all that changes something (`kube-audit-admin`), who was let in (`guard`), and what
 * its own parts do. Reads are left out: they are most of what there is.
 */
export const CONTROL_PLANE_LOGS: LogSource = {
  categories: [
    'cloud-controller-manager',
    'cluster-autoscaler',
    'guard',
    'kube-apiserver',
    'kube-audit-admin',
    'kube-controller-manager',
    'kube-scheduler',
  ],
  tables: 'Dedicated',
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/monitor-aks.md',
  checked: '2026-11',
};

/** Who read, wrote and deleted objects, by either protocol of the account. */
export const OBJECT_ACCESS_LOGS: LogSource = {
  categories: ['StorageDelete', 'StorageRead', 'StorageWrite'],
  source: 'https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage-reference',
  checked: '2026-11',
};

/** Logs of one thing, and how long they are kept. */
export interface ResourceLogsProps {
  /** First part of the name of the workspace. */
  readonly name: string;
  /** Resource group of the workspace. */
  readonly resourceGroupName: string;
  /** Region of the workspace. */
  readonly location: string;
  /** Id of what is logged. */
  readonly resourceId: string;
  /** What of it is logged. */
  readonly logs: LogSource;
  /** Days for which they are kept, 30 to 730. */
  readonly retentionDays: number;
  /** Whether Terraform refuses to destroy them. */
  readonly deletionProtection: boolean;
  /**
   * What must exist before anything is logged.
   * @default - what `resourceId` refers to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Tags of the workspace.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Logs of one thing in a Log Analytics workspace of their own, which takes nothing else and knows Entra identities only.
 *
 * They are encrypted by Microsoft's keys: own ones take a dedicated cluster, which is billed for 100 GB a day.
 */
export class ResourceLogs extends Construct {
  /** @throws ConstructError with `RetentionInvalid` when Log Analytics keeps nothing for so long */
  constructor(scope: Construct, id: string, props: ResourceLogsProps) {
    super(scope, id);
    const { resourceGroupName, location, logs, retentionDays } = props;
    check(this, retentionDays);
    const name = physicalName([props.name, 'logs'], LIMITS.workspace);
    const workspace = new LogAnalyticsWorkspace(this, 'Resource', {
      name,
      resourceGroupName,
      location,
      sku: 'PerGB2018',
      retentionInDays: retentionDays,
      // Services of Azure write on a way of their own, so nobody needs to from the internet; people read with their roles.
      internetIngestionEnabled: false,
      localAuthenticationEnabled: false,
      tags: resourceTags(props.tags),
      lifecycle: props.deletionProtection ? { preventDestroy: true } : undefined,
    });
    setSuccessors(workspace, 'azurerm_log_analytics_workspace', { internet_ingestion_access_type: 'Disabled' });
    new MonitorDiagnosticSetting(this, 'setting', {
      name,
      targetResourceId: props.resourceId,
      logAnalyticsWorkspaceId: workspace.id,
      logAnalyticsDestinationType: logs.tables,
      enabledLog: logs.categories.map((category) => ({ category })),
      dependsOn: props.dependsOn === undefined ? undefined : [...props.dependsOn],
    });
  }
}

function check(scope: Construct, days: number): void {
  const { fewestDays, mostDays } = AZURE_LOG_RETENTION;
  if (Token.isUnresolved(days) || (Number.isInteger(days) && days >= fewestDays && days <= mostDays)) return;
  const what = `logs are kept for ${days} days: Log Analytics takes ${fewestDays} to ${mostDays} whole days`;
  throw new ConstructError(scope, 'RetentionInvalid', what);
}
