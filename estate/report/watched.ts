import { CLOUDS, type Cloud } from '../catalog';
import { LOG_RETENTION, type Logged } from '../catalog/logs';
import { ALARM_TEXTS, AWS_ALERTS, LOGS } from '../catalog/watched';
import { made } from '../plan/ids';
import type { AccountPlan, FileSystemPlan, ObjectStorePlan, Plan, ShardPlan, SitePlan, StorePlan } from '../plan/types';
import type { AlarmsPlan } from '../plan/watch-types';
import { counted } from '../spec/words';
import { wrap } from './excerpt';
import { formatTable, REPORT_WIDTH } from './table';

const INDENT = '    ';

/** What is logged of one cluster or object store that stacks make. */
export interface LogsRow {
  /** Path of the entry. */
  readonly entry: string;
  readonly cloud: Cloud;
  /** The stack that keeps them. */
  readonly stack: string;
  /** What stands in them. */
  readonly what: string;
  /** Days for which they are kept. @default none are kept, or nobody says for how long */
  readonly days?: number;
  /** Where they lie. */
  readonly where: string;
  /** What encrypts them. */
  readonly key: string;
}

/** What is watched of one entry that stacks make, and who is told. */
export interface AlarmsRow {
  /** Path of the entry. */
  readonly entry: string;
  readonly cloud: Cloud;
  /** The stack that watches it. */
  readonly stack: string;
  /** What is told of, one text for each alarm. */
  readonly tells: readonly string[];
  /** Key of the owner who is told. @default who answers for the whole estate, or nobody */
  readonly owner?: string;
  /** Address that it is mailed to. @default nobody is told */
  readonly email?: string;
}

/** What is logged of every cluster and object store that stacks make, by cloud. */
export function logsRows(plan: Plan): LogsRow[] {
  return CLOUDS.flatMap((cloud) => [
    ...plan.shards(cloud).filter(isMade).map(clusterLogs),
    ...plan.sites(cloud).flatMap((site: SitePlan) => storesOf(site).filter(isObject).map(storeLogs(site))),
  ]);
}

function clusterLogs(shard: ShardPlan): LogsRow {
  const { cloud, site, logRetentionDays, stacks } = shard;
  const entry = `clusters.${shard.cluster}`;
  const row = logsRow(
    { entry, cloud, stack: stacks.cluster, site },
    'cluster',
    logRetentionDays,
    CLUSTER_LOGS[cloud](shard),
  );
  if (cloud !== 'aws' || shard.clusterName !== undefined) return row;
  // EKS made the group of a cluster of an earlier release, and no stack knows it.
  const { days: _, ...rest } = row;
  return { ...rest, where: 'log group that EKS made, without an end', key: 'of CloudWatch' };
}

function storeLogs(site: SitePlan): (store: ObjectStorePlan) => LogsRow {
  return (store) => {
    const { cloud } = site;
    const at = { entry: `stores.${store.key}`, cloud, stack: stackOf(site, store), site };
    return logsRow(at, 'store', store.accessLogRetentionDays, STORE_LOGS[cloud](store, site.account));
  };
}

interface Place {
  readonly entry: string;
  readonly cloud: Cloud;
  readonly stack: string;
  readonly site: SitePlan;
}

function logsRow({ site, ...of }: Place, kind: Logged, said: number | undefined, name: string): LogsRow {
  const { cloud, stack } = of;
  const { what, where, key } = LOGS[cloud][kind];
  const days = said ?? LOG_RETENTION[cloud][kind].defaultDays;
  if (days === undefined) return { ...of, what, where: '', key: '' };
  const own = site.encryptionKey?.id ?? `of stack ${stack}`;
  return { ...of, what, days, where: where.replace('{name}', name), key: key === 'stack' ? own : key.provider };
}

/** What the place of the logs of a cluster is called, or on AWS the cluster in it. */
const CLUSTER_LOGS: Readonly<Record<Cloud, (shard: ShardPlan) => string>> = {
  aws: ({ clusterName, name }) => clusterName ?? name,
  azure: made.azureWorkspace,
  google: ({ name }) => made.googleLogBucket({ name: made.googleCluster({ name }) }),
  oracle: ({ name }) => name,
};

/** The same of an object store. */
const STORE_LOGS: Readonly<Record<Cloud, (store: ObjectStorePlan, account: AccountPlan) => string>> = {
  aws: () => '',
  azure: ({ name }) => made.azureWorkspace({ name: `${name}-access` }),
  google: (store, { ids }) => made.googleAccessLogs(store, 'projectId' in ids ? ids.projectId : ''),
  oracle: ({ name }) => `${name}-access`,
};

/** What is watched of accounts, clusters, reservations and file systems that stacks make, by cloud. */
export function alarmsRows(plan: Plan): AlarmsRow[] {
  return CLOUDS.flatMap((cloud) => [
    ...plan.accounts(cloud).flatMap(accountAlarms),
    ...plan.shards(cloud).filter(isMade).flatMap(clusterAlarms),
    ...plan.sites(cloud).flatMap((site: SitePlan) => storesOf(site).filter(isFileSystem).map(storeAlarms(site))),
  ]);
}

/** What is told of an account: what AWS reports of capacity, and on Oracle Cloud what hosts report of themselves. */
function accountAlarms({ cloud, key, alertEmail, alarmRegions = [], stacks }: AccountPlan): AlarmsRow[] {
  const of = { entry: `accounts.${key}`, cloud, stack: stacks.foundation };
  const hosts = alarmRegions.flatMap((region) => ALARM_TEXTS[cloud].hosts.map((text) => `${text} in ${region}`));
  const tells = cloud === 'aws' ? [AWS_ALERTS.what] : hosts;
  return tells.length === 0 ? [] : [{ ...of, tells, email: alertEmail }];
}

function clusterAlarms(shard: ShardPlan): AlarmsRow[] {
  const { cloud, cluster, stacks, alarms, pools } = shard;
  const of = { cloud, stack: stacks.cluster };
  const texts = ALARM_TEXTS[cloud];
  const reservations = new Map(
    pools.flatMap(({ key, groups }) =>
      groups.flatMap(({ reservation }) => (reservation?.startsWith('cr-') ? [[reservation, key] as const] : [])),
    ),
  );
  const held = alarms === undefined || texts.reservation.length === 0 ? [] : [...reservations];
  return [
    { entry: `clusters.${cluster}`, ...of, ...told(alarms, texts.cluster) },
    ...held.map(([reservation, pool]) => ({
      entry: `clusters.${cluster}.pools.${pool}`,
      ...of,
      ...told(
        alarms,
        texts.reservation.map((text) => `${reservation}: ${text}`),
      ),
    })),
  ];
}

function storeAlarms(site: SitePlan): (store: FileSystemPlan) => AlarmsRow {
  return (store) => ({
    entry: `stores.${store.key}`,
    cloud: site.cloud,
    stack: stackOf(site, store),
    ...told(store.alarms, ALARM_TEXTS[site.cloud]['file-system']),
  });
}

function told(alarms: AlarmsPlan | undefined, tells: readonly string[]): Pick<AlarmsRow, 'tells' | 'owner' | 'email'> {
  return alarms === undefined ? { tells: [] } : { tells, ...alarms };
}

function isMade({ existing }: ShardPlan): boolean {
  return existing === undefined;
}

function storesOf({ stores }: SitePlan): readonly StorePlan[] {
  return stores;
}

function isObject(store: StorePlan): store is ObjectStorePlan {
  return store.kind === 'object';
}

function isFileSystem(store: StorePlan): store is FileSystemPlan {
  return store.kind === 'lustre';
}

/** The stack of a store: most sites have one. */
function stackOf({ storageStacks }: SitePlan, { stack: ordinal = 1 }: StorePlan): string {
  return storageStacks.find((one) => one.ordinal === ordinal)?.stack ?? '';
}

/** The view of logs as a table, with what stands in them below each line. */
export function formatLogs(plan: Plan): string {
  const rows = logsRows(plan);
  const [titles = '', ...lines] = formatTable(rows, [
    { title: 'of', value: (row) => row.entry },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'kept', value: ({ days, where }) => (days === undefined ? keptUnsaid(where) : counted(days, 'day')) },
    { title: 'where', value: (row) => row.where },
  ]).split('\n');
  const below = ({ what, where, key }: LogsRow) => (where === '' ? [] : [...hanging(what), ...hanging(`key ${key}`)]);
  return [titles, ...rows.flatMap((row, index) => [lines[index] ?? '', ...below(row)])].join('\n');
}

function hanging(text: string): readonly string[] {
  return wrap(text, REPORT_WIDTH - INDENT.length).map((line) => `${INDENT}${line}`);
}

function keptUnsaid(where: string): string {
  return where === '' ? 'none' : 'for ever';
}

/** The view of alarms as a table: a line for each alarm. */
export function formatAlarms(plan: Plan): string {
  const lines = alarmsRows(plan).flatMap(({ tells, ...row }) =>
    tells.length === 0 ? [{ ...row, text: 'nothing' }] : tells.map((text) => ({ ...row, text })),
  );
  return formatTable(lines, [
    { title: 'of', value: (line) => line.entry },
    { title: 'cloud', value: (line) => line.cloud },
    { title: 'tells of', value: (line) => line.text },
    { title: 'to', value: ({ email }) => email ?? 'nobody' },
    { title: 'owner', value: ({ owner }) => owner ?? '' },
  ]);
}
