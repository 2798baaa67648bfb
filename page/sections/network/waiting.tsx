import { pendingLinks } from '../../../estate/plan/links/pending';
import { pendingReport } from '../../../estate/report/pending';
import type { EstatePage } from '../../model';
import { DataTable } from '../../parts/table';

/** Halves of links that wait, or carry nothing yet, with who tells what they are made from. */
export function Waiting({ page: { plan, told, facets } }: { readonly page: EstatePage }) {
  const report = pendingReport(pendingLinks(plan, told?.exchange));
  const rows = [
    ...(report?.halves ?? []).map((row) => ({ ...row, what: 'is not made yet' })),
    ...(report?.incomplete ?? []).map((row) => ({ ...row, what: 'is made, and applied again' })),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Halves of links that wait: import what these stacks tell once they are applied"
      rows={rows}
      facets={({ site }) => facets(`sites.${site}`)}
      columns={[
        { title: 'Link', value: (row) => row.link },
        { title: 'At', value: (row) => row.site },
        { title: 'Its half', value: (row) => row.what },
        { title: 'Stack', value: (row) => row.stack },
        { title: 'Waits for', value: (row) => row.missing, copies: true },
        { title: 'Told by', value: (row) => row.from },
      ]}
    />
  );
}
