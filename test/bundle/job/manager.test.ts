import { join } from 'node:path';
import { checkManifest } from '../../../bundle/job/check';
import { resolveEstate } from '../../../cli/app';
import { planQueue } from '../../../estate/plan/queue/plan-queue';
import { loadEstate } from '../../../estate/spec/load';
import { ROOT } from '../../helpers/cli';
import { type JobText, jobText } from '../../helpers/queued';

const FILE = join(ROOT, 'examples/queue.yaml');
const queue = planQueue(loadEstate(FILE).estate, resolveEstate(FILE).plan);
const REQUIRED = 'kueue.x-k8s.io/podset-required-topology';

function verdictOf(job: JobText) {
  const [object] = checkManifest(jobText({ namespace: 'training', ...job }), 'job.yaml', queue);
  if (object?.told === undefined) throw new Error(JSON.stringify(object?.diagnostics));
  return object.told.verdict;
}

describe('a job that is given to a manager', () => {
  test('runs on a worker that has room for all of it', () => {
    const verdict = verdictOf({ pods: 40 });
    expect(verdict.clusters.map(({ shard, manager, outcome }) => [shard, manager, outcome])).toEqual([
      ['eastus2', 'hub', 'admitted'],
    ]);
  });

  test('hangs without a word where no worker ever starts it', () => {
    const verdict = verdictOf({
      pods: 17,
      annotations: { [REQUIRED]: 'estate/group' },
      pod: { nodeSelector: { 'estate/pool': 'train' } },
    });
    expect(verdict.outcome).toBe('hangs');
    const [reason] = verdict.clusters[0]?.reasons ?? [];
    expect([reason?.code, reason?.says]).toEqual([
      'WorkerRefuses',
      expect.stringMatching(
        /^couldn't assign flavors to pod set main: topology "rack-node-\w+" allows to fit only 16 out of 17 pod\(s\)/,
      ),
    ]);
  });

  test('never starts where no flavor of the manager has the quota', () => {
    const verdict = verdictOf({ pods: 200 });
    expect([verdict.outcome, verdict.clusters[0]?.shard]).toEqual(['never', 'hub']);
    expect(verdict.clusters[0]?.reasons[0]).toMatchObject({
      code: 'Quota',
      says: expect.stringContaining('> maximum capacity ('),
    });
    expect(verdict.clusters[0]?.reasons[0]?.instead).toMatch(/^write at most \d+ pods for "main", not 200/);
  });

  test('depends on the cloud where it wants one domain of a level that only the cloud knows', () => {
    const limits = { 'nvidia.com/gpu': 8 };
    const inOne = (pods: number) =>
      verdictOf({ pods, queue: 'b300', limits, annotations: { [REQUIRED]: 'topology.k8s.aws/network-node-layer-1' } })
        .outcome;
    expect([inOne(1), inOne(2)]).toEqual(['admitted', 'depends']);
  });

  test('goes to its own cluster where it is of a service', () => {
    const verdict = verdictOf({ namespace: 'embed', queue: 'embed', limits: { 'amd.com/gpu': 8 } });
    expect(verdict.clusters.map(({ shard, manager, clusterQueue }) => [shard, manager, clusterQueue])).toEqual([
      ['ashburn', undefined, 'embed'],
    ]);
  });

  test('starts with nodes that come when they are asked for only once those are there', () => {
    const verdict = verdictOf({ queue: 'b200', limits: { 'nvidia.com/gpu': 8 } });
    expect([verdict.outcome, verdict.clusters[0]?.reasons[0]?.code]).toEqual(['depends', 'NodesLater']);
  });
});
