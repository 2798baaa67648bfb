import { calendarRows, formatCalendar, icalendar } from '../../../estate/report/calendar';
import { parseEstate } from '../../../estate/spec/load';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const READ = { source: 'made up for this test', date: '2026-11-02' };
const HELD = { kind: 'reservation', ids: ['cr-0123456789abcdef0'] };
const estateWith = (changes: Changes) => parseEstate(estateText(changes), 'estate.yaml').estate;
const rows = (changes: Changes, query = {}) =>
  calendarRows(estateWith(changes), query).map(({ date, path, event }) => `${date} ${path}: ${event}`);

test('nothing begins or ends in an estate without days', () => {
  expect(rows({})).toEqual([]);
  expect(formatCalendar([])).toBe('nothing begins or ends in this time');
});

test('pools begin, grow, shrink, have gaps and end', () => {
  const phases = [
    { from: '2027-01-01', nodes: 4, optionBy: '2026-12-01' },
    { from: '2027-02-01', nodes: 16 },
    { from: '2027-03-01', nodes: 8 },
    { from: '2027-04-01', nodes: 0 },
    { from: '2027-05-01', nodes: 2 },
    { from: '2027-06-01', nodes: 0 },
  ];
  expect(rows({ [`${TRAIN}.phases`]: phases })).toEqual([
    `2026-12-01 ${TRAIN}: last day of the option on the phase of 2027-01-01`,
    `2027-01-01 ${TRAIN}: 4 nodes (32 h200) begin`,
    `2027-02-01 ${TRAIN}: grows from 4 nodes (32 h200) to 16 nodes (128 h200)`,
    `2027-03-01 ${TRAIN}: shrinks from 16 nodes (128 h200) to 8 nodes (64 h200)`,
    `2027-04-01 ${TRAIN}: gap: nothing stands until 2027-05-01`,
    `2027-05-01 ${TRAIN}: 2 nodes (16 h200) begin`,
    `2027-06-01 ${TRAIN}: ends: 2 nodes (16 h200) go`,
  ]);
});

test('terms of sums that nobody discloses are told in words', () => {
  const term = { cloud: 'aws', amount: 'undisclosed', start: '2027-01-01', years: 1 };
  expect(rows({ 'commitments.aws': term })).toEqual([
    '2027-01-01 commitments.aws: the term of an undisclosed sum begins',
    '2027-12-31 commitments.aws: last day of the term of an undisclosed sum',
  ]);
});

test('windows begin and end, and are asked for in time', () => {
  const changes = {
    [`${TRAIN}.capacity`]: { ...HELD, window: { start: '2027-01-01', end: '2027-06-30' } },
    policy: { noticeDays: { reservation: 30 } },
  };
  expect(rows(changes)).toEqual([
    `2026-12-02 ${TRAIN}: last day to ask for 16 nodes (128 h200) from 2027-01-01 (30 days of notice)`,
    `2027-01-01 ${TRAIN}: 16 nodes (128 h200) begin`,
    `2027-07-01 ${TRAIN}: ends with its reservation: 16 nodes (128 h200) go`,
  ]);
  expect(rows(changes, { from: '2027-01-01', until: '2027-01-31' })).toHaveLength(1);
});

test('pools that hold one reservation overlap', () => {
  const shared = { kind: 'reservation', window: { start: '2027-01-01', end: '2027-06-30' } };
  const use = (nodes: number) => ({
    accelerator: 'h200',
    nodes,
    zone: 'us-east-2b',
    capacity: { ...shared, ids: [{ id: 'cr-0123456789abcdef0', nodes, reservedNodes: 16 }] },
  });
  const found = rows({ [TRAIN]: use(8), 'clusters.ohio.pools.other': use(8) });
  expect(found).toContain(
    `2027-01-01 ${TRAIN}: overlap: cr-0123456789abcdef0 is used by clusters.ohio.pools.other too`,
  );
});

test('commitments, prices and waivers have their days', () => {
  const changes = {
    'commitments.aws': {
      cloud: 'aws',
      amount: '38B USD',
      start: '2026-01-01',
      years: 7,
      ramp: [{ by: '2027-12-31', amount: '4B USD' }],
    },
    prices: {
      currency: 'USD',
      rows: [
        { storeKind: 'lustre', price: '145 USD', per: 'TiB-month', from: '2026-06-01', until: '2028-05-31', ...READ },
      ],
    },
    policy: {
      regions: { deny: ['us-east-2'] },
      waivers: [{ rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves', until: '2027-03-31' }],
    },
  };
  expect(rows(changes)).toEqual([
    '2026-01-01 commitments.aws: the term of 38B USD begins',
    '2026-06-01 prices.rows.0: price begins: 145 USD a TiB-month of storeKind lustre',
    '2027-03-31 policy.waivers.0: last day of the waiver of PolicyRegion at sites.ohio (moves)',
    '2027-12-31 commitments.aws: 4B USD have to be spent',
    '2028-05-31 prices.rows.0: last day of the price: 145 USD a TiB-month of storeKind lustre',
    '2032-12-31 commitments.aws: last day of the term of 38B USD',
  ]);
});

describe('iCalendar', () => {
  const long = 'a, b; c\\d — '.repeat(12);
  const event = { date: '2027-03-31', path: 'sites.ohio', event: long };
  const text = icalendar('atlas', [event, event]);

  test('has an event of a day for each row, with ids of their own and no clock', () => {
    expect(text.split('\r\n').slice(0, 7)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//training-estate//calendar//EN',
      'BEGIN:VEVENT',
      'UID:20270331-sites.ohio@atlas.training-estate',
      'DTSTAMP:20270331T000000Z',
      'DTSTART;VALUE=DATE:20270331',
    ]);
    expect(text).toContain('UID:20270331-sites.ohio-2@atlas.training-estate');
    expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR')).toBe(true);
  });

  test('has lines of 75 octets at most, which unfold to what was said', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const summary = text
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .find((line) => line.startsWith('SUMMARY:'));
    expect(summary?.replace(/^SUMMARY:/, '').replace(/\\([\\;,])/g, '$1')).toBe(`sites.ohio: ${long}`);
  });
});
