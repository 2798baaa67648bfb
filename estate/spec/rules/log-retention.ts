import type { CloudCatalog } from '../../catalog';
import { keepsFor, LOG_RETENTION, LOGGED, type Logged, type LogRetention } from '../../catalog/logs';
import { catalogOf } from '../catalog-of';
import type { Path } from '../positions';
import { nearestOf } from '../steps';
import { counted, joined } from '../words';
import type { Rule } from './rule';
import { clustersOf, sitesOf, storesOf } from './walk';

const WHAT: Readonly<Record<Logged, string>> = { cluster: 'logs of control planes', store: 'access logs' };

/** Logs are kept for a time that their cloud takes. */
export const logRetention: Rule = {
  code: 'LogRetention',
  severity: 'error',
  summary: 'logs are kept for a time that their cloud takes',
  why: 'each logging service takes times of its own, and refuses others only when it is applied',
  source: LOG_RETENTION.aws.cluster.source,
  check(estate, report) {
    const check = (
      path: Path,
      { cloud, title }: CloudCatalog,
      logs: { readonly retainDays: number } | undefined,
      kinds: readonly Logged[],
    ): void => {
      if (logs === undefined) return;
      const { retainDays } = logs;
      const failing = kinds.find((kind) => !isKept(LOG_RETENTION[cloud][kind], retainDays));
      if (failing === undefined) return;
      const row = LOG_RETENTION[cloud][failing];
      report({
        path: [...path, 'logs', 'retainDays'],
        value: retainDays,
        message: `${title} keeps ${WHAT[failing]} for ${offered(row)}, not for ${retainDays}`,
        hint: `the nearest: retainDays: ${joined(nearest(row, retainDays).map(String), 'or')} (${row.source})`,
      });
    };
    const { clouds } = catalogOf(estate);
    for (const [key, account] of Object.entries(estate.accounts)) {
      check(['accounts', key], clouds[account.cloud], account.logs, LOGGED);
    }
    for (const { path, site, catalog } of sitesOf(estate)) check(path, catalog, site.logs, LOGGED);
    for (const { path, cluster, at } of clustersOf(estate)) check(path, at.catalog, cluster.logs, ['cluster']);
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind === 'object') check(path, at.catalog, store.logs, ['store']);
    }
  },
};

/** Without a time that is kept by default, nothing can be kept. */
function isKept(row: LogRetention, days: number): boolean {
  return days === 0 ? row.defaultDays === undefined : keepsFor(row, days);
}

function offered(row: LogRetention): string {
  const { fewestDays, mostDays, days, defaultDays } = row;
  const none = defaultDays === undefined ? '0 or ' : '';
  if (days !== undefined) return `${none}${joined(days.map(String), 'or')} days`;
  return mostDays === undefined
    ? `${none}${counted(fewestDays, 'day')} or more`
    : `${none}${fewestDays} to ${mostDays} days`;
}

function nearest({ fewestDays, mostDays, days, defaultDays }: LogRetention, wanted: number): readonly number[] {
  const ends = [fewestDays, ...(mostDays === undefined ? [] : [mostDays])];
  return nearestOf(wanted, [...(defaultDays === undefined ? [0] : []), ...(days ?? ends)]);
}
