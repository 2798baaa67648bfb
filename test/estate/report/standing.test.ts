import { formatStanding, standingOf } from '../../../estate/report/standing';
import { parseEstate } from '../../../estate/spec/load';
import { type Changes, estateText } from '../spec/fixtures';

const TRAIN = 'clusters.ohio.pools.train';
const estateWith = (changes: Changes) => parseEstate(estateText(changes), 'estate.yaml').estate;
const PHASES = [
  { from: '2027-01-01', nodes: 4 },
  { from: '2027-02-01', nodes: 16 },
  { from: '2027-04-01', nodes: 0 },
];
const PHASED = estateWith({ [`${TRAIN}.phases`]: PHASES });
const ALWAYS = (standingOf(PHASED, '2026-11-30', 'nodes')?.planned ?? 0) - 16;

test('an estate without days stands as it is planned', () => {
  expect(standingOf(estateWith({}), '2026-11-30', 'accelerators')).toBeUndefined();
  expect(formatStanding(estateWith({}), '2026-11-30')).toBe('');
});

test.each([
  ['2026-11-30', 0],
  ['2027-01-31', 4],
  ['2027-04-01', 0],
])('on %s as many nodes stand as its phase has', (day, nodes) => {
  expect(standingOf(PHASED, day, 'nodes')).toEqual({
    day,
    onDay: ALWAYS + nodes,
    planned: ALWAYS + 16,
    most: ALWAYS + 16,
    from: '2027-02-01',
  });
});

test('nothing is said on a day on which all stands', () => {
  expect(formatStanding(PHASED, '2027-02-01')).toBe('');
  expect(standingOf(PHASED, '2027-02-01', 'power')).toBeUndefined();
});

test('says from when on all stands at once', () => {
  expect(formatStanding(PHASED, '2026-11-30')).toMatch(
    /^On 2026-11-30 stand [\d,]+ of [\d,]+ planned accelerators; all stand at once from 2027-02-01 on\.$/,
  );
});

test('says how much stands at most where all of it never does', () => {
  const window = { start: '2026-01-01', end: '2026-06-30' };
  const estate = estateWith({
    [`${TRAIN}.phases`]: PHASES.slice(0, 2),
    'clusters.ohio.pools.old': {
      accelerator: 'h200',
      machine: 'p5en.48xlarge',
      zone: 'us-east-2a',
      nodes: 8,
      capacity: { kind: 'reservation', ids: ['cr-0fedcba9876543210'], window },
    },
  });
  const [least, most] = [standingOf(estate, '2026-11-30', 'nodes'), standingOf(estate, '2027-03-01', 'nodes')];
  expect(least).toMatchObject({ onDay: ALWAYS, planned: ALWAYS + 24, most: ALWAYS + 16, from: '2027-02-01' });
  expect(most).toMatchObject({ onDay: ALWAYS + 16, most: ALWAYS + 16 });
  expect(formatStanding(estate, '2026-11-30')).toContain('; at most ');
  expect(formatStanding(estate, '2027-03-01')).toMatch(/; more never stand at once\.$/);
});
