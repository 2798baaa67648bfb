import { type Day, dayAfter } from '../../estate/days';
import type { TimeLane, TimeSpan } from '../../estate/report/timeline';
import { groupBy } from '../../estate/units';
import type { Facets } from '../model';
import { type ToneName, tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { fitText, textWidth } from '../parts/text-width';
import type { TimeAxis } from './time-axis';

/** What a lane of a timeline is drawn from. */
export interface LaneProps {
  readonly lane: TimeLane;
  readonly axis: TimeAxis;
  readonly top: number;
  readonly tone: ToneName;
  readonly facets: Facets;
}

/** Height of a lane. */
export const LANE = 26;

const THICK = 16;
const TYPE = 12;
const GAP = 8;
/** How far the arrow of an open end reaches. */
const TIP = 10;

/** A span with where it is drawn. */
interface Bar {
  readonly span: TimeSpan;
  readonly start: number;
  readonly end: number;
}

/** One entry in time: bars of what is so, and marks of days. */
export function Lane({ lane, axis, top, tone: color, facets }: LaneProps) {
  const middle = top + LANE / 2;
  const bars = lane.spans.map((span): Bar => {
    const { from, until } = span;
    const start = from === undefined ? axis.left : axis.x(from);
    return { span, start, end: until === undefined ? axis.right : Math.max(start + 2, axis.x(dayAfter(until, 1))) };
  });
  const days = [...groupBy(lane.days, ({ date }) => date)].map(([date, rows]) => ({
    x: axis.x(date),
    isEdge: isEdge(lane, date),
    title: rows.map(({ event }) => `${date}: ${event}`).join('\n'),
  }));
  const points = days.flatMap((day) => (day.isEdge ? [] : [day.x]));
  return (
    <g {...facetAttributes(facets)}>
      <text x={axis.left - GAP} y={middle + 4} font-size={TYPE + 1} text-anchor="end">
        {fitText(lane.name, TYPE + 1, axis.left - GAP)}
        <title>{lane.path}</title>
      </text>
      {bars.map(({ span, start, end }) => (
        <path d={shapeOf(span, start, end, middle)} fill={tone(color)}>
          <title>{titleOf(lane, span)}</title>
        </path>
      ))}
      {bars.map((bar, index) => (
        <Label
          bar={bar}
          axis={axis}
          middle={middle}
          before={bars[index - 1]?.end}
          next={bars[index + 1]?.start}
          points={points}
        />
      ))}
      {days.map(({ x, isEdge, title }) => (
        <Mark x={x} middle={middle} isEdge={isEdge} title={title} />
      ))}
    </g>
  );
}

/** Whether something begins or ends on a day: it is a first or a last one, or comes right after a last one. */
export function isEdge({ spans }: TimeLane, day: Day): boolean {
  return spans.some(
    ({ from, until }) => day === from || (until !== undefined && (day === until || day === dayAfter(until, 1))),
  );
}

/** A bar as high as its share, with an arrow where it is open. */
function shapeOf({ from, until, share = 1 }: TimeSpan, start: number, end: number, middle: number): string {
  const bottom = middle + THICK / 2;
  const height = Math.max(3, Math.round(THICK * share));
  const top = bottom - height;
  const [tip, half] = [Math.min(TIP, (end - start) / 2), bottom - height / 2];
  const begin =
    from === undefined
      ? `M${start + tip} ${bottom}L${start} ${half}L${start + tip} ${top}`
      : `M${start} ${bottom}V${top}`;
  const close = until === undefined ? `H${end - tip}L${end} ${half}L${end - tip} ${bottom}Z` : `H${end}V${bottom}Z`;
  return `${begin}${close}`;
}

function titleOf({ path }: TimeLane, { from, until, what }: TimeSpan): string {
  const time = [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ');
  return `${path}${time === '' ? '' : `, ${time}`}: ${what}`;
}

interface LabelProps {
  readonly bar: Bar;
  readonly axis: TimeAxis;
  readonly middle: number;
  /** Where the bar before it ends. @default there is none */
  readonly before: number | undefined;
  /** Where the next bar begins. @default there is none */
  readonly next: number | undefined;
  /** Marks that texts have to keep clear of. */
  readonly points: readonly number[];
}

/** What a bar stands for: in it where there is room, else behind or before it, else not at all. */
function Label({ bar: { span, start, end }, axis, middle, before = axis.left, next = axis.right, points }: LabelProps) {
  const width = textWidth(span.what, TYPE);
  const isFree = (from: number) => points.every((x) => x < from - GAP || x > from + width + GAP);
  const inside = start + (span.from === undefined ? TIP : 0) + GAP;
  const places = [
    {
      x: inside,
      isOn: true,
      fits: (span.share ?? 1) === 1 && inside + width + GAP <= end - (span.until === undefined ? TIP : 0),
    },
    { x: end + GAP, isOn: false, fits: end + GAP + width <= next },
    { x: start - GAP - width, isOn: false, fits: start - GAP - width >= before },
  ];
  const place = places.find(({ x, fits }) => fits && isFree(x));
  if (place === undefined) return null;
  return (
    <text class={place.isOn ? 'on-mark' : 'halo'} x={Math.round(place.x)} y={middle + 4} font-size={TYPE}>
      {span.what}
    </text>
  );
}

interface MarkProps {
  readonly x: number;
  readonly middle: number;
  readonly isEdge: boolean;
  readonly title: string;
}

/** A day: a line where something begins or ends, a diamond elsewhere. */
function Mark({ x, middle, isEdge: isLine, title }: MarkProps) {
  return isLine ? (
    <path d={`M${x} ${middle - 11}v22`} stroke={tone('ink')} stroke-width={2}>
      <title>{title}</title>
    </path>
  ) : (
    <path d={`M${x} ${middle - 7}l7 7l-7 7l-7-7z`} fill={tone('ground')} stroke={tone('ink')} stroke-width={2}>
      <title>{title}</title>
    </path>
  );
}
