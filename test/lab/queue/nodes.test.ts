import { objectsOf } from '../../../lab/queue/apply';
import { readTried, setOf } from '../../../lab/queue/estate';
import { nodesOfSet } from '../../../lab/queue/nodes';
import { sumQuotas } from '../../../lab/queue/quotas';
import { aloneOf, sharesOf } from '../../../lab/queue/trials/jobs';

const tried = readTried();

describe('nodes of the example', () => {
  test('are those in service, with names of their own', () => {
    for (const set of tried.queue.sets.filter(({ role }) => role === 'worker')) {
      const nodes = nodesOfSet(tried.plan, set);
      const planned = set.flavors.reduce((sum, flavor) => sum + flavor.nodes, 0);
      expect(new Set(nodes.map(({ object }) => object.metadata.name)).size).toBe(planned);
    }
    expect(nodesOfSet(tried.plan, setOf(tried, 'hub'))).toEqual([]);
  });

  test('have every label of their flavor and of the levels of its topology', () => {
    for (const set of tried.queue.sets.filter(({ role }) => role === 'worker')) {
      const nodes = nodesOfSet(tried.plan, set);
      for (const flavor of set.flavors) {
        const levels = set.topologies.find(({ name }) => name === flavor.topology)?.levels ?? [];
        const own = nodes.filter(({ pool }) => pool === flavor.pool);
        expect(own).toHaveLength(flavor.nodes);
        for (const { object } of own) {
          const { labels = {} } = object.metadata;
          expect(labels).toMatchObject(flavor.nodeLabels);
          expect(levels.filter(({ key }) => labels[key] === undefined)).toEqual([]);
        }
      }
    }
  });

  test('have accelerators, and a taint that keeps others away', () => {
    const [node] = nodesOfSet(tried.plan, setOf(tried, 'eastus2'));
    expect(node?.room).toMatchObject({ 'nvidia.com/gpu': '4' });
    expect(node?.object.spec).toMatchObject({
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    });
  });
});

test('objects of a part are those of its folder', () => {
  const kinds = objectsOf(tried.bundle, 'hub', 'queue').map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['ClusterQueue', 'LocalQueue', 'MultiKueueCluster']));
  expect(objectsOf(tried.bundle, 'hub', 'acceptance').every(({ kind }) => kind === 'Job')).toBe(true);
});

test('quotas are added over queues and cohorts, with what is never lent', () => {
  const object = (nominalQuota: string, lendingLimit?: string) => ({
    metadata: { name: 'any' },
    spec: {
      resourceGroups: [
        {
          flavors: [
            {
              name: 'f',
              resources: [
                { name: 'pods', nominalQuota: '99' },
                { name: 'nvidia.com/gpu', nominalQuota, ...(lendingLimit !== undefined && { lendingLimit }) },
              ],
            },
          ],
        },
      ],
    },
  });
  expect(
    sumQuotas([object('8'), object('12', '8'), { metadata: { name: 'none' }, spec: {} }], () => 'nvidia.com/gpu'),
  ).toEqual(new Map([['f', { nominal: 20, kept: 4 }]]));
});

test('random jobs are shared among all clusters, each with seeds of its own', () => {
  const shares = sharesOf(tried.queue, 7, 3);
  expect(shares.map(({ count }) => count)).toEqual([2, 2, 1, 1, 1]);
  expect(shares.map(({ seed }) => seed)).toEqual([15, 16, 17, 18, 19]);
  const worker = setOf(tried, 'ashburn');
  expect(aloneOf(tried.queue, worker)).toMatchObject({ sets: [{ shard: 'ashburn', role: 'alone' }] });
  expect(aloneOf(tried.queue, worker)).not.toHaveProperty('manager');
});
