import { type ScaleTime, scaleUtc } from 'd3-scale';
import type { Day } from '../../estate/days';
import { tone } from '../palette';
import { round } from '../parts/picture';
import { textWidth } from '../parts/text-width';

/** Where days lie in a picture. */
export interface TimeAxis {
  readonly left: number;
  readonly right: number;
  /** Where a day begins. */
  readonly x: (day: Day) => number;
  /** Days with a line and a text, few enough to be read. */
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
}

/** Size of the texts at the axis. */
export const AXIS_TYPE = 12;

/** Part of a time that is left free before and behind it. */
const MARGIN = 0.03;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The first and the last days that there are. */
const [FIRST, LAST] = [Date.parse('0000-01-01'), Date.parse('9999-12-31')];

/** An axis on which some days lie, with a little room around them. */
export function timeAxis(days: readonly Day[], left: number, right: number): TimeAxis {
  const times = days.map((day) => Date.parse(day));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max(DAY_MS, (last - first) * MARGIN);
  const scale = scaleUtc([Math.max(FIRST, first - margin), Math.min(LAST, last + margin)], [left, right]);
  return { left, right, x: (day) => round(scale(Date.parse(day))), ticks: ticksOf(scale, right - left) };
}

function ticksOf(scale: ScaleTime<number, number>, room: number): TimeAxis['ticks'] {
  for (let count = 12; count > 0; count--) {
    // Nothing of an estate begins within a day.
    const times = scale.ticks(count).filter((time) => time.getTime() % DAY_MS === 0);
    const texts = tickTexts(times.map((time) => time.toISOString().slice(0, 10)));
    const width = texts.reduce((sum, text) => sum + textWidth(text, AXIS_TYPE) + AXIS_TYPE, 0);
    if (width <= room) return times.map((time, index) => ({ x: round(scale(time)), text: texts[index] ?? '' }));
  }
  return [];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Years, months with the year where it begins and at the first of them, or days. */
function tickTexts(days: readonly Day[]): readonly string[] {
  if (days.some((day) => !day.endsWith('-01'))) return days;
  return days.map((day, index) => {
    const [year = '', month] = day.split('-');
    const name = MONTHS[Number(month) - 1] ?? '';
    return month === '01' ? year : index === 0 ? `${name} ${year}` : name;
  });
}

/** An axis with where its lines begin and end. */
export interface AxisProps {
  readonly axis: TimeAxis;
  readonly top: number;
  readonly bottom: number;
}

/** The lines and texts of an axis. */
export function TimeTicks({ axis: { ticks }, top, bottom }: AxisProps) {
  return (
    <>
      <path d={ticks.map(({ x }) => `M${x} ${top}V${bottom}`).join('')} stroke={tone('rule')} />
      {ticks.map(({ x, text }) => (
        <text class="soft" x={x} y={top - 6} font-size={AXIS_TYPE} text-anchor="middle">
          {text}
        </text>
      ))}
    </>
  );
}

/** The line of the day that a page is as of. */
export function TodayLine({ axis: { x, left, right }, today, top, bottom }: AxisProps & { readonly today: Day }) {
  const [at, text] = [x(today), `as of ${today}`];
  const half = textWidth(text, AXIS_TYPE) / 2;
  const middle = Math.min(Math.max(at, left + half), right - half);
  return (
    <>
      <path d={`M${at} ${top}V${bottom}`} stroke={tone('ink')} stroke-width={2} stroke-dasharray="5 4" />
      <text x={round(middle)} y={bottom + AXIS_TYPE + 2} font-size={AXIS_TYPE} text-anchor="middle">
        {text}
      </text>
    </>
  );
}
