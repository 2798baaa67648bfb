import { flavorMatches, nodeMatches } from '../../../bundle/job/node-match';
import { roomOf } from '../../../bundle/job/nodes';
import { formatQuantity, quantity } from '../../../bundle/job/quantity';
import { borrowingHeight, maximumCapacity } from '../../../bundle/job/quota';
import type { ClusterQueuePlan, QueueSet } from '../../../estate/plan/queue/types';
import { bed, rackFlavor } from '../../helpers/queued';

test.each([
  ['cpu', '500m', 500],
  ['cpu', 2, 2000],
  ['cpu', '0.1', 100],
  ['memory', '1Gi', 2 ** 30],
  ['memory', '1.5G', 1_500_000_000],
  ['memory', '100m', 1],
  ['nvidia.com/gpu', '8', 8],
  ['nvidia.com/gpu', 'eight', undefined],
] as const)('counts %s of %j as Kubernetes does', (resource, written, expected) => {
  expect(quantity(resource, written)).toBe(expected);
});

test.each([
  ['cpu', 1500, '1500m'],
  ['cpu', 4000, '4'],
  ['memory', 3 * 2 ** 30, '3Gi'],
  ['memory', 2 ** 30 + 1, '1073741825'],
  ['nvidia.com/gpu', 216, '216'],
  ['pods', 5000, '5k'],
] as const)('prints %s of %d as Kueue does', (resource, value, expected) => {
  expect(formatQuantity(resource, value)).toBe(expected);
});

describe('nodes and flavors', () => {
  const labels = { 'estate/pool': 'train', zone: 'a' };
  const none = { selector: {}, terms: [], tolerations: [] };
  const term = (key: string, operator: string, ...values: string[]) => [[{ key, operator, values }]];

  test.each([
    ['In', 'zone', ['a', 'b'], true],
    ['In', 'zone', ['b'], false],
    ['NotIn', 'zone', ['b'], true],
    ['NotIn', 'elsewhere', ['b'], true],
    ['Exists', 'zone', [], true],
    ['Exists', 'elsewhere', [], false],
    ['DoesNotExist', 'elsewhere', [], true],
    ['Gt', 'zone', ['1'], false],
    ['Nonsense', 'zone', ['a'], false],
  ] as const)('%s of %s and %j', (operator, key, values, expected) => {
    expect(nodeMatches(labels, { ...none, terms: term(key, operator, ...values) }) === undefined).toBe(expected);
  });

  test('a flavor is asked only about labels that it has itself', () => {
    const flavor = { 'estate/pool': 'train' };
    expect(flavorMatches(flavor, { ...none, selector: { zone: 'b' } })).toBe(true);
    expect(flavorMatches(flavor, { ...none, selector: { 'estate/pool': 'serve' } })).toBe(false);
    expect(flavorMatches(flavor, { ...none, terms: term('estate/pool', 'In', 'serve') })).toBe(false);
    // A term that says nothing of the flavor lets it pass.
    expect(
      flavorMatches(flavor, { ...none, terms: [...term('estate/pool', 'In', 'serve'), ...term('zone', 'Exists')] }),
    ).toBe(true);
  });

  test('what Kubernetes keeps of a node for itself is not there for pods', () => {
    expect(roomOf(rackFlavor([18]))).toEqual({
      cpu: 142_460,
      memory: 1_028_327_997_440,
      pods: 110,
      'nvidia.com/gpu': 4,
      'rdma/ib': 4,
    });
  });
});

describe('quotas of a tree of cohorts', () => {
  const [set] = bed().sets;
  const [queue] = set?.queues ?? [];
  if (set === undefined || queue === undefined) throw new Error('the bed has no queue');
  const own = (name: string, cohort: string, nominal: number, more: object = {}): ClusterQueuePlan => ({
    ...queue,
    name,
    cohort,
    flavors: [{ flavor: 'gb300', quotas: [{ resource: 'nvidia.com/gpu', nominal, ...more }] }],
  });
  const research = own('research', 'labs', 8);
  const robotics = own('robotics', 'labs', 8, { borrowing: 4 });
  const product = own('product', 'root', 16, { lending: 4 });
  const tree: QueueSet = {
    ...set,
    queues: [research, robotics, product],
    cohorts: [
      { name: 'root', quotas: [{ flavor: 'gb300', quotas: [{ resource: 'nvidia.com/gpu', nominal: 2 }] }] },
      { name: 'labs', parent: 'root', quotas: [] },
    ],
  };
  const most = (each: ClusterQueuePlan) => maximumCapacity(tree, each, 'gb300', 'nvidia.com/gpu');
  const height = (each: ClusterQueuePlan, amount: number) =>
    borrowingHeight(tree, each, 'gb300', 'nvidia.com/gpu', amount);

  test('give the most that a queue ever has: its own, and what others lend', () => {
    // 8 + 8 of the labs, 2 of nobody, and 4 of the 16 that product lends.
    expect([most(research), most(robotics), most(product)]).toEqual([22, 12, 34]);
  });

  test('say how far up a queue has to borrow', () => {
    expect([8, 9, 16, 17].map((amount) => height(research, amount))).toEqual([0, 1, 1, 2]);
  });
});
