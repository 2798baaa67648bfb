import { type Catalog, CLOUDS, type Cloud } from '../catalog';
import { cidr, cidrContains, cidrSize } from '../cidr';
import { parseSum, shortSum } from '../money';
import type { SupernetPlan } from '../plan/address-types';
import { isNetworkKey, networkKey } from '../plan/blocks';
import { LAYERS, type Layer } from '../plan/names';
import type { Plan, PoolPlan, ShardPlan, SitePlan, StacksPlan } from '../plan/types';
import { counted } from '../spec/words';
import { compareKeys, formatCount, groupBy } from '../units';
import { type Column, formatTable } from './table';

/** One pool in the capacity view. */
export interface CapacityRow {
  readonly cluster: string;
  readonly pool: string;
  readonly cloud: Cloud;
  readonly site: string;
  readonly machine: string;
  /** Empty for CPU nodes. */
  readonly accelerator: string;
  readonly accelerators: number;
  readonly nodes: number;
  /** Fewest nodes, where an autoscaler runs between them and `nodes`. @default - as many as `nodes`, always */
  readonly minNodes?: number;
  readonly groups: number;
  readonly shards: number;
  readonly capacity: string;
  /** The Kubernetes cluster that its nodes are added to, which exists already. @default one that is made */
  readonly existing?: string;
  /** Where the row of the machine comes from, when the estate has added or corrected it. */
  readonly overridden?: string;
}

/** One range in the address view. */
export interface AddressRow {
  readonly key: string;
  readonly cidr: string;
  /** How much of a network's block its subnets hold. */
  readonly usedPercent?: number;
  /** The block that a network is cut from. */
  readonly supernet?: string;
  /** How much of that block is taken by networks, by keys that left the estate, or excluded. */
  readonly supernetUsedPercent?: number;
  /** Id or name of the network or subnet that exists already and has it. @default it is allocated, in the lock file */
  readonly existing?: string;
}

/** One stack that the plan makes. */
export interface StackRow {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
}

/** The pools of the estate, those in several shards added up. */
export function capacityRows(plan: Plan): CapacityRow[] {
  return CLOUDS.flatMap((cloud) => {
    const parts = plan
      .shards(cloud)
      .flatMap((shard: ShardPlan) => shard.pools.map((pool: PoolPlan) => ({ shard, pool })));
    return [...groupBy(parts, ({ shard, pool }) => `${shard.cluster}/${pool.key}`).values()].flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const groups = members.flatMap(({ pool }) => pool.groups);
      const { machine, capacity } = first.pool;
      const overridden = plan.catalog.overridden[cloud].includes(machine.type);
      return {
        cluster: first.shard.cluster,
        pool: first.pool.key,
        cloud,
        site: first.shard.site.key,
        machine: machine.type,
        accelerator: machine.accelerator ?? '',
        accelerators: groups.reduce((sum, group) => sum + group.accelerators, 0),
        nodes: groups.reduce((sum, group) => sum + group.nodes, 0),
        ...(groups.some(({ minNodes }) => minNodes !== undefined) && {
          minNodes: groups.reduce((sum, { minNodes = 0 }) => sum + minNodes, 0),
        }),
        groups: groups.length,
        shards: members.length,
        capacity: capacity.kind,
        ...(first.shard.existing && { existing: first.shard.existing.id }),
        ...(overridden && { overridden: `${machine.source}, ${machine.checked}` }),
      };
    });
  });
}

/** Every range, in the order of keys: those of the lock file, and those of networks that exist already. */
export function addressRows(plan: Plan): AddressRow[] {
  const sites = new Map(
    CLOUDS.flatMap((cloud) => plan.sites(cloud).map((site): [string, SitePlan] => [site.key, site])),
  );
  const allocated = Object.entries(plan.addresses).map(([key, block]): AddressRow => {
    const site = isNetworkKey(key) ? sites.get(key.split('.')[1] ?? '') : undefined;
    return { key, cidr: block, ...(site && occupancy(block, site, plan.supernets)) };
  });
  return [...allocated, ...[...sites.values()].flatMap(existingRows)].sort((one, other) =>
    compareKeys(one.key, other.key),
  );
}

/** The ranges of a network that exists already, under the keys that they would have in the lock file. */
function existingRows({ key: site, network: { cidrs, existing } }: SitePlan): AddressRow[] {
  if (existing === undefined) return [];
  const blocks = cidrs.map((block, index) => ({
    key: networkKey(site, index + 1),
    cidr: block,
    existing: existing.id,
  }));
  const subnets = existing.subnets.map(({ key, cidr: range, id }) => {
    return { key: `sites.${site}.${key}`, cidr: range, existing: id };
  });
  return [...blocks, ...subnets];
}

/** How full a block of a site's network is, and the supernet that it is cut from. */
function occupancy(block: string, site: SitePlan, supernets: readonly SupernetPlan[]): Partial<AddressRow> {
  const outer = cidr(block);
  const used = site.network.subnets
    .map((subnet) => cidr(subnet.cidr))
    .filter((subnet) => cidrContains(outer, subnet))
    .reduce((sum, subnet) => sum + cidrSize(subnet), 0);
  const supernet = supernets.find(({ cloud }) => cloud === site.cloud);
  return {
    usedPercent: percent(used, cidrSize(outer)),
    ...(supernet && {
      supernet: supernet.cidr,
      supernetUsedPercent: percent(supernet.size - supernet.free, supernet.size),
    }),
  };
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 10;
}

/** Every stack of the estate: by cloud, then layer, then name. */
export function stackRows(plan: StacksPlan): StackRow[] {
  return CLOUDS.flatMap((cloud): StackRow[] => {
    const sites = plan.sites(cloud);
    const stacksOf: Readonly<Record<Layer, readonly string[]>> = {
      foundation: plan.accounts(cloud).map(({ stacks }) => stacks.foundation),
      network: sites.filter(({ hasNetwork }) => hasNetwork).map(({ stacks }) => stacks.network),
      storage: sites.flatMap((site) => site.storageStacks.map(({ stack }) => stack)),
      cluster: plan.shards(cloud).map(({ stacks }) => stacks.cluster),
      gateway: sites.flatMap(({ gateway }) => (gateway === undefined ? [] : [gateway.stack])),
      link: sites.flatMap(({ links = [] }) => links.map(({ stack }) => stack)),
    };
    return LAYERS.flatMap((layer) => stacksOf[layer].map((stack) => ({ stack, cloud, layer })));
  });
}

const capacityColumns = (catalog: Catalog): readonly Column<CapacityRow>[] => [
  { title: 'cluster', value: (row) => row.cluster },
  { title: 'pool', value: (row) => row.pool },
  { title: 'cloud', value: (row) => row.cloud },
  { title: 'machine', value: (row) => `${row.machine}${row.overridden === undefined ? '' : ' *'}` },
  {
    title: 'accelerators',
    value: (row) =>
      (row.accelerator === '' ? '' : `${formatCount(row.accelerators)} `) + acceleratorTitle(row.accelerator, catalog),
    align: 'right',
  },
  {
    title: 'nodes',
    value: ({ minNodes, nodes }) => (minNodes === undefined ? nodes : `${minNodes}-${nodes}`),
    align: 'right',
  },
  { title: 'groups', value: (row) => row.groups },
  { title: 'shards', value: (row) => row.shards },
  { title: 'capacity', value: (row) => row.capacity },
];

/** A column on what exists already, where anything does. */
function existingColumn<R extends { readonly existing?: string }>(rows: readonly R[], title: string): Column<R>[] {
  const some = rows.some(({ existing }) => existing !== undefined);
  return some ? [{ title, value: ({ existing = '' }) => existing }] : [];
}

/** The capacity view as a table with its totals: by accelerator and cloud, and in all. */
export function formatCapacity(plan: Plan): string {
  const rows = capacityRows(plan);
  const own = new Map(rows.flatMap(({ machine, overridden }) => (overridden ? [[machine, overridden] as const] : [])));
  const notes = [...own].map(([machine, source]) => `* ${machine}: row of the estate's catalog (${source})`);
  const parts = [
    formatTable(rows, [...capacityColumns(plan.catalog), ...existingColumn(rows, 'added to')]),
    formatCapacityTotals(plan),
  ];
  return [...parts, ...(notes.length > 0 ? [notes.join('\n')] : []), formatTotals(plan)].join('\n\n');
}

/** Accelerators by kind, one column for each cloud and one for all. */
function formatCapacityTotals(plan: Plan): string {
  return formatTable(capacityTotals(plan), [
    { title: 'accelerators', value: ({ title }) => title },
    ...plan.clouds.map(
      (cloud): Column<CapacityTotal> => ({
        title: cloud,
        value: ({ byCloud }) => formatCount(byCloud[cloud] ?? 0),
        align: 'right',
      }),
    ),
    { title: 'all', value: ({ accelerators }) => formatCount(accelerators), align: 'right' },
    { title: 'nodes', value: ({ nodes }) => formatCount(nodes), align: 'right' },
  ]);
}

/** Accelerators of one kind, or of all kinds. */
export interface CapacityTotal {
  /** Key of the accelerator; empty for CPU nodes and for all kinds. */
  readonly accelerator: string;
  /** Its name in reports, `CPU nodes`, or `all`. */
  readonly title: string;
  /** Accelerators on each cloud that the estate uses. */
  readonly byCloud: Readonly<Partial<Record<Cloud, number>>>;
  /** Accelerators by the way in which they are had: reserved, on demand. Ways that none are had by are left out. */
  readonly byCapacity: Readonly<Record<string, number>>;
  /** Accelerators on all clouds. */
  readonly accelerators: number;
  readonly nodes: number;
}

/** Accelerators by kind and cloud: sorted by kind, CPU nodes behind what is counted, and all of them last. */
export function capacityTotals(plan: Plan): CapacityTotal[] {
  const rows = capacityRows(plan);
  const byKind = [...groupBy(rows, (row) => row.accelerator)].sort(
    ([one], [other]) => Number(one === '') - Number(other === '') || compareKeys(one, other),
  );
  const count = (own: readonly CapacityRow[]) => own.reduce((sum, row) => sum + row.accelerators, 0);
  const total = (accelerator: string, title: string, own: readonly CapacityRow[]): CapacityTotal => ({
    accelerator,
    title,
    byCloud: Object.fromEntries(plan.clouds.map((cloud) => [cloud, count(own.filter((row) => row.cloud === cloud))])),
    byCapacity: Object.fromEntries(
      [...groupBy(own, ({ capacity }) => capacity)]
        .map(([capacity, members]) => [capacity, count(members)] as const)
        .filter(([, accelerators]) => accelerators > 0),
    ),
    accelerators: count(own),
    nodes: own.reduce((sum, row) => sum + row.nodes, 0),
  });
  return [
    ...byKind.map(([name, own]) => total(name, acceleratorTitle(name, plan.catalog), own)),
    total('', 'all', rows),
  ];
}

/** The address view as a table, with a table of how full each supernet is. */
export function formatAddresses(plan: Plan): string {
  const rows = addressRows(plan);
  const ranges = formatTable(rows, [
    { title: 'key', value: (row) => row.key },
    { title: 'cidr', value: (row) => row.cidr },
    { title: 'used', value: (row) => shownPercent(row.usedPercent), align: 'right' },
    ...existingColumn(rows, 'exists as'),
  ]);
  return `${ranges}\n\n${formatSupernets(plan.supernets)}`;
}

/** The block that networks of a cloud are cut from, and what has taken of it. */
export interface SupernetRow extends Omit<SupernetPlan, 'cidr'> {
  readonly supernet: string;
  readonly usedPercent: number;
  /** What is free as blocks of the size of a network, /16. */
  readonly freeBlocks: number;
}

/** How full the supernet of each cloud is. */
export function supernetRows(supernets: readonly SupernetPlan[]): SupernetRow[] {
  return supernets.map(({ cidr: supernet, ...row }) => ({
    supernet,
    usedPercent: percent(row.size - row.free, row.size),
    freeBlocks: Math.floor(row.free / 2 ** 16),
    ...row,
  }));
}

/** The same as a table. */
export function formatSupernets(supernets: readonly SupernetPlan[]): string {
  return formatTable(supernetRows(supernets), [
    { title: 'supernet', value: (row) => row.supernet },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'used', value: (row) => shownPercent(row.usedPercent), align: 'right' },
    { title: 'networks', value: (row) => formatCount(row.allocated), align: 'right' },
    { title: 'left the estate', value: (row) => formatCount(row.released), align: 'right' },
    { title: 'excluded', value: (row) => formatCount(row.excluded), align: 'right' },
    { title: 'free', value: (row) => formatCount(row.free), align: 'right' },
    { title: 'free /16', value: (row) => formatCount(row.freeBlocks), align: 'right' },
  ]);
}

function shownPercent(value: number | undefined): string {
  return value === undefined ? '' : `${value.toFixed(1)}%`;
}

/** The commitments view as a table. */
export function formatCommitments(plan: Plan): string {
  return formatTable(plan.commitments, [
    { title: 'commitment', value: (row) => row.key },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'amount', value: (row) => row.amount, align: 'right' },
    { title: 'years', value: (row) => row.years ?? '' },
    { title: 'start', value: (row) => row.start ?? '' },
  ]).concat(`\n\n${formatPromised(plan)}`);
}

/** What commitments come to. */
export interface PromisedTotal {
  /** A sum for each currency, such as `588B USD`. */
  readonly sums: readonly string[];
  /** Commitments that say no sum. */
  readonly undisclosed: number;
}

/** What is promised in all, by currency. */
export function promisedTotal({ commitments }: Pick<Plan, 'commitments'>): PromisedTotal {
  const sums = new Map<string, bigint>();
  for (const { amount } of commitments) {
    const sum = parseSum(amount);
    if (sum !== undefined) sums.set(sum.currency, (sums.get(sum.currency) ?? 0n) + sum.parts);
  }
  return {
    sums: [...sums].map(([currency, parts]) => shortSum({ parts, currency })),
    undisclosed: commitments.filter(({ amount }) => parseSum(amount) === undefined).length,
  };
}

/** What is promised in all, in a line: `588B USD in all, 1 undisclosed sum`. */
export function formatPromised(plan: Plan): string {
  const { sums, undisclosed } = promisedTotal(plan);
  const rest = undisclosed === 0 ? [] : [counted(undisclosed, 'undisclosed sum')];
  return [...(sums.length === 0 && undisclosed > 0 ? [] : [`${sums.join(' + ') || 'nothing'} in all`]), ...rest].join(
    ', ',
  );
}

/** Accelerators in all and by kind, largest first: `3,168 accelerators (1,728 GB300, 864 GB200), 12 CPU nodes`. */
export function formatTotals(plan: Plan): string {
  const totals = capacityTotals(plan);
  const kinds = totals
    .filter(({ accelerator }) => accelerator !== '')
    .sort((one, other) => other.accelerators - one.accelerators || compareKeys(one.accelerator, other.accelerator))
    .map(({ accelerators, title }) => `${formatCount(accelerators)} ${title}`)
    .join(', ');
  const { accelerators: all, cpuNodes } = estateSize(plan);
  const accelerators = `${formatCount(all)} accelerators${kinds === '' ? '' : ` (${kinds})`}`;
  return cpuNodes === 0 ? accelerators : `${accelerators}, ${counted(cpuNodes, 'CPU node')}`;
}

/** How large an estate is: what its headline counts, and what stands below that. */
export interface EstateSize {
  readonly clouds: number;
  readonly sites: number;
  readonly clusters: number;
  /** Kubernetes clusters, of which a large cluster has several. */
  readonly shards: number;
  readonly pools: number;
  readonly accelerators: number;
  /** All nodes of pools; of a range the most. */
  readonly nodes: number;
  /** Those of them without accelerators. */
  readonly cpuNodes: number;
  /** Racks, slices and domains that nodes are provisioned in. */
  readonly groups: number;
}

/** Counts an estate. */
export function estateSize(plan: Plan): EstateSize {
  const rows = capacityRows(plan);
  const shards = CLOUDS.flatMap((cloud) => plan.shards(cloud).map((shard: ShardPlan) => shard.cluster));
  const add = (value: (row: CapacityRow) => number) => rows.reduce((sum, row) => sum + value(row), 0);
  return {
    clouds: plan.clouds.length,
    sites: CLOUDS.reduce((sum, cloud) => sum + plan.sites(cloud).length, 0),
    clusters: new Set(shards).size,
    shards: shards.length,
    pools: rows.length,
    accelerators: add((row) => row.accelerators),
    nodes: add((row) => row.nodes),
    cpuNodes: add((row) => (row.accelerator === '' ? row.nodes : 0)),
    groups: add((row) => row.groups),
  };
}

/** One line that says what an estate is: `estate atlas · 4 clouds, 5 sites, 6 clusters · … · lock ok`. */
export function formatHeadline(plan: Plan): string {
  const { clouds, sites, clusters } = estateSize(plan);
  const size = `${counted(clouds, 'cloud')}, ${counted(sites, 'site')}, ${counted(clusters, 'cluster')}`;
  return `estate ${plan.name} · ${size} · ${formatTotals(plan)} · lock ok`;
}

/** Name of a kind of accelerators in reports. */
export function acceleratorTitle(accelerator: string, { accelerators }: Catalog): string {
  if (accelerator === '') return 'CPU nodes';
  return accelerators[accelerator]?.title ?? accelerator;
}
