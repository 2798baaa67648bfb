import { CLOUDS, type Cloud, type MachineBase } from '../catalog';
import { PUE, type PueRow } from '../catalog/power';
import { wattsOf } from '../catalog/power-figure';
import { compareKeys, groupBy } from '../units';
import { nodesOf } from './asks/ask';
import type { Plan, ShardPlan, SitePlan } from './types';

/** Power of the accelerators of one kind at a site. */
export interface PowerPart {
  /** Accelerator key. */
  readonly accelerator: string;
  /** Accelerators that draw power: spare trays are on too. */
  readonly accelerators: number;
  /** Of the machines, without the building; absent where no figure is known. */
  readonly itMegawatts?: number;
  /** Where the figure comes from and what it covers, or why there is none. */
  readonly source: string;
}

/** Power that a site draws under full load. */
export interface SitePower {
  readonly site: string;
  readonly cloud: Cloud;
  /** With cooling and losses of the building; null where nothing at the site has a figure. */
  readonly megawatts: number | null;
  /** Of the machines alone. */
  readonly itMegawatts: number | null;
  readonly pue: number;
  /** Accelerators that draw power: spare trays are on too. */
  readonly accelerators: number;
  /** Those of them that no figure is known for, which the megawatts leave out. */
  readonly unknownAccelerators: number;
  readonly parts: readonly PowerPart[];
  /** Where the PUE comes from. */
  readonly pueSource: string;
  /** Where all figures come from. */
  readonly source: string;
}

/** The power of each site, in the order of clouds and keys. CPU machines are left out: no provider says what they draw. */
export function planPower(plan: Plan): readonly SitePower[] {
  return CLOUDS.flatMap((cloud) => {
    const shards = groupBy(plan.shards(cloud), ({ site }) => site.key);
    return plan.sites(cloud).map((site) => sitePower(site, shards.get(site.key) ?? [], plan));
  });
}

function sitePower<C extends Cloud>(site: SitePlan<C>, shards: readonly ShardPlan<C>[], plan: Plan): SitePower {
  const { cloud } = site;
  const pools = shards.flatMap((shard) => nodesOf(shard)).filter(({ machine }) => machine.accelerators > 0);
  const byFigure = groupBy(pools, ({ machine }) =>
    machine.nodeWatts === undefined ? (machine.accelerator ?? '') : machine.type,
  );
  const parts = [...byFigure.values()]
    .flatMap(([first, ...others]): PowerPart[] => {
      if (first === undefined) return [];
      const count = [first, ...others].reduce((sum, { machine, nodes }) => sum + nodes * machine.accelerators, 0);
      return [powerPart(first.machine, count, plan)];
    })
    .sort((one, other) => compareKeys(one.accelerator, other.accelerator));
  const known = parts.flatMap(({ itMegawatts }) => itMegawatts ?? []);
  const it = known.length === 0 && parts.length > 0 ? null : round(known.reduce((sum, part) => sum + part, 0));
  const row = PUE[cloud];
  const pue = site.pue ?? row.pue;
  const pueSource = site.pue === undefined ? averageOf(row) : 'as the estate says';
  return {
    site: site.key,
    cloud,
    megawatts: it === null ? null : round(it * pue),
    itMegawatts: it,
    pue,
    accelerators: parts.reduce((sum, { accelerators }) => sum + accelerators, 0),
    unknownAccelerators: parts.reduce((sum, part) => sum + (part.itMegawatts === undefined ? part.accelerators : 0), 0),
    parts,
    pueSource,
    source: [...parts.map(({ source }) => source), `PUE ${pue}: ${pueSource}`].join('; '),
  };
}

function powerPart(machine: MachineBase, accelerators: number, { catalog }: Plan): PowerPart {
  const { watts, source } = wattsOf(machine, catalog.accelerators);
  const megawatts = watts === undefined ? undefined : round((watts * accelerators) / 1e6);
  return {
    accelerator: machine.accelerator ?? '',
    accelerators,
    ...(megawatts !== undefined && { itMegawatts: megawatts }),
    source,
  };
}

function averageOf({ source, unverified }: PueRow): string {
  return `average of the provider, ${source}${unverified === undefined ? '' : ` (unverified: ${unverified})`}`;
}

/** Megawatts to the watt: sums of many parts stay readable. */
function round(megawatts: number): number {
  return Math.round(megawatts * 1e6) / 1e6;
}
