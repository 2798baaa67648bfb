import type { FindingRow } from '../../../estate/report/findings';
import { counted } from '../../../estate/spec/words';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';

/** What scanners find in the stacks of the estate's clouds and what stays, with the reasons. */
export function ScannersPart({ rows }: { readonly rows: readonly FindingRow[] }) {
  if (rows.length === 0) return null;
  const tools = [...new Set(rows.map(({ tool }) => tool))];
  return (
    <>
      <h3>Findings of scanners that stay</h3>
      <p>
        {counted(rows.length, 'finding')} of {tools.join(', ')} in what stacks make on these clouds, whether this estate
        has it or not; each stays for the reason beside it.
      </p>
      <Fold title={`All ${counted(rows.length, 'finding')} with their reasons`} count={rows.length}>
        <DataTable
          title="Findings of scanners"
          view="findings"
          rows={rows}
          facets={({ cloud }) => ({ cloud })}
          columns={[
            { title: 'Name', key: 'name', value: ({ name }) => name },
            { title: 'Tool', key: 'tool', value: ({ tool }) => tool },
            { title: 'Rule', key: 'rule', value: ({ rule }) => rule },
            { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
            { title: 'Asks for', key: 'asks', value: ({ asks }) => asks },
            { title: 'Where', key: 'where', value: ({ where }) => where },
            { title: 'Reason', key: 'reason', value: ({ reason }) => reason },
            { title: 'Source', key: 'source', value: ({ source }) => source },
          ]}
        />
      </Fold>
    </>
  );
}
