import type { TellingStack } from '../../../estate/plan/links/pending';
import { applyCommand, type PendingReport } from '../../../estate/report/pending';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';

interface WaitingProps {
  readonly page: EstatePage;
  readonly pending: PendingReport;
  /** Stacks that come next, in their order. */
  readonly next: readonly TellingStack[];
}

/** Something that waits until other stacks have told what it is made from. */
interface WaitingRow {
  readonly what: string;
  readonly name: string;
  /** Where it is: a site, a shard, or the store that is copied into. */
  readonly at: string;
  readonly missing: readonly string[];
  readonly from: readonly string[];
  /** Entry that it can be filtered by. */
  readonly entry: string;
}

/** What waits for what other stacks tell, and which stacks come next. */
export function WaitingPart({ page: { facets }, pending, next }: WaitingProps) {
  const rows = rowsOf(pending);
  return (
    <>
      <h3>What waits</h3>
      <p>What waits is left out of the output until what it is made from is known; nothing else waits for it.</p>
      <Fold title={`All ${rows.length} that wait, with what is missing`} count={rows.length}>
        <DataTable
          title="What waits for other stacks"
          rows={rows}
          facets={({ entry }) => facets(entry)}
          columns={[
            { title: 'Name', value: ({ name }) => name },
            { title: 'What', value: ({ what }) => what },
            { title: 'At', value: ({ at }) => at },
            { title: 'Missing', value: ({ missing }) => missing },
            { title: 'Told by', value: ({ from }) => from },
          ]}
        />
      </Fold>
      {next.length > 0 && <Next stacks={next} />}
    </>
  );
}

function Next({ stacks }: { readonly stacks: readonly TellingStack[] }) {
  return (
    <>
      <p>
        These stacks come next, once what they stand on is applied, which <code>npx estate runbook first-apply</code>{' '}
        lists in full. Then <code>npx estate exchange import</code> keeps what they have told.
      </p>
      <Fold title={`All ${stacks.length} stacks that come next`} count={stacks.length}>
        <DataTable
          title="Stacks that come next"
          rows={stacks}
          facets={({ cloud }) => ({ cloud })}
          columns={[
            { title: 'Stack', value: ({ stack }) => stack },
            { title: 'Cloud', value: ({ cloud }) => cloud },
            { title: 'Layer', value: ({ layer }) => layer },
            { title: 'Command', value: applyCommand, copies: true },
          ]}
        />
      </Fold>
    </>
  );
}

function rowsOf({ halves, incomplete = [], grants = [], replications = [] }: PendingReport): readonly WaitingRow[] {
  const half = (what: string) => {
    return ({ link, site, missing, from }: PendingReport['halves'][number]): WaitingRow => {
      return { what, name: link, at: site, missing, from, entry: `sites.${site}` };
    };
  };
  return [
    ...halves.map(half('half of a link')),
    ...incomplete.map(half('half of a link, which carries nothing yet')),
    ...grants.map(({ grant, shard, missing, from }): WaitingRow => {
      return { what: 'grant', name: grant, at: shard, missing, from, entry: `clusters.${shard}` };
    }),
    ...replications.map(({ replication, store, into, missing, from }): WaitingRow => {
      const what = `replication of ${store}`;
      return { what, name: replication, at: into, missing, from, entry: `stores.${into}` };
    }),
  ];
}
