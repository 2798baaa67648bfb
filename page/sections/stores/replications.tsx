import { pendingLinks } from '../../../estate/plan/links/pending';
import { pendingReport } from '../../../estate/report/pending';
import { type ReplicationRow, replicationRows } from '../../../estate/report/replication';
import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import { layoutOf } from '../../graph/layout';
import { GraphPicture, narrowestOf } from '../../graph/picture';
import { replicationGraph } from '../../graph/replication';
import type { EstatePage } from '../../model';
import { Figure } from '../../parts/figure';
import { DataTable, type PageColumn } from '../../parts/table';

/** Data that exists twice: what copies it, how often, how much, and what waits. */
export function Replications({ page }: { readonly page: EstatePage }) {
  const rows = replicationRows(page.plan);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Data that exists twice</h3>
      <p>{leadOf(rows)}</p>
      <Ways page={page} rows={rows} />
      <Waiting page={page} />
    </>
  );
}

function leadOf(rows: readonly ReplicationRow[]): string {
  const egress = rows.reduce((sum, { monthlyEgressTiB = 0 }) => sum + monthlyEgressTiB, 0);
  const waiting = rows.filter(({ pending }) => pending.length > 0).length;
  return [
    `${counted(rows.length, 'replication')}.`,
    ...(egress > 0 ? [`${formatCount(Math.round(egress * 100) / 100)} TiB a month leave a region or a provider.`] : []),
    waiting === 0
      ? 'None waits.'
      : `${formatCount(waiting)} of them ${waiting === 1 ? 'waits' : 'wait'} for what other stacks tell.`,
  ].join(' ');
}

interface RowsProps {
  readonly page: EstatePage;
  readonly rows: readonly ReplicationRow[];
}

/** Stores that are read and written with what copies between them. */
function Ways({ page, rows }: RowsProps) {
  const placed = layoutOf(replicationGraph(page.plan, page.facets));
  const isWaiting = rows.some(({ pending }) => pending.length > 0);
  return (
    <Figure
      title="From which store data is copied into which"
      picture={<GraphPicture placed={placed} id="stores-replications" />}
      narrowest={narrowestOf(placed)}
      legend={isWaiting ? [{ tone: 'warn', mark: 'dashed', text: 'waits, and copies nothing yet' }] : []}
      table={<Table page={page} rows={rows} />}
    />
  );
}

function Table({ page: { facets }, rows }: RowsProps) {
  /** A column that few estates have anything for. */
  const optional = (column: PageColumn<ReplicationRow>) =>
    rows.some((row) => column.value(row) !== undefined) ? [column] : [];
  const number = (title: string, key: string, value: (row: ReplicationRow) => number | undefined) =>
    optional({ title, key, value });
  return (
    <DataTable
      title="Replications"
      view="replication"
      rows={rows}
      facets={({ from }) => facets(`stores.${from}`)}
      columns={[
        { title: 'Replication', key: 'replication', value: (row) => row.replication },
        { title: 'Of', key: 'from', value: (row) => row.from },
        { title: 'In', key: 'to', value: (row) => row.to },
        { title: 'From cloud', key: 'fromCloud', value: (row) => row.fromCloud },
        { title: 'To cloud', key: 'toCloud', value: (row) => row.toCloud },
        { title: 'Tool', key: 'engine', value: (row) => row.engine },
        { title: 'When', key: 'mode', value: (row) => row.mode },
        ...number('Every so many hours', 'everyHours', (row) => row.everyHours),
        ...optional({ title: 'Prefix', key: 'prefix', value: (row) => row.prefix, copies: true }),
        { title: 'Runs at', key: 'runsAt', value: (row) => row.runsAt },
        { title: 'Leaves', key: 'leaves', value: (row) => row.leaves },
        ...number('Volume, TiB', 'volumeTiB', (row) => row.volumeTiB),
        ...number('Added a day, TiB', 'dailyTiB', (row) => row.dailyTiB),
        ...number('First copy, h', 'firstHours', (row) => row.firstHours),
        ...number('A day, h', 'dailyHours', (row) => row.dailyHours),
        ...number('First egress, TiB', 'firstEgressTiB', (row) => row.firstEgressTiB),
        ...number('Egress a month, TiB', 'monthlyEgressTiB', (row) => row.monthlyEgressTiB),
        { title: 'Waits for', key: 'pending', value: (row) => row.pending, copies: true },
      ]}
    />
  );
}

/** Which stack tells what replications wait for. */
function Waiting({ page: { plan, told, facets } }: { readonly page: EstatePage }) {
  const rows = pendingReport(pendingLinks(plan, told?.exchange))?.replications ?? [];
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Replications that wait: import what these stacks tell once they are applied"
      rows={rows}
      facets={({ store }) => facets(`stores.${store}`)}
      columns={[
        { title: 'Replication', value: (row) => row.replication },
        { title: 'Of', value: (row) => row.store },
        { title: 'In', value: (row) => row.into },
        { title: 'Waits for', value: (row) => row.missing, copies: true },
        { title: 'Told by', value: (row) => row.from, copies: true },
      ]}
    />
  );
}
