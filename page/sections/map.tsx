import type { VNode } from 'preact';
import type { Place } from '../../estate/catalog/places';
import { linksReport } from '../../estate/report/links';
import { type SiteRow, siteRows } from '../../estate/report/sites';
import { counted, joined } from '../../estate/spec/words';
import { compareKeys, formatCount, groupBy } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figure, type LegendEntry } from '../parts/figure';
import { shortMegawatts } from '../parts/megawatts';
import { Planned } from '../parts/planned';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { type MapLink, type MapSite, SiteMap } from '../pictures/map/site-map';

/** The sites on a map of the world. */
export const MAP: Section = {
  id: 'map',
  title: 'Where it is',
  body: (page) => {
    const rows = siteRows(page.estate, page.plan);
    if (rows.length === 0) return undefined;
    const numbered = rows.map((row, index) => ({ ...row, number: index + 1 }));
    const table = <Sites page={page} rows={numbered} />;
    return (
      <>
        <p>{leadOf(rows)}</p>
        <Planned page={page} />
        {rows.some(({ place }) => place !== undefined) ? <WorldMap page={page} rows={numbered} table={table} /> : table}
        <Unplaced page={page} rows={rows} />
      </>
    );
  },
};

/** A site with its number on the map. */
type Numbered = SiteRow & { readonly number: number };

const NAMES = new Intl.DisplayNames('en', { type: 'region' });

function leadOf(rows: readonly SiteRow[]): string {
  const regions = new Set(rows.map(({ cloud, region }) => `${cloud} ${region}`));
  const countries = [...groupBy(rows, ({ country = '' }) => country)]
    .map(([country, own]) => ({
      name: country === '' ? 'countries that nobody has said' : (NAMES.of(country) ?? country),
      count: own.reduce((sum, { accelerators }) => sum + accelerators, 0),
      sites: own.length,
    }))
    .sort((one, other) => other.count - one.count || other.sites - one.sites || compareKeys(one.name, other.name));
  const parts = countries.map(({ name, count, sites }) => {
    return `${name} ${count === 0 ? counted(sites, 'site') : formatCount(count)}`;
  });
  const what = countries.some(({ count }) => count > 0) ? 'Accelerators by country' : 'By country';
  return `${counted(rows.length, 'site')} in ${counted(regions.size, 'region')}. ${what}: ${joined(parts, 'and')}.`;
}

interface MapProps {
  readonly page: EstatePage;
  readonly rows: readonly Numbered[];
  readonly table: VNode;
}

function WorldMap({ page, rows, table }: MapProps) {
  const { plan, facets } = page;
  const sites = rows.flatMap((row): MapSite[] => {
    const { site, cloud, number, place, accelerators, away } = row;
    if (place === undefined) return [];
    return [
      {
        name: site,
        cloud,
        number,
        point: [place.longitude, place.latitude],
        accelerators,
        title: titleOf(row),
        facets: facets(`sites.${site}`),
        away: away.map(({ zone, place: { title, longitude, latitude } }) => ({
          title: `${zone} of ${site}: ${title}`,
          point: [longitude, latitude],
        })),
      },
    ];
  });
  const links = linksReport(plan).rows.flatMap((row): MapLink[] => {
    const [one, other] = row.sites;
    if (one === undefined || other === undefined) return [];
    return [
      { title: `${row.link}: ${row.kind}, ${row.gbps} Gbit/s`, ends: [one, other], isReady: row.state === 'ready' },
    ];
  });
  return (
    <Figure
      title={hasAccelerators(rows) ? 'Sites; the area of a circle is the number of accelerators' : 'Sites on the map'}
      picture={
        <SiteMap label={`Map with ${counted(sites.length, 'site')}: ${leadOf(rows)}`} sites={sites} links={links} />
      }
      narrowest={860}
      legend={[...legendOf(rows), ...linkLegend(links)]}
      table={table}
      tableTitle="The sites as a table"
    />
  );
}

function hasAccelerators(rows: readonly SiteRow[]): boolean {
  return rows.some(({ accelerators }) => accelerators > 0);
}

/** A place as its provider says it, with the town whose point it is. */
function placeName({ title, town }: Place): string {
  return town === undefined ? title : `${title} (${town})`;
}

function titleOf({ site, cloud, region, place, accelerators }: SiteRow): string {
  const size = accelerators === 0 ? '' : `${formatCount(accelerators)} accelerators on `;
  return `${site}: ${size}${cloudTitle(cloud)} ${region}, ${place?.town ?? place?.title ?? ''}`;
}

/** The key of numbers, which says the cloud of each site too. */
function legendOf(rows: readonly Numbered[]): readonly LegendEntry[] {
  const sizeOf = (count: number) => (count === 0 ? ': no accelerators' : `: ${formatCount(count)}`);
  const isSized = hasAccelerators(rows);
  return rows
    .filter(({ place }) => place !== undefined)
    .map(({ number, site, cloud, region, place, accelerators }) => ({
      tone: cloud,
      text: `${number} ${site} (${cloudTitle(cloud)} ${region}, ${place?.town ?? place?.title})${isSized ? sizeOf(accelerators) : ''}`,
    }));
}

function linkLegend(links: readonly MapLink[]): readonly LegendEntry[] {
  const states = new Set(links.map(({ isReady }) => isReady));
  return [
    ...(states.has(true) ? [{ tone: 'soft', text: 'link', mark: 'line' } as const] : []),
    ...(states.has(false) ? [{ tone: 'soft', text: 'link that waits for an apply', mark: 'dashed' } as const] : []),
  ];
}

/** What cannot be drawn: sites whose place nobody has said, and links to places of the company. */
function Unplaced({ page: { plan }, rows }: { readonly page: EstatePage; readonly rows: readonly SiteRow[] }) {
  const unknown = rows.filter(({ place }) => place === undefined);
  const known = new Set(rows.map(({ site }) => site));
  const outside = linksReport(plan).rows.filter(({ sites }) => sites.some((site) => !known.has(site)));
  const away = rows.flatMap(({ site, away: zones, place }) =>
    place === undefined ? [] : zones.map((zone) => `${zone.zone} of ${site} (${zone.place.title})`),
  );
  return (
    <>
      {away.length > 0 && <p>{`Diamonds are zones that lie away from their region: ${away.join(', ')}.`}</p>}
      {unknown.length > 0 && (
        <p>
          {`Not on the map, since the catalog does not say where the region lies: ${unknown
            .map(({ site, cloud, region }) => `${site} (${cloudTitle(cloud)} ${region})`)
            .join(', ')}.`}
        </p>
      )}
      {outside.length > 0 && (
        <p class="soft">{`Links that leave the clouds are not drawn: ${outside.map(({ link }) => link).join(', ')}.`}</p>
      )}
      <p class="soft">
        A point is that of a town: where buildings stand is not published; a dot beside a circle is where a site lies
        whose circle had to make room. Where each is from stands under <a href="#sources">Sources and assumptions</a>.
      </p>
    </>
  );
}

function Sites({ page: { facets }, rows }: { readonly page: EstatePage; readonly rows: readonly Numbered[] }) {
  const columns: readonly PageColumn<Numbered>[] = [
    { title: 'Site', value: ({ site }) => site },
    { title: 'Number', value: ({ number, place }) => (place === undefined ? undefined : number) },
    { title: 'Cloud', value: ({ cloud }) => cloud },
    { title: 'Region', value: ({ region }) => region, copies: true },
    { title: 'Place', value: ({ place }) => place && placeName(place) },
    { title: 'Country', value: ({ country }) => country },
    { title: 'Zones', value: ({ zones }) => zones },
    { title: 'Accelerators', value: ({ accelerators }) => accelerators },
    { title: 'Nodes', value: ({ nodes }) => nodes },
    {
      title: 'Facility MW',
      value: ({ megawatts }) => megawatts,
      shown: ({ megawatts }) => (megawatts === null ? '' : shortMegawatts(megawatts)),
    },
    { title: 'Owner', value: ({ site }) => facets(`sites.${site}`).owner },
  ];
  return <DataTable title="Sites" rows={rows} facets={({ site }) => facets(`sites.${site}`)} columns={columns} />;
}
