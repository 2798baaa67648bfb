import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MEASURES, stockOf, sumOf } from '../../../estate/spec/limits';
import { parseEstate } from '../../../estate/spec/load';
import { everythingOf, isLost, lossOf, worstOf } from '../../../estate/spec/loss';
import { LOSABLE, thingsOf } from '../../../estate/spec/policy';
import { blueprints, estateOf, inputOf } from '../../helpers/estates';
import { type Changes, estateText } from './fixtures';

const estateWith = (changes: Changes = {}) => parseEstate(estateText(changes), 'estate.yaml').estate;

describe('the loss of', () => {
  test.each([
    ['cloud', 'google', { gb200: 144, 'tpu-v7x': 128 }, ['tpu']],
    ['account', 'aws-main', { h200: 128 }, ['checkpoints', 'scratch']],
    ['region', 'us-phoenix-1', { gb300: 144, mi355x: 32 }, ['fast']],
    ['site', 'ohio', { h200: 128 }, ['checkpoints', 'scratch']],
    ['cluster', 'ohio', { h200: 128 }, []],
    ['machine', 'gb300', { gb300: 288 }, []],
    ['machine', 'p5en.48xlarge', { h200: 128 }, []],
    ['commitment', 'azure', { gb300: 144 }, []],
  ] as const)('%s %s takes its accelerators and stores', (kind, key, accelerators, stores) => {
    const estate = estateWith({ 'commitments.azure': { cloud: 'azure', amount: '250B USD' } });
    const { lost, left } = lossOf(estate, [{ kind, key }]);
    expect([lost.accelerators, lost.stores]).toEqual([accelerators, stores]);
    const all = lossOf(estate, []).left;
    expect(left.megawatts + lost.megawatts).toBeCloseTo(all.megawatts, 6);
  });

  test('a thing on a day is of what stands then', () => {
    const phases = [
      { from: '2027-01-01', nodes: 4 },
      { from: '2027-07-01', nodes: 16 },
    ];
    const estate = estateWith({ 'clusters.ohio.pools.train.phases': phases });
    const lost = (day: string) => lossOf(estate, [{ kind: 'site', key: 'ohio' }], day).lost.accelerators;
    expect([lost('2026-12-31'), lost('2027-01-01'), lost('2027-12-31')]).toEqual([{}, { h200: 32 }, { h200: 128 }]);
  });

  test('a thing breaks the limits that what is left does not keep', () => {
    const policy = {
      maxProviderShare: { accelerators: '60%' },
      minClouds: { gb300: 2 },
      survive: [
        { lose: 'any cloud', keep: '60% of accelerators' },
        { lose: 'cloud:azure', keep: '90% of gb300' },
      ],
      waivers: [{ rule: 'PolicySurvival', path: 'policy.survive.1.keep', reason: 'being built', until: '2027-12-31' }],
    };
    const estate = estateWith({ policy });
    const broken = (key: string) =>
      lossOf(estate, [{ kind: 'cloud', key }]).broken.map(({ code, path }) => [code, path]);
    expect(broken('azure')).toEqual([['PolicyClouds', 'policy.minClouds.gb300']]);
    expect(broken('aws')).toEqual([]);
    const both = lossOf(
      estate,
      ['aws', 'azure', 'oracle'].map((key) => ({ kind: 'cloud' as const, key })),
    ).broken;
    expect(both.map(({ code }) => code)).toEqual(['PolicyClouds', 'PolicyShare']);
  });
});

describe('for any estate', () => {
  test('the loss of everything leaves nothing, and of nothing all', () => {
    fc.assert(
      fc.property(blueprints(5), (sites) => {
        const estate = estateOf(inputOf(sites));
        const everything = lossOf(estate, everythingOf(estate));
        expect(everything.left).toEqual({ accelerators: {}, megawatts: 0 });
        const nothing = lossOf(estate, []);
        expect(nothing.left).toEqual({
          accelerators: everything.lost.accelerators,
          megawatts: everything.lost.megawatts,
        });
      }),
      { numRuns: 30 },
    );
  });

  test('the losses of all clouds, accounts, regions or sites add up to everything', () => {
    fc.assert(
      fc.property(blueprints(5), fc.constantFrom('cloud', 'account', 'region', 'site'), (sites, kind) => {
        const estate = estateOf(inputOf(sites));
        const { parts } = MEASURES.accelerators;
        const stock = stockOf(estate);
        const losses = thingsOf(kind as (typeof LOSABLE)[number], estate).map((key) =>
          sumOf(
            parts(stock).filter(({ holding }) =>
              isLost(holding, { kind: kind as (typeof LOSABLE)[number], key }, estate),
            ),
          ),
        );
        expect(losses.reduce((sum, each) => sum + each, 0n)).toBe(sumOf(parts(stock)));
      }),
      { numRuns: 30 },
    );
  });

  test('the shares of all clouds add up to the whole, of accelerators, power and stores', () => {
    fc.assert(
      fc.property(blueprints(5), fc.constantFrom('accelerators', 'power', 'stores'), (sites, key) => {
        const estate = estateOf(inputOf(sites));
        const parts = MEASURES[key].parts(stockOf(estate));
        const clouds = thingsOf('cloud', estate).map((cloud) =>
          sumOf(parts.filter(({ holding }) => holding.cloud === cloud)),
        );
        expect(clouds.reduce((sum, each) => sum + each, 0n)).toBe(sumOf(parts));
      }),
      { numRuns: 30 },
    );
  });

  test('the worst pair is as bad as the worst of all pairs', () => {
    fc.assert(
      fc.property(blueprints(6), (sites) => {
        const estate = estateOf(inputOf(sites));
        const stock = stockOf(estate);
        const lost = (keys: readonly string[]) =>
          sumOf(
            MEASURES.accelerators
              .parts(stock)
              .filter(({ holding }) => keys.some((key) => isLost(holding, { kind: 'site', key }, estate))),
          );
        const keys = thingsOf('site', estate);
        const pairs = keys.flatMap((one) => keys.map((other) => lost([one, other])));
        const worst = worstOf(stock, 'site', 2, MEASURES.accelerators).map(({ key }) => key);
        expect(lost(worst)).toBe(pairs.sort((one, other) => Number(other - one))[0]);
      }),
      { numRuns: 30 },
    );
  });
});

test('every single loss of the frontier takes what the others leave', () => {
  const file = join(__dirname, '../../../examples/frontier.yaml');
  const { estate } = parseEstate(readFileSync(file, 'utf8'), file);
  const all = Object.values(lossOf(estate, []).left.accelerators).reduce((sum, count) => sum + count, 0);
  const things = LOSABLE.flatMap((kind) => thingsOf(kind, estate).map((key) => ({ kind, key })));
  expect(things.length).toBeGreaterThan(70);
  for (const thing of things) {
    const { lost, left } = lossOf(estate, [thing]);
    const counts = [lost, left].map(({ accelerators }) =>
      Object.values(accelerators).reduce((sum, count) => sum + count, 0),
    );
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(all);
  }
});
