import { type GroupRow, type GroupRun, groupRows, groupRuns, groupSums, groupTotals } from '../../estate/report/groups';
import { counted } from '../../estate/spec/words';
import { formatCount, groupBy } from '../../estate/units';
import type { EstatePage } from '../model';
import { Figure, Legend } from '../parts/figure';
import { Fold } from '../parts/fold';
import { Planned } from '../parts/planned';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { RACKS_NARROWEST, RackSymbols, Racks } from '../pictures/racks';
import { racksLegend } from '../pictures/racks/legend';
import { type SystemNodes, systemNodes } from '../pictures/racks/system';
import { clusterText, scaleText } from '../pictures/racks/texts';

/** Id of the table of all groups. */
const TABLE = 'racks-groups';
/** First part of the ids of symbols. */
const PREFIX = 'racks';

/** Estates with more groups than this list those that are equal in one row. */
const MOST_ROWS = 500;

/** The groups of every pool, drawn to scale. */
export const RACKS: Section = {
  id: 'racks',
  title: 'Racks',
  body: (page) => {
    const rows = groupRows(page.plan);
    if (rows.length === 0) return undefined;
    const system = systemNodes(page.plan);
    const { nodes = 0 } = groupSums(rows);
    return (
      <>
        <p>{`${groupTotals(rows)}. In all ${counted(nodes, 'node')}. ${scaleText(rows)} All pictures have this scale.`}</p>
        <Planned page={page} />
        <Legend entries={racksLegend({ groups: rows, system })} />
        <RackSymbols groups={rows} prefix={PREFIX} />
        {[...groupBy(rows, ({ cluster }) => cluster).values()].map((own) => (
          <Cluster rows={own} system={system} page={page} />
        ))}
        <Fold title={`All ${counted(rows.length, 'group')} as a table`} count={rows.length} id={TABLE}>
          {rows.length > MOST_ROWS ? <Runs rows={rows} page={page} /> : <Groups rows={rows} page={page} />}
        </Fold>
      </>
    );
  },
};

interface ClusterProps {
  readonly rows: readonly GroupRow[];
  readonly system: ReadonlyMap<string, SystemNodes>;
  readonly page: EstatePage;
}

function Cluster({ rows, system, page: { plan, facets } }: ClusterProps) {
  const title = clusterText(rows, plan.catalog);
  return (
    <Figure
      title={title}
      picture={
        <Racks
          label={`Racks of ${title}`}
          groups={rows}
          catalog={plan.catalog}
          prefix={PREFIX}
          facets={facets}
          system={system}
        />
      }
      narrowest={RACKS_NARROWEST}
      tableAt={TABLE}
      tableTitle="All groups as a table"
    />
  );
}

interface TableOfGroups {
  readonly rows: readonly GroupRow[];
  readonly page: EstatePage;
}

/** Every group, as the view has them. */
function Groups({ rows, page: { facets } }: TableOfGroups) {
  const columns: readonly PageColumn<GroupRow>[] = [
    { title: 'Group', key: 'group', value: (row) => row.group, copies: true },
    { title: 'Cluster', key: 'cluster', value: (row) => row.cluster },
    { title: 'Pool', key: 'pool', value: (row) => row.pool },
    { title: 'Kind', key: 'kind', value: (row) => row.kind },
    { title: 'Topology', key: 'topology', value: (row) => row.topology },
    { title: 'Nodes in service', key: 'nodes', value: (row) => row.nodes },
    { title: 'Fewest nodes', key: 'minNodes', value: (row) => row.minNodes },
    { title: 'Trays', key: 'trays', value: (row) => row.trays },
    { title: 'Spares', key: 'spares', value: (row) => row.spares },
    { title: 'Accelerators', key: 'accelerators', value: (row) => row.accelerators },
    { title: 'Accelerator', key: 'accelerator', value: (row) => row.accelerator },
    { title: 'Machine', key: 'machine', value: (row) => row.machine },
    { title: 'Capacity', key: 'capacity', value: (row) => row.capacity },
    { title: 'Bound to', key: 'boundTo', value: (row) => row.boundTo, copies: true },
    { title: 'Shard', key: 'shard', value: (row) => row.shard },
    { title: 'Site', key: 'site', value: (row) => row.site },
    { title: 'Zone', key: 'zone', value: (row) => row.zone },
    { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
    {
      title: 'Leaving',
      key: 'retired',
      value: (row) => row.retired,
      shown: ({ retired }) => (retired ? 'leaving' : ''),
    },
  ];
  // Few estates have slices, ranges and groups that are leaving.
  const told = columns.filter(({ value }) => rows.some((row) => value(row) !== undefined));
  return (
    <DataTable
      title="Groups"
      view="groups"
      rows={rows}
      facets={({ cluster, pool }) => facets(`clusters.${cluster}.pools.${pool}`)}
      columns={told}
    />
  );
}

/** Every group, those that are equal and follow each other in one row. */
function Runs({ rows, page: { facets } }: TableOfGroups) {
  const runs = groupRuns(rows);
  const columns: readonly PageColumn<GroupRun>[] = [
    { title: 'First group', value: ({ first }) => first.group, copies: true },
    { title: 'Last group', value: ({ last, groups }) => (groups === 1 ? undefined : last.group), copies: true },
    { title: 'Groups', value: ({ groups }) => groups },
    { title: 'Cluster', key: 'cluster', value: ({ first }) => first.cluster },
    { title: 'Kind', key: 'kind', value: ({ first }) => first.kind },
    { title: 'Topology', key: 'topology', value: ({ first }) => first.topology },
    { title: 'Nodes in service', value: ({ sums }) => sums.nodes },
    { title: 'Fewest nodes', value: ({ sums }) => sums.minNodes },
    { title: 'Trays', value: ({ sums }) => sums.trays },
    { title: 'Spares', value: ({ sums }) => sums.spares },
    { title: 'Accelerators', value: ({ sums }) => sums.accelerators },
    { title: 'Machine', key: 'machine', value: ({ first }) => first.machine },
    { title: 'Capacity', key: 'capacity', value: ({ first }) => first.capacity },
    { title: 'Bound to', key: 'boundTo', value: ({ first }) => first.boundTo, copies: true },
    { title: 'Shard', key: 'shard', value: ({ first }) => first.shard },
    { title: 'Cloud', key: 'cloud', value: ({ first }) => first.cloud },
    { title: 'Leaving', value: ({ first }) => first.retired, shown: ({ first }) => (first.retired ? 'leaving' : '') },
  ];
  const told = columns.filter(({ value }) => runs.some((run) => value(run) !== undefined));
  return (
    <>
      <p>
        {`Equal groups whose keys follow each other are one row, with what they have together. All ${formatCount(rows.length)}, each by itself: `}
        <code>npx estate show groups --csv</code>
      </p>
      <DataTable
        title="Groups, equal ones in one row"
        rows={runs}
        facets={({ first: { cluster, pool } }) => facets(`clusters.${cluster}.pools.${pool}`)}
        columns={told}
      />
    </>
  );
}
