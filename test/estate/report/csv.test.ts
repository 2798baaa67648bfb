import { formatCsv } from '../../../estate/report/csv';

describe('CSV', () => {
  test('has a column for each key that any row has, in the order of first appearance', () => {
    expect(
      formatCsv([
        { a: 1, b: 'x' },
        { b: 'y', c: true },
      ]),
    ).toBe('a,b,c\r\n1,x,\r\n,y,true');
  });

  test.each([
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    [['one', 'two'], 'one; two'],
    [null, ''],
    [undefined, ''],
    [-1.5, '-1.5'],
    ['=1+1', "'=1+1"],
    ['@sum', "'@sum"],
  ])('prints %j as %s', (value, cell) => {
    expect(formatCsv([{ key: value }])).toBe(`key\r\n${cell}`);
  });

  test('is only empty when there is no row', () => {
    expect(formatCsv([])).toBe('');
  });
});
