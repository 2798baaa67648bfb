import { CLOUDS } from '../../estate/catalog';
import { PALETTE, type Tone, type ToneName, toneDeclarations } from '../../page/palette';
import { contrast as contrastOf } from '../helpers/contrast';

const GROUNDS = ['light', 'dark'] as const;
const BELOW: readonly ToneName[] = ['ground', 'sheet', 'band'];
const TEXTS: readonly ToneName[] = ['ink', 'soft', 'link', 'good', 'warn', 'bad'];
const MARKS: readonly ToneName[] = [...CLOUDS, 'other', 'spare', 'good', 'warn', 'bad'];

function contrast(one: ToneName, other: ToneName, ground: keyof Tone): number {
  return contrastOf(PALETTE[one][ground], PALETTE[other][ground]);
}

const pairs = (names: readonly ToneName[], others: readonly ToneName[]) =>
  GROUNDS.flatMap((ground) => names.flatMap((name) => others.map((other) => [name, other, ground] as const)));

test.each(pairs(TEXTS, BELOW))('%s can be read on %s of %s ground', (text, below, ground) => {
  expect(contrast(text, below, ground)).toBeGreaterThanOrEqual(4.5);
});

test.each(pairs(['on-mark'], MARKS))('%s can be read on marks of %s on %s ground', (text, mark, ground) => {
  expect(contrast(text, mark, ground)).toBeGreaterThanOrEqual(4.5);
});

test.each(pairs(MARKS, [...BELOW, 'land']))('marks of %s stand out from %s on %s ground', (mark, below, ground) => {
  expect(contrast(mark, below, ground)).toBeGreaterThanOrEqual(3);
});

test('every colour is declared for both grounds', () => {
  for (const ground of GROUNDS) {
    const declared = toneDeclarations(ground).split(';');
    expect(declared).toHaveLength(Object.keys(PALETTE).length);
    for (const each of declared) expect(each).toMatch(/^--[a-z-]+:#[0-9a-f]{6}$/);
  }
});
