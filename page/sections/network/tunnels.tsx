import type { LinkRow } from '../../../estate/report/links';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';
import { facetsOfEnds } from './ends';

/** What tables of links are made from. */
interface LinksProps {
  readonly page: EstatePage;
  readonly rows: readonly LinkRow[];
}

/** Addresses of both ends of every tunnel. */
export function Tunnels({ page, rows: links }: LinksProps) {
  const rows = links.flatMap(({ link, sites, tunnels }) => tunnels.map((tunnel) => ({ link, sites, ...tunnel })));
  if (rows.length === 0) return null;
  const title = 'Tunnels, with the addresses of both ends';
  return (
    <Fold title={title} count={rows.length}>
      <DataTable
        title={title}
        rows={rows}
        facets={({ sites }) => facetsOfEnds(page, sites)}
        columns={[
          { title: 'Tunnel', value: ({ link, tunnel }) => `${link}/tunnel-${tunnel}` },
          { title: 'Inside range', value: (row) => row.insideCidr, copies: true },
          { title: 'One end', value: ({ sites }) => sites[0] },
          { title: 'Inside', value: ({ inside }) => inside[0], copies: true },
          { title: 'Public', value: ({ outside }) => outside[0] ?? 'not known yet', copies: true },
          { title: 'Other end', value: ({ sites }) => sites[1] },
          { title: 'Inside', value: ({ inside }) => inside[1], copies: true },
          { title: 'Public', value: ({ outside }) => outside[1] ?? 'not known yet', copies: true },
        ]}
      />
    </Fold>
  );
}

/** What network engineers of the company set up. */
export function Devices({ page, rows: links }: LinksProps) {
  const rows = links.flatMap(({ link, devices }) => (devices === undefined ? [] : [{ link, ...devices }]));
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="What the company’s own devices need; estate show links has each tunnel with its one proposal"
      rows={rows}
      facets={({ site }) => page.facets(`sites.${site}`)}
      columns={[
        { title: 'Link', value: (row) => row.link },
        { title: 'Place', value: (row) => row.place },
        { title: 'Site', value: (row) => row.site },
        { title: 'ASN of the place', value: (row) => String(row.asn), copies: true },
        { title: 'ASN of the site', value: (row) => String(row.gatewayAsn), copies: true },
        { title: 'Place announces', value: (row) => row.announces, copies: true },
        { title: 'Place learns', value: (row) => row.learns, copies: true },
        { title: 'Tunnels', value: (row) => row.tunnels.length },
        { title: 'Addresses told by', value: (row) => row.from },
      ]}
    />
  );
}
