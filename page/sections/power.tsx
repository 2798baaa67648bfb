import { CLOUDS } from '../../estate/catalog';
import { planPower } from '../../estate/plan/power';
import { POWER_SCOPE, type PowerRow, type PowerTotal, powerRows, powerTotals } from '../../estate/report/power';
import { type PowerLimitRow, powerLimitRows } from '../../estate/report/power-limits';
import { formatCount } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figure, type LegendEntry } from '../parts/figure';
import { Planned } from '../parts/planned';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn, type TableProps } from '../parts/table';
import { type Bar, type BarPart, Bars } from '../pictures/bars';

/** Megawatts of sites against their limits. */
export const POWER: Section = {
  id: 'power',
  title: 'Power',
  body: (page) => {
    const totals = powerTotals(page.plan);
    const all = totals.find(({ name }) => name === 'all');
    if (all === undefined || all.accelerators === 0) return undefined;
    const limits = powerLimitRows(page.estate);
    return (
      <>
        <p>{leadOf(all)}</p>
        <Planned page={page} />
        <Unknown page={page} />
        <Sites page={page} limits={limits} />
        {all.accelerators > all.unknownAccelerators && <Totals totals={totals} limits={limits} />}
        {limits.length > 0 && <Limits limits={limits} />}
        <p class="soft">
          At {POWER_SCOPE}. Where each figure comes from stands in the table of sites, and with all that is assumed
          under <a href="#sources">Sources and assumptions</a>.
        </p>
      </>
    );
  },
};

function leadOf({ accelerators, unknownAccelerators, megawatts, itMegawatts }: PowerTotal): string {
  if (accelerators === unknownAccelerators)
    return `No figure is known for any of ${formatCount(accelerators)} accelerators.`;
  const known = formatCount(accelerators - unknownAccelerators);
  const rest = unknownAccelerators === 0 ? '' : `; ${formatCount(unknownAccelerators)} more have no figure`;
  return `Facilities draw ${shownMegawatts(megawatts)} for ${known} accelerators, ${shownMegawatts(itMegawatts)} of it the machines${rest}.`;
}

/** Accelerators that the megawatts leave out, with the reason. */
function Unknown({ page: { plan } }: { readonly page: EstatePage }) {
  const unknown = planPower(plan).flatMap(({ site, parts }) =>
    parts.flatMap((part) => (part.itMegawatts === undefined ? [{ site, ...part }] : [])),
  );
  if (unknown.length === 0) return null;
  return (
    <ul>
      {unknown.map(({ site, accelerator, accelerators, source }) => (
        <li>
          Left out: {formatCount(accelerators)} {accelerator} at {site}. {source}
        </li>
      ))}
    </ul>
  );
}

interface SitesProps {
  readonly page: EstatePage;
  readonly limits: readonly PowerLimitRow[];
}

function Sites({ page: { plan, facets }, limits }: SitesProps) {
  const rows = powerRows(plan);
  const drawing = rows.filter(({ accelerators }) => accelerators > 0);
  const table = <SiteTable rows={rows} facets={({ site }) => facets(`sites.${site}`)} />;
  if (drawing.every(({ megawatts }) => megawatts === null)) return table;
  const bars = drawing.map(({ site, cloud, ...power }): Bar => {
    return barOf(site, cloud, power, limitOf(limits, 'site', site), facets(`sites.${site}`));
  });
  return (
    <Figure
      title="Megawatts of facilities by site"
      picture={<Bars label="Megawatts of each site, with its limit" unit="MW" bars={bars} shown={tick} />}
      narrowest={NARROWEST}
      legend={legendOf(
        CLOUDS.filter((cloud) => drawing.some((row) => row.cloud === cloud)),
        bars,
      )}
      table={table}
    />
  );
}

function SiteTable({ rows, facets }: Pick<TableProps<PowerRow>, 'rows' | 'facets'>) {
  return (
    <DataTable
      title="Power of sites"
      view="power"
      rows={rows}
      facets={facets}
      columns={[
        { title: 'Site', key: 'site', value: (row) => row.site },
        { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
        { title: 'Facility MW', key: 'megawatts', value: (row) => row.megawatts, isNumeric: true },
        { title: 'Machines MW', key: 'itMegawatts', value: (row) => row.itMegawatts, isNumeric: true },
        { title: 'PUE', key: 'pue', value: (row) => row.pue },
        { title: 'Accelerators', key: 'accelerators', value: (row) => row.accelerators },
        { title: 'Without a figure', key: 'unknownAccelerators', value: (row) => row.unknownAccelerators },
        { title: 'Source of the PUE', key: 'pueSource', value: (row) => row.pueSource, isLong: true },
        { title: 'Source', key: 'source', value: (row) => row.source, isLong: true },
      ]}
    />
  );
}

/** Width below which texts of bars are too small to be read. */
const NARROWEST = 640;

interface TotalsProps {
  readonly totals: readonly PowerTotal[];
  readonly limits: readonly PowerLimitRow[];
}

function Totals({ totals, limits }: TotalsProps) {
  const clouds = totals.flatMap(({ name, ...power }) => {
    const cloud = CLOUDS.find((each) => each === name);
    return cloud === undefined || power.accelerators === 0
      ? []
      : [{ cloud, bar: barOf(cloudTitle(cloud), cloud, power, limitOf(limits, 'cloud', cloud), { cloud }) }];
  });
  const all = totals.flatMap(({ name, ...power }): Bar[] => {
    if (name !== 'all') return [];
    const { parts, ...bar } = barOf(
      name,
      'other',
      power,
      limits.find(({ of }) => of === 'estate'),
      undefined,
    );
    const machines = clouds.flatMap(({ bar: { parts: own } }) => own.slice(0, 1));
    return [{ ...bar, parts: [...machines, ...parts.slice(1)] }];
  });
  const bars = [...(clouds.length > 1 ? clouds.map(({ bar }) => bar) : []), ...all];
  return (
    <Figure
      title="Megawatts of facilities by cloud and in all"
      picture={
        <Bars label="Megawatts of each cloud and of all, with their limits" unit="MW" bars={bars} shown={tick} />
      }
      narrowest={NARROWEST}
      legend={legendOf(
        clouds.map(({ cloud }) => cloud),
        bars,
      )}
      table={
        <DataTable
          title="Power of clouds"
          rows={totals}
          facets={({ name }) => ({ cloud: CLOUDS.find((each) => each === name) })}
          columns={[
            { title: 'Cloud', value: (row) => row.name },
            { title: 'Facility MW', value: (row) => row.megawatts, isNumeric: true },
            { title: 'Machines MW', value: (row) => row.itMegawatts, isNumeric: true },
            { title: 'Accelerators', value: (row) => row.accelerators },
            { title: 'Without a figure', value: (row) => row.unknownAccelerators },
          ]}
        />
      }
    />
  );
}

function Limits({ limits }: { readonly limits: readonly PowerLimitRow[] }) {
  const columns: readonly PageColumn<PowerLimitRow>[] = [
    { title: 'Limit of', value: (row) => row.key },
    { title: 'Kind', value: (row) => row.of },
    { title: 'Most MW at once', value: (row) => row.mostMegawatts },
    { title: 'Limit MW', value: (row) => row.limitMegawatts },
    { title: 'Used', value: (row) => row.mostMegawatts / row.limitMegawatts, shown: usedText, isNumeric: true },
    { title: 'Since', value: (row) => row.from },
  ];
  return (
    <DataTable title="Limits of policy on megawatts, and the most that draws at once" rows={limits} columns={columns} />
  );
}

function usedText({ mostMegawatts, limitMegawatts }: PowerLimitRow): string {
  return `${((100 * mostMegawatts) / limitMegawatts).toFixed(1)}%`;
}

function limitOf(limits: readonly PowerLimitRow[], of: PowerLimitRow['of'], key: string): PowerLimitRow | undefined {
  return limits.find((row) => row.of === of && row.key === key);
}

function barOf(
  name: string,
  color: BarPart['tone'],
  { megawatts, itMegawatts, unknownAccelerators }: Omit<PowerTotal, 'name'>,
  limit: PowerLimitRow | undefined,
  facets: Bar['facets'],
): Bar {
  const parts: readonly BarPart[] =
    megawatts === null || itMegawatts === null
      ? []
      : [
          { value: itMegawatts, tone: color, title: `${name}: ${shownMegawatts(itMegawatts)} machines` },
          {
            value: megawatts - itMegawatts,
            tone: 'spare',
            title: `${name}: ${shownMegawatts(megawatts - itMegawatts)} cooling and losses of the building`,
          },
        ];
  const most = limit === undefined ? '' : `, ${limit.limitMegawatts} at most`;
  const rest = unknownAccelerators > 0 && megawatts !== null ? ', and what is left out' : '';
  return {
    name,
    parts,
    figure: `${shownMegawatts(megawatts)}${rest}${most}`,
    ...(facets && { facets }),
    ...(limit && { limit: { value: limit.limitMegawatts, title: `limit of ${name}: ${limit.limitMegawatts} MW` } }),
  };
}

function legendOf(clouds: readonly (typeof CLOUDS)[number][], bars: readonly Bar[]): readonly LegendEntry[] {
  return [
    ...clouds.map((cloud): LegendEntry => ({ tone: cloud, text: `machines on ${cloudTitle(cloud)}` })),
    { tone: 'spare', text: 'cooling and losses of the building' },
    ...(bars.some(({ limit }) => limit !== undefined)
      ? [{ tone: 'ink', text: 'limit of policy', mark: 'line' } as const]
      : []),
  ];
}

function shownMegawatts(value: number | null): string {
  return value === null ? 'unknown' : `${value.toFixed(3)} MW`;
}

/** A number of the scale without what halves and tenths leave of others. */
function tick(value: number): string {
  return String(Number(value.toPrecision(6)));
}
