import { shortMegawatts } from '../../../page/parts/megawatts';

test.each([
  [0, '0.0'],
  [0.011628, '0.012'],
  [0.5, '0.5'],
  [1.04, '1.0'],
  [200.77, '200.8'],
])('says %d megawatts so that they are not read as nothing', (value, text) => {
  expect(shortMegawatts(value)).toBe(text);
});
