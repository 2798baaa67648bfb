import fc from 'fast-check';
import { cidr, cidrHost, cidrSubnet, formatCidr, parseCidr } from '../../estate/cidr';
import { PARTS, parseSum, shortSum } from '../../estate/money';
import { compareKeys, convertSize, deepFreeze, formatCount, groupBy, parseMoney } from '../../estate/units';

describe('units', () => {
  test.each([
    ['38B USD', { amount: 38e9, currency: 'USD' }],
    ['2.5M EUR', { amount: 2.5e6, currency: 'EUR' }],
    ['12000 USD', { amount: 12000, currency: 'USD' }],
    ['38B', undefined],
    ['USD 38', undefined],
    ['-1 USD', undefined],
  ])('reads the sum %s', (text, sum) => {
    expect(parseMoney(text)).toEqual(sum);
  });

  test.each(['38B USD', '38.5B USD', '2.25M EUR', '12K USD', '999 USD', '588B USD', '1.23B USD'])(
    'prints the sum %s as it is written',
    (text) => {
      const sum = parseSum(text);
      expect(sum && shortSum(sum)).toBe(text);
    },
  );

  test('prints sums that no unit shortens in full', () => {
    expect(shortSum({ parts: 1_234_567_891n * PARTS, currency: 'USD' })).toBe('1,234,567,891 USD');
  });

  test('converts sizes between binary and decimal units', () => {
    expect(convertSize(1200, 'TiB', 'GiB')).toBe(1228800);
    expect(convertSize(31.2, 'TB', 'GB')).toBeCloseTo(31200, 6);
  });

  test('prints counts with separators whatever the locale', () => {
    expect([7, 1024, 200016, 1234567].map(formatCount)).toEqual(['7', '1,024', '200,016', '1,234,567']);
  });

  test('orders keys with their numbers as numbers', () => {
    expect(['rack-10', 'rack-2', 'a', 'rack'].sort(compareKeys)).toEqual(['a', 'rack', 'rack-2', 'rack-10']);
  });

  test('orders keys totally', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(Math.sign(compareKeys(one, other))).toBe(-Math.sign(compareKeys(other, one)) + 0);
      }),
    );
  });

  test('freezes everything in a value', () => {
    const value = deepFreeze({ list: [{ name: 'a' }] });
    expect(Object.isFrozen(value.list[0])).toBe(true);
  });

  test('orders keys like lists of words and numbers', () => {
    const reference = (one: string, other: string): number => {
      const [left, right] = [one.match(/\d+|\D+/g) ?? [], other.match(/\d+|\D+/g) ?? []];
      for (const [index, a] of left.entries()) {
        const b = right[index];
        if (b === undefined) return 1;
        if (a === b) continue;
        const numeric = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : 0;
        return numeric !== 0 ? numeric : a < b ? -1 : 1;
      }
      return left.length - right.length;
    };
    const text = fc.array(fc.constantFrom('a', 'b', '-', '.', '1', '2', '0', '10'), { maxLength: 6 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = [one.join(''), other.join('')];
        expect([left, right, Math.sign(compareKeys(left, right))]).toEqual([
          left,
          right,
          Math.sign(reference(left, right)),
        ]);
      }),
      { numRuns: 3000 },
    );
  });

  test('groups in the order of first appearance', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], (text) => text.slice(0, 1))]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});

describe('IPv4 blocks', () => {
  test.each(['10.0.0.0/8', '100.64.0.0/10', '0.0.0.0/0', '255.255.255.255/32'])('reads and prints %s', (text) => {
    expect(formatCidr(cidr(text))).toBe(text);
  });

  test.each(['10.0.0.1/8', '10.0.0/8', '10.0.0.0/33', '256.0.0.0/8', 'banana', '', '10.0.0.0'])(
    'refuses %p',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  test('finds hosts and sub-blocks', () => {
    expect(cidrHost('172.20.0.0/16', 10)).toBe('172.20.0.10');
    expect(cidrSubnet('192.168.128.0/17', 20, 3)).toBe('192.168.176.0/20');
  });
});
