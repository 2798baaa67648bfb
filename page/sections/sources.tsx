import { assumptionRows } from '../../estate/report/assumptions/assumption-rows';
import { ASSUMPTIONS, type AssumptionKind, type AssumptionRow } from '../../estate/report/assumptions/row';
import { counted, joined } from '../../estate/spec/words';
import { groupBy } from '../../estate/units';
import { Fold } from '../parts/fold';
import type { Section } from '../parts/section';
import { SourceText } from '../parts/source-text';
import { DataTable, type PageColumn } from '../parts/table';

/** Where every figure comes from that nobody has measured or promised. */
export const SOURCES: Section = {
  id: 'sources',
  title: 'Sources and assumptions',
  body: ({ estate, plan, queue }) => {
    const rows = assumptionRows(estate, plan, queue);
    if (rows.length === 0) return undefined;
    const groups = [...groupBy(rows, ({ kind }) => kind).values()];
    const parts = groups.map((own) => `${titleOf(own).toLowerCase()} (${own.length})`);
    return (
      <>
        <p>
          {`${counted(rows.length, 'figure')} of this estate ${rows.length === 1 ? 'is' : 'are'} assumed, estimated or its own: `}
          {`${joined(parts, 'and')}. What the provider says itself, and what the plan follows from that, is not listed.`}
        </p>
        {groups.map((own) => (
          <>
            <h3 id={`sources-${own[0]?.kind}`}>{titleOf(own)}</h3>
            <Fold title={`${counted(own.length, 'figure')} of ${titleOf(own).toLowerCase()}`} count={own.length}>
              <DataTable title={`${titleOf(own)}: what is assumed`} rows={own} facets={facetsOf} columns={COLUMNS} />
            </Fold>
          </>
        ))}
      </>
    );
  },
};

function titleOf([first]: readonly AssumptionRow[]): string {
  const kind: AssumptionKind = first?.kind ?? 'own';
  return ASSUMPTIONS[kind];
}

function facetsOf({ cloud }: AssumptionRow) {
  return cloud === undefined ? {} : { cloud };
}

const COLUMNS: readonly PageColumn<AssumptionRow>[] = [
  { title: 'What', value: ({ what }) => what },
  { title: 'Figure', value: ({ figure }) => figure },
  { title: 'What is assumed', value: ({ assumed }) => assumed, isLong: true },
  {
    title: 'Source',
    value: ({ source }) => source,
    shown: ({ source }) => <SourceText source={source} />,
    isLong: true,
  },
  { title: 'Checked', value: ({ checked }) => checked },
  { title: 'Counts for', value: ({ uses }) => uses, shown: ({ uses }) => someOf(uses) },
];

/** Names that are read before the rest is counted; what tables are sorted by has all of them. */
const NAMED = 3;

function someOf(uses: readonly string[]): string {
  const rest = uses.length - NAMED;
  return rest < 2 ? uses.join(', ') : `${uses.slice(0, NAMED).join(', ')} and ${rest} more`;
}
