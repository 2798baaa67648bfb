import fc from 'fast-check';
import type { Estate } from '../../../../estate/spec/schema';
import { linkedEstate, planOf } from '../../../helpers/linked';

const STORES = {
  ohio: { kind: 'object', site: 'ohio' },
  oregon: { kind: 'object', site: 'oregon' },
  iowa: { kind: 'object', site: 'iowa' },
  phoenix: { kind: 'object', site: 'phoenix' },
} as const;

const estateWith = (replication: object): Estate => linkedEstate({}, { stores: STORES, replication });

describe('replications', () => {
  test('take the first way between the stores, and the first mode that it knows', () => {
    const { replications } = planOf(
      estateWith({
        a: { from: 'ohio', to: 'iowa' },
        b: { from: 'ohio', to: 'oregon' },
        c: { from: 'iowa', to: 'ohio' },
      }),
    );
    expect(replications.map(({ engine, mode, everyHours, runsAt }) => [engine, mode, everyHours, runsAt])).toEqual([
      ['datasync', 'schedule', 24, 'source'],
      ['native', 'event', undefined, 'source'],
      ['datasync', 'schedule', 24, 'destination'],
    ]);
  });

  test('between buckets of AWS wait for the name of the one that is written, and for nothing else', () => {
    const estate = estateWith({ a: { from: 'ohio', to: 'oregon' }, b: { from: 'ohio', to: 'iowa' } });
    const before = planOf(estate);
    expect(before.replications.map(({ pending }) => pending)).toEqual([
      [{ path: 'stores.oregon', from: 'atlas-oregon-storage' }],
      [],
    ]);
    const halves = ({ sites }: typeof before, key: string) =>
      sites('aws')
        .find((site) => site.key === key)
        ?.replications?.map((half) => [half.key, half.end, half.runs]);
    expect(halves(before, 'ohio')).toEqual([['b', 'source', true]]);
    const after = planOf(estate, { stores: { oregon: { id: 'arn:aws:s3:::atlas-oregon-1' } } });
    expect(halves(after, 'ohio')).toEqual([
      ['a', 'source', true],
      ['b', 'source', true],
    ]);
    expect(halves(after, 'oregon')).toEqual([['a', 'destination', false]]);
    expect(after.sites('aws').find(({ key }) => key === 'ohio')?.replications?.[0]?.peer.id).toBe(
      'arn:aws:s3:::atlas-oregon-1',
    );
  });

  test('that a cluster runs make nothing in the stacks of stores', () => {
    const plan = planOf(estateWith({ a: { from: 'ohio', to: 'phoenix' } }));
    expect(plan.replications.map(({ engine }) => engine)).toEqual(['rclone']);
    expect(plan.sites('aws').flatMap((site) => site.replications ?? [])).toEqual([]);
  });

  test('do not depend on the order in which they are written, nor on each other', () => {
    const all = Object.entries({
      a: { from: 'ohio', to: 'iowa' },
      b: { from: 'iowa', to: 'oregon', prefix: 'tokens/' },
      c: { from: 'oregon', to: 'ohio', volumeTiB: 3 },
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (some) => {
        const whole = planOf(estateWith(Object.fromEntries(all))).replications;
        const kept = some.map(([key]) => key);
        expect(planOf(estateWith(Object.fromEntries(some))).replications).toEqual(
          whole.filter(({ key }) => kept.includes(key)),
        );
      }),
      { numRuns: 20 },
    );
  });
});
