import { CLOUDS, type Cloud } from '../../catalog';
import type { Plan, ShardPlan, SitePlan } from '../../plan/types';
import { holdingsOf } from '../../spec/holdings';
import type { Estate, Price } from '../../spec/schema';
import { priceRowOf, subjectOf } from '../../spec/spend';
import { compareKeys, formatCount, groupBy, sortedEntries } from '../../units';
import type { AssumptionRow } from './row';

/** Keys of rows that say where they come from, and no fact. */
const ORIGIN = ['source', 'checked', 'unverified', 'like'];

type OwnCatalog = NonNullable<Estate['catalog']>;

/** What an estate says itself in the place of the catalog, whether or not anything counts it yet. */
export function ownAssumptions(estate: Estate, plan: Plan): readonly AssumptionRow[] {
  const { catalog } = estate;
  return [
    ...CLOUDS.flatMap((cloud) => siteRows(cloud, plan)),
    ...(catalog === undefined ? [] : [...acceleratorRows(catalog), ...quotaRows(catalog, plan)]),
    ...(catalog === undefined ? [] : CLOUDS.flatMap((cloud) => cloudRows(cloud, catalog, plan))),
  ];
}

function siteRows(cloud: Cloud, plan: Plan): readonly AssumptionRow[] {
  const sites: readonly SitePlan[] = plan.sites(cloud);
  return sites.flatMap(({ key, pue }) =>
    pue === undefined
      ? []
      : [own(`PUE of ${key}`, String(pue), { source: `the estate file, sites.${key}.pue`, checked: '' }, cloud, [key])],
  );
}

function acceleratorRows({ accelerators }: OwnCatalog): readonly AssumptionRow[] {
  return sortedEntries(accelerators).map(([key, row]) => own(`Accelerator ${key}`, stated(row), row));
}

function quotaRows({ quotas }: OwnCatalog, plan: Plan): readonly AssumptionRow[] {
  return Object.entries(quotas).flatMap(([key, granted]) => {
    const row = plan.catalog.quotas[key];
    return granted === undefined
      ? []
      : [own(`Quota ${key}`, `${formatCount(granted.value)} granted`, granted, row?.cloud)];
  });
}

function cloudRows(cloud: Cloud, catalog: OwnCatalog, plan: Plan): readonly AssumptionRow[] {
  const { title } = plan.catalog.clouds[cloud];
  const shards: readonly ShardPlan[] = plan.shards(cloud);
  const sitesWith = (type: string) =>
    shards.filter(({ pools }) => pools.some(({ machine }) => machine.type === type)).map(({ site }) => site.key);
  const { largestLustre = {}, ...limits } = catalog.limits[cloud] ?? {};
  const regions = catalog.regions[cloud];
  const kubernetes = catalog.kubernetes[cloud];
  return [
    ...Object.entries(catalog.machines[cloud]).map(([type, row]) =>
      own(type, stated(row), row, cloud, sitesWith(type)),
    ),
    ...Object.entries(limits).flatMap(([limit, row]) =>
      row === undefined ? [] : [own(`Limit of ${title}: ${limit}`, formatCount(row.value), row, cloud)],
    ),
    ...Object.entries(largestLustre).map(([tier, row]) =>
      own(`Largest Lustre of ${title}, ${tier} MB/s per TiB`, formatCount(row.value), row, cloud),
    ),
    ...(regions ? [own(`Regions of ${title}`, stated(regions), regions, cloud)] : []),
    ...(kubernetes ? [own(`Kubernetes on ${title}`, kubernetes.versions.join(', '), kubernetes, cloud)] : []),
  ];
}

/** What a row of an estate says, such as `groupNodes 36, nodeWatts 12000`. */
function stated(row: object): string {
  return Object.entries(row)
    .filter(([key, value]) => !ORIGIN.includes(key) && value !== undefined)
    .map(([key, value]) => (typeof value === 'object' ? `${key} ${JSON.stringify(value)}` : `${key} ${value}`))
    .join(', ');
}

/** Where a row of an estate comes from. */
interface Origin {
  readonly source: string;
  readonly checked: string;
  readonly unverified?: string;
}

function own(what: string, figure: string, origin: Origin, cloud?: Cloud, uses: readonly string[] = []): AssumptionRow {
  const { source, checked, unverified = 'as the estate says' } = origin;
  return {
    kind: 'own',
    ...(cloud && { cloud }),
    what,
    figure,
    assumed: unverified,
    source,
    checked,
    uses: [...new Set(uses)].sort(compareKeys),
  };
}

/** The prices that an estate is reckoned with, and what other currencies are worth. */
export function priceAssumptions(estate: Estate): readonly AssumptionRow[] {
  const { prices } = estate;
  if (prices === undefined) return [];
  const priced = holdingsOf(estate).flatMap((holding) => {
    const found = priceRowOf(estate, holding);
    return found === undefined ? [] : [{ index: String(found.index), path: holding.path }];
  });
  const paths = groupBy(priced, ({ index }) => index);
  const rows = prices.rows.map((row, index) => priceRow(row, paths.get(String(index))?.map(({ path }) => path) ?? []));
  const rates = sortedEntries(prices.exchange).map(([currency, { rate, source, date }]): AssumptionRow => {
    const figure = `${rate} ${prices.currency}`;
    return {
      kind: 'prices',
      what: `One ${currency}`,
      figure,
      assumed: 'that the rate stays',
      source,
      checked: date,
      uses: [],
    };
  });
  return [...rows, ...rates];
}

function priceRow(row: Price, uses: readonly string[]): AssumptionRow {
  const { price, per, rate, from, until, cloud, source, date } = row;
  const time = [...(from === undefined ? [] : [`from ${from}`]), ...(until === undefined ? [] : [`until ${until}`])];
  return {
    kind: 'prices',
    ...(cloud && { cloud }),
    what: subjectOf(row),
    figure: `${price} per ${per}`,
    assumed: [rate === 'contract' ? 'price of a contract' : 'price of a list', ...time].join(', '),
    source,
    checked: date,
    uses: [...uses].sort(compareKeys),
  };
}
