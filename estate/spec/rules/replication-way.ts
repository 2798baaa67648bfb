import type { ReplicationRow } from '../../catalog/replication';
import { lookup } from '../lookup';
import {
  CRON_HOURS,
  DEFAULT_HOURS,
  endsOf,
  type PlacedStore,
  type Replication,
  runnerSites,
  wayOf,
  waysBetween,
} from '../replication';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** There is a way from one store to the other that does what a replication asks for, and what runs it is there. */
export const replicationWay: Rule = {
  code: 'ReplicationWay',
  severity: 'error',
  summary: 'there is a keyless way from one store to the other that does what is asked for, and what runs it is there',
  why: 'services copy between some pairs of providers only, and where none does, a cluster has to',
  check(estate, report) {
    for (const [key, replication] of Object.entries(estate.replication)) {
      const ends = endsOf(estate, replication);
      if (ends === undefined || ends.some(({ store }) => store.kind !== 'object')) continue;
      const row = wayOf(estate, replication);
      if (row === undefined) report(noWay(key, replication, ends));
      else for (const finding of runnerFindings(estate, key, row, ends)) report(finding);
    }
  },
};

function noWay(key: string, { engine, mode, prefix }: Replication, ends: readonly [PlacedStore, PlacedStore]): Finding {
  const [from, to] = ends.map(({ account }) => account.cloud);
  const ways = waysBetween(...ends);
  const path = ['replication', key, ...(engine !== 'auto' ? ['engine'] : mode !== undefined ? ['mode'] : [])];
  const on = path.length === 2 ? ({ on: 'key', value: key } as const) : {};
  if (ways.length === 0) {
    const message = `nothing copies from ${from} to ${to} without a stored key`;
    const hint = 'copy to a store on aws or google first, and from there on';
    return { path, ...on, message, hint };
  }
  const asked = `${engine === 'auto' ? '' : `${engine} `}${mode === undefined ? '' : `as ${quote(mode)} `}`;
  const isPart = prefix !== undefined && ways.some(({ prefixes }) => prefixes === false);
  const message = `nothing copies ${asked}from ${from} to ${to}${isPart ? ', and only what begins with a prefix' : ''}`;
  const known = ways
    .map(({ engine: each, modes, prefixes }) => {
      return `${each} (${[...modes, ...(isPart && prefixes === false ? ['everything alone'] : [])].join(', ')})`;
    })
    .join(', ');
  return { path, ...on, message, hint: `between them there is ${known}` };
}

function runnerFindings(
  estate: Estate,
  key: string,
  row: ReplicationRow,
  ends: readonly [PlacedStore, PlacedStore],
): readonly Finding[] {
  const replication = estate.replication[key];
  if (replication === undefined) return [];
  const { cluster, everyHours = DEFAULT_HOURS } = replication;
  const path = ['replication', key];
  const hours: Finding[] = [];
  if (row.engine !== 'rclone') {
    if (cluster === undefined) return hours;
    const message = `${row.engine} runs in no cluster`;
    return [...hours, { path: [...path, 'cluster'], message, hint: 'remove it, or write "engine: rclone"' }];
  }
  if (!CRON_HOURS.includes(everyHours)) {
    const message = `is ${everyHours}, which no schedule of Kubernetes keeps`;
    hours.push({ path: [...path, 'everyHours'], message, hint: `write ${CRON_HOURS.join(', ')}` });
  }
  const sites = runnerSites(row, ends);
  const there = Object.entries(estate.clusters)
    .filter(([, { site }]) => sites.includes(site))
    .map(([name]) => name);
  const where = there.length === 0 ? `there is none at ${sites.join(' or ')} yet` : there.join(', ');
  if (cluster === undefined) {
    const message = 'has no cluster that rclone runs in';
    return [...hours, { path, on: 'key', value: key, message, hint: `write "cluster: …": ${where}` }];
  }
  const runner = lookup(estate.clusters, cluster);
  if (runner === undefined) return hours;
  if (!sites.includes(runner.site)) {
    const message = `lies at ${runner.site}, and rclone has to run at ${sites.join(' or ')}`;
    return [...hours, { path: [...path, 'cluster'], message, hint: where }];
  }
  return [...hours, ...ends.flatMap((end, index) => wayIn(estate, key, cluster, end, index === 0 ? 'read' : 'write'))];
}

/** What is missing for a cluster to read or write a store: it lists what is there in any case. */
function wayIn(
  estate: Estate,
  key: string,
  cluster: string,
  { key: store }: PlacedStore,
  access: 'read' | 'write',
): readonly Finding[] {
  if (lookup(estate.clusters, cluster)?.mounts.includes(store)) return [];
  const wanted = access === 'read' ? ['read', 'readWrite'] : ['readWrite'];
  const isGranted = Object.values(estate.grants).some(({ from, to, access: given }) => {
    return from === cluster && to === store && wanted.includes(given);
  });
  if (isGranted) return [];
  const message = `${quote(cluster)} has no way to ${access} ${quote(store)}`;
  const hint = `mount it there, or add a grant from ${quote(cluster)} to ${quote(store)} with "access: ${wanted[0]}"`;
  return [{ path: ['replication', key, 'cluster'], message, hint }];
}
