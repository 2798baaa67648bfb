import fc from 'fast-check';
import { CATALOG, CLOUDS, lustreTier } from '../../../estate/catalog';
import { AWS_LUSTRE_TCP } from '../../../estate/catalog/aws';
import { allows, type LustreSizes, nearestSizes, sizesText, withLargest } from '../../../estate/catalog/lustre';

const TIER: LustreSizes = {
  min: 30,
  max: 400,
  steps: [
    { upTo: 120, step: 10 },
    { upTo: 400, step: 40 },
  ],
};

describe('sizes of Lustre file systems', () => {
  test.each([
    [29, false, [30]],
    [30, true, [30]],
    [35, false, [30, 40]],
    [110, true, [110]],
    [120, true, [120]],
    [130, false, [120, 160]],
    [160, true, [160]],
    [400, true, [400]],
    [401, false, [400]],
    [440, false, [400]],
    [-10, false, [30]],
    [30.5, false, [30, 40]],
    [Number.NaN, false, []],
  ])('of %d: sold %s, nearest %j', (size, sold, nearest) => {
    expect(allows(TIER, size)).toBe(sold);
    expect(nearestSizes(TIER, size)).toEqual(nearest);
  });

  test('go on in the last step up to what the provider has granted', () => {
    const granted = withLargest(TIER, 800);
    expect(allows(granted, 800)).toBe(true);
    expect(allows(granted, 410)).toBe(false);
    expect(allows(granted, 840)).toBe(false);
    expect(nearestSizes(granted, 1000)).toEqual([800]);
    expect(TIER.max).toBe(400);
  });

  test('end earlier where an account gets less', () => {
    const less = withLargest(TIER, 150);
    expect(allows(less, 120)).toBe(true);
    expect(allows(less, 160)).toBe(false);
    expect(nearestSizes(less, 160)).toEqual([120]);
  });

  test('stand in rows that are found by their throughput', () => {
    expect(lustreTier('azure', 500).skuName).toBe('AMLFS-Durable-Premium-500');
    expect(() => lustreTier('oracle', 300)).toThrow(
      'oracle has no Lustre tier of 300 MB/s per TiB in the catalog; it has 125, 250, 500, 1000',
    );
  });

  test('are told in one sentence', () => {
    expect(sizesText(withLargest(TIER, 4000), 'GB')).toBe('30 to 4,000 GB in steps of 10 up to 120, then 40');
  });

  test.each([
    [1200, true],
    [2400, true],
    [3600, false],
    [4800, true],
    [0, false],
  ])('of AWS with TCP take %d GiB: %s', (size, sold) => expect(allows(AWS_LUSTRE_TCP, size)).toBe(sold));

  test.each(CLOUDS)('of %s: each tier sells its smallest and its largest, and what is nearest to any', (cloud) => {
    for (const tier of CATALOG[cloud].lustre.tiers) {
      expect([allows(tier, tier.min), allows(tier, tier.max)]).toEqual([true, true]);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: tier.max * 2 }), (size) => {
          const nearest = nearestSizes(tier, size);
          expect(nearest.length).toBeGreaterThan(0);
          expect(nearest.every((one) => allows(tier, one))).toBe(true);
        }),
        { numRuns: 100 },
      );
    }
  });
});
