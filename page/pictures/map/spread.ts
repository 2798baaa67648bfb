/** A circle that wants to lie at a place. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Room between circles and the frame. */
const RIM = 2;
const ROUNDS = 400;
/** How much of the way back to its place a circle goes in each round. */
const PULL = 0.02;
/** Angle between circles of one place, so that no two are pushed the same way. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/**
 * Moves circles that lie on each other apart, with a gap between them, each no further from its place than it must be; none
 * leaves the frame.
 *
 * In the order of the circles, and the same each time.
 */
export function spread(
  places: readonly Circle[],
  { width, height, gap }: { readonly width: number; readonly height: number; readonly gap: number },
): readonly Circle[] {
  const circles = places.map(({ x, y, r }, index) => ({
    x: x + 0.01 * Math.cos(index * TURN),
    y: y + 0.01 * Math.sin(index * TURN),
    r,
  }));
  const inside = (value: number, r: number, most: number) => Math.max(r + RIM, Math.min(most - r - RIM, value));
  for (let round = 0; round < ROUNDS; round++) {
    const pull = round < ROUNDS / 2 ? PULL : 0;
    for (const [index, circle] of circles.entries()) {
      const place = places[index] ?? circle;
      circle.x = inside(circle.x + pull * (place.x - circle.x), circle.r, width);
      circle.y = inside(circle.y + pull * (place.y - circle.y), circle.r, height);
    }
    for (const [index, one] of circles.entries()) {
      for (const other of circles.slice(index + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const distance = Math.hypot(dx, dy);
        const missing = one.r + other.r + gap - distance;
        if (missing <= 0) continue;
        const [stepX, stepY] = [(missing * dx) / distance / 2, (missing * dy) / distance / 2];
        one.x -= stepX;
        one.y -= stepY;
        other.x += stepX;
        other.y += stepY;
      }
    }
  }
  return circles;
}
