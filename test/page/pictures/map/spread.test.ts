import fc from 'fast-check';
import { spread } from '../../../../page/pictures/map/spread';

const FRAME = { width: 960, height: 480, gap: 2 };

describe('circles that are moved apart', () => {
  test('do not lie on each other, and stay in the frame', () => {
    const circle = fc.record({
      x: fc.integer({ min: 0, max: 960 }),
      y: fc.integer({ min: 0, max: 480 }),
      r: fc.integer({ min: 5, max: 15 }),
    });
    fc.assert(
      fc.property(fc.array(circle, { maxLength: 25 }), (places) => {
        const circles = spread(places, FRAME);
        for (const [index, one] of circles.entries()) {
          expect(one.x).toBeGreaterThan(-1);
          expect(one.x).toBeLessThan(961);
          for (const other of circles.slice(index + 1)) {
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.r + other.r);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('stay where they are where nothing is in their way', () => {
    const [one, other] = spread(
      [
        { x: 100, y: 100, r: 20 },
        { x: 300, y: 200, r: 10 },
      ],
      FRAME,
    );
    expect(one?.x).toBeCloseTo(100, 0);
    expect(other?.y).toBeCloseTo(200, 0);
  });

  test('of one place lie around it', () => {
    const circles = spread(
      Array.from({ length: 4 }, () => ({ x: 500, y: 240, r: 20 })),
      FRAME,
    );
    for (const { x, y } of circles) expect(Math.hypot(x - 500, y - 240)).toBeLessThan(60);
    expect(circles).toEqual(
      spread(
        Array.from({ length: 4 }, () => ({ x: 500, y: 240, r: 20 })),
        FRAME,
      ),
    );
  });
});
