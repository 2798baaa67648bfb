import fc from 'fast-check';
import {
  coinDecimals,
  decimalText,
  isCurrency,
  MONTH_HOURS,
  PARTS,
  parseSum,
  sumText,
  timesDecimal,
} from '../../estate/money';

const parts = (text: string) => parseSum(text)?.parts ?? -1n;

describe('sums of money', () => {
  test.each([
    ['38B USD', 38_000_000_000n * PARTS],
    ['0.5M EUR', 500_000n * PARTS],
    ['98.32 USD', (9832n * PARTS) / 100n],
    ['0.000000001 USD', PARTS / 10n ** 9n],
    ['12000 JPY', 12_000n * PARTS],
  ])('reads %s exactly', (text, expected) => {
    expect(parts(text)).toBe(expected);
  });

  test.each(['38B', 'USD 38', '-5 USD', '1e9 USD', '38 usd', '1,000 USD', '0.0000000001 USD', '', '5T USD'])(
    'fails when it reads "%s"',
    (text) => {
      expect(parseSum(text)).toBeUndefined();
    },
  );

  test.each([
    ['98.32 USD', '98.32', '98.32 USD'],
    ['98.3 USD', '98.30', '98.30 USD'],
    ['0.000032 USD', '0.000032', '0.00 USD'],
    ['0.0000005 USD', '0.000001', '0.00 USD'],
    ['38B USD', '38000000000.00', '38,000,000,000.00 USD'],
    ['1234567 JPY', '1234567', '1,234,567 JPY'],
  ])('prints %s as %s and as %s', (text, decimal, shown) => {
    const sum = parseSum(text);
    expect(sum && [decimalText(sum), sumText(sum)]).toEqual([decimal, shown]);
  });

  test('prints what is below nothing with its sign, and nothing without one', () => {
    expect(decimalText({ currency: 'USD', parts: -parts('1.5 USD') })).toBe('-1.50');
    expect(sumText({ currency: 'USD', parts: -1n })).toBe('0.00 USD');
  });

  test('knows currencies and their coins', () => {
    expect(['USD', 'EUR', 'JPY', 'USX', 'usd'].map(isCurrency)).toEqual([true, true, true, false, false]);
    expect(['USD', 'JPY', 'KWD'].map(coinDecimals)).toEqual([2, 0, 3]);
  });

  test('adds up to what was divided: tenths, hours of a month, rates of nine decimals', () => {
    const price = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 10 ** 9 }), (billionths, rate) => {
        const sum = (billionths * PARTS) / 10n ** 9n;
        expect((sum / MONTH_HOURS) * MONTH_HOURS).toBe(sum);
        const one = `0.${String(rate % 10 ** 9).padStart(9, '0')}`;
        const rest = `0.${String(10 ** 9 - (rate % 10 ** 9)).padStart(9, '0')}`.replace('0.1000000000', '1.0');
        expect(timesDecimal(sum, one) + timesDecimal(sum, rest)).toBe(sum);
      }),
    );
  });
});
