import { CLOUDS } from '../../estate/catalog';
import type { Plan } from '../../estate/plan/types';
import {
  acceleratorTitle,
  type CapacityRow,
  type CapacityTotal,
  capacityRows,
  capacityTotals,
  estateSize,
  formatTotals,
} from '../../estate/report/views';
import { counted, joined } from '../../estate/spec/words';
import { formatCount, groupBy, sortedEntries } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figure } from '../parts/figure';
import { Planned } from '../parts/planned';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { Bars } from '../pictures/bars';
import { Treemap, type TreemapGroup } from '../pictures/treemap';

/** Pools from which on their shares are seen better than read. */
const FIELDS = 3;

/** Accelerators by cloud and kind, and every pool. */
export const CAPACITY: Section = {
  id: 'capacity',
  title: 'Capacity',
  body: (page) => {
    const rows = capacityRows(page.plan);
    if (rows.length === 0) return undefined;
    const accelerated = rows.filter(({ accelerators }) => accelerators > 0);
    return (
      <>
        <Lead plan={page.plan} />
        <Planned page={page} />
        {accelerated.length >= FIELDS && <Fields page={page} rows={accelerated} />}
        {accelerated.length > 1 && <Kinds plan={page.plan} />}
        <Pools page={page} rows={rows} />
      </>
    );
  },
};

function Lead({ plan }: { readonly plan: Plan }) {
  const { pools, clusters, nodes, groups } = estateSize(plan);
  const ways = sortedEntries(capacityTotals(plan).at(-1)?.byCapacity ?? {})
    .sort(([, one], [, other]) => other - one)
    .map(([way, count]) => `${way} ${formatCount(count)}`);
  const sizes = [counted(nodes, 'node'), counted(groups, 'group'), counted(pools, 'pool')];
  return (
    <p>
      {`${formatTotals(plan)}. In all ${joined(sizes, 'and')} of ${counted(clusters, 'cluster')}.`}
      {ways.length > 0 && ` How accelerators are had: ${joined(ways, 'and')}.`}
    </p>
  );
}

/** Pools with accelerators as fields of a treemap, by cloud and kind. */
function Fields({
  page: { plan, facets },
  rows,
}: {
  readonly page: EstatePage;
  readonly rows: readonly CapacityRow[];
}) {
  const groups = CLOUDS.flatMap((cloud): TreemapGroup[] => {
    const own = rows.filter((row) => row.cloud === cloud);
    if (own.length === 0) return [];
    const kinds = [...groupBy(own, ({ accelerator }) => accelerator)].map(([key, members]) => ({
      key,
      fields: members.map(({ cluster, pool, accelerators }) => ({
        names: [cluster, pool],
        value: accelerators,
        unit: acceleratorTitle(key, plan.catalog),
        facets: facets(`clusters.${cluster}.pools.${pool}`),
      })),
    }));
    return [{ key: cloudTitle(cloud), tone: cloud, kinds }];
  });
  return (
    <Figure
      title="Accelerators of each pool, by cloud and kind; the area is their number"
      picture={<Treemap label={`Accelerators by cloud, kind and pool: ${formatTotals(plan)}`} groups={groups} />}
      narrowest={720}
      table={
        <DataTable
          title="Accelerators of each pool"
          rows={rows}
          facets={({ cluster, pool }) => facets(`clusters.${cluster}.pools.${pool}`)}
          columns={[
            { title: 'Cluster', key: 'cluster', value: (row) => row.cluster },
            { title: 'Pool', key: 'pool', value: (row) => row.pool },
            { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
            { title: 'Accelerator', key: 'accelerator', value: (row) => row.accelerator },
            { title: 'Accelerators', key: 'accelerators', value: (row) => row.accelerators },
          ]}
        />
      }
    />
  );
}

/** Accelerators by kind, each cloud a part of a bar. */
function Kinds({ plan }: { readonly plan: Plan }) {
  const totals = capacityTotals(plan);
  const clouds = plan.clouds.map((cloud) => ({ cloud, name: cloudTitle(cloud) }));
  const bars = totals
    .filter(({ accelerator }) => accelerator !== '')
    .map(({ title, byCloud, accelerators }) => ({
      name: title,
      parts: clouds.map(({ cloud, name }) => {
        const value = byCloud[cloud] ?? 0;
        return { value, tone: cloud, title: `${formatCount(value)} ${title} on ${name}` };
      }),
      figure: formatCount(accelerators),
    }));
  const columns: readonly PageColumn<CapacityTotal>[] = [
    { title: 'Kind', value: ({ title }) => title },
    ...clouds.map(({ cloud, name }) => ({
      title: name,
      value: ({ byCloud }: CapacityTotal) => byCloud[cloud] ?? 0,
    })),
    { title: 'All clouds', value: ({ accelerators }) => accelerators },
    { title: 'Nodes', value: ({ nodes }) => nodes },
  ];
  return (
    <Figure
      title="Accelerators of each kind, by cloud"
      picture={<Bars label="Accelerators of each kind, by cloud" unit="accelerators" bars={bars} />}
      narrowest={720}
      legend={clouds.map(({ cloud, name }) => ({ tone: cloud, text: name }))}
      table={<DataTable title="Accelerators by kind and cloud" rows={totals} columns={columns} />}
    />
  );
}

function Pools({ page: { facets }, rows }: { readonly page: EstatePage; readonly rows: readonly CapacityRow[] }) {
  /** A column that few estates have anything for. */
  const optional = (column: PageColumn<CapacityRow>) =>
    rows.some((row) => column.value(row) !== undefined) ? [column] : [];
  return (
    <DataTable
      title="Pools"
      view="capacity"
      rows={rows}
      facets={({ cluster, pool }) => facets(`clusters.${cluster}.pools.${pool}`)}
      columns={[
        { title: 'Cluster', key: 'cluster', value: (row) => row.cluster },
        { title: 'Pool', key: 'pool', value: (row) => row.pool },
        { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
        { title: 'Site', key: 'site', value: (row) => row.site },
        { title: 'Machine', key: 'machine', value: (row) => row.machine, copies: true },
        { title: 'Accelerator', key: 'accelerator', value: (row) => row.accelerator },
        { title: 'Accelerators', key: 'accelerators', value: (row) => row.accelerators },
        { title: 'Nodes', key: 'nodes', value: (row) => row.nodes },
        ...optional({ title: 'Fewest nodes', key: 'minNodes', value: (row) => row.minNodes }),
        { title: 'Groups', key: 'groups', value: (row) => row.groups },
        { title: 'Shards', key: 'shards', value: (row) => row.shards },
        { title: 'Capacity', key: 'capacity', value: (row) => row.capacity },
        ...optional({ title: 'Added to', key: 'existing', value: (row) => row.existing, copies: true }),
        ...optional({ title: 'Own row of the catalog', key: 'overridden', value: (row) => row.overridden }),
      ]}
    />
  );
}
