import { CLOUDS, type Cloud, type Limits } from '../../catalog';
import { BUDGETS } from '../../catalog/budgets';
import { COUNTRIES } from '../../catalog/countries';
import type { FileSystemPlan, Plan, ShardPlan, SitePlan } from '../../plan/types';
import { countryIn } from '../../spec/holdings';
import type { Estate } from '../../spec/schema';
import { formatCount, groupBy } from '../../units';
import { type AssumptionRow, assumptionOf } from './row';

/** What is assumed about the tiers of the file systems that stacks make. */
export function storeAssumptions(plan: Plan): readonly AssumptionRow[] {
  return CLOUDS.flatMap((cloud) => {
    const sites: readonly SitePlan[] = plan.sites(cloud);
    const stores = sites.flatMap((site) =>
      site.stores.filter((store): store is FileSystemPlan => store.kind === 'lustre'),
    );
    return [...groupBy(stores, ({ tier }) => String(tier.throughputMBpsPerTiB)).values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { tier, unit } = first;
      return assumptionOf('stores', tier, {
        cloud,
        what: `Lustre of ${plan.catalog.clouds[cloud].title}, ${tier.throughputMBpsPerTiB} MB/s per TiB`,
        figure: `${formatCount(tier.max)} ${unit} at most`,
        uses: own.map(({ key }) => key),
      });
    });
  });
}

/** What numbers limit, as it is read behind them. */
const LIMITED: readonly (readonly [limit: keyof Limits, text: string])[] = [
  ['nodesPerShard', 'nodes of a cluster'],
  ['poolsPerShard', 'node pools of a cluster'],
  ['blocksPerNetwork', 'address blocks of a network'],
  ['objectMounts', 'object stores that a cluster mounts'],
];

/** What is assumed about limits, Kubernetes, ranges, regions and budgets of the clouds that an estate uses. */
export function serviceAssumptions(estate: Estate, plan: Plan): readonly AssumptionRow[] {
  return plan.clouds.flatMap((cloud) => [
    ...limitAssumptions(cloud, plan),
    ...kubernetesAssumptions(cloud, plan),
    ...rangeAssumptions(cloud, plan),
    ...regionAssumptions(cloud, estate, plan),
    ...budgetAssumptions(cloud, plan),
  ]);
}

function limitAssumptions(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const { limits, title } = plan.catalog.clouds[cloud];
  const shards: readonly ShardPlan[] = plan.shards(cloud);
  return LIMITED.flatMap(([limit, text]) => {
    const row = limits[limit];
    if (row === undefined) return [];
    const figure = `${formatCount(row.value)} ${text}`;
    return assumptionOf('clusters', row, {
      cloud,
      what: `Limit of ${title}`,
      figure,
      uses: shards.map(({ cluster }) => cluster),
    });
  });
}

function kubernetesAssumptions(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const { kubernetes, maintenance, title } = plan.catalog.clouds[cloud];
  const shards: readonly ShardPlan[] = plan.shards(cloud);
  const made = shards.filter(({ existing }) => existing === undefined);
  const uses = made.map(({ cluster }) => cluster);
  const kept = made.filter((shard) => shard.maintenance !== undefined).map(({ cluster }) => cluster);
  return [
    ...assumptionOf('clusters', kubernetes, {
      cloud,
      what: `Kubernetes on ${title}`,
      figure: `${kubernetes.offered.join(', ')} are offered`,
      uses,
    }),
    ...assumptionOf('clusters', kubernetes.skew, {
      cloud,
      what: `Kubernetes on ${title}`,
      figure: `nodes may be ${kubernetes.skew.behind} versions behind`,
      uses,
    }),
    ...assumptionOf('clusters', maintenance, { cloud, what: `Maintenance on ${title}`, figure: 'windows', uses: kept }),
  ];
}

function rangeAssumptions(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const sites: readonly SitePlan[] = plan.sites(cloud);
  return plan.catalog.clouds[cloud].subnets.flatMap((row) =>
    assumptionOf('clusters', row, {
      cloud,
      what: `Range for ${row.role}`,
      figure: `/${row.prefix} at least, for each ${row.per}`,
      uses: sites
        .filter(({ hasNetwork, network }) => hasNetwork && network.subnets.some(({ role }) => role === row.role))
        .map(({ key }) => key),
    }),
  );
}

function regionAssumptions(cloud: Cloud, estate: Estate, plan: Plan): readonly AssumptionRow[] {
  const sites: readonly SitePlan[] = plan.sites(cloud);
  const { regions } = plan.catalog.clouds[cloud];
  const asksForCountries = hasCountryRules(estate);
  return [...groupBy(sites, ({ region }) => region)].flatMap(([region, own]) => {
    const uses = own.map(({ key }) => key);
    const row = regions.rows[region];
    const zones = row?.zones ?? [];
    const country = countryIn(estate, cloud, region);
    const isOwn = Object.hasOwn(estate.policy.regionCountries ?? {}, region);
    return [
      ...(row
        ? assumptionOf('places', row, { cloud, what: region, figure: `zones ${zones.join(', ') || 'none'}`, uses })
        : []),
      ...(asksForCountries && country !== undefined && !isOwn
        ? assumptionOf('places', COUNTRIES[cloud], { cloud, what: region, figure: `lies in ${country}`, uses })
        : []),
    ];
  });
}

/** Whether anything in an estate may not leave a country, so that it counts where regions lie. */
function hasCountryRules({ stores, policy: { countries, confine = [], residency = [] } }: Estate): boolean {
  const isBound = Object.values(stores).some((store) => store.kind === 'object' && store.residency !== undefined);
  return isBound || countries !== undefined || confine.length > 0 || residency.length > 0;
}

function budgetAssumptions(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const row = BUDGETS[cloud];
  const most = [
    ...(row.thresholds === undefined ? [] : [`${row.thresholds} thresholds`]),
    ...(row.emails === undefined ? [] : [`${row.emails} addresses`]),
  ];
  return assumptionOf('clusters', row, {
    cloud,
    what: row.title,
    figure: most.join(', ') || 'no number is published',
    uses: plan.accounts(cloud).flatMap(({ key, budget }) => (budget === undefined ? [] : [key])),
  });
}
