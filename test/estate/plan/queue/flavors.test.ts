import { EstateError } from '../../../../estate/diagnostics';
import type { FlavorPlan, QueuePlan } from '../../../../estate/plan/queue/types';
import { queueNamed, queueOf, readQuotas, setOf } from '../../../helpers/queues';

type Pools = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const GOOGLE = { google: { cloud: 'google', projectId: 'atlas-train', projectNumber: '123456789012' } };
const AWS = { aws: { cloud: 'aws', accountId: '111122223333' } };

/** An estate with one cluster. */
function one(cloud: 'aws' | 'google', pools: Pools, more: object = {}, own: object = {}) {
  const site =
    cloud === 'aws'
      ? { account: 'aws', region: 'us-west-2', zones: ['us-west-2a'] }
      : { account: 'google', region: 'us-central1', zones: ['us-central1-a'] };
  return {
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: cloud === 'aws' ? AWS : GOOGLE,
    sites: { home: site },
    clusters: { main: { site: 'home', pools, ...own } },
    ...more,
  };
}

function flavors(queue: QueuePlan): readonly FlavorPlan[] {
  return queue.sets.flatMap((set) => set.flavors);
}

const train = { accelerator: 'h200', nodes: 4 };
const taint = (key: string, value: string) => ({ key, value, effect: 'NoSchedule' });

describe('tolerations', () => {
  test('are those of the machine and of the taints of the pool, sorted', () => {
    const taints = [taint('example.com/reserved', 'research'), taint('example.com/any', '')];
    const [flavor] = flavors(queueOf(one('aws', { train: { ...train, taints } })).queue);
    expect(flavor?.tolerations).toEqual([
      { key: 'example.com/any', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'example.com/reserved', operator: 'Equal', value: 'research', effect: 'NoSchedule' },
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
  });

  test('never let a job onto spares', () => {
    const [flavor] = flavors(queueOf(one('aws', { train })).queue);
    expect(flavor?.tolerations.map(({ key }) => key)).not.toContain('estate/spare');
  });
});

describe('the name of a flavor', () => {
  const nameOf = (pool: object) => flavors(queueOf(one('aws', { train: { ...train, ...pool } })).queue)[0]?.name;

  test('says where the pool is', () => {
    expect(nameOf({})).toMatch(/^main-train-[0-9a-f]{8}$/);
  });

  test('changes with what cannot change of one, and with nothing else', () => {
    expect(nameOf({ taints: [taint('example.com/a', '')] })).not.toBe(nameOf({}));
    expect(nameOf({ nodes: 9, labels: { a: 'b' }, purpose: 'serving' })).toBe(nameOf({}));
  });

  test('changes where an autoscaler sizes the pool, which then has no topology', () => {
    const [fixed] = flavors(queueOf(one('aws', { train })).queue);
    const [ranged] = flavors(queueOf(one('aws', { train: { ...train, nodes: { min: 0, max: 4 } } })).queue);
    expect([fixed?.isAutoscaled, fixed?.topology]).toEqual([false, 'layer-1-layer-2-layer-3-node-4be65126']);
    expect([ranged?.isAutoscaled, ranged?.topology, ranged?.nodes]).toEqual([true, undefined, 4]);
    expect(ranged?.name).not.toBe(fixed?.name);
  });
});

test('flavors are tried from what is held to what is waited for', () => {
  const b200 = { accelerator: 'b200', nodes: 2 };
  const { queue } = queueOf(
    one('google', {
      a: { ...b200, capacity: { kind: 'flex-start' } },
      b: { ...b200, capacity: { kind: 'spot' } },
      c: { ...b200, capacity: { kind: 'reservation', ids: ['held'] } },
      d: { ...b200, nodes: { min: 0, max: 2 }, capacity: { kind: 'spot' } },
    }),
  );
  const [set] = queue.sets;
  expect(set?.queues.map(({ flavors: own }) => own.map(({ flavor }) => flavor.split('-')[1]))).toEqual([
    ['c', 'b', 'd', 'a'],
  ]);
});

test('slices come whole, so that nobody asks for them first', () => {
  const slices = { accelerator: 'tpu-v6e', nodes: 4, topology: '4x4', capacity: { kind: 'flex-start' } };
  const burst = { accelerator: 'b200', nodes: 2, capacity: { kind: 'flex-start' } };
  const checks = (pools: Pools) => queueOf(one('google', pools)).queue.sets.map((set) => set.checks.length);
  expect([
    checks({ slices }),
    checks({ burst }),
    checks({ burst: { ...burst, capacity: { kind: 'flex-start', queued: false } } }),
  ]).toEqual([[0], [1], [0]]);
});

describe('a check of nodes that are asked for', () => {
  test('is for flavors that are queued, and not for others that flex-start gives', () => {
    const pools = {
      one: { accelerator: 'b200', nodes: 2, capacity: { kind: 'flex-start' } },
      two: { accelerator: 'b200', nodes: 2, capacity: { kind: 'flex-start', queued: false } },
    };
    const [set] = queueOf(one('google', pools)).queue.sets;
    const queued = set?.flavors.filter(({ pool }) => pool === 'one').map(({ name }) => name);
    expect(set?.queues.map(({ checks }) => checks)).toEqual([[{ check: 'queued-provisioning', flavors: queued }]]);
  });
});

describe('a cluster that is several Kubernetes clusters', () => {
  const limits = (value: number) => ({
    catalog: { limits: { aws: { nodesPerShard: { value, source: 'CASE-1', checked: '2026-11' } } } },
  });
  const service = (max: number) => ({
    serving: { chat: { cluster: 'main', pool: 'train', replicas: { min: 1, max } } },
  });
  const pools = { train: { accelerator: 'h200', nodes: 1200 } };

  test('has a queue in each, with what lies there', () => {
    const { queue } = queueOf(one('aws', pools, { ...limits(910), queue: { teams: { research: { shares: 50 } } } }));
    expect(queue.sets.map(({ shard }) => shard)).toEqual(['main', 'main-2']);
    const own = queue.sets.map((set) => readQuotas(queueNamed(set, 'research-h200')?.flavors, 'nvidia.com/gpu'));
    expect(own).toEqual([['main-train 3600'], ['main-2-train 1200']]);
  });

  test('is as many workers of the manager', () => {
    const input = one('aws', pools, { ...limits(910), queue: { manager: 'hub', teams: { research: { shares: 50 } } } });
    const { queue } = queueOf({ ...input, clusters: { ...input.clusters, hub: { site: 'home' } } });
    expect(setOf(queue, 'hub').checks).toEqual([{ kind: 'workers', name: 'h200', shards: ['main', 'main-2'] }]);
  });

  test('runs a service in the first of them, whole or not at all', () => {
    const { queue } = queueOf(one('aws', pools, { ...limits(910), queue: service(800) }));
    expect(queue.sets.map((set) => queueNamed(set, 'chat')?.flavors.length)).toEqual([1, undefined]);
    const tooLarge = () => queueOf(one('aws', pools, { ...limits(910), queue: service(1000) }));
    expect(tooLarge).toThrow(EstateError);
    expect(tooLarge).toThrow('services chat want 1000 nodes of pool "train", and its part in main has 900');
  });

  test('is no manager', () => {
    const input = one('aws', pools, { ...limits(910), queue: { manager: 'main' } });
    expect(() => queueOf(input)).toThrow('the manager is 2 Kubernetes clusters, and one holds the queue');
  });
});

describe('teams', () => {
  const teams = (own: object, queue: object = {}) =>
    queueOf(one('aws', { train: { ...train, nodes: 10 } }, { queue: { teams: { research: own }, ...queue } })).queue
      .sets[0];

  test('have no queue of what they neither have nor may borrow', () => {
    expect(teams({ shares: { b200: 50 }, borrow: 'none' })?.queues).toEqual([]);
    expect(teams({ shares: 0, borrow: { h200: 10 } })?.queues.map(({ name }) => name)).toEqual(['research-h200']);
  });

  test('have percentages rounded down to whole nodes', () => {
    const quotas = readQuotas(
      teams({ shares: 59, floor: { h200: 39 }, borrow: { h200: 29 } })?.queues[0]?.flavors,
      'nvidia.com/gpu',
    );
    expect(quotas).toEqual(['main-train 40+16~16']);
  });

  test('say always who ends for whom, their own words before those of all', () => {
    expect(teams({})?.queues[0]?.preemption).toEqual({ within: 'LowerPriority', reclaim: 'Any', borrowing: 'Never' });
    const own = teams(
      { preemption: { within: 'never' } },
      {
        preemption: { within: 'lower-or-newer-equal-priority', reclaim: 'lower-priority', borrowing: 'lower-priority' },
      },
    );
    expect(own?.queues[0]?.preemption).toEqual({
      within: 'Never',
      reclaim: 'LowerPriority',
      borrowing: 'LowerPriority',
    });
  });

  test('weigh with fair sharing only', () => {
    expect(teams({ weight: 3 })?.queues[0]?.weight).toBeUndefined();
    expect(teams({ weight: 3 }, { fairSharing: true })?.queues[0]?.weight).toBe(3);
  });

  test('borrow in their group first, and groups below the whole', () => {
    const set = teams(
      { group: 'vision', weight: 2 },
      { fairSharing: true, groups: { vision: { parent: 'labs', weight: 4 }, labs: {}, unused: {} } },
    );
    expect(set?.cohorts.map(({ name, parent, weight }) => [name, parent, weight])).toEqual([
      ['atlas-h200', undefined, undefined],
      ['atlas-h200-labs', 'atlas-h200', undefined],
      ['atlas-h200-vision', 'atlas-h200-labs', 4],
    ]);
    expect(set?.queues[0]?.cohort).toBe('atlas-h200-vision');
  });
});

test('pools without accelerators count cores and memory', () => {
  const pools = { data: { machine: 'm7i.24xlarge', nodes: 3 } };
  const [set] = queueOf(one('aws', pools, { queue: { teams: { research: { shares: 67 } } } })).queue.sets;
  expect(set?.queues[0]?.covered).toEqual(['cpu', 'memory', 'pods']);
  expect(set?.queues[0]?.flavors[0]?.quotas).toEqual([
    { resource: 'cpu', nominal: 192 },
    { resource: 'memory', nominal: 768 },
    { resource: 'pods', nominal: 220 },
  ]);
});

test('priorities are sorted by value, and that of services is above all', () => {
  const { queue } = queueOf(one('aws', { train }, { queue: { priorities: { urgent: 1_000_000, night: -5 } } }));
  expect(queue.priorities.map(({ podClass }) => podClass)).toEqual(['night--5', 'urgent-1000000', 'serving-2000000']);
});
