import type { CalendarRow } from '../../../estate/report/calendar';
import type { EstatePage, Facets } from '../../model';
import { DataTable } from '../../parts/table';

/** Rows of the calendar that are read at a glance. */
const SHORT = 12;

/** What the calendar is drawn from. */
export interface CalendarProps {
  readonly page: EstatePage;
  readonly rows: readonly CalendarRow[];
}

/** What begins and ends when: all of it where that is short, else what comes next before all. */
export function Calendar({ page, rows }: CalendarProps) {
  const facets = ({ path }: CalendarRow): Facets => {
    const [section, key = ''] = path.split('.');
    const commitment = section === 'commitments' ? page.estate.commitments[key] : undefined;
    return commitment === undefined ? page.facets(path) : { cloud: commitment.cloud };
  };
  const all = (
    <DataTable
      title="Calendar"
      view="calendar"
      rows={rows}
      facets={facets}
      columns={[
        { title: 'Date', key: 'date', value: ({ date }) => date },
        { title: 'Entry', key: 'path', value: ({ path }) => path },
        { title: 'What happens', key: 'event', value: ({ event }) => event },
      ]}
    />
  );
  if (rows.length <= SHORT) return all;
  const next = rows.filter(({ date }) => date >= page.day).slice(0, SHORT);
  return (
    <>
      {next.length > 0 && (
        <DataTable
          title={`What comes next, as of ${page.day}`}
          rows={next}
          facets={facets}
          columns={[
            { title: 'Date', value: ({ date }) => date },
            { title: 'Entry', value: ({ path }) => path },
            { title: 'What happens', value: ({ event }) => event },
          ]}
        />
      )}
      <details>
        <summary>{`All ${rows.length} dates`}</summary>
        {all}
      </details>
    </>
  );
}
