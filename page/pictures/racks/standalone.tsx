import type { Catalog } from '../../../estate/catalog';
import { groupTotals } from '../../../estate/report/groups';
import { groupBy } from '../../../estate/units';
import { tone } from '../../palette';
import type { LegendEntry } from '../../parts/figure';
import { BOLD, fitText, textWidth } from '../../parts/text-width';
import { Bands, type BandsProps } from './bands';
import { type PlacedShard, placeShards } from './layout';
import { type LegendOf, racksLegend } from './legend';
import { INSET, TYPE, WIDTH } from './sizes';
import { clusterText, poolTexts, scaleText } from './texts';

/** Height of a line of the legend, and of the heading of a cluster. */
const LINE = 20;
const HEADING = 28;

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly x: number;
  readonly y: number;
}

/** A cluster in its place. */
interface PlacedCluster {
  readonly title: string;
  readonly y: number;
  readonly shards: readonly PlacedShard[];
}

/** How a picture that stands by itself lies: what is said above, and the clusters. */
export interface PlacedEstate {
  readonly text: string;
  readonly legend: readonly PlacedEntry[];
  readonly clusters: readonly PlacedCluster[];
  readonly height: number;
}

/** What is placed. */
interface EstateOf extends LegendOf {
  readonly catalog: Catalog;
}

/** Places clusters below a legend. */
export function placeEstate({ catalog, ...shown }: EstateOf): PlacedEstate {
  const { groups } = shown;
  const legend = placeLegend(racksLegend(shown), LINE);
  let y = (legend.at(-1)?.y ?? 0) + LINE;
  const clusters = [...groupBy(groups, ({ cluster }) => cluster).values()].map((own): PlacedCluster => {
    const { shards, height } = placeShards(own, (pool) => poolTexts(pool, catalog));
    const placed = { title: clusterText(own, catalog), y, shards };
    y += HEADING + height;
    return placed;
  });
  return { text: `${groupTotals(groups)}. ${scaleText(groups)}`, legend, clusters, height: y + INSET };
}

/** Entries one behind the other, in as many lines as they need. */
function placeLegend(entries: readonly LegendEntry[], top: number): readonly PlacedEntry[] {
  let [x, y] = [INSET, top];
  return entries.map((entry) => {
    const width = MARK.width + 6 + textWidth(entry.text, TYPE.detail);
    if (x > INSET && x + width > WIDTH - INSET) [x, y] = [INSET, y + LINE];
    const placed = { entry, x, y };
    x += width + INSET;
    return placed;
  });
}

/** What a picture that stands by itself shows, without its symbols. */
export function PlacedRacks({
  placed: { text, legend, clusters },
  ...shown
}: { readonly placed: PlacedEstate } & Omit<BandsProps, 'shards'>) {
  return (
    <>
      <text class="soft" x={INSET} y={LINE - 4} font-size={TYPE.detail}>
        {text}
      </text>
      {legend.map((entry) => (
        <Entry {...entry} />
      ))}
      {clusters.map(({ y, title, shards }) => (
        <>
          <text x={INSET} y={y + HEADING - 8} font-size={TYPE.pool} font-weight={600}>
            {fitText(title, TYPE.pool * BOLD, WIDTH - 2 * INSET)}
          </text>
          <g transform={`translate(0 ${y + HEADING})`}>
            <Bands {...shown} shards={shards} />
          </g>
        </>
      ))}
    </>
  );
}

/** Size of a mark of the legend. */
const MARK = { width: 18, height: 10 } as const;

function Entry({ entry: { tone: name, mark = 'block', text }, x, y }: PlacedEntry) {
  const left = Math.round(x);
  return (
    <>
      <Mark name={name} mark={mark} x={left} y={y} />
      <text x={left + MARK.width + 6} y={y + 14} font-size={TYPE.detail}>
        {text}
      </text>
    </>
  );
}

interface MarkProps {
  readonly name: LegendEntry['tone'];
  readonly mark: LegendEntry['mark'];
  readonly x: number;
  readonly y: number;
}

function Mark({ name, mark, x, y }: MarkProps) {
  const box = { x, y: y + 5, ...MARK };
  if (mark === 'block') return <rect {...box} fill={tone(name)} />;
  if (mark === 'hatched') {
    const line = `M${x} ${y + 5 + MARK.height / 2}h${MARK.width}`;
    return <path d={line} stroke={tone(name)} stroke-width={MARK.height} stroke-dasharray="2.4 2" />;
  }
  return (
    <rect
      {...box}
      fill="none"
      stroke={tone(name)}
      stroke-width={1.5}
      stroke-dasharray={mark === 'dashed' ? '4 3' : undefined}
    />
  );
}
