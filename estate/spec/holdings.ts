import type { CapacityKind, Cloud, MachineBase } from '../catalog';
import { countryOf } from '../catalog/countries';
import { PUE } from '../catalog/power';
import { wattsOf } from '../catalog/power-figure';
import type { Day } from '../days';
import { dayAfter } from '../days';
import { BYTES } from '../units';
import { catalogOf } from './catalog-of';
import { lookup } from './lookup';
import { poolSize, unitNodes } from './machine';
import { type PoolEntry, poolsOf, type SiteEntry, type StoreEntry, storesOf } from './rules/walk';
import type { Estate, Pool, Store } from './schema';
import { SIZE_KEY_NAMES, SIZE_KEYS } from './store-size';
import { formatPath } from './words';

/** Where something of an estate lies. */
interface Placed {
  /** Path in the estate file, such as `clusters.ohio.pools.train`. */
  readonly path: string;
  readonly cloud: Cloud;
  /** Keys in the estate file. */
  readonly account: string;
  readonly site: string;
  readonly region: string;
  /** @default nobody has said where the region lies */
  readonly country?: string;
}

/** Nodes that stand from a day on. */
interface Standing {
  readonly from: Day;
  readonly nodes: number;
}

/** The machines of a pool: what is paid, drawn and lost. */
export interface MachineHolding extends Placed {
  readonly kind: 'machines';
  readonly cluster: string;
  readonly pool: string;
  readonly machine: MachineBase;
  readonly capacity: CapacityKind;
  /** All nodes when the whole pool stands, spares included: they are bought and on. */
  readonly nodes: number;
  /** Accelerators in service of each node, spares left out. */
  readonly served: { readonly accelerators: number; readonly nodes: number };
  /** Megawatts of the facility for one node. @default no figure is known, or the machine has no accelerators */
  readonly nodeMegawatts?: number;
  /** What stands when, in the order of days. @default all of it, always */
  readonly standing?: readonly Standing[];
}

/** A store. */
export interface StoreHolding extends Placed {
  readonly kind: 'stores';
  readonly store: string;
  readonly storeKind: Store['kind'];
  /** @default it has no size in the estate */
  readonly bytes?: bigint;
}

/** Something that an estate has, costs or draws. */
export type Holding = MachineHolding | StoreHolding;

const known = new WeakMap<Estate, readonly Holding[]>();

/** Everything of an estate whose place is known, pools before stores; pools without a machine or a size are left out. */
export function holdingsOf(estate: Estate): readonly Holding[] {
  const found = known.get(estate);
  if (found !== undefined) return found;
  const pools = poolsOf(estate).flatMap((entry) => poolHolding(estate, entry) ?? []);
  const stores = storesOf(estate).map((entry) => storeHolding(estate, entry));
  const holdings = [...pools, ...stores];
  known.set(estate, holdings);
  return holdings;
}

/** The pools among what an estate has. */
export function machinesOf(estate: Estate): readonly MachineHolding[] {
  return holdingsOf(estate).filter((each) => each.kind === 'machines');
}

/** Nodes of a pool that stand on a day; without a day all of them. */
export function nodesOn({ nodes, standing }: MachineHolding, day?: Day): number {
  if (day === undefined || standing === undefined) return nodes;
  return standing.findLast(({ from }) => from <= day)?.nodes ?? 0;
}

/** Accelerators of a pool in service on a day; without a day all of them. */
export function acceleratorsOn(holding: MachineHolding, day?: Day): number {
  const { accelerators, nodes } = holding.served;
  return (nodesOn(holding, day) * accelerators) / nodes;
}

/** Megawatts of the facility that a pool draws on a day; 0 where no figure is known. */
export function megawattsOn(holding: MachineHolding, day?: Day): number {
  return (holding.nodeMegawatts ?? 0) * nodesOn(holding, day);
}

/** Days on which what stands changes, sorted. */
export function changeDays(holdings: readonly Holding[]): readonly Day[] {
  const days = holdings.flatMap((each) =>
    each.kind === 'machines' ? (each.standing ?? []).map(({ from }) => from) : [],
  );
  return [...new Set(days)].sort();
}

/** The country of a region, as the estate or the catalog says. */
export function countryIn(estate: Estate, cloud: Cloud, region: string): string | undefined {
  return lookup(estate.policy.regionCountries ?? {}, region) ?? countryOf(cloud, region);
}

function placed(estate: Estate, path: string, { key, site, cloud }: SiteEntry): Placed {
  const country = countryIn(estate, cloud, site.region);
  return { path, cloud, account: site.account, site: key, region: site.region, ...(country && { country }) };
}

function poolHolding(estate: Estate, { key, path, pool, at, machine }: PoolEntry): MachineHolding | undefined {
  const size = machine && poolSize(machine, pool);
  if (machine === undefined || size === undefined) return undefined;
  const spares = size.unit === 'rack' ? pool.spareTraysPerRack : 0;
  const standing = standingOf(machine, pool);
  const megawatts = nodeMegawatts(estate, at, machine);
  return {
    kind: 'machines',
    ...placed(estate, formatPath(path), at),
    cluster: String(path[1]),
    pool: key,
    machine,
    capacity: pool.capacity.kind,
    nodes: size.nodes,
    served: { accelerators: (size.nodes - size.units * spares) * machine.accelerators, nodes: size.nodes },
    ...(megawatts !== undefined && { nodeMegawatts: megawatts }),
    ...(standing && { standing }),
  };
}

function nodeMegawatts(estate: Estate, { site, cloud }: SiteEntry, machine: MachineBase): number | undefined {
  const { watts } = wattsOf(machine, catalogOf(estate).accelerators);
  if (watts === undefined || machine.accelerators === 0) return undefined;
  return (watts * machine.accelerators * (site.pue ?? PUE[cloud].pue)) / 1e6;
}

/** Nodes of a phase; undefined where it is not sized in exactly one way that its machine knows. */
export function phaseNodes(machine: MachineBase, pool: Pool, phase: NonNullable<Pool['phases']>[number]) {
  const perUnit = unitNodes(machine, pool.topology);
  const given = [phase.racks, phase.nodes, phase.accelerators].filter((size) => size !== undefined);
  if (perUnit === undefined || given.length !== 1) return undefined;
  if (phase.racks !== undefined && machine.scaleUpNodes === 1) return undefined;
  const nodes = phase.nodes ?? (phase.racks === undefined ? perAccelerator(machine, phase) : phase.racks * perUnit);
  return Number.isInteger(nodes / perUnit) ? nodes : undefined;
}

function perAccelerator(machine: MachineBase, { accelerators = 0 }: { readonly accelerators?: number }): number {
  return accelerators === 0 ? 0 : accelerators / machine.accelerators;
}

/** What of a pool stands when: its phases, within the window of its capacity. */
function standingOf(machine: MachineBase, pool: Pool): readonly Standing[] | undefined {
  const window = 'window' in pool.capacity ? pool.capacity.window : undefined;
  if (window === undefined && pool.phases === undefined) return undefined;
  const all = poolSize(machine, pool)?.nodes ?? 0;
  const phases = (pool.phases ?? [{ from: window?.start ?? '', nodes: all }])
    .map((phase): Standing => ({ from: phase.from, nodes: phaseNodes(machine, pool, phase) ?? 0 }))
    .sort((one, other) => (one.from < other.from ? -1 : Number(one.from > other.from)));
  if (window === undefined) return phases;
  const before = phases.findLast(({ from }) => from <= window.start);
  const during = phases.filter(({ from }) => from > window.start && from <= window.end);
  const first = before === undefined ? [] : [{ from: window.start, nodes: before.nodes }];
  return [...first, ...during, { from: dayAfter(window.end, 1), nodes: 0 }];
}

function storeHolding(estate: Estate, { key, path, store, at }: StoreEntry): StoreHolding {
  const bytes = store.kind === 'lustre' ? bytesOf(store) : undefined;
  const place = placed(estate, formatPath(path), at);
  return { kind: 'stores', ...place, store: key, storeKind: store.kind, ...(bytes !== undefined && { bytes }) };
}

/** The size of a file system to the byte: sizes have at most three decimals. */
function bytesOf(store: Extract<Store, { kind: 'lustre' }>): bigint | undefined {
  const key = SIZE_KEY_NAMES.find((name) => store[name] !== undefined);
  const size = key && store[key];
  if (key === undefined || size === undefined) return undefined;
  return (BigInt(Math.round(size * 1000)) * BigInt(BYTES[SIZE_KEYS[key]])) / 1000n;
}
