import { timeAxis } from '../../../page/pictures/time-axis';

const texts = (days: readonly string[]) => timeAxis(days, 0, 600).ticks.map(({ text }) => text);

test('days lie where they are between the first and the last, with a little room around', () => {
  const { x } = timeAxis(['2027-01-01', '2027-07-20'], 100, 1160);
  // 200 days with 6 before and 6 behind, in 1,060 px: 5 px a day.
  expect([x('2027-01-01'), x('2027-01-02'), x('2027-04-11'), x('2027-07-20')]).toEqual([130, 135, 630, 1130]);
});

test.each([
  ['years', ['2027-01-01', '2034-01-01'], ['2027', '2028', '2029', '2030', '2031', '2032', '2033', '2034']],
  [
    'quarters',
    ['2026-02-15', '2028-06-15'],
    ['Apr 2026', 'Jul', 'Oct', '2027', 'Apr', 'Jul', 'Oct', '2028', 'Apr', 'Jul'],
  ],
  ['months', ['2026-12-01', '2027-06-01'], ['Dec 2026', '2027', 'Feb', 'Mar', 'Apr', 'May', 'Jun']],
  ['days', ['2026-12-01', '2026-12-03'], ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']],
  ['days', ['2027-01-01'], ['2026-12-31', '2027-01-01', '2027-01-02']],
])('a time is told in %s', (_what, days, expected) => {
  expect(texts(days)).toEqual(expected);
});

test('a hundred years, and all that there are, have few lines', () => {
  expect(texts(['2027-01-01', '2126-12-31'])).toEqual(expect.arrayContaining(['2030', '2120']));
  expect(texts(['2027-01-01', '2126-12-31']).length).toBeLessThanOrEqual(12);
  const { x, ticks } = timeAxis(['0000-01-01', '9999-12-31'], 0, 700);
  expect([x('0000-01-01'), x('9999-12-31')]).toEqual([0, 700]);
  expect(ticks.length).toBeLessThanOrEqual(12);
  for (const tick of ticks) expect(tick.text).toMatch(/^\d{4}$/);
});
