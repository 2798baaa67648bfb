import { drawnRanges } from '../../tools/mutate-sample';

const LINES = new Map([
  ['a.ts', 30],
  ['b.ts', 12],
]);

describe('a sample of mutants', () => {
  test('of everything holds every line once', () => {
    expect(drawnRanges(LINES, 1)).toEqual(['a.ts:1-12', 'a.ts:13-24', 'a.ts:25-30', 'b.ts:1-12']);
  });

  test('takes every n-th piece, across files', () => {
    expect(drawnRanges(LINES, 2)).toEqual(['a.ts:13-24', 'b.ts:1-12']);
    expect(drawnRanges(LINES, 4)).toEqual(['a.ts:25-30']);
    expect(drawnRanges(LINES, 100)).toEqual([]);
  });
});
