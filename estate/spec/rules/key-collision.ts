import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

type Named = Readonly<Record<string, { readonly renamedFrom?: string }>>;

/** Keys and former keys name one thing each, and no cluster is called like a shard of another. */
export const keyCollision: Rule = {
  code: 'KeyCollision',
  severity: 'error',
  summary:
    'keys and former keys name one thing each, and no cluster is called like a shard of another, no half of a link like another',
  why: 'names, addresses and stacks follow from the key; two things with one key would share them',
  check(estate, report) {
    const sections: readonly (readonly [Path, Named])[] = [
      [['accounts'], estate.accounts],
      [['sites'], estate.sites],
      [['clusters'], estate.clusters],
      [['stores'], estate.stores],
      [['links'], estate.links],
      [['grants'], estate.grants],
      [['replication'], estate.replication],
      ...Object.entries(estate.clusters).map(([key, { pools }]) => [['clusters', key, 'pools'], pools] as const),
    ];
    for (const [path, entries] of sections) {
      for (const finding of sharedIdentities(path, entries)) report(finding);
    }
    for (const finding of sharedHalves(estate)) report(finding);
    for (const key of Object.keys(estate.clusters)) {
      const base = /^(.+)-\d+$/.exec(key)?.[1];
      if (base === undefined || !Object.hasOwn(estate.clusters, base)) continue;
      const message = `${quote(key)} is what a further shard of cluster ${quote(base)} would be called`;
      report({ path: ['clusters', key], value: key, on: 'key', message, hint: 'rename one of them, with renamedFrom' });
    }
  },
};

/** Halves of links whose stacks would have one name: `a-b` at `c`, and `a` at `b-c`. */
function sharedHalves({ links, sites }: Estate): readonly Finding[] {
  const owners = new Map<string, string>();
  const first = (key: string, entry: { readonly renamedFrom?: string } | undefined) => entry?.renamedFrom ?? key;
  return Object.entries(links).flatMap(([key, link]) =>
    [...new Set(link.between)].flatMap((site): Finding[] => {
      const name = `${first(key, link)}-${first(site, lookup(sites, site))}`;
      const owner = owners.get(name);
      owners.set(name, key);
      if (owner === undefined || owner === key) return [];
      const message = `its half at ${quote(site)} would be called ${quote(name)}, as one of link ${quote(owner)} is`;
      return [{ path: ['links', key], value: key, on: 'key', message, hint: 'give one of the links another key' }];
    }),
  );
}

function sharedIdentities(path: Path, entries: Named): readonly Finding[] {
  const owners = new Map<string, string>();
  for (const [key, { renamedFrom }] of Object.entries(entries)) {
    if (renamedFrom === undefined) owners.set(key, key);
  }
  return Object.entries(entries).flatMap(([key, { renamedFrom }]) => {
    if (renamedFrom === undefined) return [];
    const owner = owners.get(renamedFrom);
    owners.set(renamedFrom, key);
    if (owner === undefined) return [];
    const message = `${quote(renamedFrom)} is ${owner === renamedFrom ? 'an entry of its own' : `the former key of ${quote(owner)}`}`;
    return [
      {
        path: [...path, key, 'renamedFrom'],
        value: renamedFrom,
        message,
        hint: 'one entry can have been renamed from it',
      },
    ];
  });
}
