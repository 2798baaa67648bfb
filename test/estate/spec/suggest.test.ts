import { didYouMean, nearest } from '../../../estate/spec/suggest';

const NAMES = ['b200', 'b300', 'gb200', 'gb300', 'h100', 'h200', 'tpu-v6e', 'tpu-v7x', 'trainium2'];

test.each([
  ['b2000', 'b200'],
  ['GB300', 'gb300'],
  ['tpu_v7x', 'tpu-v7x'],
  ['trainum2', 'trainium2'],
  ['h20', 'h200'],
  ['rtainium2', 'trainium2'],
])('takes %s for %s', (text, meant) => {
  expect(nearest(text, NAMES)).toBe(meant);
});

test.each(['', 'x', 'banana', 'a'.repeat(100_000)])('suggests nothing for %.20s', (text) => {
  expect(nearest(text, NAMES)).toBeUndefined();
  expect(didYouMean(text, NAMES)).toBe('');
});

test('does not depend on the order of the candidates', () => {
  expect(nearest('b100', NAMES)).toBe(nearest('b100', [...NAMES].reverse()));
});
