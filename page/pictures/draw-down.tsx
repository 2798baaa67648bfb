import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type Day, dayAfter } from '../../estate/days';
import type { DrawDownRow, SumOnDay } from '../../estate/report/draw-down';
import { amountText } from '../../estate/spec/commitments';
import { tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { aboutSum } from '../parts/money';
import { Picture, round } from '../parts/picture';
import { AXIS_TYPE, type TimeAxis, TimeTicks, TodayLine, timeAxis } from './time-axis';

/** What commitments are drawn from. */
export interface DrawDownsProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly DrawDownRow[];
  readonly currency: string;
  /** The day with a line of its own. */
  readonly today: Day;
}

const WIDTH = 900;
const LEFT = 70;
const RIGHT = 40;
const AXIS = 26;
const TITLE = 34;
const PLOT = 110;

/** Commitments one below the other over one axis of time: what is expected to be spent, and what is promised. */
export function DrawDowns({ label, rows, currency, today }: DrawDownsProps) {
  const axis = timeAxis([today, ...rows.flatMap(({ start, end }) => [start, dayAfter(end, 1)])], LEFT, WIDTH - RIGHT);
  const bottom = AXIS + rows.length * (TITLE + PLOT);
  return (
    <Picture label={label} width={WIDTH} height={bottom + AXIS}>
      <TimeTicks axis={axis} top={AXIS} bottom={bottom} />
      <TodayLine axis={axis} today={today} top={AXIS} bottom={bottom} />
      {rows.map((row, index) => (
        <Panel row={row} currency={currency} axis={axis} top={AXIS + index * (TITLE + PLOT) + TITLE} />
      ))}
    </Picture>
  );
}

interface PanelProps {
  readonly row: DrawDownRow;
  readonly currency: string;
  readonly axis: TimeAxis;
  readonly top: number;
}

function Panel({ row, currency, axis, top }: PanelProps) {
  const { key, cloud, start, expected, promised } = row;
  const most = Math.max(1, ...[...expected, ...promised].map(({ sum }) => Number(sum)));
  const y = scaleLinear([0, most], [top + PLOT, top + 8]).nice(2);
  const points = (own: readonly SumOnDay[]) =>
    own.map(({ date, sum }) => ({ x: axis.x(dayAfter(date, 1)), y: round(y(Number(sum))), date, sum }));
  const origin = `M${axis.x(start)} ${top + PLOT}`;
  const line = (own: readonly SumOnDay[]) =>
    points(own)
      .map((point) => `L${point.x} ${point.y}`)
      .join('');
  const last = points(expected).at(-1);
  return (
    <g {...facetAttributes({ cloud })}>
      <text class="halo" x={axis.left} y={top - 10} font-size={13} font-weight={600}>
        {titleOf(row)}
      </text>
      <Levels y={y} axis={axis} />
      {last && <path d={`${origin}${line(expected)}V${top + PLOT}Z`} fill={tone(cloud)} fill-opacity={0.25} />}
      <path d={`${origin}${line(expected)}`} fill="none" stroke={tone(cloud)} stroke-width={2.5} />
      {promised.length > 0 && (
        <path
          d={`${origin}${line(promised)}`}
          fill="none"
          stroke={tone('ink')}
          stroke-width={1.5}
          stroke-dasharray="6 4"
        />
      )}
      {points(promised).map((point) => (
        <path
          d={`M${point.x} ${point.y - 6}l6 6l-6 6l-6-6z`}
          fill={tone('ground')}
          stroke={tone('ink')}
          stroke-width={2}
        >
          <title>{`${key}: ${point.sum} ${currency} promised by ${point.date}`}</title>
        </path>
      ))}
      {last && (
        <circle cx={last.x} cy={last.y} r={4} fill={tone(cloud)}>
          <title>{`${key}: ${last.sum} ${currency} expected by ${last.date}`}</title>
        </circle>
      )}
    </g>
  );
}

/** What is read at a glance: `aws: 38B USD, of which 7.54B are expected by 2033-12-31`. */
function titleOf({ key, amount, end, expected }: DrawDownRow): string {
  const sum = aboutSum(Number(expected.at(-1)?.sum ?? 0));
  return `${key}: ${amountText(amount)}, ${amount === 'undisclosed' ? '' : 'of which '}${sum} are expected by ${end}`;
}

/** Lines of sums, with what they stand for. */
function Levels({ y, axis }: { readonly y: ScaleLinear<number, number>; readonly axis: TimeAxis }) {
  return (
    <>
      {y.ticks(2).map((tick) => (
        <>
          <path d={`M${axis.left} ${round(y(tick))}H${axis.right}`} stroke={tone('rule')} />
          <text class="soft" x={axis.left - 8} y={round(y(tick)) + 4} font-size={AXIS_TYPE} text-anchor="end">
            {aboutSum(tick)}
          </text>
        </>
      ))}
    </>
  );
}
