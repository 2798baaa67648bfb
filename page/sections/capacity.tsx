import { capacityRows } from '../../estate/report/views';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';

/** Accelerators by cloud and kind, and every pool. */
export const CAPACITY: Section = {
  id: 'capacity',
  title: 'Capacity',
  body: ({ plan, facets }) => {
    const rows = capacityRows(plan);
    if (rows.length === 0) return undefined;
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
          { title: 'Groups', key: 'groups', value: (row) => row.groups },
          { title: 'Shards', key: 'shards', value: (row) => row.shards },
          { title: 'Capacity', key: 'capacity', value: (row) => row.capacity },
        ]}
      />
    );
  },
};
