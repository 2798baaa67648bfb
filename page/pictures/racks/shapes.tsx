import type { GroupState } from '../../../estate/report/group-changes';
import type { GroupRow } from '../../../estate/report/groups';
import { tone } from '../../palette';
import { CELL, ROOM } from './sizes';

/** A group as it is drawn. */
export interface DrawnGroup extends GroupRow {
  /** @default 'same' */
  readonly state?: GroupState;
}

/** Nodes that are no rack stand in columns as high as a rack of 18 trays. */
const TALL = 18;
/** A rack with more trays than any that is sold is drawn as a block. */
const TALLEST_RACK = 48;
/** Room between cells and what is around them. */
const EDGE = 2;

/** How a group looks: groups of one shape are drawn from one symbol. */
export interface Shape {
  /** What tells it from others; part of the id of its symbol. */
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** Cells of a column. */
  readonly tall: number;
  /** Cells in their order: always running, running when asked for, and spare; none where its size is not known. */
  readonly always: number;
  readonly ranged: number;
  readonly spare: number;
  readonly hasFrame: boolean;
  readonly isLeaving: boolean;
  readonly state: GroupState;
}

/** The shape of a group; blocks of nodes grow higher where they would be wider than the picture. */
export function shapeOf(group: DrawnGroup): Shape {
  const { kind, nodes = 0, minNodes = nodes, trays = 0, retired = false, state = 'same' } = group;
  const isRack = retired || (kind === 'rack' && trays <= TALLEST_RACK);
  const most = Math.floor(ROOM / CELL.beside);
  const tall = retired ? TALL : isRack ? trays : Math.max(Math.min(TALL, trays), Math.ceil(trays / most));
  const columns = retired ? 1 : Math.ceil(trays / tall);
  const parts = [
    `${isRack ? 'r' : 'b'}${trays}`,
    trays > nodes ? `s${trays - nodes}` : '',
    nodes > minNodes ? `m${minNodes}` : '',
    tall > TALL && !isRack ? `t${tall}` : '',
    state === 'same' ? '' : `-${state}`,
  ];
  return {
    key: `${retired ? 'leaving' : ''}${parts.join('')}`,
    width: columns * CELL.beside - 2 + 2 * EDGE,
    height: tall * CELL.below - 0.8 + 2 * EDGE,
    tall,
    always: minNodes,
    ranged: nodes - minNodes,
    spare: trays - nodes,
    hasFrame: isRack,
    isLeaving: retired,
    state,
  };
}

/** The shapes of groups, each once. */
export function shapesOf(groups: readonly DrawnGroup[]): readonly Shape[] {
  const shapes = groups.map((group) => shapeOf(group));
  return [...new Map(shapes.map((shape) => [shape.key, shape])).values()];
}

/** What groups of a shape are drawn from; its nodes have the stroke of what uses it. */
export function ShapeSymbol({ shape, id }: { readonly shape: Shape; readonly id: string }) {
  const { always, ranged, spare } = shape;
  const inService = segments(shape, 0, always + ranged);
  return (
    <g id={id} fill="none">
      <Frame shape={shape} />
      {inService !== '' && <path d={inService} stroke-width={CELL.width} stroke-dasharray={`${CELL.height} 0.8`} />}
      {ranged > 0 && (
        <path
          d={segments(shape, always, ranged, 0.7)}
          stroke={tone('ground')}
          stroke-width={CELL.width - 1.4}
          stroke-dasharray={`${CELL.height - 1.4} ${CELL.below - CELL.height + 1.4}`}
        />
      )}
      {spare > 0 && (
        <path
          d={rows(shape, always + ranged, spare)}
          stroke={tone('spare')}
          stroke-width={CELL.height}
          stroke-dasharray="2.4 2"
        />
      )}
    </g>
  );
}

const FRAMES: Readonly<Record<GroupState, { readonly stroke: string; readonly width: number } | undefined>> = {
  same: undefined,
  new: { stroke: tone('good'), width: 2 },
  gone: { stroke: tone('bad'), width: 2 },
  changed: { stroke: tone('warn'), width: 2 },
};

/** The edge of a rack, of what changes, and of what is leaving. */
function Frame({ shape: { width, height, hasFrame, isLeaving, state } }: { readonly shape: Shape }) {
  const changed = FRAMES[state];
  if (!hasFrame && changed === undefined) return null;
  const stroke = changed?.stroke ?? tone(isLeaving ? 'spare' : 'rule');
  const line = changed?.width ?? (isLeaving ? 1.5 : 1);
  return (
    <rect
      x={line / 2}
      y={line / 2}
      width={width - line}
      height={height - line}
      stroke={stroke}
      stroke-width={line}
      stroke-dasharray={isLeaving || state === 'gone' ? '4 3' : undefined}
    />
  );
}

/** Cells one below the other as dashes of one line for each column. */
function segments({ tall }: Shape, from: number, count: number, inset = 0): string {
  const lines: string[] = [];
  for (let at = from; at < from + count; ) {
    const [column, row] = [Math.floor(at / tall), at % tall];
    const cells = Math.min(tall - row, from + count - at);
    const [x, y] = [EDGE + column * CELL.beside + CELL.width / 2, EDGE + row * CELL.below + inset];
    lines.push(`M${x} ${short(y)}v${short(cells * CELL.below - 0.8 - 2 * inset)}`);
    at += cells;
  }
  return lines.join('');
}

/** Cells each as a line of its own, along which it is hatched. */
function rows({ tall }: Shape, from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const [column, row] = [Math.floor((from + index) / tall), (from + index) % tall];
    return `M${EDGE + column * CELL.beside} ${short(EDGE + row * CELL.below + CELL.height / 2)}h${CELL.width}`;
  }).join('');
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}
