import { textWidth } from '../../parts/text-width';
import type { Circle } from './spread';
import type { Point } from './world';

/** A text beside a circle. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Whether it lies on a line, since there is no other room for it. */
  readonly isOnLine: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const GAP = 4;

/** What texts have to stay in, and off. */
export interface LabelFrame {
  readonly width: number;
  readonly height: number;
  /** Points of lines. */
  readonly lines: readonly Point[];
  /** Whether a text may lie on a line where it has no other room. @default false */
  readonly crossesLines?: boolean;
}

/**
 * Texts beside circles, larger circles first: each where it touches no circle, no line and no other text, and lies in the
 * frame; one that fits nowhere is left out. Where lines may be crossed, a text without other room lies on them.
 */
export function placeLabels(
  circles: readonly (Circle & { readonly text: string })[],
  size: number,
  { width, height, lines, crossesLines = false }: LabelFrame,
): readonly (PlacedLabel | undefined)[] {
  const around = ([x, y]: Point, r: number): Box => ({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  const taken = circles.map(({ x, y, r }) => around([x, y], r));
  const drawn = lines.map((point) => around(point, 1));
  const order = [...circles.entries()].sort(([one, { r }], [other, { r: next }]) => next - r || one - other);
  const placed = new Map<number, PlacedLabel>();
  for (const [index, circle] of order) {
    const fitting = candidates(circle, size).filter(({ box }) => {
      const isInside = box.left >= GAP && box.right <= width - GAP && box.top >= GAP && box.bottom <= height - GAP;
      return isInside && !taken.some((other) => overlap(box, other));
    });
    const clear = fitting.find(({ box }) => !drawn.some((other) => overlap(box, other)));
    const found = clear ?? (crossesLines ? fitting[0] : undefined);
    if (found === undefined) continue;
    taken.push(found.box);
    placed.set(index, { ...found.label, isOnLine: found !== clear });
  }
  return circles.map((_, index) => placed.get(index));
}

function candidates({ x, y, r, text }: Circle & { readonly text: string }, size: number) {
  const width = textWidth(text, size);
  const at = (anchor: PlacedLabel['anchor'], labelX: number, middle: number) => {
    const left = anchor === 'start' ? labelX : anchor === 'end' ? labelX - width : labelX - width / 2;
    return {
      label: { text, x: labelX, y: middle + size / 3, anchor },
      box: { left, right: left + width, top: middle - size / 2 - 1, bottom: middle + size / 2 + 1 },
    };
  };
  const [side, above] = [r + GAP, r + GAP + size / 2];
  return [
    at('start', x + side, y),
    at('end', x - side, y),
    at('middle', x, y + above),
    at('middle', x, y - above),
    at('start', x + 0.7 * side, y + 0.7 * above),
    at('start', x + 0.7 * side, y - 0.7 * above),
    at('end', x - 0.7 * side, y + 0.7 * above),
    at('end', x - 0.7 * side, y - 0.7 * above),
  ];
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
