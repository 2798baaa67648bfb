import fc from 'fast-check';
import { largeEstate } from '../../../bench/large-estate';
import { stackOrder } from '../../../estate/plan/order';
import { stackCost, stacksOfShare } from '../../../estate/plan/shares';
import type { Plan } from '../../../estate/plan/types';
import { parseEstate } from '../../../estate/spec/load';
import { blueprints, estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

const costs = (plan: Plan) => new Map(stackOrder(plan).map((stack) => [stack.stack, stackCost(stack)]));
const sharesOf = (plan: Plan, of: number) =>
  Array.from({ length: of }, (_, index) => stacksOfShare(plan, { share: index + 1, of }));
const planOf = (input: Parameters<typeof estateOf>[0]) => lockAndResolve(estateOf(input)).plan;
const large = (clusters: number) => lockAndResolve(parseEstate(largeEstate(clusters), 'estate.yaml').estate).plan;

/** What each share costs. */
function loads(plan: Plan, of: number): number[] {
  const cost = costs(plan);
  return sharesOf(plan, of).map((stacks) => stacks.reduce((sum, stack) => sum + (cost.get(stack) ?? 0), 0));
}

describe('the shares of the stacks', () => {
  test('have every stack once, cost no more than the mean and the dearest stack, and follow from keys alone', () => {
    fc.assert(
      fc.property(blueprints(), fc.integer({ min: 1, max: 12 }), (sites, of) => {
        const plan = planOf(inputOf(sites));
        const cost = costs(plan);
        expect(sharesOf(plan, of).flat().sort()).toEqual([...cost.keys()].sort());
        const mean = [...cost.values()].reduce((sum, one) => sum + one, 0) / of;
        expect(Math.max(...loads(plan, of))).toBeLessThanOrEqual(mean + Math.max(...cost.values()) + 1e-6);
        expect(sharesOf(planOf(inputOf([...sites].reverse())), of)).toEqual(sharesOf(plan, of));
      }),
      { numRuns: 25 },
    );
  });

  test('of many clusters differ little, and keep what they have when a cluster is added, but at their edges', () => {
    const [before, after] = [large(120), large(121)];
    const all = loads(before, 8);
    expect(Math.max(...all) / (all.reduce((sum, one) => sum + one, 0) / 8)).toBeLessThan(1.1);
    const shareOf = (plan: Plan) =>
      new Map(sharesOf(plan, 8).flatMap((stacks, index) => stacks.map((stack) => [stack, index])));
    const [old, now] = [shareOf(before), shareOf(after)];
    expect([...old].filter(([stack, share]) => now.get(stack) !== share).length).toBeLessThanOrEqual(7);
  });

  test('are empty where there are more of them than stacks', () => {
    const plan = planOf(inputOf([{ name: 'ohio', account: 'aws-main', clusters: {}, stores: 0 }]));
    const shares = sharesOf(plan, 5);
    expect(shares.flat()).toEqual(['atlas-aws-main-foundation', 'atlas-ohio-network']);
    expect(shares.filter((stacks) => stacks.length === 0)).toHaveLength(3);
  });
});
