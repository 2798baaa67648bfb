import { fitText, textWidth } from '../../../page/parts/text-width';

test('a text that fits stays as it is, and one that does not is cut to its place', () => {
  expect(fitText('swedencentral', 12, 200)).toBe('swedencentral');
  const cut = fitText('swedencentral', 12, 50);
  expect(cut).toMatch(/^swed.*…$/);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(50);
  expect(fitText('swedencentral', 12, 3)).toBe('');
});

test('widths grow with the size of the type, and with every character', () => {
  expect(textWidth('mw', 20)).toBe(2 * textWidth('mw', 10));
  for (const character of 'ijfrAma0é漢') {
    expect(textWidth(`x${character}`, 10)).toBeGreaterThan(textWidth('x', 10));
  }
});

test('a character that takes two units is never cut in half', () => {
  expect(fitText('𝔸𝔹ℂ𝔻𝔼𝔽', 10, 40)).toMatch(/^(?:𝔸|𝔹|ℂ|𝔻|𝔼)+…$/u);
});
