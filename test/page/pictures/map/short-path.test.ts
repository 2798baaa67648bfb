import fc from 'fast-check';
import { shortPath } from '../../../../page/pictures/map/short-path';

/** Points of a path of `M`, relative `l` and `z`, as a browser draws it. */
function pointsOf(path: string): readonly (readonly [number, number])[][] {
  return path
    .split('M')
    .filter((part) => part !== '')
    .map((part) => {
      const [start = '', rest = ''] = part.replace('z', '').split('l');
      const numbers = (text: string) => [...text.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([number]) => Number(number));
      let [x = 0, y = 0] = numbers(start);
      const steps = numbers(rest);
      const points: (readonly [number, number])[] = [[x, y]];
      for (let at = 0; at < steps.length; at += 2) {
        x += steps[at] ?? 0;
        y += steps[at + 1] ?? 0;
        // No negative zeros, which are equal to none.
        points.push([Math.round(x * 10) / 10 + 0, Math.round(y * 10) / 10 + 0]);
      }
      return points;
    });
}

describe('a short path', () => {
  test('has each point by its distance to the one before', () => {
    expect(shortPath('M10,20L12.5,19.5L12.5,25ZM-1.5,0.5L0,0')).toBe('M10 20l2.5-.5 0 5.5zM-1.5 .5l1.5-.5');
  });

  test('leaves out points that are not apart', () => {
    expect(shortPath('M10,20L10.04,20.01L11,20')).toBe('M10 20l1 0');
  });

  test('leads through the same points, to a tenth', () => {
    const tenths = fc.integer({ min: -9999, max: 9999 }).map((value) => value / 10);
    fc.assert(
      fc.property(fc.array(fc.tuple(tenths, tenths), { minLength: 1, maxLength: 30 }), (points) => {
        const path = `M${points.map(([x, y]) => `${x},${y}`).join('L')}Z`;
        const distinct = points.filter(
          ([x, y], at) => at === 0 || x !== points[at - 1]?.[0] || y !== points[at - 1]?.[1],
        );
        expect(pointsOf(shortPath(path))).toEqual([distinct.map(([x, y]) => [x, y])]);
      }),
    );
  });
});
