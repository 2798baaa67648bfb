import { admits } from '../../provider/version';

test.each([
  ['4.81.0', true],
  ['= 4.81.0', true],
  ['4.81.1', false],
  ['!= 4.81.0', false],
  ['~> 4.0', true],
  ['~> 4.80.0', false],
  ['~> 4.81.0', true],
  ['>= 4.50, < 5.0', true],
  ['> 4.81.0', false],
  ['<= 4.81', true],
  ['~> 3.0', false],
  ['latest', false],
])('%s admits 4.81.0: %s', (constraint, expected) => {
  expect(admits(constraint, '4.81.0')).toBe(expected);
});
