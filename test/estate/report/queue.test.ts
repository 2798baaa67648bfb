import { join } from 'node:path';
import { resolveEstate } from '../../../cli/app';
import { largestJobs } from '../../../estate/plan/queue/largest';
import { afterLoss } from '../../../estate/plan/queue/loss';
import { planQueue } from '../../../estate/plan/queue/plan-queue';
import { formatQueue, queueCsv, queueReport } from '../../../estate/report/queue';
import { ROOT } from '../../helpers/cli';
import { expectDocument } from '../../helpers/json';
import { queueNamed, queueOf, readQuotas, setOf } from '../../helpers/queues';

const { plan, loaded } = resolveEstate(join(ROOT, 'examples/queue.yaml'));
const queue = planQueue(loaded.estate, plan);
const report = queueReport(queue);

describe('the largest jobs', () => {
  const jobs = (shard: string, pool: string) =>
    largestJobs(setOf(queue, shard))
      .filter((job) => job.pool === pool)
      .map(({ level, nodes, accelerators }) => [level, nodes, accelerators]);

  test('of racks leave out their spares', () => {
    expect(jobs('eastus2', 'train')).toEqual([
      ['all', 64, 256],
      ['rack', 16, 64],
      ['node', 1, 4],
    ]);
  });

  test('of levels that only the cloud knows the size of are not guessed', () => {
    expect(jobs('virginia', 'train')).toEqual([
      ['all', 16, 128],
      ['layer 1', undefined, undefined],
      ['layer 2', undefined, undefined],
      ['layer 3', undefined, undefined],
      ['node', 1, 8],
    ]);
  });

  test('of slices are one slice, and of nodes that come when asked for all of them', () => {
    expect(jobs('manassas', 'slices')).toEqual([
      ['all', 8, 32],
      ['slice', 4, 16],
      ['node', 1, 4],
    ]);
    expect(jobs('manassas', 'burst')).toEqual([['all', 8, 64]]);
  });

  test('of pools without accelerators have none', () => {
    expect(jobs('virginia', 'prepare')).toEqual([
      ['all', 4, undefined],
      ['node', 1, undefined],
    ]);
  });
});

describe('the loss of a cluster', () => {
  test('takes its flavors from the manager, and leaves all other numbers', () => {
    const left = afterLoss(queue, ['ashburn']);
    const [hub, before] = [setOf(left, 'hub'), setOf(queue, 'hub')];
    expect(left.sets.map(({ shard }) => shard)).toEqual(['eastus2', 'hub', 'manassas', 'virginia']);
    expect(readQuotas(queueNamed(before, 'research-gb300')?.flavors, 'nvidia.com/gpu')).toEqual([
      'ashburn-racks 68',
      'eastus2-train 128',
    ]);
    expect(readQuotas(queueNamed(hub, 'research-gb300')?.flavors, 'nvidia.com/gpu')).toEqual(['eastus2-train 128']);
    expect(queueNamed(hub, 'research-mi355x')).toBeUndefined();
    expect(hub.localQueues.map(({ name }) => name)).not.toContain('mi355x');
    expect(hub.checks.find(({ name }) => name === 'gb300')).toEqual({
      kind: 'workers',
      name: 'gb300',
      shards: ['eastus2'],
    });
    expect(hub.checks.map(({ name }) => name)).not.toContain('mi355x');
    expect(setOf(left, 'virginia')).toBe(setOf(queue, 'virginia'));
  });

  test('of the manager leaves the workers as they are', () => {
    const left = afterLoss(queue, ['hub']);
    expect(left.manager).toBeUndefined();
    expect(left.sets.map(({ shard, role }) => [shard, role])).toEqual([
      ['ashburn', 'worker'],
      ['eastus2', 'worker'],
      ['manassas', 'worker'],
      ['virginia', 'worker'],
    ]);
  });

  test('is told by team and accelerator', () => {
    const { losses } = queueReport(queue, ['ashburn', 'virginia']);
    expect(losses.filter(({ owner }) => owner === 'product')).toEqual([
      { lost: ['ashburn', 'virginia'], owner: 'product', accelerator: 'b300', own: 24, left: 0, most: 0 },
      { lost: ['ashburn', 'virginia'], owner: 'product', accelerator: 'cpu', own: 96, left: 0, most: 0 },
      { lost: ['ashburn', 'virginia'], owner: 'product', accelerator: 'gb300', own: 116, left: 76, most: 76 },
      { lost: ['ashburn', 'virginia'], owner: 'product', accelerator: 'mi355x', own: 32, left: 0, most: 0 },
    ]);
    expect(losses.map(({ owner }) => owner)).toEqual(expect.arrayContaining(['chat', 'embed', 'research']));
  });
});

describe('the report of a queue', () => {
  test('tells own, floor and what others lend', () => {
    const row = (owner: string, cluster: string, accelerator: string) =>
      report.rows.find((each) => each.owner === owner && each.cluster === cluster && each.accelerator === accelerator);
    // 256 in service: product keeps 24 whatever others want.
    expect(row('research', 'eastus2', 'gb300')).toMatchObject({ nodes: 32, own: 128, floor: 0, most: 232 });
    expect(row('robotics', 'eastus2', 'gb300')).toMatchObject({ nodes: 6, own: 24, floor: 0, most: 72 });
    expect(row('product', 'eastus2', 'gb300')).toMatchObject({ nodes: 19, own: 76, floor: 24, most: 76 });
    // 24 nodes of 8, of which the service keeps two.
    expect(row('research', 'ashburn', 'mi355x')).toMatchObject({ own: 32, most: 176 });
    expect(row('embed', 'ashburn', 'mi355x')).toMatchObject({ kind: 'service', own: 48, floor: 16, most: 48 });
  });

  test('tells what is for all to borrow', () => {
    expect(report.common.find(({ cluster, accelerator }) => cluster === 'eastus2' && accelerator === 'gb300')).toEqual({
      accelerator: 'gb300',
      cluster: 'eastus2',
      pool: 'train',
      nodes: 64,
      all: 256,
      common: 28,
    });
  });

  test('counts cores where there are no accelerators', () => {
    const rows = report.rows.filter(({ accelerator }) => accelerator === 'cpu');
    expect(rows.map(({ owner, nodes, own, most }) => [owner, nodes, own, most])).toEqual([
      ['product', 1, 96, 96],
      ['research', 2, 192, 384],
      ['robotics', 1, 96, 288],
    ]);
  });

  test('fits 120 columns, and says what the manager does', () => {
    const text = formatQueue(report);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain('cluster hub holds the one queue over all others, and runs no jobs');
    expect(text).toContain('without hub no job starts until it is back');
    expect(text).toMatch(/^research +gb300 +eastus2 +train +32 +128 +0 +232$/m);
    expect(text).toMatch(/^gb200 +manassas +train +block +as they come +cloud\.google\.com\/gce-topology-block$/m);
    expect(text).toMatch(/^ashburn +research +mi355x +32 +0 +0$/m);
  });

  test('tells only of a loss where one is asked for', () => {
    expect(formatQueue(queueReport(queue, ['hub']))).toBe(
      'without hub no job starts until it is back, those that run go on, and services do not notice',
    );
    const text = formatQueue(queueReport(queue, ['eastus2']));
    expect(text.split('\n')[0]).toMatch(/^without +who +accelerator +own +left +at most$/);
    expect(text).toMatch(/^eastus2 +product +gb300 +116 +40 +40$/m);
  });

  test('says so where there is nothing to tell', () => {
    const empty = queueOf({
      estate: 'v1',
      name: 'atlas',
      owner: { team: 'research', email: 'research@example.com' },
      accounts: { aws: { cloud: 'aws', accountId: '111122223333' } },
      sites: { oregon: { account: 'aws', region: 'us-west-2', zones: ['us-west-2a'] } },
      clusters: { oregon: { site: 'oregon' } },
    }).queue;
    expect(formatQueue(queueReport(empty))).toBe('the estate has no pools that jobs or services run on');
  });

  test('is one document, and one list of rows for spreadsheets', () => {
    expectDocument('show-queue', JSON.stringify(report));
    expect(queueCsv(report)).toContainEqual({
      kind: 'team',
      owner: 'research',
      accelerator: 'tpu-v6e',
      cluster: 'manassas',
      pool: 'slices',
      nodes: 8,
      own: 32,
      floor: 0,
      most: 32,
    });
    expect(queueCsv(report)).toHaveLength(report.rows.length);
    expect(queueCsv(queueReport(queue, ['ashburn']))[0]).toMatchObject({ lost: ['ashburn'], owner: 'product' });
  });
});
