import { CLOUDS, type Cloud, type MachineBase } from '../../catalog';
import { placeOf, zonePlaceOf } from '../../catalog/places';
import { PUE } from '../../catalog/power';
import { wattsOf } from '../../catalog/power-figure';
import { planQuotas, type QuotaNeed } from '../../plan/quotas';
import type { Plan, ShardPlan, SitePlan } from '../../plan/types';
import { formatCount, groupBy } from '../../units';
import { acceleratorTitle } from '../views';
import { type AssumptionRow, assumptionOf } from './row';

/** A machine type with the sites that have it. */
interface UsedMachine {
  readonly machine: MachineBase;
  readonly sites: readonly string[];
}

/** What accelerators and buildings draw: every figure is an estimate of full load. */
export function powerAssumptions(plan: Plan): readonly AssumptionRow[] {
  const { catalog } = plan;
  const drawing = usedMachines(plan).filter(({ machine }) => machine.accelerators > 0);
  // Machines of one accelerator share its figure, unless they have one of their own.
  const byFigure = groupBy(drawing, ({ machine }) =>
    JSON.stringify([machine.accelerator, wattsOf(machine, catalog.accelerators).figure]),
  );
  const accelerators = [...byFigure.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { accelerator = '' } = first.machine;
    const { watts, figure, row = catalog.accelerators[accelerator] } = wattsOf(first.machine, catalog.accelerators);
    if (row === undefined) return [];
    const otherwise = watts === undefined ? 'nobody says it: it is in no sum' : 'that it runs under full load';
    const uses = [first, ...others].flatMap(({ sites }) => sites);
    return assumptionOf('power', row, {
      what: `Power of ${acceleratorTitle(accelerator, catalog)}`,
      figure,
      otherwise,
      uses,
    });
  });
  return [...accelerators, ...CLOUDS.flatMap((cloud) => pueAssumptions(cloud, plan))];
}

function pueAssumptions(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const sites: readonly SitePlan[] = plan.sites(cloud);
  const average = PUE[cloud];
  const { title } = plan.catalog.clouds[cloud];
  return assumptionOf('power', average, {
    cloud,
    what: `PUE of ${title}`,
    figure: String(average.pue),
    otherwise: 'that the site is as good as the average of the provider',
    uses: sites.filter(({ pue }) => pue === undefined).map(({ key }) => key),
  });
}

/** Where regions lie, and zones away from them: buildings are not published. */
export function placeAssumptions(plan: Plan): readonly AssumptionRow[] {
  return CLOUDS.flatMap((cloud) => {
    const sites: readonly SitePlan[] = plan.sites(cloud);
    const regions = [...groupBy(sites, ({ region }) => region)].map(([region, own]) => {
      return { name: region, place: placeOf(cloud, region), own };
    });
    const zones = [
      ...groupBy(
        sites.flatMap((site) => site.zones.map((zone) => ({ zone, site }))),
        ({ zone }) => zone,
      ),
    ].map(([zone, own]) => ({ name: zone, place: zonePlaceOf(cloud, zone), own: own.map(({ site }) => site) }));
    return [...regions, ...zones].flatMap(({ name, place, own }) => {
      if (place === undefined) return [];
      const { title, town, latitude, longitude } = place;
      const figure = `${latitude}, ${longitude} (${town ?? title})`;
      const otherwise = 'the point of the town: where buildings stand is not published';
      return assumptionOf('places', place, { cloud, what: name, figure, otherwise, uses: own.map(({ key }) => key) });
    });
  });
}

/** What is assumed about the machines of pools and of system pools. */
export function machineAssumptions(plan: Plan): readonly AssumptionRow[] {
  return usedMachines(plan).flatMap(({ machine, sites: uses }) => {
    const { cloud, type, accelerators, accelerator = '', vcpus, groupNodes, groupSource } = machine;
    const title = acceleratorTitle(accelerator, plan.catalog);
    const figure =
      accelerators > 0 ? `${accelerators} ${title} a node` : vcpus === undefined ? title : `${vcpus} vCPUs`;
    const groups = `${formatCount(groupNodes)} nodes a group`;
    return [
      ...assumptionOf('machines', machine, { cloud, what: type, figure, uses }),
      ...(groupSource ? assumptionOf('machines', groupSource, { cloud, what: type, figure: groups, uses }) : []),
    ];
  });
}

function usedMachines(plan: Plan): readonly UsedMachine[] {
  const used = CLOUDS.flatMap((cloud) => {
    const shards: readonly ShardPlan[] = plan.shards(cloud);
    return shards.flatMap(({ pools, systemPool, site: { key: site } }) => {
      const machines: readonly MachineBase[] = [
        ...pools.map(({ machine }) => machine),
        ...(systemPool.nodes > 0 ? [systemPool.machine] : []),
      ];
      return machines.map((machine) => ({ machine, site }));
    });
  });
  return [...groupBy(used, ({ machine: { cloud, type } }) => `${cloud} ${type}`).values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ machine: first.machine, sites: own.map(({ site }) => site) }];
  });
}

/** What is assumed about quotas, or about what is needed of them; the same of several regions once. */
export function quotaAssumptions(plan: Plan): readonly AssumptionRow[] {
  const needs = planQuotas(plan).filter(({ unverified }) => unverified !== undefined);
  const same = ({ cloud, quota, key, unverified }: QuotaNeed) => JSON.stringify([cloud, quota, key, unverified]);
  return [...groupBy(needs, same).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { cloud, quota, unit, source, unverified = '', key } = first;
    const given = first.default === undefined ? 'default not known' : `default ${formatCount(first.default)}`;
    const most = formatCount(Math.max(...own.map(({ needed }) => needed)));
    const checked = plan.catalog.quotas[key]?.checked ?? '';
    return assumptionOf(
      'quotas',
      { source, checked, unverified },
      {
        cloud,
        what: quota,
        figure: `needed ${most}, ${given} (${unit})`,
        uses: own.map(({ account, region }) => `${account} ${region}`),
      },
    );
  });
}
