import { EstateError } from '../../../estate/diagnostics';
import { parseEstate } from '../../../estate/spec/load';
import { waiversOn } from '../../../estate/spec/waivers';
import { type Changes, estateText, findingsIn } from './fixtures';

const DENIED = { regions: { deny: ['us-east-2'] } };
const waiver = (more: object = {}) => ({
  waivers: [{ rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves in March', until: '2027-03-31', ...more }],
});
const exitCode = (changes: Changes): number => {
  try {
    parseEstate(estateText(changes), 'estate.yaml');
    return 0;
  } catch (error) {
    if (error instanceof EstateError) return error.exitCode;
    throw error;
  }
};

test('a broken limit ends with 3, and with 2 beside a mistake, which is told alone', () => {
  expect(exitCode({ policy: DENIED })).toBe(3);
  const both = { policy: DENIED, 'clusters.ohio.pools.train.accelerator': 'h2000' };
  expect(exitCode(both)).toBe(2);
  expect(findingsIn(estateText(both)).map(({ code }) => code)).toEqual(['UnknownAccelerator']);
});

test('a waiver lets a limit be broken at its place, and is told with its reason and day', () => {
  const { warnings, acknowledged } = parseEstate(estateText({ policy: { ...DENIED, ...waiver() } }), 'estate.yaml');
  expect(warnings).toEqual([]);
  const [first] = acknowledged.filter(({ warning }) => warning.code === 'PolicyRegion');
  expect(first).toMatchObject({
    warning: { severity: 'warning', path: 'sites.ohio.region', message: 'policy denies region "us-east-2"' },
    reason: 'moves in March (until 2027-03-31)',
  });
});

test('an estate to compare with may break its limits, so that an edit that keeps them again can be told', () => {
  const text = estateText({ policy: { ...DENIED, ...waiver({ rule: 'PolicyCountry' }) } });
  expect(parseEstate(text, 'base.yaml', undefined, true).warnings).toEqual([]);
});

test('a waiver of another place or rule does not', () => {
  expect(exitCode({ policy: { ...DENIED, ...waiver({ path: 'sites.iowa' }) } })).toBe(3);
  expect(exitCode({ policy: { ...DENIED, ...waiver({ rule: 'PolicyCountry' }) } })).toBe(3);
});

test('a limit that is acknowledged is told to be waived instead', () => {
  const acknowledge = [{ rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves' }];
  const found = findingsIn(estateText({ acknowledge, clusters: {}, stores: {} }));
  expect(found).toContainEqual(
    expect.objectContaining({
      path: 'acknowledge.0.rule',
      hint: 'limits of policy are waived, until a day: policy.waivers',
    }),
  );
});

test('a waiver that waives nothing is a warning', () => {
  const [found, ...others] = findingsIn(estateText({ policy: waiver() }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    code: 'UnusedAcknowledgement',
    path: 'policy.waivers.0.path',
    message: 'PolicyRegion is not broken at sites.ohio',
  });
});

test('waivers are told thirty days before their last day, and are errors after it', () => {
  const { estate, positions } = parseEstate(estateText({ policy: { ...DENIED, ...waiver() } }), 'estate.yaml');
  const on = (day: string) => waiversOn(estate, positions, day).map(({ code, message }) => [code, message]);
  expect(on('2027-02-28')).toEqual([]);
  expect(on('2027-03-01')).toEqual([
    ['WaiverEnds', 'the waiver of PolicyRegion at sites.ohio ends on 2027-03-31, in 30 days'],
  ]);
  expect(on('2027-03-31')).toEqual([
    ['WaiverEnds', 'the waiver of PolicyRegion at sites.ohio ends on 2027-03-31, in 0 days'],
  ]);
  expect(on('2027-04-01')).toEqual([['WaiverEnded', 'the waiver of PolicyRegion at sites.ohio ended on 2027-03-31']]);
  expect(waiversOn(estate, positions, '2027-04-01')[0]?.at?.line).toBeGreaterThan(1);
});
