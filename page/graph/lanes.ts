import { groupBy } from '../../estate/units';
import type { Box, PlacedGroup, PlacedNode } from './placed';
import { SIZES } from './sizes';
import type { GraphGroup } from './types';

/** Groups as lanes, and how far down nodes have moved for that. */
export interface Lanes {
  readonly groups: readonly PlacedGroup[];
  readonly nodes: readonly PlacedNode[];
  /** Pixels by the id of the node. */
  readonly moved: ReadonlyMap<string, number>;
}

/**
 * Makes lanes of the groups of the first level: from the same left to the same right end, so that columns are read across
 * them, and one below the other.
 *
 * The library keeps groups apart only where they share a column, and knows no order of theirs. Lanes of which all nodes
 * are members are as close as can be, in the order of the graph.
 */
export function asLanes(groups: readonly PlacedGroup[], nodes: readonly PlacedNode[]): Lanes {
  const outermost = outermostOf(groups.map(({ group }) => group));
  const members = groupBy(nodes, ({ node }) => outermost(node.group) ?? '');
  const outer = groups.filter(({ group }) => group.parent === undefined);
  const left = Math.min(...outer.map(({ x }) => x));
  const right = Math.max(...outer.map(({ x, width }) => x + width));
  const down = new Map<string, number>();
  // Where nodes stand beside lanes, the library has put lanes where lines to these are short.
  const isAlone = !members.has('');
  const order = isAlone ? outer : outer.toSorted((one, other) => one.y - other.y);
  let bottom = isAlone ? 0 : Number.NEGATIVE_INFINITY;
  const lanes = new Map(
    order.map((placed): [string, Box] => {
      const { y, height } = around(placed, members.get(placed.group.id) ?? []);
      const least = bottom + SIZES.gap - y;
      const shift = isAlone ? least : Math.max(least, 0);
      down.set(placed.group.id, shift);
      bottom = y + shift + height;
      return [placed.group.id, { x: left, y: y + shift, width: right - left, height }];
    }),
  );
  const loose = looseBelow(members.get('') ?? [], [...lanes.values()], bottom);
  const shiftOf = ({ node }: PlacedNode) => loose.get(node.id) ?? down.get(outermost(node.group) ?? '') ?? 0;
  return {
    groups: groups.map((placed) => {
      const lane = lanes.get(placed.group.id);
      return { ...placed, ...(lane ?? { y: placed.y + (down.get(outermost(placed.group.id) ?? '') ?? 0) }) };
    }),
    nodes: nodes.map((placed) => ({ ...placed, y: placed.y + shiftOf(placed) })),
    moved: new Map(nodes.map((placed) => [placed.node.id, shiftOf(placed)])),
  };
}

/** The group of the first level that a group lies in, or is. */
function outermostOf(groups: readonly GraphGroup[]): (id: string | undefined) => string | undefined {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const outermost = (id: string | undefined): string | undefined => {
    const parent = id === undefined ? undefined : parents.get(id);
    return parent === undefined ? id : outermost(parent);
  };
  return outermost;
}

/** The frame of a group, high enough for its head and all nodes in it. */
function around({ y, height }: Box, members: readonly Box[]): Pick<Box, 'y' | 'height'> {
  const top = Math.min(y, ...members.map((box) => box.y - SIZES.head));
  const end = Math.max(y + height, ...members.map((box) => box.y + box.height + SIZES.foot));
  return { y: top, height: end - top };
}

/** How far nodes of no group that would stand in a lane, or on each other, move: below all lanes, one below the other. */
function looseBelow(loose: readonly PlacedNode[], lanes: readonly Box[], bottom: number): ReadonlyMap<string, number> {
  const inLane = loose.filter((node) => lanes.some((lane) => areOver(node, lane)));
  let end = Math.max(bottom, ...loose.filter((node) => !inLane.includes(node)).map(({ y, height }) => y + height));
  return new Map(
    inLane.map(({ node, y, height }) => {
      const top = end + SIZES.gap;
      end = top + height;
      return [node.id, top - y];
    }),
  );
}

function areOver(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height + SIZES.gap &&
    other.y < one.y + one.height + SIZES.gap
  );
}
