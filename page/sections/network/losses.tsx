import type { PairRow } from '../../../estate/report/links';
import { type PartLossRow, partLossRows } from '../../../estate/report/part-losses';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';
import { facetsOfEnds } from './ends';

/** Ends that links join, with every way between them. */
export function Pairs({ page, pairs }: { readonly page: EstatePage; readonly pairs: readonly PairRow[] }) {
  return (
    <DataTable
      title="Ends that links join, with every way between them"
      rows={pairs}
      facets={({ ends }) => facetsOfEnds(page, ends)}
      columns={[
        { title: 'Ends', value: ({ ends }) => ends.join(' - ') },
        { title: 'Links', value: ({ links }) => links },
        { title: 'Paths', value: ({ paths }) => paths.length },
        { title: 'Through', value: ({ paths }) => paths, isLong: true },
        {
          title: 'Single points of failure',
          value: ({ singlePoints }) => singlePoints,
          shown: ({ singlePoints }) => singlePoints.join(', ') || 'none',
        },
      ]}
    />
  );
}

/** Parts of which there are many: they are listed only where they cut something. */
const SMALL: readonly PartLossRow['kind'][] = ['connection', 'tunnel', 'circuit'];

/** What the loss of one part takes. */
export function Losses({ page: { plan } }: { readonly page: EstatePage }) {
  const rows = partLossRows(plan).filter(({ kind, cut }) => cut.length > 0 || !SMALL.includes(kind));
  const title = 'What the loss of one part takes; single tunnels, connections and circuits only where they cut';
  return (
    <Fold title={title} count={rows.length}>
      <DataTable
        title={title}
        rows={rows}
        columns={[
          { title: 'Part', value: (row) => row.part },
          { title: 'What it is', value: (row) => row.kind },
          { title: 'Paths lost', value: (row) => row.paths },
          { title: 'Cut from each other', value: (row) => row.cut },
          { title: 'Have another path', value: (row) => row.thinned },
        ]}
      />
    </Fold>
  );
}
