import { CLOUDS } from '../../../estate/catalog';
import { type AddressRow, addressRows, type SupernetRow, supernetRows } from '../../../estate/report/views';
import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import type { EstatePage, Facets } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure } from '../../parts/figure';
import { DataTable } from '../../parts/table';
import { AddressMap, addressLegend, siteOf } from './address-map';

/** Every range with how full it is, and what networks are cut from. */
export function Addresses({ page }: { readonly page: EstatePage }) {
  const rows = addressRows(page.plan);
  const supernets = supernetRows(page.plan.supernets);
  return (
    <>
      <p>{leadOf(page, rows, supernets)}</p>
      <Figure
        title="Networks of each cloud: what they are cut from, and where ranges lie in their blocks"
        picture={<AddressMap page={page} />}
        legend={addressLegend(page)}
        table={<RangesTable page={page} rows={rows} />}
        tableTitle={`All ${counted(rows.length, 'range')} as a table`}
      />
      <SupernetsTable rows={supernets} />
    </>
  );
}

/** How many there are, and what is fullest. */
function leadOf({ plan }: EstatePage, rows: readonly AddressRow[], supernets: readonly SupernetRow[]): string {
  const sites = CLOUDS.reduce((sum, cloud) => sum + plan.sites(cloud).length, 0);
  const networks = rows.flatMap((row) => (row.usedPercent === undefined ? [] : [{ ...row, used: row.usedPercent }]));
  const fullest = networks.reduce<(typeof networks)[number] | undefined>(
    (most, row) => (most === undefined || row.used > most.used ? row : most),
    undefined,
  );
  const scarce = supernets.reduce<SupernetRow | undefined>(
    (most, row) => (most === undefined || row.freeBlocks < most.freeBlocks ? row : most),
    undefined,
  );
  return [
    `${counted(rows.length, 'range')} at ${counted(sites, 'site')}.`,
    ...(fullest ? [`The fullest network is ${fullest.cidr} of ${siteOf(fullest)}, used to ${fullest.used}%.`] : []),
    ...(scarce
      ? [
          `${cloudTitle(scarce.cloud)} has ${supernets.length > 1 ? 'least left: ' : 'left '}${formatCount(scarce.freeBlocks)} /16 of ${scarce.supernet}.`,
        ]
      : []),
  ].join(' ');
}

interface RangesProps {
  readonly page: EstatePage;
  readonly rows: readonly AddressRow[];
}

function RangesTable({ page, rows }: RangesProps) {
  const exist = rows.some(({ existing }) => existing !== undefined);
  return (
    <DataTable
      title="Ranges"
      view="addresses"
      rows={rows}
      facets={(row): Facets => page.facets(`sites.${siteOf(row)}`)}
      columns={[
        { title: 'Range', key: 'key', value: (row) => row.key },
        { title: 'CIDR', key: 'cidr', value: (row) => row.cidr, copies: true },
        { title: 'Used, %', key: 'usedPercent', value: (row) => row.usedPercent },
        { title: 'Supernet', key: 'supernet', value: (row) => row.supernet },
        { title: 'Supernet used, %', key: 'supernetUsedPercent', value: (row) => row.supernetUsedPercent },
        ...(exist
          ? [{ title: 'Exists as', key: 'existing', value: (row: AddressRow) => row.existing, copies: true }]
          : []),
      ]}
    />
  );
}

function SupernetsTable({ rows }: { readonly rows: readonly SupernetRow[] }) {
  return (
    <DataTable
      title="What networks are cut from, in addresses"
      rows={rows}
      facets={({ cloud }) => ({ cloud })}
      columns={[
        { title: 'Supernet', value: (row) => row.supernet, copies: true },
        { title: 'Cloud', value: (row) => row.cloud },
        { title: 'Used, %', value: (row) => row.usedPercent },
        { title: 'Networks', value: (row) => row.allocated },
        { title: 'Left the estate', value: (row) => row.released },
        { title: 'Excluded', value: (row) => row.excluded },
        { title: 'Free', value: (row) => row.free },
        { title: 'Free /16', value: (row) => row.freeBlocks },
      ]}
    />
  );
}
