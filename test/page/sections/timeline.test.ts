import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { calendarRows } from '../../../estate/report/calendar';
import { timeLanes } from '../../../estate/report/timeline';
import { parseEstate } from '../../../estate/spec/load';
import { timeAxis } from '../../../page/pictures/time-axis';
import { TIMELINE } from '../../../page/sections/timeline';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { ROOT } from '../../helpers/cli';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, PAGE_DAY, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).flatMap((file) =>
  file.endsWith('.yaml') ? [file.replace('.yaml', '')] : [],
);
const TRAIN = 'clusters.ohio.pools.train';
const bodyWith = (changes: Changes, day?: string) =>
  bodyOf(TIMELINE, pageFrom(parseEstate(estateText(changes), 'estate.yaml').estate, day)) ?? '';
const titlesOf = (html: string) =>
  [...html.matchAll(/<title>([^<]*)<\/title>/g)].flatMap(([, text]) => textOf(text).split('\n'));
const windowed = (start: string, end: string) => ({
  [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['cr-0123456789abcdef0'], window: { start, end } },
});

test.each(EXAMPLES)('every day of %s is drawn once, and stands in the calendar', (example) => {
  const page = pageOf(example);
  const html = bodyOf(TIMELINE, page) ?? '';
  const rows = calendarRows(page.estate);
  const titles = titlesOf(html);
  const drawn = timeLanes(page.estate).flatMap(({ path }) => titles.filter((title) => title === path));
  expect(drawn).toHaveLength(timeLanes(page.estate).length);
  for (const { date, event } of rows) {
    const alike = rows.filter((row) => row.date === date && row.event === event).length;
    expect([event, titles.filter((title) => title === `${date}: ${event}`).length]).toEqual([event, alike]);
  }
  const tables = readTables(html).filter(({ view }) => view === 'calendar');
  expect(tables.flatMap(keyedRows)).toEqual(asCells(rows));
});

test('marks and bars lie where their days do', () => {
  const html = bodyWith(windowed('2027-01-01', '2027-07-19'), '2027-01-01');
  // As wide as the picture draws it: 6 days before, 200 days, and 6 behind.
  const { x } = timeAxis(['2027-01-01', '2027-07-20'], 200, 920);
  expect([x('2027-01-01'), x('2027-07-20')]).toEqual([220.38, 899.62]);
  expect(html).toContain('<path d="M220.38 73V57H899.62V73Z" fill="var(--aws)">');
  expect(html).toMatch(/<path d="M220\.38 54v22"[^>]*><title>2027-01-01: 16 nodes \(128 h200\) begin<\/title>/);
  expect(html).toMatch(/<path d="M899\.62 54v22"[^>]*><title>2027-07-20: ends with its reservation: /);
  expect(html).toContain('<path d="M220.38 26V78" stroke="var(--ink)" stroke-width="2" stroke-dasharray="5 4"');
});

test('open ends reach the end of the axis with an arrow', () => {
  const html = bodyWith({ [`${TRAIN}.phases`]: [{ from: '2027-01-01', nodes: 16 }] }, '2027-01-01');
  expect(html).toMatch(/<path d="M560 73V57H910L920 65L910 73Z" fill="var\(--aws\)"><title>[^<]*, from 2027-01-01: 16/);
  expect(html).toContain('an arrow: open end');
});

test('what stands in part is drawn as a part of the height', () => {
  const phases = [
    { from: '2027-01-01', nodes: 4 },
    { from: '2027-02-01', nodes: 16 },
  ];
  const html = bodyWith({ [`${TRAIN}.phases`]: phases });
  const heights = [...html.matchAll(/<path d="M[\d.]+ (\d+)V(\d+)H/g)].map(([, from, to]) => Number(from) - Number(to));
  expect(heights).toEqual([4, 16]);
});

test.each(['2020-01-01', PAGE_DAY, '2033-07-01', '2100-01-01'])('%s is drawn, wherever it lies', (day) => {
  const html = bodyOf(TIMELINE, pageOf('portfolio', day)) ?? '';
  expect(html).toContain(`>as of ${day}</text>`);
  const [, line = ''] =
    /d="M([\d.]+) [\d.]+V[\d.]+" stroke="var\(--ink\)" stroke-width="2" stroke-dash/.exec(html) ?? [];
  expect(Number(line)).toBeGreaterThanOrEqual(200);
  expect(Number(line)).toBeLessThanOrEqual(920);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

test('says what comes next, and that nothing does', () => {
  expect(bodyOf(TIMELINE, pageOf('portfolio'))).toContain(
    '27 dates of 15 entries, from 2026-12-01 to 2033-12-31; the next is 2026-12-01.',
  );
  const next = tableOf(bodyOf(TIMELINE, pageOf('portfolio', '2027-12-31')), 'What comes next, as of 2027-12-31');
  expect(next.rows[0]).toEqual(['2027-12-31', 'commitments.aws', '1B USD have to be spent']);
  const html = bodyOf(TIMELINE, pageOf('portfolio', '2040-01-01')) ?? '';
  expect(html).toContain('nothing more after 2040-01-01.');
  expect(html).not.toContain('What comes next');
});

test('names what has no place in time', () => {
  expect(bodyOf(TIMELINE, pageOf('frontier'))).toContain(
    'Commitments without a start, which have no place in time: aws (38B USD), azure (250B USD), google (an undisclosed sum) and oracle (300B USD).',
  );
  const commitments = { a: { cloud: 'aws', amount: '1B USD' } };
  expect(textOf(bodyWith({ commitments }))).toBe(
    'Commitments without a start, which have no place in time: a (1B USD).',
  );
});

test('is left out where nothing has a day', () => {
  expect(bodyWith({})).toBe('');
});

test('a term of decades has few lines, and names that look like markup are text', () => {
  const reason = '</text><script>alert(1)</script>';
  const waiver = { rule: 'PolicyRegion', path: 'sites.ohio', reason, until: '2126-12-31' };
  const html = bodyWith({ policy: { waivers: [waiver] } });
  expect([...html.matchAll(/text-anchor="middle"/g)].length).toBeLessThan(20);
  expect(html).not.toContain('<script');
  expect(textOf(html)).toContain(reason);
  expect(html.length).toBeLessThan(6000);
});

test('is the same each time', () => {
  expect(bodyOf(TIMELINE, pageOf('portfolio'))).toBe(bodyOf(TIMELINE, pageOf('portfolio')));
});
