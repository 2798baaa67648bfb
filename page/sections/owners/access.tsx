import type { AccessRow } from '../../../estate/report/access';
import { counted } from '../../../estate/spec/words';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable, type PageColumn } from '../../parts/table';

interface AccessProps {
  readonly page: EstatePage;
  readonly rows: readonly AccessRow[];
}

/** Who administers and views each Kubernetes cluster that stacks make, and from where it is reached. */
export function AccessPart({ page, rows }: AccessProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Who reaches clusters</h3>
      <p>{leadOf(rows)}</p>
      <Fold title={`All ${counted(rows.length, 'cluster')} with who and what reaches them`} count={rows.length}>
        <DataTable
          title="Administrators, viewers and ranges"
          view="access"
          rows={rows}
          facets={({ cluster }) => page.facets(`clusters.${cluster}`)}
          columns={[
            { title: 'Kubernetes cluster', key: 'shard', value: ({ shard }) => shard },
            { title: 'Of cluster', key: 'cluster', value: ({ cluster }) => cluster },
            { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
            {
              title: 'Administrators',
              key: 'administrators',
              value: ({ administrators }) => administrators,
              copies: true,
            },
            { title: 'Viewers', key: 'viewers', value: ({ viewers }) => viewers, copies: true },
            { title: 'Ranges that reach it', key: 'ranges', value: ({ ranges }) => ranges, copies: true },
            ...(rows.some(({ otherWay }) => otherWay !== undefined) ? [OTHER_WAY] : []),
          ]}
        />
      </Fold>
    </>
  );
}

const OTHER_WAY: PageColumn<AccessRow> = { title: 'Other way in', key: 'otherWay', value: ({ otherWay }) => otherWay };

/** How many clusters nobody administers, and how many no range reaches. */
function leadOf(rows: readonly AccessRow[]): string {
  const all = `${counted(rows.length, 'Kubernetes cluster')} ${rows.length === 1 ? 'is' : 'are'} made`;
  const closed = rows.filter(({ administrators, viewers }) => administrators.length + viewers.length === 0).length;
  const unreached = rows.filter(({ ranges, otherWay }) => ranges.length === 0 && otherWay === undefined).length;
  const people = closed === 0 ? 'each has an administrator or viewer' : `nobody is let into ${closed} of them`;
  const places = unreached === 0 ? 'each can be reached from somewhere' : `no range reaches ${unreached} of them`;
  return `${all}: ${people}, and ${places}. Clusters that exist already are their owners' matter.`;
}
