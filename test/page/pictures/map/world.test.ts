import { worldView } from '../../../../page/pictures/map/world';

const [ASHBURN, LONDON, TOKYO, SYDNEY, FRANKFURT] = [
  [-77.49, 39.04],
  [-0.13, 51.51],
  [139.69, 35.69],
  [151.21, -33.87],
  [8.68, 50.11],
] as const;

describe('the part of the world that is drawn', () => {
  test('is all of it where sites lie far apart, with north above south and west left of east', () => {
    const view = worldView([ASHBURN, LONDON, TOKYO, SYDNEY]);
    expect(view.isWhole).toBe(true);
    const [[west, north], [east, south]] = [view.at(ASHBURN), view.at(SYDNEY)];
    expect(west).toBeLessThan(east);
    expect(north).toBeLessThan(south);
    for (const [x, y] of [ASHBURN, LONDON, TOKYO, SYDNEY].map(view.at)) {
      expect(x > 0 && x < view.width && y > 0 && y < view.height).toBe(true);
    }
  });

  test.each([
    ['one site', [ASHBURN]],
    ['two sites of Europe', [LONDON, FRANKFURT]],
    ['sites on both sides of the seam of the world', [[172.6, -43.5] as const, [-157.8, 21.3] as const]],
  ])('is the part around %s, with land', (_, points) => {
    const view = worldView(points);
    expect(view.isWhole).toBe(false);
    expect(view.land.length).toBeGreaterThan(500);
    for (const [x, y] of points.map(view.at)) expect(x > 0 && x < 960 && y > 0 && y < view.height).toBe(true);
  });

  test('is the world where there are no sites', () => {
    expect(worldView([]).land.length).toBeGreaterThan(10_000);
  });

  test('has ways that bend as the globe does, and end where they should', () => {
    const view = worldView([ASHBURN, LONDON, TOKYO]);
    const [from, to] = [view.at(ASHBURN), view.at(LONDON)];
    const way = view.way(from, to);
    const [first = [0, 0], last = [0, 0]] = [way[0], way.at(-1)];
    expect(Math.hypot(first[0] - from[0], first[1] - from[1])).toBeLessThan(0.5);
    expect(Math.hypot(last[0] - to[0], last[1] - to[1])).toBeLessThan(0.5);
    expect(Math.min(...way.map(([, y]) => y))).toBeLessThan(Math.min(from[1], to[1]) - 5);
  });

  test('has lines that end where the world is cut and begin again on its other side, and leave the picture nowhere', () => {
    const MUMBAI = [72.88, 19.08] as const;
    const OREGON = [-119.29, 45.84] as const;
    const view = worldView([OREGON, TOKYO, SYDNEY, MUMBAI]);
    const pieces = (far: readonly [number, number]) => view.line(view.at(OREGON), view.at(far)).split('M').length - 1;
    expect([TOKYO, SYDNEY, MUMBAI].map(pieces)).toEqual([2, 2, 2]);
    expect(view.line(view.at(TOKYO), view.at(SYDNEY)).split('M')).toHaveLength(2);
  });
});
