import type { CloudCatalog, FileSystemSize, MachineBase, SubnetRow } from '../catalog';
import { cidr, cidrSize } from '../cidr';
import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Cluster, Estate } from '../spec/schema';
import { storeSize } from '../spec/store-size';
import { compareKeys, groupBy, sortedEntries } from '../units';
import { systemNodesPerZone } from './chosen';
import { rangesIn } from './homes';
import { accountOf, clusterPath, identityOf } from './identity';
import { type Choice, type Lock, packKeys } from './lock';
import { shardKey } from './names';
import { leastAddresses, NO_NEED, type NodesOf, plannedAddresses, type RangeNeed } from './range-size';
import type { Placement } from './shards';

/** What the ranges of one site have to hold, and which of several ranges each group lies in. */
export interface SiteNeeds {
  /** By zone: what lies in its first range, in its second and so on. */
  readonly zones: ReadonlyMap<string, readonly RangeNeed[]>;
  /** By the key of the shard. */
  readonly shards: ReadonlyMap<string, RangeNeed>;
  /** By the identity of the file system. */
  readonly fileSystems: ReadonlyMap<string, RangeNeed>;
  /** All file systems of the site, where they share ranges. */
  readonly site: readonly RangeNeed[];
  /** By `<cluster>/<pool>/<group>`: the range of groups that do not lie in the first one of their zone. */
  readonly ranges: ReadonlyMap<string, number>;
}

/** A group of nodes on its way to a range. */
interface ZoneGroup extends NodesOf {
  /** `<cluster>/<pool>/<group>`. */
  readonly key: string;
}

/** Counts what lies in each range of the sites of an estate, by the identity of the site. */
export function planNeeds(
  estate: Estate,
  placements: ReadonlyMap<string, Placement>,
  lock: Lock,
  retired: Lock['retired'] = {},
): ReadonlyMap<string, SiteNeeds> {
  const clusters = groupBy(sortedEntries(estate.clusters), ([, { site }]) => site);
  const known = rangesIn(lock);
  return new Map(
    sortedEntries(estate.sites).map(([key, site]) => {
      const catalog = catalogOf(estate).clouds[accountOf(estate, key).cloud];
      const needs = siteNeeds({
        estate,
        key,
        catalog,
        clusters: clusters.get(key) ?? [],
        placements,
        known,
        lock,
        retired,
      });
      return [identityOf(key, site), needs] as const;
    }),
  );
}

/** The groups that lie in further ranges of their zone, as the lock file keeps them: by the path of their pool. */
export function lockedRanges(
  needs: ReadonlyMap<string, SiteNeeds>,
): ReadonlyMap<string, NonNullable<Choice['ranges']>> {
  const groups = [...needs.values()].flatMap(({ ranges }) =>
    [...ranges].map(([path, ordinal]) => {
      const [cluster, pool, ...key] = path.split('/');
      return { pool: `clusters.${cluster}.pools.${pool}`, ordinal: String(ordinal), key: key.join('/') };
    }),
  );
  const locked = [...groupBy(groups, ({ pool }) => pool)].map(([pool, own]) => {
    const byRange = [...groupBy(own, ({ ordinal }) => ordinal)];
    const packed = byRange.map(([ordinal, members]) => [ordinal, packKeys(members.map(({ key }) => key))] as const);
    return [pool, Object.fromEntries(packed)] as const;
  });
  return new Map(locked);
}

/** The placements with the range that each group lies in. */
export function withRanges(
  placements: ReadonlyMap<string, Placement>,
  needs: ReadonlyMap<string, SiteNeeds>,
): ReadonlyMap<string, Placement> {
  const ranges = new Map([...needs.values()].flatMap((site) => [...site.ranges]));
  if (ranges.size === 0) return placements;
  return new Map(
    [...placements].map(([cluster, placement]) => {
      const shards = placement.shards.map(({ ordinal, groups }) => ({
        ordinal,
        groups: groups.map((member) => {
          const range = ranges.get(`${cluster}/${member.pool}/${member.group.key}`);
          return range === undefined ? member : { ...member, group: { ...member.group, range } };
        }),
      }));
      return [cluster, { ...placement, shards }] as const;
    }),
  );
}

interface SiteTask {
  readonly estate: Estate;
  readonly key: string;
  readonly catalog: CloudCatalog;
  readonly clusters: readonly (readonly [string, Cluster])[];
  readonly placements: ReadonlyMap<string, Placement>;
  /** Ranges of the groups that the lock has placed, by `<cluster>/<pool>/<group>`. */
  readonly known: ReadonlyMap<string, number>;
  readonly lock: Lock;
  readonly retired: Lock['retired'];
}

function siteNeeds(task: SiteTask): SiteNeeds {
  const fileSystems = fileSystemsOf(task);
  const members = task.clusters.flatMap((entry) => membersOf(task, entry));
  const byZone = groupBy(members, ({ zone }) => zone);
  const ranges = new Map<string, number>();
  const zones = (task.estate.sites[task.key]?.zones ?? []).map((zone) => {
    const here = fileSystems.filter((fileSystem) => fileSystem.zone === zone).map(({ size }) => size);
    const first: RangeNeed = { nodes: task.clusters.map((entry) => systemNodes(task, entry)), fileSystems: here };
    const needs = [first, ...keptRanges(task, zone, ranges)];
    return [zone, zoneNeeds(task, zone, needs, byZone.get(zone) ?? [], ranges)] as const;
  });
  return {
    zones: new Map(zones),
    shards: new Map(task.clusters.flatMap((entry) => shardNeeds(task, entry))),
    fileSystems: new Map(
      fileSystems.map(({ id, path, size }) => [id, { nodes: [], fileSystems: [size], path }] as const),
    ),
    site: shared(
      task,
      fileSystems.map(({ size }) => size),
    ),
    ranges,
  };
}

/** Further ranges of a zone that groups lie in which left the estate and are kept where they run. */
function keptRanges({ clusters, known, retired }: SiteTask, zone: string, ranges: Map<string, number>): RangeNeed[] {
  const ids = new Set(clusters.map(([key, cluster]) => identityOf(key, cluster)));
  let last = 1;
  for (const [path, entry] of sortedEntries(retired)) {
    const [, cluster = '', , pool, ...group] = path.split('.');
    if (entry.kind !== 'group' || entry.zone !== zone || !ids.has(cluster)) continue;
    const key = `${cluster}/${pool}/${group.join('.')}`;
    const range = known.get(key) ?? 1;
    if (range > 1) ranges.set(key, range);
    last = Math.max(last, range);
  }
  return Array<RangeNeed>(last - 1).fill(NO_NEED);
}

/** Groups stay where they are; new ones go to the first range of their zone with room. */
function zoneNeeds(
  { catalog, known, estate, key }: SiteTask,
  zone: string,
  present: readonly RangeNeed[],
  groups: readonly ZoneGroup[],
  ranges: Map<string, number>,
): readonly RangeNeed[] {
  const sizes = existingSizes(estate.sites[key], zone);
  const rows = catalog.subnets.filter(({ per, appends }) => per === 'zone' && appends === true);
  const needs = [...present];
  const put = (group: ZoneGroup, ordinal: number): void => {
    while (needs.length < ordinal) needs.push(NO_NEED);
    const need = needs[ordinal - 1] ?? NO_NEED;
    needs[ordinal - 1] = { ...need, nodes: [...need.nodes, group] };
    if (ordinal > 1) ranges.set(group.key, ordinal);
  };
  // Ranges only fill: a group of one size finds no room where another of that size found none.
  const tried = new Map<string, number>();
  const sorted = groups.toSorted((one, other) => compareKeys(one.key, other.key));
  for (const group of sorted) {
    const range = known.get(group.key);
    if (range !== undefined) put(group, range);
  }
  for (const group of sorted) {
    if (known.has(group.key)) continue;
    const size = `${group.machine.type}/${group.nodes}`;
    let ordinal = tried.get(size) ?? 1;
    while (!hasRoom(rows, needs[ordinal - 1] ?? NO_NEED, group, sizes[ordinal - 1])) ordinal++;
    tried.set(size, ordinal);
    put(group, ordinal);
  }
  return needs;
}

/** Addresses of the ranges of one ordinal, by their roles. */
type RangeSizes = { readonly [R in SubnetRow['role']]?: number };

/** The ranges of a zone in a network that exists already, in turn; none in one that is made. */
function existingSizes(site: Estate['sites'][string] | undefined, zone: string): readonly RangeSizes[] {
  const sizes: RangeSizes[] = [];
  for (const { role, cidr: text, zone: own, range = 1 } of Object.values(site?.network.existing?.subnets ?? {})) {
    if (own === zone) sizes[range - 1] = { ...sizes[range - 1], [role]: cidrSize(cidr(text)) };
  }
  return sizes;
}

/** Whether a group fits; one that is larger than any range gets one of its own. */
function hasRoom(rows: readonly SubnetRow[], need: RangeNeed, group: ZoneGroup, existing?: RangeSizes): boolean {
  if (need.nodes.length === 0 && need.fileSystems.length === 0) return true;
  const more = { ...need, nodes: [...need.nodes, group] };
  if (existing !== undefined) {
    return rows.every((row) => leastAddresses(row, more) <= (existing[row.role] ?? Number.POSITIVE_INFINITY));
  }
  return rows.every((row) => plannedAddresses(row, more) <= 2 ** (32 - row.prefix));
}

/** File systems that share ranges of the site, split over as many as they need. */
function shared({ catalog, estate, key }: SiteTask, fileSystems: readonly FileSystemSize[]): readonly RangeNeed[] {
  if (estate.sites[key]?.network.existing !== undefined) return [{ ...NO_NEED, fileSystems }];
  const row = catalog.subnets.find(({ per, holds }) => per === 'site' && holds?.perFileSystem !== undefined);
  const needs: RangeNeed[] = [NO_NEED];
  for (const fileSystem of row === undefined ? [] : fileSystems) {
    const last = needs.at(-1) ?? NO_NEED;
    const more = { ...last, fileSystems: [...last.fileSystems, fileSystem] };
    if (row !== undefined && leastAddresses(row, more) > 2 ** (32 - row.prefix)) {
      needs.push({ ...NO_NEED, fileSystems: [fileSystem] });
    } else needs[needs.length - 1] = more;
  }
  return needs;
}

function membersOf(
  { estate, catalog, placements }: SiteTask,
  [key, cluster]: readonly [string, Cluster],
): (ZoneGroup & { readonly zone: string })[] {
  const id = identityOf(key, cluster);
  const groups = (placements.get(id)?.shards ?? []).flatMap((shard) => shard.groups);
  const byPool = groupBy(groups, ({ pool }) => pool);
  return sortedEntries(cluster.pools).flatMap(([name, pool]) => {
    const machine = resolveMachine(catalog, pool);
    const zone = pool.zone ?? estate.sites[cluster.site]?.zones[0] ?? '';
    if (machine === undefined) return [];
    return (byPool.get(identityOf(name, pool)) ?? []).map(({ pool: own, group }) => {
      return { key: `${id}/${own}/${group.key}`, zone, machine, nodes: group.trays };
    });
  });
}

function shardNeeds(task: SiteTask, entry: readonly [string, Cluster]): (readonly [string, RangeNeed])[] {
  const [key, cluster] = entry;
  const id = identityOf(key, cluster);
  const members = new Map(membersOf(task, entry).map((member) => [member.key, member]));
  return (task.placements.get(id)?.shards ?? []).map(({ ordinal, groups }) => {
    const own = groups.flatMap(({ pool, group }) => members.get(`${id}/${pool}/${group.key}`) ?? []);
    const need = { nodes: [systemNodes(task, entry), ...own], fileSystems: [], path: `clusters.${key}` };
    return [shardKey(id, ordinal), need] as const;
  });
}

function systemNodes({ estate, key, catalog, lock }: SiteTask, [name, cluster]: readonly [string, Cluster]): NodesOf {
  const { systemPool, existing } = cluster;
  const machines: Readonly<Record<string, MachineBase>> = catalog.machines;
  const machine = machines[systemPool.machine ?? catalog.systemMachine];
  if (machine === undefined)
    throw new Error('the system pool has no machine: the rules must refuse it before planning');
  if (existing !== undefined) return { machine, nodes: 0 };
  if (catalog.systemNodes === undefined) return { machine, nodes: systemPool.nodes };
  const zones = estate.sites[key]?.zones.length ?? 1;
  return { machine, nodes: zones * systemNodesPerZone(cluster, zones, lock.chosen[clusterPath(name, cluster)]) };
}

interface SiteFileSystem {
  readonly id: string;
  readonly path: string;
  readonly zone: string;
  readonly size: FileSystemSize;
}

function fileSystemsOf({ estate, key, catalog }: SiteTask): readonly SiteFileSystem[] {
  return sortedEntries(estate.stores).flatMap(([name, store]): SiteFileSystem[] => {
    if (store.kind !== 'lustre' || store.site !== key || store.existing !== undefined) return [];
    const size = storeSize(store, catalog.lustre.unit);
    const zone = store.zone ?? estate.sites[key]?.zones[0] ?? '';
    const { throughputMBpsPerTiB = 0 } = store;
    return [{ id: identityOf(name, store), path: `stores.${name}`, zone, size: { size, throughputMBpsPerTiB } }];
  });
}
