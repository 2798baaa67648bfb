import { CLOUDS, type Cloud } from '../catalog';
import { OBJECT_DRIVERS } from '../catalog/volumes';
import { bucketOf } from '../plan/buckets';
import { identityOf } from '../plan/identity';
import { nthName } from '../plan/names';
import type { FileSystemPlan, MountPlan, Plan, RetiredStore, ShardPlan, SitePlan } from '../plan/types';
import { claimOf } from '../plan/volumes/plan-volumes';
import type { Estate, Store } from '../spec/schema';
import { counted } from '../spec/words';
import { compareKeys, convertSize, formatCount, groupBy, type SizeUnit } from '../units';
import { formatTable } from './table';

/** Whether a stack makes a store, it exists already, or it left the estate file and is kept where it is. */
export const STORE_STATES = ['made', 'existing', 'retired'] as const;

/** One store in the view of stores. */
export interface StoreRow {
  readonly store: string;
  readonly cloud: Cloud;
  readonly site: string;
  readonly kind: Store['kind'];
  readonly state: (typeof STORE_STATES)[number];
  /** What its cloud knows it by, where that is known; else what the names of its resources begin with. */
  readonly name: string;
  /** Stack that holds it. @default none: it exists already */
  readonly stack?: string;
  /** Zone of a file system. @default it lies in no single zone */
  readonly zone?: string;
  /** As its provider sizes it, in `unit`. @default it grows with what is in it, or nobody has said so */
  readonly size?: number;
  readonly unit?: SizeUnit;
  /** The same in one unit for all clouds, to a hundredth. */
  readonly sizeTiB?: number;
  /** Throughput that its tier has for its size. @default its provider promises none, or nobody has said so */
  readonly throughputMBps?: number;
  /** Days for which deleted objects can be restored. @default file systems have none, and others are not ours */
  readonly retainDays?: number;
  /** Countries and areas that its data may not leave. */
  readonly residency: readonly string[];
  /** Name of the claim by which pods mount it. @default none mounts it */
  readonly claim?: string;
  /** Clusters that mount it. */
  readonly mountedBy: readonly string[];
  /** Grants that let other workloads in. */
  readonly grants: readonly string[];
}

/** Every store of an estate, with those that exist already and those that left it; by cloud and key. */
export function storeRows(estate: Pick<Estate, 'stores'>, plan: Plan): StoreRow[] {
  const written = new Map(Object.entries(estate.stores).map(([key, store]) => [identityOf(key, store), store]));
  const grants = groupBy(plan.grants, ({ to }) => to.store);
  return CLOUDS.flatMap((cloud) => {
    const clusters = mountingClusters(plan.shards(cloud));
    const rows = plan.sites(cloud).flatMap((site: SitePlan): StoreRow[] => {
      const used = [...site.stores, ...site.existingStores].map((store): StoreRow => {
        const mountedBy = clusters.get(store.key) ?? [];
        return {
          ...placeOf(site, store),
          ...factsOf(site, store, plan),
          residency: residencyOf(written.get(store.key)),
          ...(isClaimed(cloud, store, mountedBy) && { claim: claimOf(plan, store.key) }),
          mountedBy,
          grants: (grants.get(store.key) ?? []).map(({ key }) => key),
        };
      });
      return [...used, ...site.retired.map((store) => retiredRow(site, store))];
    });
    return rows.sort((one, other) => compareKeys(one.store, other.store));
  });
}

function placeOf({ cloud, key: site }: SitePlan, { key: store, kind }: Pick<MountPlan, 'key' | 'kind'>) {
  return { store, cloud, site, kind };
}

function factsOf(site: SitePlan, store: MountPlan, { told }: Pick<Plan, 'told'>) {
  if (store.existing !== undefined) {
    const zone = store.kind === 'lustre' ? store.zone : undefined;
    return { state: 'existing', name: store.name, ...(zone !== undefined && { zone }) } as const;
  }
  const stack = nthName(site.stacks.storage, store.stack ?? 1);
  if (store.kind === 'object') {
    const name = bucketOf(site.account.ids, store) ?? told.buckets[store.key]?.split(':').at(-1) ?? store.name;
    return { state: 'made', name, stack, retainDays: store.retainDays } as const;
  }
  const { name, zone, size, unit } = store;
  return {
    state: 'made',
    name,
    stack,
    ...(zone !== undefined && { zone }),
    size,
    unit,
    sizeTiB: Math.round(convertSize(size, unit, 'TiB') * 100) / 100,
    throughputMBps: throughputOf(store),
  } as const;
}

/** Throughput of a file system: tiers count it for each TiB, and for each TB where their provider sizes in decimal units. */
function throughputOf({ size, unit, tier }: FileSystemPlan): number {
  const per = unit === 'GB' || unit === 'TB' ? 'TB' : 'TiB';
  return Math.round(convertSize(size, unit, per) * tier.throughputMBpsPerTiB);
}

function retiredRow(site: SitePlan, store: RetiredStore): StoreRow {
  const { name, zone, stack = 1 } = store;
  return {
    ...placeOf(site, store),
    state: 'retired',
    name,
    stack: nthName(site.stacks.storage, stack),
    ...(zone !== undefined && { zone }),
    residency: [],
    mountedBy: [],
    grants: [],
  };
}

function residencyOf(store: Store | undefined): readonly string[] {
  return store?.kind === 'object' ? (store.residency ?? []) : [];
}

function isClaimed(cloud: Cloud, { kind }: MountPlan, mountedBy: readonly string[]): boolean {
  return mountedBy.length > 0 && (kind === 'lustre' || OBJECT_DRIVERS[cloud].driver !== undefined);
}

/** Keys of the clusters that mount each store, sorted; one in several shards stands once. */
function mountingClusters(shards: readonly ShardPlan[]): ReadonlyMap<string, readonly string[]> {
  const pairs = shards.flatMap(({ cluster, mounts }) => mounts.map(({ key }) => ({ key, cluster })));
  return new Map(
    [...groupBy(pairs, ({ key }) => key)].map(([key, all]) => [
      key,
      [...new Set(all.map(({ cluster }) => cluster))].sort(compareKeys),
    ]),
  );
}

/** The view of stores as a table, with what they are in all. */
export function formatStores(rows: readonly StoreRow[]): string {
  if (rows.length === 0) return 'the estate has no stores';
  const table = formatTable(rows, [
    { title: 'store', value: ({ store }) => store },
    { title: 'cloud', value: ({ cloud }) => cloud },
    { title: 'site', value: ({ site }) => site },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'state', value: ({ state }) => state },
    {
      title: 'size',
      value: ({ size, unit }) => (size === undefined ? '' : `${formatCount(size)} ${unit}`),
      align: 'right',
    },
    {
      title: 'MB/s',
      value: ({ throughputMBps }) => (throughputMBps === undefined ? '' : formatCount(throughputMBps)),
      align: 'right',
    },
    { title: 'kept', value: ({ retainDays }) => (retainDays === undefined ? '' : `${retainDays} d`), align: 'right' },
    { title: 'residency', value: ({ residency }) => residency.join(', ') },
    { title: 'mounted by', value: ({ mountedBy }) => mountedBy.join(', ') },
  ]);
  return `${table}\n\n${storesLine(rows)}`;
}

/** What stores are in all: `3 stores: 2 file systems of 156.5 TiB, 1 object store`, or only what all of them are. */
export function storesLine(rows: readonly StoreRow[]): string {
  const files = rows.filter(({ kind }) => kind === 'lustre');
  // Each is rounded in its row; their sum is that of what they are.
  const sized = files.flatMap(({ size, unit }) =>
    size === undefined || unit === undefined ? [] : convertSize(size, unit, 'TiB'),
  );
  const size = sized.reduce((sum, one) => sum + one, 0);
  const sizes = sized.length === 0 ? '' : ` of ${formatCount(Math.round(size * 100) / 100)} TiB`;
  const objects = rows.length - files.length;
  const parts = [
    ...(files.length === 0 ? [] : [`${counted(files.length, 'file system')}${sizes}`]),
    ...(objects === 0 ? [] : [counted(objects, 'object store')]),
  ];
  return parts.length === 1 ? parts.join('') : `${counted(rows.length, 'store')}: ${parts.join(', ')}`;
}
