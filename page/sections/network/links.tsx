import { identityOf } from '../../../estate/plan/identity';
import { type LinkRow, type LinksReport, linksReport } from '../../../estate/report/links';
import { partLossRows } from '../../../estate/report/part-losses';
import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import { layoutOf } from '../../graph/layout';
import { networkGraph } from '../../graph/network';
import { GraphPicture, narrowestOf } from '../../graph/picture';
import type { EstatePage } from '../../model';
import { Figure } from '../../parts/figure';
import { DataTable, type PageColumn } from '../../parts/table';
import { facetsOfEnds } from './ends';
import { Losses, Pairs } from './losses';
import { Devices, Tunnels } from './tunnels';
import { Waiting } from './waiting';

interface LinksProps {
  readonly page: EstatePage;
  readonly rows: readonly LinkRow[];
}

/** What joins sites with each other and with places of the company. */
export function Links({ page }: { readonly page: EstatePage }) {
  const report = linksReport(page.plan);
  if (report.rows.length === 0) return null;
  return (
    <>
      <h3>Links</h3>
      <p>{leadOf(report)}</p>
      <Uncounted page={page} />
      <LinksMap page={page} rows={report.rows} />
      <Waiting page={page} />
      <Pairs page={page} pairs={report.pairs} />
      <Losses page={page} />
      <Tunnels page={page} rows={report.rows} />
      <Devices page={page} rows={report.rows} />
    </>
  );
}

function leadOf({ rows, pairs }: LinksReport): string {
  const count = (state: LinkRow['state']) => rows.filter((row) => row.state === state).length;
  const weak = pairs.filter(({ singlePoints }) => singlePoints.length > 0).length;
  const states = [
    ...(count('pending') > 0 ? [`${formatCount(count('pending'))} wait for what other stacks tell`] : []),
    ...(count('incomplete') > 0 ? [`${formatCount(count('incomplete'))} carry nothing until applied again`] : []),
  ];
  return [
    `${counted(rows.length, 'link')} of ${formatCount(sum(rows))} Gbit/s in all:`,
    `${states.length === 0 ? 'all are ready' : states.join(', ')}.`,
    weak === 0
      ? 'No pair of ends has a single point of failure.'
      : `${counted(weak, 'pair')} of ends ${weak === 1 ? 'has' : 'have'} a single point of failure.`,
  ].join(' ');
}

/** What single points of failure leave out, where its loss would cut ends from each other. */
function Uncounted({ page: { plan } }: { readonly page: EstatePage }) {
  const cutting = partLossRows(plan).filter(({ cut }) => cut.length > 0).length;
  if (cutting === 0) return null;
  return (
    <p>
      {`Not counted as such are ends with their gateways, of which providers run several, links as a whole, and circuits that are sold with redundancy inside. Should one of them be lost whole, ends are cut from each other: ${counted(cutting, 'part')} would do so, in the table of losses.`}
    </p>
  );
}

function sum(rows: readonly LinkRow[]): number {
  return rows.reduce((whole, { gbps }) => whole + gbps, 0);
}

/** Networks, gateways, links and places of the company, with the table of links. */
function LinksMap({ page, rows }: LinksProps) {
  const placed = layoutOf(networkGraph(page.plan, page.facets));
  return (
    <Figure
      title="Links between networks, and with places of the company"
      picture={<GraphPicture placed={placed} id="network-links" />}
      narrowest={narrowestOf(placed)}
      legend={[
        ...(rows.some(({ state }) => state !== 'ready')
          ? [{ tone: 'warn', mark: 'dashed', text: 'carries nothing yet' } as const]
          : []),
        ...(rows.some(({ via }) => via !== undefined)
          ? [{ tone: 'soft', mark: 'dashed', text: 'dotted: the site that a link leads through' } as const]
          : []),
      ]}
      table={<LinksTable page={page} rows={rows} />}
      tableTitle={`All ${counted(rows.length, 'link')} as a table`}
    />
  );
}

function LinksTable({ page, rows }: LinksProps) {
  /** A column that few estates have anything for. */
  const optional = (has: (row: LinkRow) => boolean, column: PageColumn<LinkRow>) => (rows.some(has) ? [column] : []);
  const locations = locationsOf(page);
  return (
    <DataTable
      title="Links"
      view="links"
      rows={rows}
      facets={(row) => facetsOfEnds(page, row.sites)}
      columns={[
        { title: 'Link', key: 'link', value: (row) => row.link },
        { title: 'Kind', key: 'kind', value: (row) => row.kind },
        { title: 'Between', key: 'sites', value: (row) => row.sites },
        { title: 'Gbit/s', key: 'gbps', value: (row) => row.gbps },
        { title: 'Made of', value: madeOf },
        { title: 'State', key: 'state', value: (row) => row.state },
        { title: 'Paths left one short', key: 'availability', value: (row) => row.availability },
        ...optional(({ via }) => via !== undefined, { title: 'Via', key: 'via', value: (row) => row.via }),
        ...optional(({ asns }) => asns.length > 0, {
          title: 'ASNs',
          key: 'asns',
          value: (row) => row.asns.map(String),
        }),
        ...optional(({ circuits }) => circuits.length > 0, {
          title: 'Circuits',
          key: 'circuits',
          value: (row) => row.circuits,
        }),
        ...optional(({ link }) => locations.has(link), {
          title: 'Peering location',
          value: ({ link }) => locations.get(link),
        }),
        {
          title: 'Single points of failure',
          key: 'singlePoints',
          value: (row) => row.singlePoints,
          shown: (row) => row.singlePoints.join(', ') || 'none',
        },
      ]}
    />
  );
}

/** Where circuits are joined, by links that say so. */
function locationsOf({ estate }: EstatePage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(estate.links).flatMap(([key, link]) =>
      link.location === undefined ? [] : [[identityOf(key, link), link.location] as const],
    ),
  );
}

/** What a link is made of, in words. */
function madeOf({ via, tunnels, circuits }: LinkRow): string {
  if (via !== undefined) return `via ${via}`;
  if (tunnels.length > 0) return counted(tunnels.length, 'tunnel');
  return circuits.length > 0 ? counted(circuits.length, 'circuit') : 'a peering';
}
