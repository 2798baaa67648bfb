import { timeLanes, undatedCommitments } from '../../../estate/report/timeline';
import { parseEstate } from '../../../estate/spec/load';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const READ = { source: 'made up for this test', date: '2026-11-02' };
const estateWith = (changes: Changes) => parseEstate(estateText(changes), 'estate.yaml').estate;
const spans = (changes: Changes) =>
  timeLanes(estateWith(changes)).map(({ kind, path, spans: own }) => ({ kind, path, spans: own }));

test('an estate without days has no lanes', () => {
  expect(timeLanes(estateWith({}))).toEqual([]);
  expect(undatedCommitments(estateWith({}))).toEqual([]);
});

test('pools stand in phases, as large as they are, with gaps between them', () => {
  const phases = [
    { from: '2027-01-01', nodes: 4 },
    { from: '2027-02-01', nodes: 16 },
    { from: '2027-04-01', nodes: 0 },
    { from: '2027-05-01', nodes: 8 },
  ];
  expect(spans({ [`${TRAIN}.phases`]: phases })).toEqual([
    {
      kind: 'pool',
      path: TRAIN,
      spans: [
        { from: '2027-01-01', until: '2027-01-31', what: '4 nodes (32 h200)', share: 0.25 },
        { from: '2027-02-01', until: '2027-03-31', what: '16 nodes (128 h200)' },
        { from: '2027-05-01', what: '8 nodes (64 h200)', share: 0.5 },
      ],
    },
  ]);
});

test('pools stand as long as their windows', () => {
  const window = { start: '2027-01-01', end: '2027-06-30' };
  const capacity = { kind: 'reservation', ids: ['cr-0123456789abcdef0'], window };
  expect(spans({ [`${TRAIN}.capacity`]: capacity })).toEqual([
    { kind: 'pool', path: TRAIN, spans: [{ from: '2027-01-01', until: '2027-06-30', what: '16 nodes (128 h200)' }] },
  ]);
});

test('commitments, times without maintenance, prices and waivers follow, with open ends', () => {
  const price = { machine: 'p5en.48xlarge', per: 'node-hour', ...READ };
  const waiver = { rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves', until: '2027-03-31' };
  const changes = {
    'clusters.iowa.maintenance': { exclusions: [{ name: 'first', start: '2026-12-20', end: '2027-01-04' }] },
    commitments: {
      b: { cloud: 'google', amount: '2B USD', start: '2027-01-01' },
      a: { cloud: 'google', amount: '1B USD', start: '2027-01-01', years: 2 },
      c: { cloud: 'aws', amount: 'undisclosed', start: '2027-01-01', end: '2027-12-31' },
      d: { cloud: 'aws', amount: '3B USD', years: 2 },
    },
    prices: {
      currency: 'USD',
      rows: [
        { ...price, price: '60 USD', until: '2027-06-30' },
        { ...price, price: '50 USD', from: '2027-07-01', cloud: 'aws' },
        { ...price, price: '70 USD', account: 'aws-main' },
      ],
    },
    policy: { waivers: [waiver] },
  };
  expect(spans(changes)).toEqual([
    {
      kind: 'commitment',
      path: 'commitments.c',
      spans: [{ from: '2027-01-01', until: '2027-12-31', what: 'an undisclosed sum' }],
    },
    { kind: 'commitment', path: 'commitments.a', spans: [{ from: '2027-01-01', until: '2028-12-31', what: '1B USD' }] },
    { kind: 'commitment', path: 'commitments.b', spans: [{ from: '2027-01-01', what: '2B USD' }] },
    {
      kind: 'maintenance',
      path: 'clusters.iowa.maintenance.exclusions.0',
      spans: [{ from: '2026-12-20', until: '2027-01-04', what: 'first' }],
    },
    { kind: 'price', path: 'prices.rows.0', spans: [{ until: '2027-06-30', what: '60 USD a node-hour' }] },
    { kind: 'price', path: 'prices.rows.1', spans: [{ from: '2027-07-01', what: '50 USD a node-hour' }] },
    { kind: 'waiver', path: 'policy.waivers.0', spans: [{ until: '2027-03-31', what: 'moves' }] },
  ]);
  expect(undatedCommitments(estateWith(changes))).toEqual([
    { key: 'b', amount: '2B USD', lacks: 'end' },
    { key: 'd', amount: '3B USD', lacks: 'start' },
  ]);
});

test('a pool without days of its own has a lane where the calendar tells of it', () => {
  const use = (nodes: number, window?: object) => ({
    accelerator: 'h200',
    nodes,
    zone: 'us-east-2b',
    capacity: {
      kind: 'reservation',
      ids: [{ id: 'cr-0123456789abcdef0', nodes, reservedNodes: 16 }],
      ...(window && { window }),
    },
  });
  const dated = use(8, { start: '2027-01-01', end: '2027-06-30' });
  const lanes = timeLanes(estateWith({ [TRAIN]: use(8), 'clusters.ohio.pools.other': dated }));
  const [, own] = lanes;
  expect(lanes.map(({ name }) => name)).toEqual(['ohio/other', 'ohio/train']);
  expect(own?.spans).toEqual([{ what: '8 nodes (64 h200)' }]);
  expect(own?.days.map(({ date, event }) => `${date} ${event}`)).toEqual([
    '2027-01-01 overlap: cr-0123456789abcdef0 is used by clusters.ohio.pools.other too',
  ]);
});
