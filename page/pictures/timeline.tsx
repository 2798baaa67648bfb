import { type Day, dayAfter } from '../../estate/days';
import type { TimeLane } from '../../estate/report/timeline';
import type { Facets } from '../model';
import type { ToneName } from '../palette';
import { Picture } from '../parts/picture';
import { TimeTicks, TodayLine, timeAxis } from './time-axis';
import { LANE, Lane } from './time-lane';

/** Lanes of a timeline under one heading. */
export interface LaneGroup {
  readonly title: string;
  readonly tone: (lane: TimeLane) => ToneName;
  readonly lanes: readonly TimeLane[];
}

/** What a timeline is drawn from. */
export interface TimelineProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly groups: readonly LaneGroup[];
  /** The day with a line of its own. */
  readonly today: Day;
  readonly facets: (lane: TimeLane) => Facets;
}

const WIDTH = 960;
const NAMES = 200;
const AXIS = 26;
/** Room for half a text at the end of the axis. */
const MARGIN = 40;

/** Lanes of entries over one axis of time. */
export function Timeline({ label, groups, today, facets }: TimelineProps) {
  const lanes = groups.flatMap((group) => group.lanes);
  const axis = timeAxis([today, ...lanes.flatMap(daysOf)], NAMES, WIDTH - MARGIN);
  const bottom = AXIS + (groups.length + lanes.length) * LANE;
  const tops = groups.map((_group, index) => {
    const before = groups.slice(0, index).reduce((sum, group) => sum + group.lanes.length + 1, 0);
    return AXIS + before * LANE;
  });
  return (
    <Picture label={label} width={WIDTH} height={bottom + AXIS}>
      <TimeTicks axis={axis} top={AXIS} bottom={bottom} />
      <TodayLine axis={axis} today={today} top={AXIS} bottom={bottom} />
      {groups.map(({ title, tone, lanes: own }, group) => {
        const top = tops[group] ?? 0;
        return (
          <>
            <text x={0} y={top + LANE - 8} font-size={13} font-weight={600}>
              {title}
            </text>
            {own.map((lane, index) => (
              <Lane lane={lane} axis={axis} top={top + (index + 1) * LANE} tone={tone(lane)} facets={facets(lane)} />
            ))}
          </>
        );
      })}
    </Picture>
  );
}

/** All days that a lane touches. */
function daysOf({ spans, days }: TimeLane): readonly Day[] {
  return [
    ...days.map(({ date }) => date),
    ...spans.flatMap(({ from, until }) => [...(from ? [from] : []), ...(until ? [dayAfter(until, 1)] : [])]),
  ];
}
