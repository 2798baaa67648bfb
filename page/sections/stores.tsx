import { type StoreRow, storeRows, storesLine } from '../../estate/report/stores';
import { counted } from '../../estate/spec/words';
import { formatCount } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figure } from '../parts/figure';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { Bars } from '../pictures/bars';
import { Replications } from './stores/replications';

/** Stores, and how data comes from one to another. */
export const STORES: Section = {
  id: 'stores',
  title: 'Stores and replication',
  body: (page) => {
    const rows = storeRows(page.estate, page.plan);
    if (rows.length === 0) return undefined;
    return (
      <>
        <p>{leadOf(rows)}</p>
        <Sizes page={page} rows={rows} />
        <Stores page={page} rows={rows} />
        <Replications page={page} />
      </>
    );
  },
};

/** What there is, and what of it is not made by stacks. */
function leadOf(rows: readonly StoreRow[]): string {
  const count = (state: StoreRow['state']) => rows.filter((row) => row.state === state).length;
  const [existing, retired] = [count('existing'), count('retired')];
  const throughput = rows.reduce((sum, { throughputMBps = 0 }) => sum + throughputMBps, 0);
  const notes = [
    ...(existing > 0 ? [`${formatCount(existing)} of them ${existing === 1 ? 'exists' : 'exist'} already`] : []),
    ...(retired > 0 ? [`${formatCount(retired)} left the estate file and ${retired === 1 ? 'is' : 'are'} kept`] : []),
    ...(throughput > 0 ? [`tiers have ${formatCount(throughput)} MB/s in all`] : []),
  ];
  return `${[storesLine(rows), ...notes].join('; ')}.`;
}

/** Sizes of file systems; object stores grow with what is in them. */
function Sizes({ page: { facets, plan }, rows }: { readonly page: EstatePage; readonly rows: readonly StoreRow[] }) {
  const sized = rows.flatMap((row) => (row.sizeTiB === undefined ? [] : [{ ...row, sizeTiB: row.sizeTiB }]));
  if (sized.length === 0) return null;
  const clouds = plan.clouds.filter((name) => sized.some(({ cloud }) => cloud === name));
  return (
    <Figure
      title="Sizes of file systems"
      picture={
        <Bars
          label={`Sizes of ${counted(sized.length, 'file system')}, in TiB`}
          unit="TiB"
          shown={formatCount}
          bars={sized.map(({ store, cloud, site, sizeTiB, throughputMBps }) => ({
            name: store,
            facets: facets(`stores.${store}`),
            parts: [{ value: sizeTiB, tone: cloud, title: `${store} at ${site}: ${sizeText(sizeTiB)}` }],
            figure: [
              sizeText(sizeTiB),
              ...(throughputMBps === undefined ? [] : [`${formatCount(throughputMBps)} MB/s`]),
            ].join(', '),
          }))}
        />
      }
      narrowest={640}
      legend={clouds.map((cloud) => ({ tone: cloud, text: cloudTitle(cloud) }))}
      table={
        <DataTable
          title="File systems by size"
          rows={sized}
          facets={({ store }) => facets(`stores.${store}`)}
          columns={[
            { title: 'Store', key: 'store', value: (row) => row.store },
            { title: 'Site', key: 'site', value: (row) => row.site },
            { title: 'TiB', key: 'sizeTiB', value: (row) => row.sizeTiB, shown: (row) => formatCount(row.sizeTiB) },
            { title: 'MB/s', key: 'throughputMBps', value: (row) => row.throughputMBps },
          ]}
        />
      }
    />
  );
}

function sizeText(tebibytes: number): string {
  return `${formatCount(tebibytes)} TiB`;
}

function Stores({ page: { facets }, rows }: { readonly page: EstatePage; readonly rows: readonly StoreRow[] }) {
  /** A column that few estates have anything for. */
  const optional = (column: PageColumn<StoreRow>): readonly PageColumn<StoreRow>[] =>
    rows.some((row) => !isEmpty(column.value(row))) ? [column] : [];
  return (
    <DataTable
      title="Stores"
      view="stores"
      rows={rows}
      facets={({ store }) => facets(`stores.${store}`)}
      columns={[
        { title: 'Store', key: 'store', value: (row) => row.store },
        { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
        { title: 'Site', key: 'site', value: (row) => row.site },
        { title: 'Kind', key: 'kind', value: (row) => row.kind },
        { title: 'State', key: 'state', value: (row) => row.state },
        ...optional({
          title: 'Size',
          key: 'size',
          value: (row) => row.size,
          shown: ({ size }) => (size === undefined ? '' : formatCount(size)),
        }),
        ...optional({ title: 'Unit', key: 'unit', value: (row) => row.unit }),
        ...optional({
          title: 'TiB',
          key: 'sizeTiB',
          value: (row) => row.sizeTiB,
          shown: ({ sizeTiB }) => (sizeTiB === undefined ? '' : formatCount(sizeTiB)),
        }),
        ...optional({ title: 'MB/s', key: 'throughputMBps', value: (row) => row.throughputMBps }),
        ...optional({ title: 'Zone', key: 'zone', value: (row) => row.zone }),
        ...optional({ title: 'Days kept', key: 'retainDays', value: (row) => row.retainDays }),
        ...optional({ title: 'Residency', key: 'residency', value: (row) => row.residency }),
        ...optional({ title: 'Claim', key: 'claim', value: (row) => row.claim }),
        ...optional({ title: 'Mounted by', key: 'mountedBy', value: (row) => row.mountedBy }),
        ...optional({ title: 'Grants into it', key: 'grants', value: (row) => row.grants }),
        { title: 'Name at its cloud', key: 'name', value: (row) => row.name, copies: true },
        ...optional({ title: 'Stack', key: 'stack', value: (row) => row.stack }),
      ]}
    />
  );
}

function isEmpty(value: ReturnType<PageColumn<StoreRow>['value']>): boolean {
  return value === undefined || value === null || (typeof value === 'object' && value.length === 0);
}
