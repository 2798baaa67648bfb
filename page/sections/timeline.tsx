import { type CalendarRow, calendarRows } from '../../estate/report/calendar';
import { type TimeLane, timeLanes, type UndatedCommitment, undatedCommitments } from '../../estate/report/timeline';
import { amountText } from '../../estate/spec/commitments';
import { machinesOf } from '../../estate/spec/holdings';
import { counted, joined } from '../../estate/spec/words';
import type { Section } from '../parts/section';
import { Calendar } from './timeline/calendar';
import { Lanes } from './timeline/lanes';

/** Windows of capacity, phases, commitments and waivers in time. */
export const TIMELINE: Section = {
  id: 'timeline',
  title: 'Timeline',
  body: (page) => {
    const { estate, day } = page;
    const lanes = timeLanes(estate);
    const undated = undatedCommitments(estate);
    if (lanes.length === 0) return undated.length === 0 ? undefined : <Undated undated={undated} />;
    const rows = calendarRows(estate);
    const drawn = new Set(lanes.map(({ path }) => path));
    const always = machinesOf(estate).filter(({ path }) => !drawn.has(path)).length;
    return (
      <>
        <p>{leadOf(rows, lanes, day)}</p>
        <Undated undated={undated} />
        <Lanes page={page} lanes={lanes} />
        {always > 0 && (
          <p class="soft">{`Not drawn: ${counted(always, 'pool')} without a window and without phases, which stand at any time.`}</p>
        )}
        <Calendar page={page} rows={rows} />
      </>
    );
  },
};

function leadOf(rows: readonly CalendarRow[], lanes: readonly TimeLane[], day: string): string {
  const next = rows.find(({ date }) => date >= day);
  const dates = `${counted(rows.length, 'date')} of ${counted(lanes.length, 'entry', 'entries')}`;
  const [first, last] = [rows[0]?.date, rows.at(-1)?.date];
  if (first === undefined || last === undefined) return `${counted(lanes.length, 'entry', 'entries')} with open ends.`;
  const time = first === last ? `on ${first}` : `from ${first} to ${last}`;
  return `${dates}, ${time}; ${next === undefined ? `nothing more after ${day}` : `the next is ${next.date}`}.`;
}

/** Commitments without a place in time. */
function Undated({ undated }: { readonly undated: readonly UndatedCommitment[] }) {
  if (undated.length === 0) return null;
  const texts = (['start', 'end'] as const).flatMap((what) => {
    const own = undated.flatMap(({ key, amount, lacks }) => (lacks === what ? [`${key} (${amountText(amount)})`] : []));
    return own.length === 0 ? [] : [`Commitments ${LACKING[what]}: ${joined(own, 'and')}.`];
  });
  return <p>{texts.join(' ')}</p>;
}

const LACKING: Readonly<Record<UndatedCommitment['lacks'], string>> = {
  start: 'without a start, which have no place in time',
  end: 'whose end nobody has said',
};
