import { checkManifest } from '../../../bundle/job/check';
import { completedManifest } from '../../../bundle/job/complete';
import { bed, jobText, podTemplate } from '../../helpers/queued';

/** What is wrong, by place: `line:column code message`. */
function told(text: string): readonly string[] {
  return checkManifest(text, 'job.yaml', bed())
    .flatMap(({ diagnostics }) => diagnostics)
    .map(({ code, message, at }) => `${at?.line}:${at?.column} ${code}: ${message}`);
}

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: train
  namespace: research
  labels: { kueue.x-k8s.io/queue-name: gb300 }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: registry.example/train:1
          resources: { limits: { nvidia.com/gpu: 4 } }
`;

describe('a manifest that is none', () => {
  test.each([
    ['', '1:1 NotAJob: the file is empty; the manifest of a job begins with "apiVersion" and "kind"'],
    ['# nothing\n---\n', '1:1 NotAJob: the file is empty; the manifest of a job begins with "apiVersion" and "kind"'],
    ['a: [', '1:4 YamlSyntax: '],
    ['hello', '1:1 NotAJob: holds "hello"; the manifest of a job is a map that begins with "apiVersion" and "kind"'],
    ['- a', '1:1 NotAJob: holds a list; the manifest of a job is a map that begins with "apiVersion" and "kind"'],
    ['a: 1', '1:1 NotAJob: has no kind, so that it is no object of Kubernetes'],
    ['kind: Jbo', '1:7 NotAJob: "Jbo" is no kind of job that the queue takes; did you mean "Job"?'],
    ['kind: Job', '1:1 ApiVersion: nothing is no version of Job'],
    ['apiVersion: batch/v1beta1\nkind: Job', '1:13 ApiVersion: "batch/v1beta1" is no version of Job'],
    ['apiVersion: v1\nkind: List\nitems: []', '2:7 NotAJob: the List has no items, so that there is no job in it'],
    ['apiVersion: v1\nkind: ConfigMap', '2:7 NotAJob: "ConfigMap" is no kind of job that the queue takes'],
  ])('%j', (text, expected) => {
    expect(told(text)[0]?.startsWith(expected) ? expected : told(text)).toBe(expected);
  });

  test('says of kinds that the queue does not take what becomes of their pods, and what to write', () => {
    const hints = (kind: string) =>
      checkManifest(`kind: ${kind}`, 'job.yaml', bed()).flatMap(({ diagnostics }) =>
        diagnostics.map(({ hint }) => hint),
      );
    expect(told('kind: RayJob')).toEqual([
      '1:7 NotAJob: "RayJob" is no kind of job that the queue takes: no cluster of the estate has it, and where somebody installs it, its pods wait behind a gate (SchedulingGated) for ever in namespaces of queues, and run past the queue everywhere else, on nodes that others have been promised',
    ]);
    expect(told('kind: DaemonSet')[0]).toContain('takes: it is applied, and its pods wait behind a gate');
    expect(hints('PyTorchJob')[0]).toMatch(/^write a TrainJob, .*; kinds of jobs that the queue takes: Job, CronJob/);
  });

  test('says everything that is wrong at once, each in its place', () => {
    const wrong = JOB.replace('nvidia.com/gpu: 4', 'nvidia.com/gpu: 0.5').replace(
      'spec:\n',
      'spec:\n  paralelism: 4\n  completions: -1\n',
    );
    expect(told(wrong).map((line) => line.replace(/: .*/, ''))).toEqual([
      '9:16 ManifestShape',
      '16:50 Quantity',
      '8:3 ManifestUnknownField',
    ]);
  });

  test('says of a null that it is empty', () => {
    expect(told(jobText({ pod: { containers: [null] } }))).toEqual([
      expect.stringMatching(
        / ManifestWrongType: spec\.template\.spec\.containers\[0\] is empty; an object is expected$/,
      ),
    ]);
  });

  test('refuses what Kubernetes refuses of resources', () => {
    const requests = (text: string) => told(JOB.replace('limits: { nvidia.com/gpu: 4 }', text));
    expect(requests('requests: { nvidia.com/gpu: 4 }')).toEqual([
      '14:52 ExtendedResource: asks for nvidia.com/gpu with a request and no limit',
    ]);
    expect(requests('requests: { cpu: 9 }, limits: { cpu: 8 }')).toEqual([
      '14:41 RequestOverLimit: requests 9 of cpu, more than its limit of 8',
    ]);
  });
});

describe('a manifest of several documents', () => {
  const outcomes = (text: string) =>
    checkManifest(text, 'job.yaml', bed()).map(({ told: found }) => found?.verdict.outcome);

  test('is checked one by one, with places of the whole file', () => {
    const text = `${JOB}---\nkind: Nonsense\n---\n${JOB.replace('gpu: 4', 'gpu: 5')}`;
    expect(outcomes(text)).toEqual(['admitted', undefined, 'never']);
    expect(told(text)).toEqual([expect.stringMatching(/^16:7 NotAJob: "Nonsense"/)]);
  });

  test('may have what jobs need beside them', () => {
    expect(outcomes(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n---\n${JOB}`)).toEqual([
      'admitted',
    ]);
  });

  test('may have the line ends of Windows', () => {
    const text = `# first\n---\n${JOB}---\n# nothing\n---\nkind: Nonsense\n...\n---\n${JOB}`.replaceAll('\n', '\r\n');
    expect(outcomes(text)).toEqual(['admitted', undefined, 'admitted']);
    expect(told(text)).toEqual([expect.stringMatching(/^20:7 NotAJob: "Nonsense"/)]);
  });

  test('has at most 1000 objects, also in Lists', () => {
    const list = (count: number) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Array(count).fill(1) });
    expect(told(list(1001))).toEqual(['1:1 NotAJob: the file has 1,001 objects; at most 1,000 are checked at once']);
    expect(told(`${list(500)}\n---\n${list(501)}`)).toEqual([
      '1:1 NotAJob: the file has 1,001 objects; at most 1,000 are checked at once',
    ]);
    expect(told('---\na: 1\n'.repeat(1001))).toEqual([
      '1:1 NotAJob: the file has 1,001 documents; at most 1,000 are checked at once',
    ]);
    expect(told(list(1000))).toHaveLength(1000);
  });

  test('may be a List', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [JSON.parse(jobText()), JSON.parse(jobText({ pods: 60 }))] };
    expect(outcomes(JSON.stringify(list))).toEqual(['admitted', 'never']);
  });
});

/** An object of a kind in the queue of the bed. */
function objectOf(apiVersion: string, kind: string, spec: object): string {
  const labels = { 'kueue.x-k8s.io/queue-name': 'gb300' };
  return JSON.stringify({ apiVersion, kind, metadata: { name: 'train', namespace: 'research', labels }, spec });
}

describe('kinds of jobs', () => {
  const { restartPolicy: _policy, ...running } = Object(podTemplate()).spec;
  const template = { metadata: { labels: { app: 'train' } }, spec: running };
  const selector = { matchLabels: { app: 'train' } };
  const partOf = (text: string) => {
    const [object] = checkManifest(text, 'job.yaml', bed());
    if (object?.told === undefined) throw new Error(JSON.stringify(object?.diagnostics));
    const { copies, podSets } = object.told.job.part;
    return [copies, podSets.map(({ name, count, requests }) => [name, count, requests]), object.told.verdict.outcome];
  };
  const gpus = { 'nvidia.com/gpu': 4 };

  test.each<readonly [string, string, unknown]>([
    ['Job', jobText({ pods: 3 }), [1, [['main', 3, gpus]], 'admitted']],
    [
      'CronJob',
      JSON.stringify({
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly', namespace: 'research' },
        spec: {
          schedule: '0 1 * * *',
          jobTemplate: {
            metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } },
            spec: JSON.parse(jobText({ pods: 2 })).spec,
          },
        },
      }),
      [1, [['main', 2, gpus]], 'admitted'],
    ],
    [
      'JobSet',
      objectOf('jobset.x-k8s.io/v1alpha2', 'JobSet', {
        replicatedJobs: [
          { name: 'driver', template: { spec: { template: podTemplate({ limits: { cpu: '500m' } }) } } },
          {
            name: 'workers',
            replicas: 3,
            template: { spec: { parallelism: 4, completions: 4, template: podTemplate() } },
          },
        ],
      }),
      [
        1,
        [
          ['driver', 1, { cpu: 500 }],
          ['workers', 12, gpus],
        ],
        'admitted',
      ],
    ],
    [
      'LeaderWorkerSet',
      objectOf('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', {
        replicas: 2,
        leaderWorkerTemplate: { size: 4, leaderTemplate: template, workerTemplate: template },
      }),
      [
        2,
        [
          ['leader', 1, gpus],
          ['worker', 3, gpus],
        ],
        'admitted',
      ],
    ],
    [
      'Deployment',
      objectOf('apps/v1', 'Deployment', { replicas: 55, selector, template }),
      [55, [['main', 1, gpus]], 'hangs'],
    ],
    [
      'StatefulSet',
      objectOf('apps/v1', 'StatefulSet', { replicas: 5, serviceName: 'train', selector, template }),
      [1, [['main', 5, gpus]], 'admitted'],
    ],
    ['Pod', objectOf('v1', 'Pod', running), [1, [['main', 1, gpus]], 'admitted']],
    [
      'TrainJob',
      objectOf('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
        runtimeRef: { name: 'torch-distributed' },
        trainer: { numNodes: 6, resourcesPerNode: { limits: { 'nvidia.com/gpu': 4 } } },
      }),
      [1, [['node', 6, gpus]], 'admitted'],
    ],
  ])('%s', (_kind, text, expected) => {
    expect(partOf(text)).toEqual(expected);
  });

  test('counts what a pod asks for as Kubernetes does', () => {
    const container = (name: string, cpu: string, more: object = {}) => ({
      name,
      image: 'a',
      resources: { requests: { cpu } },
      ...more,
    });
    const pod = {
      initContainers: [
        container('first', '3'),
        container('sidecar', '1', { restartPolicy: 'Always' }),
        container('second', '4'),
      ],
      containers: [container('one', '1500m'), container('two', '1')],
      overhead: { cpu: '250m' },
      runtimeClassName: 'kata',
    };
    // While the second one starts, the sidecar runs beside it: 4 + 1 cores; afterwards 1.5 + 1 + 1.
    expect(partOf(jobText({ pod }))).toEqual([1, [['main', 1, { cpu: 5250 }]], 'admitted']);
  });
});

describe('a manifest that is completed', () => {
  const completed = (text: string, namespace?: string) =>
    completedManifest(
      text,
      checkManifest(text, 'job.yaml', bed(), namespace === undefined ? {} : { namespace }),
      bed(),
    );

  test('has the queue that starts it, the namespace and a wish for one rack, and keeps comments', () => {
    const bare = JOB.replace('  namespace: research\n  labels: { kueue.x-k8s.io/queue-name: gb300 }\n', '').replace(
      'spec:\n',
      'spec:\n  parallelism: 8 # nodes\n  completions: 8\n',
    );
    expect(completed(bare, 'research')).toBe(`apiVersion: batch/v1
kind: Job
metadata:
  name: train
  namespace: research
  labels:
    kueue.x-k8s.io/queue-name: gb300
spec:
  parallelism: 8 # nodes
  completions: 8
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: registry.example/train:1
          resources: { limits: { nvidia.com/gpu: 4 } }
    metadata:
      annotations:
        kueue.x-k8s.io/podset-preferred-topology: estate/group
`);
  });

  test('is left as it is where nothing is missing', () => {
    expect(completed(JOB)).toBe(JOB);
  });
});
