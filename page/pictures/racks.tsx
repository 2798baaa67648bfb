import { type Catalog, CLOUDS } from '../../estate/catalog';
import { groupSums, groupTotals, nodesText } from '../../estate/report/groups';
import { acceleratorTitle } from '../../estate/report/views';
import { counted } from '../../estate/spec/words';
import { groupBy } from '../../estate/units';
import type { Facets } from '../model';
import { tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import type { LegendEntry } from '../parts/figure';
import { Picture } from '../parts/picture';
import { fitText, textWidth } from '../parts/text-width';
import {
  INSET,
  type PlacedGroup,
  type PlacedPool,
  type PlacedShard,
  type PoolTexts,
  placeShards,
  type SystemNodes,
  TYPE,
  WIDTH,
} from './racks/layout';
import { CELL, type DrawnGroup, ShapeSymbol } from './racks/shapes';

/** What a picture of racks is drawn from. */
export interface RacksProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** The groups of one cluster, or of several, in their order. */
  readonly groups: readonly DrawnGroup[];
  readonly catalog: Catalog;
  /** First part of the ids of symbols, which are those of `RackSymbols`. */
  readonly prefix: string;
  /** Nodes of Kubernetes clusters by the key of the shard. @default none are drawn */
  readonly system?: ReadonlyMap<string, SystemNodes>;
  /** What a pool can be filtered by. @default it stays whatever is chosen */
  readonly facets?: (path: string) => Facets;
}

/** Below this width texts of the picture cannot be read. */
export const RACKS_NARROWEST = 960;

/** The symbols of groups, each once for all pictures of a page. */
export function RackSymbols({ groups, prefix }: Pick<RacksProps, 'groups' | 'prefix'>) {
  return (
    <svg aria-hidden="true" width={0} height={0} style="position:absolute;width:0;height:0">
      <Definitions groups={groups} prefix={prefix} />
    </svg>
  );
}

function Definitions({ groups, prefix }: Pick<RacksProps, 'groups' | 'prefix'>) {
  const shapes = new Map(
    placeShards(groups, () => ({ title: '', detail: '' })).shards.flatMap(({ pools }) =>
      pools.flatMap((pool) => pool.groups.map(({ shape }) => [shape.key, shape] as const)),
    ),
  );
  return (
    <defs>
      {[...shapes].map(([key, shape]) => (
        <ShapeSymbol id={`${prefix}-${key}`} shape={shape} />
      ))}
    </defs>
  );
}

/** Groups to scale, by Kubernetes cluster and pool; their symbols stand in `RackSymbols`. */
export function Racks(props: RacksProps) {
  const placed = placeShards(props.groups, (own) => poolTexts(own, props.catalog));
  return (
    <Picture label={props.label} width={WIDTH} height={placed.height}>
      <Bands {...props} shards={placed.shards} />
    </Picture>
  );
}

/** A picture of groups that stands by itself, with its symbols in it. */
export function StandaloneRacks(props: RacksProps) {
  const placed = placeShards(props.groups, (own) => poolTexts(own, props.catalog));
  return (
    <Picture label={props.label} width={WIDTH} height={placed.height}>
      <Definitions {...props} />
      <Bands {...props} shards={placed.shards} />
    </Picture>
  );
}

/** What marks of pictures of racks mean, as far as groups have them. */
export function racksLegend({
  groups,
  catalog,
  system = new Map(),
}: Pick<RacksProps, 'groups' | 'catalog' | 'system'>): readonly LegendEntry[] {
  const has = (test: (group: DrawnGroup) => boolean) => groups.some(test);
  const states = [
    { state: 'new', tone: 'good', text: '+ appears' },
    { state: 'gone', tone: 'bad', text: '− vanishes' },
    { state: 'changed', tone: 'warn', text: '~ changes' },
  ] as const;
  const hasSystem = [...system.values()].some(({ nodes }) => nodes > 0);
  const clouds = CLOUDS.filter((cloud) => has((group) => group.cloud === cloud));
  return [
    ...clouds.map((cloud) => ({ tone: cloud, text: `node in service on ${catalog.clouds[cloud].title}` })),
    ...(hasSystem ? [{ tone: 'other', text: 'node of Kubernetes itself' } as const] : []),
    ...(has(({ minNodes, nodes = 0 }) => minNodes !== undefined && minNodes < nodes)
      ? [{ tone: 'other', mark: 'hollow', text: 'node that an autoscaler starts when pods ask for it' } as const]
      : []),
    ...(has(({ spares = 0 }) => spares > 0) ? [{ tone: 'spare', mark: 'hatched', text: 'spare tray' } as const] : []),
    ...(has(({ retired }) => retired === true)
      ? [
          {
            tone: 'spare',
            mark: 'dashed',
            text: 'left the estate file, kept where it runs; its size is not known',
          } as const,
        ]
      : []),
    ...states.flatMap(({ state, ...entry }) =>
      has((group) => group.state === state) ? [{ ...entry, mark: 'hollow' } as const] : [],
    ),
  ];
}

function poolTexts(own: readonly DrawnGroup[], catalog: Catalog): PoolTexts {
  const [first] = own;
  if (first === undefined) return { title: '', detail: '' };
  const kind = first.accelerator === '' ? 'CPU nodes' : acceleratorTitle(first.accelerator, catalog);
  const sums = groupSums(own);
  const nodes = sums.nodes === undefined ? [] : [`${nodesText(sums)} ${sums.nodes === 1 ? 'node' : 'nodes'}`];
  return {
    title: `${first.pool}: ${kind}`,
    detail: [
      ...(own.length === 1 && !first.spares && !first.retired ? [] : [groupTotals(own)]),
      ...nodes,
      first.machine,
      first.capacity,
    ]
      .filter((text) => text !== '')
      .join(' · '),
  };
}

interface BandsProps extends RacksProps {
  readonly shards: readonly PlacedShard[];
}

function Bands({ shards, system = new Map(), facets = () => ({}), prefix }: BandsProps) {
  return (
    <>
      {shards.map((shard) => (
        <>
          <Band shard={shard} system={system.get(shard.shard)} facets={facets(`clusters.${shard.cluster}`)} />
          {shard.pools.map((pool) => (
            <Pool pool={pool} prefix={prefix} facets={facets(`clusters.${shard.cluster}.pools.${poolOf(pool)}`)} />
          ))}
        </>
      ))}
    </>
  );
}

function poolOf({ groups }: PlacedPool): string {
  return groups[0]?.group.pool ?? '';
}

interface BandProps {
  readonly shard: PlacedShard;
  readonly system: SystemNodes | undefined;
  readonly facets: Facets;
}

/** The band of a Kubernetes cluster, with its own nodes behind its name. */
function Band({ shard: { shard, y, height }, system, facets }: BandProps) {
  const title = `Kubernetes cluster ${shard}`;
  const behind = INSET + textWidth(title, TYPE.shard) + 2 * INSET;
  return (
    <g {...facetAttributes(facets)}>
      <rect x={0} y={y} width={WIDTH} height={height} fill={tone('sheet')} />
      <text x={INSET} y={y + 18} font-size={TYPE.shard}>
        {title}
      </text>
      {system !== undefined && system.nodes > 0 && <System system={system} x={behind} y={y + 6} />}
    </g>
  );
}

/** Columns of nodes of a Kubernetes cluster itself are as high as a line of text. */
const SYSTEM_TALL = 3;

function System({
  system: { machine, nodes },
  x,
  y,
}: {
  readonly system: SystemNodes;
  readonly x: number;
  readonly y: number;
}) {
  const columns = Array.from({ length: Math.ceil(nodes / SYSTEM_TALL) }, (_, column) => {
    const cells = Math.min(SYSTEM_TALL, nodes - column * SYSTEM_TALL);
    return `M${Math.round(x + column * (CELL.width + 2) + CELL.width / 2)} ${y + 1}v${cells * CELL.pitch - 0.8}`;
  });
  const end = x + columns.length * (CELL.width + 2) + 6;
  return (
    <>
      <path
        d={columns.join('')}
        stroke={tone('other')}
        stroke-width={CELL.width}
        stroke-dasharray={`${CELL.height} ${CELL.pitch - CELL.height}`}
      />
      <text class="soft" x={Math.round(end)} y={y + 12} font-size={TYPE.detail}>
        {fitText(`${counted(nodes, 'system node')}, ${machine}`, TYPE.detail, WIDTH - INSET - end)}
      </text>
    </>
  );
}

interface PoolProps {
  readonly pool: PlacedPool;
  readonly prefix: string;
  readonly facets: Facets;
}

function Pool({ pool: { title, detail, x, y, isTurned, groups }, prefix, facets }: PoolProps) {
  const room = WIDTH - INSET - x;
  const cloud = groups[0]?.group.cloud ?? 'other';
  return (
    <g {...facetAttributes(facets)}>
      <text x={x} y={y + 12} font-size={TYPE.pool} font-weight={600}>
        {fitText(title, TYPE.pool, room)}
      </text>
      <text class="soft" x={x} y={y + 27} font-size={TYPE.detail}>
        {fitText(detail, TYPE.detail, room)}
      </text>
      <g stroke={tone(cloud)}>
        {boundRuns(groups).map((run) => (
          <Run groups={run} prefix={prefix} />
        ))}
      </g>
      <Keys groups={groups} isTurned={isTurned} />
    </g>
  );
}

/** Groups by what they are bound to, in their order. */
function boundRuns(groups: readonly PlacedGroup[]): readonly (readonly PlacedGroup[])[] {
  return [...groupBy(groups, ({ group }) => group.boundTo ?? '').values()];
}

/** Groups of one reservation or fabric, which is said where a pointer rests on them. */
function Run({ groups, prefix }: { readonly groups: readonly PlacedGroup[]; readonly prefix: string }) {
  const boundTo = groups[0]?.group.boundTo;
  const uses = groups.map(({ shape, group, x, y }) => (
    <use
      href={`#${prefix}-${shape.key}`}
      x={Math.round(x)}
      y={Math.round(y)}
      stroke={group.state === 'gone' ? tone('bad') : undefined}
    />
  ));
  if (boundTo === undefined) return <>{uses}</>;
  return (
    <g>
      <title>{`bound to ${boundTo}`}</title>
      {uses}
    </g>
  );
}

/** The keys under groups; those that are wider than what they name are read downwards. */
function Keys({ groups, isTurned }: { readonly groups: readonly PlacedGroup[]; readonly isTurned: boolean }) {
  if (!isTurned) {
    return (
      <g font-size={TYPE.key}>
        {groups.map(({ key, shape, x, y }) => (
          <text x={Math.round(x + 1)} y={Math.round(y + shape.height + TYPE.key)}>
            {key}
          </text>
        ))}
      </g>
    );
  }
  return (
    <g font-size={TYPE.key} transform="rotate(90)">
      {groups.map(({ key, shape, x, y }) => (
        <text x={Math.round(y + shape.height + 4)} y={-Math.round(x + shape.width / 2 - TYPE.key / 3)}>
          {key}
        </text>
      ))}
    </g>
  );
}
