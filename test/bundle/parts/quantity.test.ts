import { quantity } from '../../../bundle/parts/quantity';

test.each([
  ['nvidia.com/gpu', 2000, '2000'],
  ['cpu', 0, '0'],
  ['memory', 0, '0'],
  ['memory', 1000, '1000Gi'],
  ['memory', 1024, '1Ti'],
  ['memory', 3 * 1024 * 1024, '3Pi'],
  ['memory', 1.5, '1536Mi'],
])('%s of %d is written %s', (resource, value, text) => {
  expect(quantity(resource, value)).toBe(text);
});
