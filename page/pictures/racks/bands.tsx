import { counted } from '../../../estate/spec/words';
import { groupBy } from '../../../estate/units';
import type { Facets } from '../../model';
import { tone } from '../../palette';
import { facetAttributes } from '../../parts/facets';
import { BOLD, fitText, textWidth } from '../../parts/text-width';
import type { PlacedGroup, PlacedPool, PlacedShard } from './layout';
import { type DrawnGroup, ShapeSymbol, shapesOf } from './shapes';
import { CELL, INSET, TYPE, WIDTH } from './sizes';
import type { SystemNodes } from './system';

/** The symbols that groups are drawn from, each once. */
export function RackDefinitions({
  groups,
  prefix,
}: {
  readonly groups: readonly DrawnGroup[];
  readonly prefix: string;
}) {
  return (
    <defs>
      {shapesOf(groups).map((shape) => (
        <ShapeSymbol id={`${prefix}-${shape.key}`} shape={shape} />
      ))}
    </defs>
  );
}

/** What bands are drawn from. */
export interface BandsProps {
  readonly shards: readonly PlacedShard[];
  /** First part of the ids of symbols. */
  readonly prefix: string;
  /** Nodes of Kubernetes clusters by the key of the shard. @default none are drawn */
  readonly system?: ReadonlyMap<string, SystemNodes>;
  /** What a pool can be filtered by. @default it stays whatever is chosen */
  readonly facets?: (path: string) => Facets;
}

/** Kubernetes clusters one below the other, with their pools in them. */
export function Bands({ shards, system = new Map(), facets = () => ({}), prefix }: BandsProps) {
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
    return `M${Math.round(x + column * CELL.beside + CELL.width / 2)} ${y + 1}v${cells * CELL.below - 0.8}`;
  });
  const end = x + columns.length * CELL.beside + 6;
  return (
    <>
      <path
        d={columns.join('')}
        stroke={tone('other')}
        stroke-width={CELL.width}
        stroke-dasharray={`${CELL.height} ${CELL.below - CELL.height}`}
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
        {fitText(title, TYPE.pool * BOLD, room)}
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
