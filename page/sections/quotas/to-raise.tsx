import type { QuotaRaise } from '../../../estate/report/quota-states';
import { formatCount } from '../../../estate/units';
import type { Facets } from '../../model';
import { Figure } from '../../parts/figure';
import { DataTable, type PageColumn } from '../../parts/table';
import { type Bar, Bars } from '../../pictures/bars';

/** What is drawn of the quotas that have to be raised. */
export interface ToRaiseProps {
  readonly rows: readonly QuotaRaise[];
  readonly facets: (row: QuotaRaise) => Facets;
}

/** Bars that can be read at a glance. */
const MOST = 20;

/** The quotas of which more is needed than an account has. */
export function QuotasToRaise({ rows, facets }: ToRaiseProps) {
  const drawn = rows.slice(0, MOST);
  // What an account has nothing of fills the scale.
  const longest = Math.max(2, ...drawn.map(({ times }) => times ?? 0));
  const bars = drawn.map((row): Bar => {
    const { quota, dimension = '', zone, region, needed, default: granted, unit, times } = row;
    const name = `${zone ?? region}: ${quota} ${dimension}`.trim();
    const amounts = `${formatCount(needed)} needed, ${formatCount(granted)} granted`;
    return {
      name,
      facets: facets(row),
      parts: [{ value: times ?? longest, tone: 'bad', title: `${name}: ${amounts} (${unit})` }],
      figure: times === null ? amounts : `${timesText(times)}: ${amounts}`,
      limit: { value: 1, title: `${formatCount(granted)} ${unit} are granted` },
    };
  });
  return (
    <Figure
      title={rows.length > MOST ? `The ${MOST} quotas that are too small by most` : 'Quotas that are too small'}
      picture={
        <Bars
          label="How many times as much of each quota is needed as is granted"
          unit="times what is granted"
          bars={bars}
          names={300}
          shown={String}
        />
      }
      narrowest={680}
      legend={[
        { tone: 'bad', text: 'needed' },
        { tone: 'ink', text: 'granted, or the default', mark: 'line' },
      ]}
      table={<RaiseTable rows={rows} facets={facets} />}
      isOpen
    />
  );
}

function RaiseTable({ rows, facets }: ToRaiseProps) {
  return (
    <DataTable
      title="Quotas that have to be raised"
      rows={rows}
      facets={facets}
      columns={[
        { title: 'Quota', value: (row) => row.quota },
        { title: 'Raise by', value: (row) => row.raiseBy },
        { title: 'Unit', value: (row) => row.unit },
        { title: 'Region', value: (row) => row.zone ?? row.region },
        { title: 'Account', value: (row) => row.account },
        ...(rows.some(({ dimension }) => dimension !== undefined) ? [DIMENSION] : []),
        { title: 'Needed', value: (row) => row.needed },
        { title: 'Granted or default', value: (row) => row.default },
        {
          title: 'Times',
          value: (row) => row.times,
          shown: ({ times }) => (times === null ? 'nothing is granted' : timesText(times)),
          isNumeric: true,
        },
        { title: 'Key for catalog.quotas', value: (row) => row.key, copies: true },
      ]}
    />
  );
}

const DIMENSION: PageColumn<QuotaRaise> = { title: 'Dimension', value: (row) => row.dimension };

/** How many times as much: with decimals where these matter. */
function timesText(times: number): string {
  return `${times.toFixed(times < 2 ? 2 : times < 10 ? 1 : 0)} x`;
}
