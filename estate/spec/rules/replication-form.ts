import { endsOf } from '../replication';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** Data is copied between two object stores that exist, each written by one alone, and never in a circle. */
export const replicationForm: Rule = {
  code: 'ReplicationForm',
  severity: 'error',
  summary:
    'data is copied from one object store to another, each copy is written by one replication alone, and none in a circle',
  why: 'two writers overwrite what the other one has written, and a circle copies for ever',
  check(estate, report) {
    for (const [key, replication] of Object.entries(estate.replication)) {
      const path = ['replication', key];
      const ends = endsOf(estate, replication);
      if (ends === undefined) continue;
      const { from, to } = replication;
      if (from === to) {
        report({ path: [...path, 'to'], message: 'is the store that is read', hint: 'name another object store' });
        continue;
      }
      for (const [place, end] of [
        ['from', ends[0]],
        ['to', ends[1]],
      ] as const) {
        if (end.store.kind === 'object') continue;
        const message = `${quote(end.key)} is a file system, and only objects are copied`;
        report({ path: [...path, place], message, hint: 'copy its files to an object store from inside of a cluster' });
      }
      if (replication.everyHours !== undefined && replication.mode === 'event') {
        const message = 'what is copied as objects come has no time between two runs';
        report({ path: [...path, 'everyHours'], message, hint: 'remove it, or write "mode: schedule"', on: 'key' });
      }
      for (const finding of otherWriters(estate, key)) report(finding);
      const circle = circleFrom(estate, key);
      if (circle !== undefined) {
        const message = `copies in a circle: ${circle.map((store) => quote(store)).join(' to ')}`;
        report({ path, on: 'key', value: key, message, hint: 'leave one of these replications out' });
      }
    }
  },
};

/** What else writes to the destination of a replication; told once, at the later of two keys. */
function otherWriters(estate: Estate, key: string): readonly Finding[] {
  const replication = estate.replication[key];
  if (replication === undefined) return [];
  const { to, cluster: runner } = replication;
  const twin = Object.entries(estate.replication).find(([other, each]) => other < key && each.to === to);
  const writers = Object.entries(estate.clusters).filter(
    ([name, { mounts }]) => name !== runner && mounts.includes(to),
  );
  return [
    ...(twin === undefined
      ? []
      : [
          {
            path: ['replication', key, 'to'],
            message: `replication ${quote(twin[0])} writes to ${quote(to)} already`,
            hint: 'give each replication a store of its own',
          },
        ]),
    ...writers.map(([name, { mounts }]) => ({
      path: ['clusters', name, 'mounts', mounts.indexOf(to)],
      message: `${quote(to)} is written by replication ${quote(key)}, and who mounts it writes to it too`,
      hint: 'let the cluster read it with a grant ("access: read") in place of the mount',
    })),
  ];
}

/** The stores on the way from the destination of a replication back to its source; told once, at the smallest key. */
function circleFrom(estate: Estate, key: string): readonly string[] | undefined {
  const start = estate.replication[key];
  if (start === undefined) return undefined;
  const ways: { readonly stores: readonly string[]; readonly keys: readonly string[] }[] = [
    { stores: [start.from, start.to], keys: [key] },
  ];
  for (const way of ways) {
    const last = way.stores.at(-1);
    for (const [next, { from, to }] of Object.entries(estate.replication)) {
      if (from !== last || from === to || way.keys.includes(next)) continue;
      const found = { stores: [...way.stores, to], keys: [...way.keys, next] };
      if (to === start.from) return found.keys.every((each) => each >= key) ? found.stores : undefined;
      if (!way.stores.includes(to)) ways.push(found);
    }
  }
  return undefined;
}
