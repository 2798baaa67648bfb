import { dayAfter, daysBetween, isDay, monthsFrom, yearsAfter } from '../../estate/days';

describe('days', () => {
  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
  ])('the day %s and %i more is %s', (day, days, expected) => {
    expect(dayAfter(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  test.each([
    ['2026-01-01', 7, '2033-01-01'],
    ['2028-02-29', 1, '2029-02-28'],
    ['2026-07-01', 2.5, '2029-01-01'],
  ])('%s and %d years more is %s', (day, years, expected) => {
    expect(yearsAfter(day, years)).toBe(expected);
  });

  test('what lies beyond four digits of years is the last day that has them', () => {
    expect([dayAfter('9999-12-31', 1), yearsAfter('9990-01-01', 30), dayAfter('0000-01-01', -1)]).toEqual([
      '9999-12-31',
      '9999-12-31',
      '0000-01-01',
    ]);
  });

  test('months begin on their first days, but for the one that a time begins in', () => {
    expect(monthsFrom('2026-11-15', '2027-01-01')).toEqual(['2026-11-15', '2026-12-01', '2027-01-01']);
    expect(monthsFrom('2026-11-15', '2026-11-20')).toEqual(['2026-11-15']);
  });

  test.each(['2026-02-29', '2026-13-01', '26-01-01', 'today', ''])('fails when "%s" is taken for a day', (text) => {
    expect(isDay(text)).toBe(false);
  });
});
