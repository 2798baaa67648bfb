import type { Diagnostic } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import type { Cluster, Estate } from '../spec/schema';
import { minorOf } from '../spec/versions';
import { counted } from '../spec/words';
import { versionOf } from './chosen';
import { reservationKey } from './groups';
import { accountOf, clusterPath, identityOf, writtenPath } from './identity';
import { isOlder, type Lock, type Retired, unpackKeys } from './lock';
import type { Placement } from './shards';

/** Where the entries of an estate stand now. */
export interface Present {
  readonly estate: Estate;
  /** Placement of the groups by cluster identity. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly guarded: Lock['guarded'];
  readonly chosen: Lock['chosen'];
}

/** The path of a pool or group without its last part. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}

/** What forbids an edit while something that left the file is kept. */
export function conflictsOf(present: Present, path: string, entry: Retired): Diagnostic[] {
  const found =
    entry.kind === 'group'
      ? [reservationTaken(present, path), nodesBehind(present, path, entry), zoneGone(present, path, entry)]
      : [
          isKeyTaken(present, path, entry) ? keyTaken(present.estate, path, entry) : undefined,
          zoneGone(present, path, entry),
        ];
  return found.filter((each) => each !== undefined);
}

const givesUp = (path: string) => `give it up with "npx estate lock --accept ${path}"`;

/** What was kept, and so forgotten by Terraform and CloudFormation, cannot be made a second time under the same name. */
export function comesBack({ estate }: Present, path: string, { kind }: Retired): Diagnostic {
  const entry = kind === 'group' ? parentOf(path) : path.replace(/^sites\.[^.]+\./, '');
  return {
    code: 'KeptComesBack',
    severity: 'error',
    path: writtenPath(estate, entry),
    value: path,
    message: `"${path}" left the file and is kept where it runs; now it is there again, and making it anew would fail or stand beside the old one`,
    hint: `where that was applied, import it into the state of its stack or delete it by hand; then, or where nothing was applied since, "npx estate lock --accept ${path}"`,
  };
}

/** Whether a store of another kind has come to the same site under the same key, and so under the same names. */
function isKeyTaken({ guarded }: Present, path: string, entry: Retired): boolean {
  const now = guarded[path.replace(/^sites\.[^.]+\./, '')];
  return now !== undefined && now.kind !== 'pool' && entry.kind !== 'group' && now.site === entry.site;
}

function keyTaken(estate: Estate, path: string, entry: Retired): Diagnostic {
  const id = path.slice(path.lastIndexOf('.') + 1);
  return {
    code: 'StoreKeyKept',
    severity: 'error',
    path: writtenPath(estate, `stores.${id}`),
    message: `"${id}" is the key of a store of kind ${entry.kind} that left the file and is kept at the same site`,
    hint: `give the new store another key, or give the old one up with "npx estate lock --accept ${path}"`,
  };
}

/** The subnets of a zone go with it, from under what is kept there. */
function zoneGone({ estate }: Present, path: string, entry: Retired): Diagnostic | undefined {
  const [key, site] = siteOf(estate, path, entry) ?? [];
  if (site === undefined || entry.zone === undefined || site.zones.length === 0 || site.zones.includes(entry.zone))
    return undefined;
  return {
    code: 'KeptInZone',
    severity: 'error',
    path: `sites.${key}.zones`,
    value: path,
    message: `"${path}" left the file and is kept in zone "${entry.zone}", whose ranges would go from under it`,
    hint: `keep the zone, or ${givesUp(path)}`,
  };
}

function siteOf(estate: Estate, path: string, entry: Retired): [string, Estate['sites'][string]] | undefined {
  const [key, cluster] = clusterOf(estate, path) ?? [];
  const id = entry.kind === 'group' ? undefined : entry.site;
  return Object.entries(estate.sites).find(([name, site]) =>
    id === undefined ? key !== undefined && name === cluster?.site : identityOf(name, site) === id,
  );
}

/** The cluster of a group as it is written. */
function clusterOf(estate: Estate, path: string): [string, Cluster] | undefined {
  const [map, id] = path.split('.');
  return map === 'clusters'
    ? Object.entries(estate.clusters).find(([key, cluster]) => identityOf(key, cluster) === id)
    : undefined;
}

/** Machines that are kept hold their reservation: nodes of another group that ask for it never start. */
function reservationTaken({ estate, placements }: Present, path: string): Diagnostic | undefined {
  const key = path.slice(path.lastIndexOf('.') + 1);
  for (const [cluster, { shards }] of placements) {
    for (const { pool, group } of shards.flatMap(({ groups }) => groups)) {
      if (group.reservation === undefined || !key.startsWith(reservationKey(group.reservation))) continue;
      const own = `clusters.${cluster}.pools.${pool}`;
      // A pool that shrinks leaves what it keeps to the groups that go on.
      if (own === parentOf(path)) continue;
      return {
        code: 'KeptReservation',
        severity: 'error',
        path: `${writtenPath(estate, own)}.capacity.ids`,
        value: group.reservation,
        message: `"${path}" left the file and is kept where it runs, with the machines of ${group.reservation}`,
        hint: `take its nodes down first, then ${givesUp(path)}`,
      };
    }
  }
  return undefined;
}

/** A control plane does not move on while nodes that are kept are too far behind. */
function nodesBehind(
  { estate, chosen }: Present,
  path: string,
  entry: Retired & { readonly kind: 'group' },
): Diagnostic | undefined {
  const [key, cluster] = clusterOf(estate, path) ?? [];
  if (key === undefined || cluster === undefined || entry.kubernetes === undefined) return undefined;
  const { title, kubernetes } = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud];
  const behind = minorOf(versionOf(estate, cluster, chosen[clusterPath(key, cluster)])) - minorOf(entry.kubernetes);
  if (behind <= kubernetes.skew.behind) return undefined;
  return {
    code: 'KeptBehind',
    severity: 'error',
    path: `clusters.${key}.kubernetes`,
    value: path,
    message: `"${path}" left the file and is kept at Kubernetes ${entry.kubernetes}, ${counted(behind, 'minor version')} behind; ${title} allows ${kubernetes.skew.behind}`,
    hint: `upgrade its nodes by hand or take them down, then ${givesUp(path)}`,
  };
}

/** Nodes of held capacity that would stay under their name without what protects them. */
export function unprotected(estate: Estate, path: string, entry: Retired): Diagnostic {
  const pool = parentOf(path);
  const held = entry.kind === 'group' ? entry.capacity : entry.kind;
  return {
    code: 'ProtectionLost',
    severity: 'error',
    path: `${writtenPath(estate, pool)}.capacity`,
    message: `the pool holds capacity that is protected (${held}); the next apply would replace its nodes unguarded`,
    hint: `put the other capacity into a pool of its own, or give this one up with "npx estate lock --accept ${pool}"`,
  };
}

/**
 * What left the file since a release that did not record what is protected: nobody can tell whether it has to be kept.
 *
 * Pools and file systems leave traces in such a lock; object stores do not.
 */
export function lostTrack({ estate, placements }: Present, lock: Lock): Diagnostic[] {
  if (!isOlder(lock)) return [];
  const pools = Object.entries(lock.shards).flatMap(([cluster, ordinals]) =>
    placements.has(cluster)
      ? Object.values(ordinals).flatMap((own) =>
          Object.entries(own).flatMap(([pool, keys]) =>
            unpackKeys(keys).length > 0 ? [`clusters.${cluster}.pools.${pool}`] : [],
          ),
        )
      : [],
  );
  const stores = Object.keys(lock.addresses).flatMap((key) => {
    const [, site = '', store = ''] = /^sites\.([^.]+)\.stores\.([^.]+)\.storage$/.exec(key) ?? [];
    return store === '' || siteOf(estate, '', { kind: 'lustre', site }) === undefined ? [] : [`stores.${store}`];
  });
  return [...new Set([...pools, ...stores])]
    .filter((path) => !isThere(estate, path))
    .map((path) => ({
      code: 'LockOlder',
      severity: 'error',
      path,
      message: `"${path}" left the file, and the lock file is of a release that did not record what is protected`,
      hint: 'lock the file as it was with this release first and commit that, then make the edit',
    }));
}

function isThere(estate: Estate, path: string): boolean {
  const [map, id, , pool] = path.split('.');
  if (map === 'stores') return Object.entries(estate.stores).some(([key, store]) => identityOf(key, store) === id);
  const [, cluster] = clusterOf(estate, path) ?? [];
  return Object.entries(cluster?.pools ?? {}).some(([key, entry]) => identityOf(key, entry) === pool);
}
