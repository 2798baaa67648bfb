import { round } from '../parts/picture';
import type { Box, Point } from './placed';
import type { Graph } from './types';

/** What a way is made from: the points of the library, and what it leads between and through. */
export interface Way {
  readonly points: readonly Point[];
  readonly from: Box;
  readonly to: Box;
  /** What stands in its middle. @default nothing */
  readonly label?: Box;
}

/**
 * The way of an edge from side to side: straight through the columns that it passes, so that it touches no node of them.
 *
 * Between two columns its points have different heights, and {@link wayPath} bends there.
 */
export function routeOf(way: Way, nodes: readonly Box[], direction: Graph['direction']): readonly Point[] {
  return direction === 'right' ? rightward(way, nodes) : rightward(turnedWay(way), nodes.map(turned)).map(turnedPoint);
}

function rightward({ points, from, to, label }: Way, nodes: readonly Box[]): readonly Point[] {
  const begin = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  // Against the direction the sides face away from each other: the way that is given leads around.
  if (end.x < begin.x) return points;
  const inner = points.slice(1, -1).flatMap(({ x, y }) => {
    const half = label !== undefined && isNear(label.x + label.width / 2, x) ? label.width / 2 : columnHalf(x, nodes);
    return half === undefined
      ? []
      : [
          { x: x - half, y },
          { x: x + half, y },
        ];
  });
  return [begin, ...inner, end];
}

/** The way between two nodes of one column: out of it, along it and back. */
export function aside(
  from: Box,
  to: Box,
  direction: Graph['direction'],
): Pick<Way, 'points'> & { readonly middle: Point } {
  if (direction === 'down') {
    const { points, middle } = aside(turned(from), turned(to), 'right');
    return { points: points.map(turnedPoint), middle: turnedPoint(middle) };
  }
  const [begin, end] = [from, to].map(({ x, y, width, height }) => ({ x: x + width, y: y + height / 2 }));
  if (begin === undefined || end === undefined) return { points: [], middle: { x: 0, y: 0 } };
  const out = Math.max(begin.x, end.x) + ASIDE;
  const points = [begin, { x: out, y: begin.y }, { x: out, y: end.y }, end];
  return { points, middle: { x: out, y: (begin.y + end.y) / 2 } };
}

/** How far such a way leads out of its column, in pixels. */
const ASIDE = 12;

/** Half the width of the column whose middle is there; undefined between columns. */
function columnHalf(x: number, nodes: readonly Box[]): number | undefined {
  const widths = nodes.filter((box) => isNear(box.x + box.width / 2, x)).map(({ width }) => width);
  return widths.length === 0 ? undefined : Math.max(...widths) / 2;
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 1;
}

function turnedWay({ points, from, to, label }: Way): Way {
  return {
    points: points.map(turnedPoint),
    from: turned(from),
    to: turned(to),
    ...(label && { label: turned(label) }),
  };
}

function turned({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width };
}

function turnedPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

/** The data of a path through points, which bends where it changes its lane. */
export function wayPath(points: readonly Point[], direction: Graph['direction']): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${at(point)}`;
      const middle = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 };
      const isRight = direction === 'right';
      if (isRight ? before.y === point.y : before.x === point.x) return `L${at(point)}`;
      return isRight
        ? `C${at({ ...before, x: middle.x })} ${at({ ...point, x: middle.x })} ${at(point)}`
        : `C${at({ ...before, y: middle.y })} ${at({ ...point, y: middle.y })} ${at(point)}`;
    })
    .join('');
}

/** The corners of the head of an arrow at the end of a way. */
export function arrowHead(points: readonly Point[], direction: Graph['direction'], size: number): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (tip === undefined || before === undefined) return '';
  const { x, y } = tip;
  const half = size * 0.45;
  const back = (along: number) => (along < 0 ? size : -size);
  const corners =
    direction === 'right'
      ? [-half, half].map((side) => ({ x: x + back(x - before.x), y: y + side }))
      : [-half, half].map((side) => ({ x: x + side, y: y + back(y - before.y) }));
  return [tip, ...corners].map(at).join(' ');
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}
