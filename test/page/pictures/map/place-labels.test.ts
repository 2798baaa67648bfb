import { placeLabels } from '../../../../page/pictures/map/place-labels';

const FRAME = { width: 400, height: 200, lines: [] };

describe('labels beside circles', () => {
  test('stand on the right where there is room', () => {
    expect(placeLabels([{ x: 100, y: 100, r: 10, text: 'ohio' }], 12, FRAME)).toEqual([
      { text: 'ohio', x: 114, y: 104, anchor: 'start', isOnLine: false },
    ]);
  });

  test('stand on the left at the right rim', () => {
    const [label] = placeLabels([{ x: 380, y: 100, r: 10, text: 'ohio' }], 12, FRAME);
    expect(label).toMatchObject({ x: 366, anchor: 'end' });
  });

  test('stand on no line', () => {
    const lines = Array.from({ length: 40 }, (_, index) => [112 + index * 2, 100] as const);
    const [label] = placeLabels([{ x: 100, y: 100, r: 10, text: 'ohio' }], 12, { ...FRAME, lines });
    expect(label?.anchor).toBe('end');
  });

  test('stand on a line only where they may, and have no other room', () => {
    const circle = { x: 200, y: 100, r: 10, text: 'ohio' };
    const grid = Array.from({ length: 8000 }, (_, index) => [index % 400, 10 * Math.floor(index / 400)] as const);
    expect(placeLabels([circle], 12, { ...FRAME, lines: grid })).toEqual([undefined]);
    expect(placeLabels([circle], 12, { ...FRAME, lines: grid, crossesLines: true })).toEqual([
      { text: 'ohio', x: 214, y: 104, anchor: 'start', isOnLine: true },
    ]);
    expect(placeLabels([circle], 12, { ...FRAME, crossesLines: true })[0]?.isOnLine).toBe(false);
  });

  test('are left out where no place is free, those of small circles first', () => {
    const large = { x: 100, y: 100, r: 20, text: 'a name of some length' };
    const small = { x: 100, y: 100, r: 5, text: 'another name' };
    const narrow = { width: 260, height: 125, lines: [] };
    const [first, second] = placeLabels([small, large], 12, narrow);
    expect(second).toBeDefined();
    expect(first).toBeUndefined();
  });
});
