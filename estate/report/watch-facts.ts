import { LOG_RETENTION, type Logged } from '../catalog/logs';
import type { Cloud } from '../catalog/types';
import type { AlarmsPlan } from '../plan/watch-types';
import { catalogOf } from '../spec/catalog-of';
import { lookup } from '../spec/lookup';
import type { Estate } from '../spec/schema';
import { alarmsOf, logDaysOf, type Said, type Watched } from '../spec/watch';
import { counted } from '../spec/words';
import { type ResolvedFact, sourceOf } from './fact';

/** How long logs of a cluster or of an object store are kept. */
export function logsFact(estate: Estate, cloud: Cloud, kind: Logged, entry: Watched & Placed): ResolvedFact {
  const said = logDaysOf(levelsOf(estate, entry));
  const row = LOG_RETENTION[cloud][kind];
  const days = said?.value ?? row.defaultDays ?? 0;
  return {
    what: NAMES[kind],
    value: days === 0 ? 'none kept' : `kept for ${counted(days, 'day')}`,
    because: said === undefined ? `the default of ${catalogOf(estate).clouds[cloud].title}` : saidBy('logs', said),
    ...sourceOf(row),
    keys: ['logs'],
  };
}

/** How long logs of a cluster are kept whose log group no stack has made. */
export const UNOWNED_LOGS: ResolvedFact = {
  what: 'logs',
  value: 'kept without an end that a stack knows',
  because: 'it is of an earlier release, and EKS made its log group',
  keys: ['logs'],
};

/** Who is told of a cluster or a file system. */
export function alarmsFact(estate: Estate, alarms: AlarmsPlan | undefined, entry: Watched & Placed): ResolvedFact {
  const said = alarmsOf(levelsOf(estate, entry));
  const owner = alarms?.owner === undefined ? 'owner' : `owners.${alarms.owner}`;
  return {
    what: 'alarms',
    value: alarms === undefined ? 'none' : `mailed to ${alarms.email}, of ${owner}`,
    because: said === undefined ? 'the default: they are billed' : saidBy('alarms', said),
    keys: ['alarms', 'owner'],
  };
}

/** An entry that lies at a site. */
interface Placed {
  readonly site: string;
}

const NAMES: Readonly<Record<Logged, string>> = { cluster: 'logs', store: 'access logs' };
const LEVELS = [' of its account', ' of its site', ''] as const;

function levelsOf({ accounts, sites }: Estate, entry: Watched & Placed): readonly (Watched | undefined)[] {
  const site = lookup(sites, entry.site);
  return [site && lookup(accounts, site.account), site, entry];
}

function saidBy(key: string, { level }: Said<unknown>): string {
  return `${key}${LEVELS[level] ?? ''}`;
}
