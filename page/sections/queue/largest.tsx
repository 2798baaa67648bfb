import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';
import type { QueuePartProps } from './props';

/** The largest job that fits into one rack, block or pool: a larger one never starts. */
export function LargestPart({ report: { largest }, placeOf }: QueuePartProps) {
  if (largest.length === 0) return null;
  return (
    <>
      <h3>The largest jobs</h3>
      <p>A job that asks for one place, such as a rack, and is larger than the place never starts.</p>
      <Fold title={`The largest jobs of all places, in ${counted(largest.length, 'row')}`} count={largest.length}>
        <DataTable
          title="The largest job in one place"
          rows={largest}
          facets={({ shard }) => placeOf(shard)}
          columns={[
            { title: 'Pool', value: ({ pool }) => pool },
            { title: 'Kubernetes cluster', value: ({ shard }) => shard },
            { title: 'Accelerator', value: ({ accelerator }) => accelerator },
            { title: 'In one', value: ({ level }) => level },
            {
              title: 'Nodes',
              value: ({ nodes }) => nodes,
              shown: ({ nodes }) => (nodes === undefined ? 'as they come' : formatCount(nodes)),
              isNumeric: true,
            },
            { title: 'Accelerators', value: ({ accelerators }) => accelerators, isNumeric: true },
            { title: 'Asked for by', value: ({ label }) => label, copies: true },
          ]}
        />
      </Fold>
    </>
  );
}
