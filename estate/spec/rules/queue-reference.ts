import { catalogOf } from '../catalog-of';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { CPU_POOLS } from '../schema-queue';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import { servicesIn, teamsIn } from './queue-walk';
import type { Finding, Rule } from './rule';
import { noSuchEntry } from './unknown-reference';

/** Clusters, pools, groups and accelerators that the queue names exist. */
export const queueReference: Rule = {
  code: 'QueueReference',
  severity: 'error',
  summary: 'clusters, pools, groups and accelerators that the queue names exist',
  why: 'Kueue takes names that lead nowhere, and jobs then wait for ever',
  check(estate, report) {
    for (const finding of [...clusters(estate), ...pools(estate), ...groups(estate), ...accelerators(estate)])
      report(finding);
  },
};

function clusters({ queue, clusters: all }: Estate): readonly Finding[] {
  const named: [string, Path][] = [
    ...(queue?.manager === undefined ? [] : [[queue.manager, ['queue', 'manager']] as [string, Path]]),
    ...Object.entries(queue?.serving ?? {}).map(([key, { cluster }]): [string, Path] => {
      return [cluster, ['queue', 'serving', key, 'cluster']];
    }),
  ];
  return named
    .filter(([key]) => !Object.hasOwn(all, key))
    .map(([key, path]) => {
      const renamed = Object.entries(all).find(([, { renamedFrom }]) => renamedFrom === key)?.[0];
      return { path, value: key, ...noSuchEntry('clusters', key, Object.keys(all), renamed) };
    });
}

function pools(estate: Estate): readonly Finding[] {
  return servicesIn(estate).flatMap(({ path, service }): Finding[] => {
    const cluster = Object.hasOwn(estate.clusters, service.cluster) ? estate.clusters[service.cluster] : undefined;
    const { pool } = service;
    if (cluster === undefined || pool === undefined || Object.hasOwn(cluster.pools, pool)) return [];
    const keys = Object.keys(cluster.pools);
    return [
      {
        path: [...path, 'pool'],
        value: pool,
        message: `cluster ${quote(service.cluster)} has no pool ${quote(pool)}${didYouMean(pool, keys)}`,
        hint: keys.length === 0 ? 'it has no pools' : `pools: ${keys.join(', ')}`,
      },
    ];
  });
}

function groups(estate: Estate): readonly Finding[] {
  const known = Object.keys(estate.queue?.groups ?? {});
  const named: [string | undefined, Path][] = [
    ...teamsIn(estate).map(({ path, team }): [string | undefined, Path] => [team.group, [...path, 'group']]),
    ...Object.entries(estate.queue?.groups ?? {}).map(([key, { parent }]): [string | undefined, Path] => {
      return [parent, ['queue', 'groups', key, 'parent']];
    }),
  ];
  return named.flatMap(([group, path]): Finding[] => {
    if (group === undefined || known.includes(group)) return [];
    const message = `there is no group ${quote(group)}${didYouMean(group, known)}`;
    const hint =
      known.length === 0 ? 'there are no groups yet; add it below queue.groups' : `groups: ${known.join(', ')}`;
    return [{ path, value: group, message, hint }];
  });
}

function accelerators(estate: Estate): readonly Finding[] {
  const known = [...Object.keys(catalogOf(estate).accelerators), CPU_POOLS];
  return teamsIn(estate).flatMap(({ path, team }) =>
    (['shares', 'borrow', 'floor'] as const).flatMap((what): Finding[] => {
      const map = team[what];
      if (typeof map !== 'object') return [];
      return Object.keys(map)
        .filter((key) => !known.includes(key))
        .map((key) => ({
          path: [...path, what, key],
          on: 'key',
          value: key,
          message: `${quote(key)} is not in the catalog${didYouMean(key, known)}`,
          hint: `in the catalog: ${known.join(', ')}`,
        }));
    }),
  );
}
