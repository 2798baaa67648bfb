import { aboutSum, shownSum } from '../../../page/parts/money';

test.each([
  ['1573.12', 'USD', '1,573.12'],
  ['0.000032', 'USD', '0.00'],
  ['38000000000.00', 'USD', '38,000,000,000.00'],
  ['1500', 'JPY', '1,500'],
])('%s %s is read as %s', (text, currency, expected) => {
  expect(shownSum(text, currency)).toBe(expected);
});

test.each([
  [0, '0'],
  [0.5, '0.5'],
  [999, '999'],
  [1_000, '1K'],
  [24_789_534, '24.8M'],
  [1_116_387_840, '1.12B'],
  [250e9, '250B'],
  [12_345e9, '12345B'],
])('%d is about %s', (value, expected) => {
  expect(aboutSum(value)).toBe(expected);
});
