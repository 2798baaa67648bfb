import type { Cloud, MachineBase } from '../catalog';
import {
  ADDED_TO,
  type Capability,
  COMPONENTS,
  type ComponentRow,
  MANAGED,
  type ManagedRow,
  type NodeTraits,
  selects,
  traitsOf,
} from '../catalog/software';
import { lookup } from './lookup';
import type { SoftwareSettings } from './schema-software';

/** A pool of nodes, as software sees it. */
export interface SoftwarePool {
  readonly key: string;
  readonly machine: MachineBase;
}

/** A cluster, as software sees it. */
export interface SoftwareCluster {
  readonly cloud: Cloud;
  /** Whether somebody else has made it. */
  readonly isExisting: boolean;
  readonly hasAlarms: boolean;
  readonly pools: readonly SoftwarePool[];
  /** Kinds of stores that its workloads mount. */
  readonly stores: readonly ('lustre' | 'object')[];
}

/** A component that a cluster gets. */
export interface ChosenComponent {
  readonly row: ComponentRow;
  /** Version that it is installed in. */
  readonly version: string;
  /** Where it keeps the driver that it builds. @default nothing is said of it */
  readonly driverImage?: string;
  /** Whether the estate asks for it. */
  readonly isAsked: boolean;
  /** Pools that it is for; none where it is for the cluster as a whole. */
  readonly pools: readonly string[];
  /** What it gives to which pools. */
  readonly gives: ReadonlyMap<Capability, readonly string[]>;
}

/** Who gives something to a pool: a component, what the cloud manages, or somebody else, as the estate says. */
export interface ChosenOwner {
  readonly pool: string;
  readonly capability: Capability;
  readonly component?: ComponentRow;
  readonly managed?: ManagedRow;
  /** A component that the estate says somebody else installs. */
  readonly others?: ComponentRow;
}

/** Two owners of one capability on a pool, of which the estate asks for the first. */
export interface OwnerConflict {
  readonly component: ComponentRow;
  readonly pool: string;
  readonly capability: Capability;
  readonly by: ComponentRow | ManagedRow;
}

/** What a cluster gets, and what of it does not go together. */
export interface SoftwareChoice {
  /** Sorted by name. */
  readonly components: readonly ChosenComponent[];
  /** Sorted by pool and capability. */
  readonly owners: readonly ChosenOwner[];
  readonly conflicts: readonly OwnerConflict[];
  /** Components that need another one that the estate says somebody else installs. */
  readonly unmet: readonly { readonly component: ComponentRow; readonly needs: ComponentRow }[];
  /** Components that the estate asks for, and that no nodes of the cluster are for. */
  readonly unsuited: readonly ComponentRow[];
}

interface Pool {
  readonly key: string;
  readonly traits: NodeTraits;
}

/** Names of components that a component needs on a cloud. */
export function needsOf({ needs, needsWhere = [] }: ComponentRow, cloud: Cloud): readonly string[] {
  const more = needsWhere.flatMap(({ name, clouds }) => (clouds.includes(cloud) ? [name] : []));
  return [...needs, ...more].sort();
}

/** What is said of a component for one cluster. */
interface Said {
  /** @default whatever its machines need */
  readonly use?: 'install' | 'none';
  readonly version?: string;
  readonly driverImage?: string;
}

/**
 * What software a cluster gets: what its machines need, less what its cloud brings, as the estate says otherwise.
 *
 * @param own what is said of it for this cluster, before what is said of all
 * @param wide what is said of it for all clusters of the estate
 */
export function chooseSoftware(
  cluster: SoftwareCluster,
  own: SoftwareSettings = {},
  wide: SoftwareSettings = {},
): SoftwareChoice {
  const pools = cluster.pools.map(({ key, machine }) => ({ key, traits: traitsOf(machine) }));
  const managed = managedBy(cluster, pools);
  const rows = Object.values(COMPONENTS);
  const said = (row: ComponentRow) => saidOf(lookup(own, row.name), lookup(wide, row.name));
  const asked = (row: ComponentRow) => said(row).use === 'install';
  const fitting = rows.filter((row) => fits(row, cluster, pools, asked(row)));
  const wanted = fitting.filter((row) => said(row).use !== 'none' && (asked(row) || !row.isOptional));
  const candidates = wanted.map((row): ChosenComponent => {
    const { version = pinnedVersion(row), driverImage } = said(row);
    const selected = poolsOf(row, pools);
    return {
      row,
      version,
      ...(driverImage !== undefined && { driverImage }),
      isAsked: asked(row),
      pools: row.nodes === undefined ? [] : selected.map(({ key }) => key),
      gives: giftsTo(row, cluster.cloud, selected, (pool, capability) => managed.has(slot(pool, capability))),
    };
  });
  // What gives nothing any more, since the cloud brings all of it, is only there where somebody asks for it.
  const kept = candidates.filter(({ row, gives, isAsked }) => isAsked || row.gives.length === 0 || gives.size > 0);
  const needed = new Set(kept.flatMap(({ row }) => (row.gives.length > 0 ? reach(row, cluster.cloud) : [])));
  const components = kept.filter(({ row, isAsked }) => isAsked || row.gives.length > 0 || needed.has(row.name));
  const others = fitting.filter((row) => said(row).use === 'none');
  return {
    components: components.toSorted(byName),
    owners: ownersOf(cluster, pools, components, managed, others),
    conflicts: conflictsOf(cluster, pools, components, managed),
    unmet: unmetOf(components, cluster.cloud, others),
    unsuited: rows.filter((row) => asked(row) && !fitting.includes(row)),
  };
}

/** The version that a row pins. */
export function pinnedVersion({ from }: ComponentRow): string {
  return from.kind === 'git' ? from.ref : from.version;
}

/**
 * How a component is installed everywhere is no wish to have it everywhere: clouds that bring the same by themselves would have
 * two of it. How it is installed in one cluster is.
 */
function saidOf(own: SoftwareSettings[string] | undefined, wide: SoftwareSettings[string] | undefined): Said {
  const use = typeof own === 'object' ? 'install' : (own ?? (typeof wide === 'object' ? undefined : wide));
  return { ...(typeof wide === 'object' && wide), ...(typeof own === 'object' && own), ...(use && { use }) };
}

function fits(row: ComponentRow, { cloud, stores }: SoftwareCluster, pools: readonly Pool[], asked: boolean): boolean {
  const clouds = asked ? [...row.clouds, ...(row.mayRunOn ?? [])] : row.clouds;
  if (!clouds.includes(cloud)) return false;
  if (row.store !== undefined && !stores.includes(row.store)) return false;
  return row.nodes === undefined || poolsOf(row, pools).length > 0;
}

function poolsOf(row: ComponentRow, pools: readonly Pool[]): readonly Pool[] {
  return pools.filter(({ traits }) => selects(row.nodes, traits));
}

/** A component with everything that it needs, directly or not. */
function reach(row: ComponentRow, cloud: Cloud, seen: ReadonlySet<string> = new Set()): readonly string[] {
  if (seen.has(row.name)) return [];
  const further = new Set([...seen, row.name]);
  return [
    row.name,
    ...needsOf(row, cloud).flatMap((name) => {
      const needed = lookup(COMPONENTS, name);
      return needed === undefined ? [] : reach(needed, cloud, further);
    }),
  ];
}

function giftsTo(
  row: ComponentRow,
  cloud: Cloud,
  pools: readonly Pool[],
  isTaken: (pool: string, capability: Capability) => boolean,
): ReadonlyMap<Capability, readonly string[]> {
  const gifts = new Map<Capability, readonly string[]>();
  for (const { capability, clouds, nodes } of row.gives) {
    if (clouds?.includes(cloud) === false) continue;
    const given = pools.filter(({ key, traits }) => selects(nodes, traits) && !isTaken(key, capability));
    // What is for a cluster as a whole is there without pools too, as on a manager.
    if (given.length > 0 || (pools.length === 0 && row.nodes === undefined))
      gifts.set(
        capability,
        given.map(({ key }) => key),
      );
  }
  return gifts;
}

const slot = (pool: string, capability: Capability) => `${pool} ${capability}`;

function managedBy(cluster: SoftwareCluster, pools: readonly Pool[]): ReadonlyMap<string, ManagedRow> {
  const given = new Map<string, ManagedRow>();
  for (const row of MANAGED) {
    if (row.cloud !== cluster.cloud || !isIn(row, cluster)) continue;
    if (row.store !== undefined && !cluster.stores.includes(row.store)) continue;
    for (const { key, traits } of pools) {
      if (!selects(row.nodes, traits)) continue;
      for (const capability of row.gives) given.set(slot(key, capability), row);
    }
  }
  return given;
}

function isIn({ in: which }: ManagedRow, { isExisting, hasAlarms }: SoftwareCluster): boolean {
  if (which === undefined) return true;
  return which === 'with-alarms' ? hasAlarms : (which === 'existing') === isExisting;
}

function ownersOf(
  { cloud }: SoftwareCluster,
  pools: readonly Pool[],
  components: readonly ChosenComponent[],
  managed: ReadonlyMap<string, ManagedRow>,
  others: readonly ComponentRow[],
): readonly ChosenOwner[] {
  const owners = pools.flatMap(({ key: pool, traits }): ChosenOwner[] => {
    const own = components.flatMap(({ row, gives }) =>
      [...gives].flatMap(([capability, given]) => (given.includes(pool) ? [{ pool, capability, component: row }] : [])),
    );
    const byCloud = [...managed].flatMap(([key, row]) =>
      row.gives.flatMap((capability) => (key === slot(pool, capability) ? [{ pool, capability, managed: row }] : [])),
    );
    const had = new Set([...own, ...byCloud].map(({ capability }) => capability));
    const byOthers = others.flatMap((row) => {
      if (!selects(row.nodes, traits)) return [];
      const gifts = row.gives.filter(
        ({ nodes, clouds }) => selects(nodes, traits) && clouds?.includes(cloud) !== false,
      );
      return gifts.flatMap(({ capability }) =>
        had.has(capability) && !ADDED_TO.includes(capability) ? [] : [{ pool, capability, others: row }],
      );
    });
    return [...own, ...byCloud, ...byOthers];
  });
  const order = ({ pool, capability, component, managed: row, others: other }: ChosenOwner) =>
    [pool, capability, component?.name ?? row?.name ?? other?.name].join('\n');
  return owners.toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
}

/**
 * Two owners of one slot, told of the one that the estate asks for. What the cloud gives is left to it; a component that is
 * asked for and has nothing left to give is in its way.
 */
function conflictsOf(
  { cloud }: SoftwareCluster,
  pools: readonly Pool[],
  components: readonly ChosenComponent[],
  managed: ReadonlyMap<string, ManagedRow>,
): readonly OwnerConflict[] {
  const asked = components.filter(({ isAsked }) => isAsked);
  return asked.flatMap((component) => {
    const { row, gives } = component;
    const wanted = giftsTo(row, cloud, poolsOf(row, pools), () => false);
    const slots = [...(gives.size > 0 ? gives : wanted)].flatMap(([capability, keys]) =>
      ADDED_TO.includes(capability) ? [] : keys.map((pool) => ({ pool, capability })),
    );
    return slots.flatMap(({ pool, capability }): OwnerConflict[] => {
      const other = components.find((one) => one !== component && one.gives.get(capability)?.includes(pool));
      const by = managed.get(slot(pool, capability)) ?? other?.row;
      return by === undefined ? [] : [{ component: row, pool, capability, by }];
    });
  });
}

function unmetOf(components: readonly ChosenComponent[], cloud: Cloud, others: readonly ComponentRow[]) {
  return components.flatMap(({ row }) =>
    needsOf(row, cloud).flatMap((name) => {
      const needs = others.find((other) => other.name === name);
      return needs === undefined ? [] : [{ component: row, needs }];
    }),
  );
}

function byName(one: ChosenComponent, other: ChosenComponent): number {
  return one.row.name < other.row.name ? -1 : 1;
}
