import { join } from 'node:path';
import { resolveEstate } from '../../../../cli/app';
import { planQueue } from '../../../../estate/plan/queue/plan-queue';
import type { QueuePlan, QueueSet } from '../../../../estate/plan/queue/types';
import { loadEstate } from '../../../../estate/spec/load';
import { ROOT } from '../../../helpers/cli';
import { estateOf, lockAndResolve } from '../../../helpers/estates';
import { planOf } from '../../../helpers/linked';
import { queueNamed, readQuotas, setOf } from '../../../helpers/queues';
import { storedEstate } from '../../../helpers/stored';

function planned(file: string): QueuePlan {
  const path = join(ROOT, file);
  return planQueue(loadEstate(path).estate, resolveEstate(path).plan);
}

test('namespaces of identities are the queue’s too, so that nothing runs past it there', () => {
  const { clusters } = storedEstate();
  const pools = { prepare: { machine: 'm7i.24xlarge', nodes: 2, zone: 'us-east-2a' } };
  const estate = storedEstate(
    { web: { from: { cluster: 'c-ohio', namespace: 'web', serviceAccount: 'reader' }, to: 's-iowa', access: 'read' } },
    {
      clusters: { ...clusters, 'c-ohio': { ...clusters['c-ohio'], pools } },
      queue: { manager: 'd-ohio', teams: { research: {}, product: {} } },
    },
  );
  const { sets } = planQueue(estate, planOf(estate));
  expect(sets.map(({ shard, role, namespaces }) => [shard, role, namespaces])).toEqual([
    ['c-ohio', 'worker', ['product', 'research', 'training', 'web']],
    ['d-ohio', 'manager', ['product', 'research', 'training']],
  ]);
});

describe('an estate that says nothing of its queue', () => {
  const queue = planned('examples/minimal.yaml');

  test('has one team in the namespace of the workload of each cluster, which has all of it', () => {
    expect(queue.manager).toBeUndefined();
    expect(queue.sets.map(({ shard, role, namespaces }) => [shard, role, namespaces])).toEqual([
      ['ashburn', 'alone', ['training']],
      ['iowa', 'alone', ['training']],
      ['oregon', 'alone', ['training']],
      ['virginia', 'alone', ['training']],
    ]);
    const oregon = setOf(queue, 'oregon');
    expect(readQuotas(queueNamed(oregon, 'training-h200')?.flavors, 'nvidia.com/gpu')).toEqual(['oregon-train 16']);
    expect(oregon.localQueues).toEqual([{ namespace: 'training', name: 'h200', clusterQueue: 'training-h200' }]);
    expect(oregon.checks).toEqual([]);
  });

  test('has the three priority classes, and that of services above them', () => {
    expect(queue.priorities).toEqual([
      { name: 'low', value: 100, podClass: 'low-100', preempts: false },
      { name: 'normal', value: 500, podClass: 'normal-500', preempts: false },
      { name: 'high', value: 900, podClass: 'high-900', preempts: false },
      { name: 'serving', value: 2_000_000, podClass: 'serving-2000000', preempts: true },
    ]);
  });
});

describe('an estate with a manager', () => {
  const queue = planned('examples/queue.yaml');
  const hub = setOf(queue, 'hub');

  test('has a set for each cluster with pools, and for the manager', () => {
    expect(queue.manager).toBe('hub');
    expect(queue.sets.map(({ shard, role }) => [shard, role])).toEqual([
      ['ashburn', 'worker'],
      ['eastus2', 'worker'],
      ['hub', 'manager'],
      ['manassas', 'worker'],
      ['virginia', 'worker'],
    ]);
  });

  test('gives teams whole nodes of what is in service, and leaves the rest to all', () => {
    // 4 racks of 16 nodes without spares: 50 %, 10 % and 30 % of 64 nodes are 32, 6 and 19, and 7 are left.
    expect(readQuotas(queueNamed(hub, 'research-gb300')?.flavors, 'nvidia.com/gpu')).toEqual([
      'ashburn-racks 68',
      'eastus2-train 128',
    ]);
    expect(readQuotas(queueNamed(hub, 'robotics-gb300')?.flavors, 'nvidia.com/gpu')).toEqual([
      'ashburn-racks 12+24',
      'eastus2-train 24+48',
    ]);
    expect(readQuotas(queueNamed(hub, 'product-gb300')?.flavors, 'nvidia.com/gpu')).toEqual([
      'ashburn-racks 40+0~28',
      'eastus2-train 76+0~52',
    ]);
    const root = hub.cohorts.find(({ name }) => name === 'orbit-gb300');
    expect(readQuotas(root?.quotas, 'nvidia.com/gpu')).toEqual(['ashburn-racks 16', 'eastus2-train 28']);
  });

  test('sends jobs of an accelerator to all workers that have it, by one check', () => {
    for (const { checks, workersCheck, accelerator } of hub.queues)
      expect([checks, workersCheck]).toEqual([[], accelerator]);
    expect(hub.checks).toEqual([
      { kind: 'workers', name: 'b200', shards: ['manassas'] },
      { kind: 'workers', name: 'b300', shards: ['virginia'] },
      { kind: 'workers', name: 'cpu', shards: ['virginia'] },
      { kind: 'workers', name: 'gb200', shards: ['manassas'] },
      { kind: 'workers', name: 'gb300', shards: ['ashburn', 'eastus2'] },
      { kind: 'workers', name: 'mi355x', shards: ['ashburn'] },
      { kind: 'workers', name: 'tpu-v6e', shards: ['manassas'] },
    ]);
  });

  test('names queues of jobs on workers as on the manager, in the same namespaces', () => {
    const names = (set: QueueSet) => set.localQueues.map(({ namespace, name }) => `${namespace}/${name}`);
    const workers = queue.sets.filter(({ role }) => role === 'worker').flatMap(names);
    const ofTeams = workers.filter((name) => !/^(chat|embed)\//.test(name));
    expect([...new Set(ofTeams)].sort()).toEqual(names(hub).sort());
    expect(names(setOf(queue, 'eastus2'))).toEqual(['product/gb300', 'robotics/gb300', 'training/gb300']);
  });

  test('keeps services on their cluster, with a floor that is never lent', () => {
    const ashburn = setOf(queue, 'ashburn');
    expect(readQuotas(queueNamed(ashburn, 'embed')?.flavors, 'amd.com/gpu')).toEqual(['ashburn-train 48+0~32']);
    expect(readQuotas(queueNamed(ashburn, 'mi355x')?.flavors, 'amd.com/gpu')).toEqual(['ashburn-train 144']);
    // Of 24 nodes teams share 18; the manager may send to all but the two that are never lent.
    const left = hub.cohorts.find(({ name }) => name === 'orbit-mi355x');
    expect(readQuotas(left?.quotas, 'amd.com/gpu')).toEqual(['ashburn-train 80']);
    expect(hub.queues.some(({ kind }) => kind === 'serving')).toBe(false);
  });

  test('asks for nodes that come in a queue where they are', () => {
    const manassas = setOf(queue, 'manassas');
    expect(manassas.checks).toEqual([
      { name: 'queued-provisioning', kind: 'provisioning', provisioningClass: 'queued-provisioning.gke.io' },
    ]);
    const burst = manassas.flavors.find(({ pool }) => pool === 'burst');
    expect(queueNamed(manassas, 'b200')?.checks).toEqual([{ check: 'queued-provisioning', flavors: [burst?.name] }]);
    expect(queueNamed(manassas, 'gb200')?.checks).toEqual([]);
    expect([burst?.isAutoscaled, burst?.topology]).toEqual([true, undefined]);
  });
});

test('reads what a pool is for by its identity, so that a new key changes nothing', () => {
  const input = (cluster: Record<string, unknown>) => ({
    estate: 'v1' as const,
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: { aws: { cloud: 'aws' as const, accountId: '111122223333' } },
    sites: { oregon: { account: 'aws', region: 'us-west-2', zones: ['us-west-2a'] } },
    clusters: cluster as Record<string, { site: string }>,
  });
  const pool = { accelerator: 'h200', nodes: 4, purpose: 'serving' };
  const before = estateOf(input({ oregon: { site: 'oregon', pools: { serve: pool } } }));
  const after = estateOf(
    input({ west: { site: 'oregon', renamedFrom: 'oregon', pools: { chat: { ...pool, renamedFrom: 'serve' } } } }),
  );
  const queues = [before, after].map((estate) => planQueue(estate, lockAndResolve(estate).plan));
  expect(queues[0]?.sets[0]?.flavors.map(({ purpose }) => purpose)).toEqual(['serving']);
  expect(queues[0]?.sets[0]?.queues).toEqual([]);
  expect(queues[1]).toEqual(queues[0]);
});
