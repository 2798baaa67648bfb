import {
  ACCELERATORS,
  BUILT_IN_CATALOG,
  CATALOG,
  type Catalog,
  CLOUDS,
  type Cloud,
  type CloudCatalog,
  fromAccelerator,
  type LustreTier,
  type LustreTierOf,
  type MachineBase,
  type MachineOf,
  type RegionCatalog,
  type RegionRow,
} from '../catalog';
import { withLargest } from '../catalog/lustre';
import { deepFreeze, sortedEntries } from '../units';
import { lookup } from './lookup';
import type { Estate } from './schema';
import { MACHINE_ROWS } from './schema-machines';

type Overrides = NonNullable<Estate['catalog']>;

/** A machine row as an estate writes it: what it corrects, or the whole of it. */
export type MachinePatch = Overrides['machines'][Cloud][string];

const known = new WeakMap<Overrides, Catalog>();

/**
 * What an estate is planned with: the built-in catalog with the rows of the estate's `catalog:` in place.
 *
 * The built-in catalog itself where the estate has none. Rows that are not whole are left out; a rule reports them.
 */
export function catalogOf({ catalog: overrides }: Estate): Catalog {
  if (overrides === undefined) return BUILT_IN_CATALOG;
  const found = known.get(overrides);
  if (found !== undefined) return found;
  const merged = deepFreeze(merge(overrides));
  known.set(overrides, merged);
  return merged;
}

/**
 * A machine row of an estate with everything that it takes from the built-in one: the row that it corrects, else the
 * one that it is like. It is whole only if its cloud's row schema says so.
 */
export function machineCandidate(cloud: Cloud, type: string, patch: MachinePatch): Readonly<Record<string, unknown>> {
  const { like, ...stated } = patch;
  const corrected: MachineBase | undefined = lookup<MachineBase>(CATALOG[cloud].machines, type);
  const base = corrected ?? (like === undefined ? undefined : copyOf(cloud, like));
  const missing = base?.unpublished?.filter((name) => !Object.hasOwn(stated, name)) ?? [];
  return {
    ...base,
    unpublished: missing.length === 0 ? undefined : missing,
    // Another accelerator may be another maker's.
    ...('accelerator' in stated &&
      stated.accelerator !== base?.accelerator && { vendor: undefined, resourceName: undefined }),
    ...stated,
    cloud,
    type,
  };
}

/** The row that another one is like, without what is true of that machine alone. */
function copyOf(cloud: Cloud, like: string): MachineBase | undefined {
  const row: MachineBase | undefined = lookup<MachineBase>(CATALOG[cloud].machines, like);
  if (row === undefined) return undefined;
  const { preferred: _preferred, regions: _regions, zones: _zones, ...copied } = row;
  return { ...copied, unverified: `what the estate does not state is that of ${like}` };
}

function merge(overrides: Overrides): Catalog {
  const accelerators = Object.fromEntries(
    Object.entries(overrides.accelerators).map(([name, row]) => [name, { name, ...row }]),
  );
  const quotas = Object.entries(overrides.quotas).flatMap(([key, granted]) => {
    const row = lookup(BUILT_IN_CATALOG.quotas, key);
    if (row === undefined || granted === undefined) return [];
    return [[key, { ...row, default: granted.value, source: granted.source, checked: granted.checked }] as const];
  });
  return {
    clouds: {
      aws: mergeCloud('aws', overrides),
      azure: mergeCloud('azure', overrides),
      google: mergeCloud('google', overrides),
      oracle: mergeCloud('oracle', overrides),
    },
    accelerators: { ...BUILT_IN_CATALOG.accelerators, ...accelerators },
    quotas: { ...BUILT_IN_CATALOG.quotas, ...Object.fromEntries(quotas) },
    overridden: {
      aws: overriddenIn('aws', overrides),
      azure: overriddenIn('azure', overrides),
      google: overriddenIn('google', overrides),
      oracle: overriddenIn('oracle', overrides),
    },
  };
}

function overriddenIn(cloud: Cloud, { machines }: Overrides): readonly string[] {
  return sortedEntries<MachinePatch>(machines[cloud]).map(([type]) => type);
}

function mergeCloud<C extends Cloud>(cloud: C, overrides: Overrides): CloudCatalog<MachineOf[C], LustreTierOf[C]> {
  const builtIn: CloudCatalog<MachineOf[C], LustreTierOf[C]> = CATALOG[cloud];
  const limits = overrides.limits[cloud];
  const regions = overrides.regions[cloud];
  const versions = overrides.kubernetes[cloud]?.versions ?? [];
  const rows = ownRows(cloud, overrides);
  if (limits === undefined && regions === undefined && versions.length === 0 && rows.length === 0) return builtIn;
  const machines = new Map<string, MachineOf[C]>(Object.entries(builtIn.machines));
  for (const row of rows) machines.set(row.type, row);
  return {
    ...builtIn,
    machines: Object.fromEntries(preferOne([...machines.values()], rows).map((row) => [row.type, row])),
    limits: {
      nodesPerShard: limits?.nodesPerShard ?? builtIn.limits.nodesPerShard,
      poolsPerShard: limits?.poolsPerShard ?? builtIn.limits.poolsPerShard,
      blocksPerNetwork: limits?.blocksPerNetwork ?? builtIn.limits.blocksPerNetwork,
      objectMounts: limits?.objectMounts ?? builtIn.limits.objectMounts,
    },
    lustre: { ...builtIn.lustre, tiers: builtIn.lustre.tiers.map((tier) => raisedTier(tier, limits?.largestLustre)) },
    regions: regions === undefined ? builtIn.regions : mergeRegions(builtIn.regions, regions),
    kubernetes: { ...builtIn.kubernetes, offered: [...new Set([...builtIn.kubernetes.offered, ...versions])] },
  };
}

/**
 * Regions and zones with those that the estate adds. A region that it names lacks nothing: what was missing there has
 * come since.
 */
function mergeRegions(
  { names, rows, ...sourced }: RegionCatalog,
  own: NonNullable<Overrides['regions'][Cloud]>,
): RegionCatalog {
  const { source, checked, zones = {} } = own;
  const complete = (own.names ?? []).flatMap((name): (readonly [string, RegionRow])[] => {
    const row = lookup(rows, name);
    if (row === undefined) return [];
    const { lacks: _lacks, ...known } = row;
    return [[name, known]];
  });
  const named: Readonly<Record<string, RegionRow>> = { ...rows, ...Object.fromEntries(complete) };
  const stated = sortedEntries(zones).map(([name, list]): readonly [string, RegionRow] => {
    const { unverified: _unverified, ...known }: RegionRow = lookup(named, name) ?? { source, checked };
    return [name, { ...known, zones: [...new Set([...(known.zones ?? []), ...list])], source, checked }];
  });
  return {
    ...sourced,
    names: [...new Set([...names, ...(own.names ?? []), ...stated.map(([name]) => name)])],
    rows: { ...named, ...Object.fromEntries(stated) },
  };
}

/** A Lustre tier with the largest size that the provider has granted; its last step goes on up to there. */
function raisedTier<T extends LustreTier>(
  tier: T,
  granted: NonNullable<Overrides['limits'][Cloud]>['largestLustre'],
): T {
  const max = granted === undefined ? undefined : lookup(granted, String(tier.throughputMBpsPerTiB));
  if (max === undefined) return tier;
  return { ...withLargest(tier, max.value), source: max.source, checked: max.checked, unverified: undefined };
}

/** The whole rows of an estate; those of its own accelerators know their maker, and the resource that Kubernetes counts them under. */
function ownRows<C extends Cloud>(cloud: C, { machines, accelerators }: Overrides): readonly MachineOf[C][] {
  return sortedEntries<MachinePatch>(machines[cloud]).flatMap(([type, patch]) => {
    const candidate = machineCandidate(cloud, type, patch);
    const name = String(candidate.accelerator);
    const known = fromAccelerator(lookup(accelerators, name) ?? lookup(ACCELERATORS, name));
    const parsed = MACHINE_ROWS[cloud].safeParse({
      ...candidate,
      resourceName: candidate.resourceName ?? known.resourceName,
      vendor: candidate.vendor ?? known.vendor,
    });
    return parsed.success ? [parsed.data] : [];
  });
}

/** Keeps one preferred machine of each accelerator: the estate's, if it prefers one, else the built-in one. */
function preferOne<M extends MachineBase>(rows: readonly M[], own: readonly M[]): readonly M[] {
  return rows.map((row) => {
    const preferring = own.find(({ accelerator, preferred }) => preferred === true && accelerator === row.accelerator);
    if (preferring !== undefined && row.accelerator !== undefined) return { ...row, preferred: row === preferring };
    const added = own.some((other) => other !== row && other.accelerator === row.accelerator);
    const alone = rows.filter((other) => other.accelerator === row.accelerator && !own.includes(other)).length === 1;
    return added && alone && !own.includes(row) && row.accelerator !== undefined ? { ...row, preferred: true } : row;
  });
}

/** Clouds whose machines carry an accelerator, with an estate's own machines. */
export function cloudsWith({ clouds }: Catalog, accelerator: string): readonly Cloud[] {
  return CLOUDS.filter((cloud) =>
    Object.values<MachineBase>(clouds[cloud].machines).some((machine) => machine.accelerator === accelerator),
  );
}
