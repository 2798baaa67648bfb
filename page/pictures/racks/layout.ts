import type { GroupState } from '../../../estate/report/group-changes';
import type { GroupRow } from '../../../estate/report/groups';
import { groupBy } from '../../../estate/units';
import { BOLD, textWidth } from '../../parts/text-width';
import { type DrawnGroup, type Shape, shapeOf } from './shapes';
import { INSET, ROOM, TYPE } from './sizes';

/** Room between groups, between a group and its key, and below a row of them. */
const GAP = 4;
const BELOW = 8;
/** The two lines of text over the groups of a pool. */
const HEAD = 36;
const BETWEEN = { pools: 20, rows: 10, shards: 10 } as const;
const SHARD_HEAD = 32;

/** What is written over the groups of a pool. */
export interface PoolTexts {
  readonly title: string;
  readonly detail: string;
}

/** A group in its place. */
export interface PlacedGroup {
  readonly group: DrawnGroup;
  readonly shape: Shape;
  /** What is read under it. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/** A pool in its place: its texts, and its groups below them. */
export interface PlacedPool extends PoolTexts {
  readonly groups: readonly PlacedGroup[];
  readonly x: number;
  readonly y: number;
  /** Whether keys are written downwards, since they are wider than what they name. */
  readonly isTurned: boolean;
}

/** A Kubernetes cluster in its place. */
export interface PlacedShard {
  readonly shard: string;
  readonly cluster: string;
  readonly groups: readonly DrawnGroup[];
  readonly y: number;
  readonly height: number;
  readonly pools: readonly PlacedPool[];
}

/** Shards one below the other, and how high all of them are. */
export interface Placed {
  readonly shards: readonly PlacedShard[];
  readonly height: number;
}

/** Places groups of shards: pools beside each other where they fit, their groups in rows. */
export function placeShards(groups: readonly DrawnGroup[], textsOf: (own: readonly DrawnGroup[]) => PoolTexts): Placed {
  let y = 0;
  const shards = [...groupBy(groups, ({ shard }) => shard)].map(([shard, own]): PlacedShard => {
    const { pools, height } = placePools(own, y + SHARD_HEAD, textsOf);
    const placed = { shard, cluster: own[0]?.cluster ?? '', groups: own, y, height: SHARD_HEAD + height, pools };
    y += placed.height + BETWEEN.shards;
    return placed;
  });
  return { shards, height: Math.max(0, y - BETWEEN.shards) };
}

function placePools(
  groups: readonly DrawnGroup[],
  top: number,
  textsOf: (own: readonly DrawnGroup[]) => PoolTexts,
): { readonly pools: readonly PlacedPool[]; readonly height: number } {
  const pools: PlacedPool[] = [];
  let [x, y, highest] = [INSET, top, 0];
  for (const own of groupBy(groups, ({ pool }) => pool).values()) {
    const texts = textsOf(own);
    const block = placeGroups(own);
    const width = Math.min(
      ROOM,
      Math.max(block.width, textWidth(texts.title, TYPE.pool * BOLD), textWidth(texts.detail, TYPE.detail)),
    );
    if (x > INSET && x + width > INSET + ROOM) {
      y += highest + BETWEEN.rows;
      [x, highest] = [INSET, 0];
    }
    const placed = block.groups.map((group) => ({ ...group, x: x + group.x, y: y + HEAD + group.y }));
    pools.push({ ...texts, x, y, isTurned: block.isTurned, groups: placed });
    x += width + BETWEEN.pools;
    highest = Math.max(highest, HEAD + block.height);
  }
  return { pools, height: y + highest - top + BELOW };
}

interface Block {
  readonly groups: readonly PlacedGroup[];
  readonly width: number;
  readonly height: number;
  readonly isTurned: boolean;
}

/** The groups of a pool in rows, seen from its own corner. */
function placeGroups(own: readonly DrawnGroup[]): Block {
  const groups = own.map((group) => {
    const [shape, key] = [shapeOf(group), keyText(group)];
    return { group, shape, key, keyWidth: textWidth(key, TYPE.key) };
  });
  const wide = groups.map(({ shape, keyWidth }) => Math.max(shape.width, keyWidth));
  const isBeside = wide.reduce((sum, width) => sum + width + GAP, -GAP) <= ROOM;
  const isNarrow = groups.every(({ shape, keyWidth }) => keyWidth <= shape.width + GAP - 2);
  const isTurned = !isBeside && !isNarrow;
  const below = GAP + (isTurned ? Math.max(...groups.map(({ keyWidth }) => keyWidth)) : TYPE.key);
  const placed: PlacedGroup[] = [];
  let [x, y, highest, widest] = [0, 0, 0, 0];
  for (const [index, { group, shape, key }] of groups.entries()) {
    const width = isBeside ? (wide[index] ?? shape.width) : shape.width;
    if (x > 0 && x + width > ROOM) {
      y += highest + below + BELOW;
      [x, highest] = [0, 0];
    }
    placed.push({ group, shape, key, x, y });
    highest = Math.max(highest, shape.height);
    widest = Math.max(widest, x + width);
    x += width + GAP;
  }
  return { groups: placed, width: widest, height: y + highest + below, isTurned };
}

const MARKS: Readonly<Record<GroupState, string>> = { same: '', new: '+ ', gone: '− ', changed: '~ ' };

/** What is read under a group: its key, how many nodes a block has, and what happens to it. */
function keyText({ group, pool, kind, nodes, state = 'same' }: DrawnGroup): string {
  const count = kind === 'nodes' && nodes !== undefined ? `: ${nodes}` : '';
  return `${MARKS[state]}${groupKey({ group, pool })}${count}`;
}

/** The key of a group in its pool. */
export function groupKey({ group, pool }: Pick<GroupRow, 'group' | 'pool'>): string {
  return group.startsWith(`${pool}-`) ? group.slice(pool.length + 1) : group;
}
