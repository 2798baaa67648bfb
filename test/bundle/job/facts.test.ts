import { checkManifest } from '../../../bundle/job/check';
import type { Outcome, Verdict } from '../../../bundle/job/types';
import type { QueuePlan } from '../../../estate/plan/queue/types';
import { bed, type JobText, jobText, podTemplate, rackFlavor } from '../../helpers/queued';

const REQUIRED = 'kueue.x-k8s.io/podset-required-topology';
const PREFERRED = 'kueue.x-k8s.io/podset-preferred-topology';
const SLICE = 'kueue.x-k8s.io/podset-slice-required-topology';
const SIZE = 'kueue.x-k8s.io/podset-slice-size';
const LAYERS = 'kueue.x-k8s.io/podset-slice-required-topology-constraints';
const RACK = 'estate/group';

function verdictOf(text: string, queue: QueuePlan = bed()): Verdict {
  const [object] = checkManifest(text, 'job.yaml', queue);
  const verdict = object?.told?.verdict;
  if (verdict === undefined) throw new Error(JSON.stringify(object?.diagnostics));
  return verdict;
}

const reasonsOf = ({ reasons, clusters }: Verdict) => [...reasons, ...clusters.flatMap((cluster) => cluster.reasons)];

const slices = (size: number) => ({ [SLICE]: RACK, [SIZE]: String(size) });

/** Facts that were measured on Kueue 0.19.2: what the verdict is, and what Kueue says. */
const CASES: readonly (readonly [string, JobText, Outcome, string])[] = [
  ['a job that fills a rack', { pods: 18, annotations: { [REQUIRED]: RACK } }, 'admitted', ''],
  [
    '36 pods of one rack of 18',
    { pods: 36, annotations: { [REQUIRED]: RACK } },
    'never',
    'allows to fit only 18 out of 36 pod(s)',
  ],
  ['36 pods that prefer one rack', { pods: 36, annotations: { [PREFERRED]: RACK } }, 'admitted', ''],
  ['36 pods that say nothing', { pods: 36 }, 'admitted', ''],
  [
    '60 pods of 54 nodes',
    { pods: 60 },
    'never',
    'insufficient quota for nvidia.com/gpu in flavor gb300, previously considered podsets requests (0) + current podset request (240) > maximum capacity (216)',
  ],
  ['54 pods in slices of 18', { pods: 54, annotations: slices(18) }, 'admitted', ''],
  ['54 pods in slices of 16, which leave 6 over', { pods: 54, annotations: slices(16) }, 'hangs', ''],
  ['20 pods in slices of 18', { pods: 20, annotations: slices(18) }, 'hangs', ''],
  [
    'slices larger than the job',
    { pods: 16, annotations: slices(18) },
    'refused',
    'must not be greater than pod set count 16',
  ],
  [
    'slices larger than a rack',
    { pods: 40, annotations: slices(20) },
    'never',
    `topology "rack-node" doesn't allow to fit any of 2 slice(s)`,
  ],
  [
    'layers that do not divide',
    {
      pods: 18,
      annotations: { [LAYERS]: `[{"topology":"${RACK}","size":18},{"topology":"kubernetes.io/hostname","size":4}]` },
    },
    'refused',
    'must evenly divide the parent layer size 18',
  ],
  [
    'a level that no pool has',
    { pods: 2, annotations: { [REQUIRED]: 'cloud.google.com/gce-topology-block' } },
    'never',
    'Flavor "gb300" does not contain the requested level',
  ],
  [
    'two wishes at once',
    { pods: 2, annotations: { [REQUIRED]: RACK, [PREFERRED]: RACK } },
    'refused',
    'must not contain more than one topology annotation',
  ],
  [
    'more accelerators than a node has',
    { limits: { 'nvidia.com/gpu': 8 } },
    'never',
    `topology "rack-node" doesn't allow to fit any of 1 pod(s). Total nodes: 54; excluded: resource "nvidia.com/gpu": 54`,
  ],
  [
    'more cores than a node has',
    { limits: { 'nvidia.com/gpu': 4, cpu: 145 } },
    'never',
    `topology "rack-node" doesn't allow to fit any of 1 pod(s). Total nodes: 54; excluded: resource "cpu": 54`,
  ],
  [
    'cores and memory that the queue does not cover',
    { limits: { 'nvidia.com/gpu': 4, cpu: 100, memory: '800Gi' } },
    'admitted',
    '',
  ],
  ['no queue label', { queue: null }, 'never', `LocalQueue  doesn't exist`],
  ['a queue that is not there', { queue: 'gb301' }, 'never', `LocalQueue gb301 doesn't exist`],
  ['a namespace without queues', { namespace: 'default' }, 'never', ''],
  [
    'a pool that the queue does not have',
    { pod: { nodeSelector: { 'estate/pool': 'serve' } } },
    'never',
    `flavor gb300 doesn't match node affinity`,
  ],
  ['its pool by name', { pod: { nodeSelector: { 'estate/pool': 'train' } } }, 'admitted', ''],
  [
    'a rack that is not there',
    { pod: { nodeSelector: { 'estate/group': 'r9' } } },
    'never',
    'Total nodes: 54; excluded: nodeSelector: 54',
  ],
  [
    'a label that only the cloud sets',
    { pod: { nodeSelector: { 'topology.kubernetes.io/zone': 'a' } } },
    'depends',
    '',
  ],
  ['a priority that is not there', { labels: { 'kueue.x-k8s.io/priority-class': 'huge' } }, 'never', ''],
  ['a PriorityClass that is not there', { pod: { priorityClassName: 'normal' } }, 'never', ''],
  ['a PriorityClass of the estate', { pod: { priorityClassName: 'normal-500' } }, 'admitted', ''],
  [
    'a claim that pods share',
    { pod: { resourceClaims: [{ name: 'gpu', resourceClaimName: 'shared' }] } },
    'never',
    'KueueDRAIntegration feature does not support use of resource claims',
  ],
  ['pods that ask for nothing', { limits: {} }, 'never', 'Workload no longer fits after processing another workload'],
  [
    'a topology that is switched off',
    { annotations: { 'kueue.x-k8s.io/podset-unconstrained-topology': 'false' } },
    'never',
    'does not contain the requested level',
  ],
  ['as few pods as fit', { pods: 60, jobAnnotations: { 'kueue.x-k8s.io/job-min-parallelism': '8' } }, 'admitted', ''],
  [
    'as few pods as fit, which fill no slice',
    {
      pods: 6,
      annotations: { [SLICE]: 'kubernetes.io/hostname', [SIZE]: '6' },
      jobAnnotations: { 'kueue.x-k8s.io/job-min-parallelism': '1' },
    },
    'never',
    '',
  ],
  [
    'as many pods as it has at least',
    { pods: 4, jobAnnotations: { 'kueue.x-k8s.io/job-min-parallelism': '4' } },
    'refused',
    'metadata.annotations[kueue.x-k8s.io/job-min-parallelism]: Invalid value: 4: should be between 0 and 3',
  ],
  [
    'a name that its pods make too long',
    { pods: 18, name: 'a'.repeat(61) },
    'refused',
    'will not able to create pod with invalid DNS label',
  ],
];

describe('what Kueue was measured to do', () => {
  test.each(CASES)('%s', (_title, job, outcome, says) => {
    const verdict = verdictOf(jobText(job));
    expect([verdict.outcome, reasonsOf(verdict).map((reason) => reason.says)]).toEqual([
      outcome,
      outcome === 'admitted' ? [] : [expect.stringContaining(says)],
    ]);
  });

  test('a job of 18 pods is placed in one rack, the fullest that still takes it', () => {
    const verdict = verdictOf(jobText({ pods: 16, annotations: { [REQUIRED]: RACK } }), bed({ racks: [18, 16, 18] }));
    expect(verdict.clusters[0]?.placements).toEqual([
      {
        podSet: 'main',
        pods: 16,
        flavor: 'gb300',
        pool: 'train',
        cluster: 'one',
        groups: [{ group: 'r2', pods: 16, nodes: 16 }],
      },
    ]);
  });

  test('the replicas of a JobSet are one pod set, so that three racks of 18 do not fit into one', () => {
    const jobSet = (annotations: Readonly<Record<string, string>>) =>
      JSON.stringify({
        apiVersion: 'jobset.x-k8s.io/v1alpha2',
        kind: 'JobSet',
        metadata: { name: 'train', namespace: 'research', labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } },
        spec: {
          replicatedJobs: [
            {
              name: 'workers',
              replicas: 3,
              template: { spec: { parallelism: 18, completions: 18, template: podTemplate({ annotations }) } },
            },
          ],
        },
      });
    const one = verdictOf(jobSet({ [REQUIRED]: RACK }));
    expect([one.outcome, reasonsOf(one)[0]?.says]).toEqual([
      'never',
      `couldn't assign flavors to pod set workers: topology "rack-node" allows to fit only 18 out of 54 pod(s)`,
    ]);
    expect(reasonsOf(one)[0]?.instead).toContain(`${SLICE}: estate/group with ${SIZE}: "18"`);
    expect(verdictOf(jobSet(slices(18))).outcome).toBe('admitted');
  });

  test('a device class that the queue does not count makes a job inadmissible', () => {
    const template = (deviceClassName: string) =>
      JSON.stringify({
        apiVersion: 'resource.k8s.io/v1',
        kind: 'ResourceClaimTemplate',
        metadata: { name: 'devices' },
        spec: { spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName } }] } } },
      });
    const job = jobText({ pod: { resourceClaims: [{ name: 'one', resourceClaimTemplateName: 'devices' }] } });
    const of = (deviceClass: string) => verdictOf([job, template(deviceClass)].join('\n---\n'));
    expect(of('compute-domain-default-channel.nvidia.com').outcome).toBe('admitted');
    expect(reasonsOf(of('gpu.nvidia.com'))[0]?.says).toBe(
      'DeviceClass gpu.nvidia.com is not mapped in DRA configuration for podset main',
    );
    expect(verdictOf(job).outcome).toBe('depends');
  });

  test('a queue that borrows everything still tries the racks of its other pool', () => {
    const second = rackFlavor([4, 4], { name: 'second', pool: 'second', nodeLabels: { 'estate/pool': 'second' } });
    const plan = bed({ racks: [2, 2, 2], more: [second] });
    const sets = plan.sets.map((set) => ({
      ...set,
      cohorts: set.cohorts.map((cohort) => ({ ...cohort, quotas: set.queues[0]?.flavors ?? [] })),
      queues: set.queues.map((queue) => ({
        ...queue,
        flavors: queue.flavors.map(({ flavor, quotas }) => ({
          flavor,
          quotas: quotas.map((quota) => ({ ...quota, nominal: 0 })),
        })),
      })),
    }));
    const verdict = verdictOf(jobText({ pods: 4, annotations: { [REQUIRED]: RACK } }), { ...plan, sets });
    expect([verdict.outcome, verdict.clusters[0]?.placements[0]?.pool]).toEqual(['admitted', 'second']);
  });

  test('quota alone knows no racks: nodes that are no longer there do not help', () => {
    const verdict = verdictOf(
      jobText({ pods: 17, annotations: { [REQUIRED]: RACK } }),
      bed({ racks: [16, 16, 16], quota: 216 }),
    );
    expect(reasonsOf(verdict)[0]?.says).toContain('allows to fit only 16 out of 17 pod(s)');
  });

  test('pools whose nodes come and go have no topology, and nobody knows when they come', () => {
    const { topology: _topology, ...rest } = rackFlavor([18]);
    const autoscaled = {
      ...rest,
      name: 'burst',
      pool: 'burst',
      isAutoscaled: true,
      nodeLabels: { 'estate/pool': 'burst' },
    };
    const mixed = bed({ racks: [2], more: [autoscaled] });
    // Some flavors have a topology: who says nothing of it goes to the others.
    expect(verdictOf(jobText({ pods: 2 }), mixed).clusters[0]?.placements[0]?.pool).toBe('burst');
    expect(verdictOf(jobText({ pods: 2 }), mixed).outcome).toBe('depends');
    const asked = verdictOf(
      jobText({ pods: 2, annotations: { 'kueue.x-k8s.io/podset-unconstrained-topology': 'true' } }),
      mixed,
    );
    expect([asked.outcome, asked.clusters[0]?.placements[0]?.pool]).toEqual(['admitted', 'train']);
  });
});
