import { CLOUDS } from '../../../estate/catalog';
import { LANE_KINDS, type LaneKind, type TimeLane } from '../../../estate/report/timeline';
import type { EstatePage, Facets } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure, type LegendEntry } from '../../parts/figure';
import { DataTable } from '../../parts/table';
import { isEdge } from '../../pictures/time-lane';
import { type LaneGroup, Timeline } from '../../pictures/timeline';

/** What entries in time are drawn from. */
export interface LanesProps {
  readonly page: EstatePage;
  readonly lanes: readonly TimeLane[];
}

/** The entries that have days, over one axis of time. */
export function Lanes({ page: { day, facets }, lanes }: LanesProps) {
  const facetsOf = ({ path, cloud }: TimeLane) => ({ ...facets(path), ...(cloud && { cloud }) });
  return (
    <Figure
      title="What stands, holds and is promised when"
      picture={
        <Timeline label="Entries of the estate in time" groups={groupsOf(lanes)} today={day} facets={facetsOf} />
      }
      narrowest={720}
      legend={legendOf(lanes)}
      table={<Spans lanes={lanes} facets={facetsOf} />}
    />
  );
}

const TITLES: Readonly<Record<Exclude<LaneKind, 'pool'>, string>> = {
  commitment: 'Commitments',
  maintenance: 'Times without maintenance',
  price: 'Prices',
  waiver: 'Waivers of policy',
};

function groupsOf(lanes: readonly TimeLane[]): readonly LaneGroup[] {
  const tone = ({ cloud }: TimeLane) => cloud ?? 'other';
  return LANE_KINDS.flatMap((kind): LaneGroup[] => {
    const own = lanes.filter((lane) => lane.kind === kind);
    const groups =
      kind === 'pool'
        ? CLOUDS.map((cloud) => ({
            title: `Pools on ${cloudTitle(cloud)}`,
            tone,
            lanes: own.filter((lane) => lane.cloud === cloud),
          }))
        : [{ title: TITLES[kind], tone, lanes: own }];
    return groups.filter((group) => group.lanes.length > 0);
  });
}

function legendOf(lanes: readonly TimeLane[]): readonly LegendEntry[] {
  const clouds = CLOUDS.filter((each) => lanes.some(({ cloud }) => cloud === each));
  const spans = lanes.flatMap((lane) => lane.spans);
  return [
    ...clouds.map((cloud): LegendEntry => ({ tone: cloud, text: cloudTitle(cloud) })),
    ...(lanes.some(({ cloud }) => cloud === undefined) ? [{ tone: 'other', text: 'of no single cloud' } as const] : []),
    { tone: 'ink', text: 'begins, changes or ends', mark: 'line' },
    ...(lanes.some((lane) => lane.days.some(({ date }) => !isEdge(lane, date)))
      ? [{ tone: 'ink', text: 'a day to decide, to ask or to have spent by', mark: 'diamond' } as const]
      : []),
    ...(spans.some(({ from, until }) => from === undefined || until === undefined)
      ? [{ tone: 'other', text: 'an arrow: open end', mark: 'arrow' } as const]
      : []),
  ];
}

interface SpansProps {
  readonly lanes: readonly TimeLane[];
  readonly facets: (lane: TimeLane) => Facets;
}

function Spans({ lanes, facets }: SpansProps) {
  const rows = lanes.flatMap((lane) => lane.spans.map((span) => ({ lane, ...span })));
  return (
    <DataTable
      title="Windows, phases and terms"
      rows={rows}
      facets={({ lane }) => facets(lane)}
      columns={[
        { title: 'Entry', value: ({ lane }) => lane.path },
        { title: 'Kind', value: ({ lane }) => lane.kind },
        { title: 'Cloud', value: ({ lane }) => lane.cloud },
        { title: 'From', value: ({ from }) => from, shown: ({ from }) => from ?? 'open' },
        { title: 'Until', value: ({ until }) => until, shown: ({ until }) => until ?? 'open' },
        { title: 'What', value: ({ what }) => what },
      ]}
    />
  );
}
