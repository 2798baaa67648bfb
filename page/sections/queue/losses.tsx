import { counted } from '../../../estate/spec/words';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';
import type { QueuePartProps } from './props';

/** What the loss of each Kubernetes cluster leaves to whom. */
export function LossesPart({ report: { losses, manager }, placeOf }: QueuePartProps) {
  if (losses.length === 0 && manager === null) return null;
  return (
    <>
      <h3>Without a cluster</h3>
      {manager !== null && (
        <p>
          Without {manager} no job starts until it is back; those that run go on, and services do not notice. Without
          another cluster, this is left.
        </p>
      )}
      {losses.length > 0 && (
        <Fold title={`What is left to whom, in ${counted(losses.length, 'row')}`} count={losses.length}>
          <DataTable
            title="What is left to whom without a cluster"
            rows={losses}
            facets={({ lost: [shard = ''] }) => placeOf(shard)}
            columns={[
              { title: 'Without', value: ({ lost }) => lost },
              { title: 'Who', value: ({ owner }) => owner },
              { title: 'Accelerator', value: ({ accelerator }) => accelerator },
              { title: 'Own', value: ({ own }) => own },
              { title: 'Own that is left', value: ({ left }) => left },
              { title: 'At most then', value: ({ most }) => most },
            ]}
          />
        </Fold>
      )}
    </>
  );
}
