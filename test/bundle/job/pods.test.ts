import { join } from 'node:path';
import { checkManifest } from '../../../bundle/job/check';
import type { Surroundings } from '../../../bundle/job/surroundings';
import { surroundingsOf } from '../../../bundle/job/surroundings';
import type { Verdict } from '../../../bundle/job/types';
import { resolveEstate } from '../../../cli/app';
import { planQueue } from '../../../estate/plan/queue/plan-queue';
import { ROOT } from '../../helpers/cli';
import { type Bed, bed, type JobText, jobText, rackFlavor } from '../../helpers/queued';

const BASELINE: Surroundings = {
  podSecurity: 'baseline',
  claims: [
    { namespace: 'research', name: 'scratch', isWaiting: false },
    { namespace: 'research', name: 'late', isWaiting: true },
    { namespace: 'robotics', name: 'models', isWaiting: false },
  ],
  accounts: [{ namespace: 'research', name: 'trainer', isWaiting: false }],
};

function verdictOf(text: string, surroundings: Surroundings = BASELINE, on: Bed = {}): Verdict {
  const [object] = checkManifest(text, 'job.yaml', bed(on), { surroundings: new Map([['one', surroundings]]) });
  if (object?.told === undefined) throw new Error(JSON.stringify(object?.diagnostics));
  return object.told.verdict;
}

/** What comes of a job, and why, in short: `<outcome> <code> <place>: <what it means>`. */
function told(text: string, surroundings?: Surroundings, on?: Bed): readonly string[] {
  const { outcome, reasons, clusters } = verdictOf(text, surroundings, on);
  const all = [...reasons, ...(clusters[0]?.reasons ?? [])];
  return [outcome, ...all.map(({ code, means, at }) => `${code} ${at?.join('.')}: ${means}`)];
}

/** A job whose one container has more than its requests. */
function withContainer(container: object, { pod = {}, ...job }: JobText = {}): string {
  const resources = { limits: { 'nvidia.com/gpu': 4, ...job.limits } };
  const containers = [{ name: 'main', image: 'registry.example/train:1', resources, ...container }];
  return jobText({ ...job, pod: { containers, ...pod } });
}

describe('pod security of the namespace', () => {
  test.each<readonly [string, object, Record<string, unknown>, string]>([
    [
      'privileged',
      { securityContext: { privileged: true } },
      {},
      'privileged (container "main" must not set securityContext.privileged=true)',
    ],
    ['namespaces of the host', {}, { hostIPC: true, hostPID: true }, 'host namespaces (hostPID=true, hostIPC=true)'],
    [
      'folders of the node',
      {},
      { volumes: [{ name: 'drivers', hostPath: { path: '/usr/local/nvidia' } }] },
      'hostPath volumes (volume "drivers")',
    ],
    [
      'locked memory',
      { securityContext: { capabilities: { add: ['CHOWN', 'IPC_LOCK'] } } },
      {},
      'non-default capabilities (container "main" must not include "IPC_LOCK" in securityContext.capabilities.add)',
    ],
    [
      'ports of the node',
      { ports: [{ containerPort: 1, hostPort: 2 }] },
      {},
      'hostPort (container "main" uses hostPort 2)',
    ],
    [
      'no seccomp',
      {},
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'sysctls',
      {},
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'forbidden sysctls (kernel.msgmax)',
    ],
  ])('keeps pods from being made with %s', (_title, container, pod, says) => {
    const [outcome, reason] = told(withContainer(container, { pod }));
    expect([outcome, reason?.replace(/ .*: violates/, ' violates')]).toEqual([
      'hangs',
      `PodSecurity violates PodSecurity "baseline:latest": ${says}`,
    ]);
  });

  test('says what is refused, where, and that Kueue admits the job', () => {
    expect(told(withContainer({}, { pod: { hostIPC: true } }))).toEqual([
      'hangs',
      'PodSecurity spec.template.spec.hostIPC: it is admitted, and its pods are never made: namespaces of one let through what baseline allows, and each pod is refused: violates PodSecurity "baseline:latest": host namespaces (hostIPC=true)',
    ]);
  });

  test('lets everything through where the namespace is privileged, and what baseline allows where it is baseline', () => {
    const pod = { hostIPC: true, volumes: [{ name: 'v', hostPath: { path: '/x' } }] };
    const all = withContainer({ securityContext: { privileged: true } }, { pod });
    expect(told(all, { ...BASELINE, podSecurity: 'privileged' })).toEqual(['admitted']);
    const allowed = {
      securityContext: { capabilities: { add: ['SYS_CHROOT'] }, seccompProfile: { type: 'RuntimeDefault' } },
    };
    expect(told(withContainer(allowed))).toEqual(['admitted']);
  });

  test('wants of restricted what pods leave out', () => {
    const [, reason] = told(withContainer({}), { ...BASELINE, podSecurity: 'restricted' });
    expect(reason?.replace(/.*: violates/, 'violates')).toBe(
      'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true) and seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
    const securityContext = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    expect(told(withContainer({ securityContext }), { ...BASELINE, podSecurity: 'restricted' })).toEqual(['admitted']);
  });

  test('refuses a Pod itself at once', () => {
    const labels = { 'kueue.x-k8s.io/queue-name': 'gb300' };
    const containers = [{ name: 'main', image: 'a', resources: { limits: { 'nvidia.com/gpu': 4 } } }];
    const pod = (spec: object) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', namespace: 'research', labels },
        spec: { containers, ...spec },
      });
    expect(told(pod({ hostIPC: true }))[0]).toBe('refused');
    expect(told(pod({ nodeName: 'n1' }))).toEqual([
      'refused',
      'NodeName spec.nodeName: a pod that waits for its queue names no node',
    ]);
    expect(told(pod({}))).toEqual(['admitted']);
  });
});

describe('ports of nodes', () => {
  const PRIVILEGED: Surroundings = { ...BASELINE, podSecurity: 'privileged' };
  const ports = [{ containerPort: 29500 }];
  const half = { 'nvidia.com/gpu': 2 };

  test('are held once in a node, which the queue does not know', () => {
    const text = withContainer({ ports }, { pods: 4, limits: half, pod: { hostNetwork: true } });
    expect(told(text, PRIVILEGED)).toEqual([
      'hangs',
      'HostPorts spec.template.spec.containers.0.ports.0: it is admitted, and 2 pods never start: each pod of "main" holds port 29500 of its node, by hostNetwork or hostPort, and a node has it once; the queue places by accelerators, cores and memory, and knows no ports',
    ]);
  });

  test('are free for pods that have a node of their own, and outside of the network of the node', () => {
    const whole = withContainer({ ports }, { pods: 4, pod: { hostNetwork: true } });
    const inside = withContainer({ ports }, { pods: 4, limits: half });
    expect([told(whole, PRIVILEGED), told(inside, PRIVILEGED)]).toEqual([['admitted'], ['admitted']]);
  });

  test('limit pods to the nodes where the scheduler chooses them', () => {
    const { topology: _, ...flat } = rackFlavor([18, 18, 18], { isAutoscaled: true });
    const text = (pods: number) => withContainer({ ports }, { pods, limits: half, pod: { hostNetwork: true } });
    const queue = bed();
    const set = { ...queue.sets[0], flavors: [flat] };
    const outcome = (pods: number) => {
      const plan = { ...queue, sets: [Object.assign({}, queue.sets[0], set)] };
      const [object] = checkManifest(text(pods), 'job.yaml', plan, { surroundings: new Map([['one', PRIVILEGED]]) });
      return object?.told?.verdict.outcome;
    };
    expect([outcome(54), outcome(55)]).toEqual(['depends', 'hangs']);
  });
});

test('a job whose pods name their node is admitted, and its pods are never made', () => {
  expect(told(withContainer({}, { pod: { nodeName: 'r1-00000' } }))).toEqual([
    'hangs',
    'NodeName spec.template.spec.nodeName: it is admitted, and its pods are never made: spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
  ]);
});

describe('labels that follow from the machine', () => {
  const on = (value: string) =>
    withContainer({}, { pod: { nodeSelector: { 'node.kubernetes.io/instance-type': value } } });

  test('are known of nodes', () => {
    expect(told(on('Standard_ND128isr_GB300_v6'))).toEqual(['admitted']);
    expect(told(on('Standard_ND96isr_H200_v5'))).toEqual(['never', 'Topology spec.template: no node fits']);
  });
});

describe('what the bundle does not have', () => {
  const notesOf = (text: string) =>
    (verdictOf(text).clusters[0]?.notes ?? []).map(({ code, means, instead }) => `${code}: ${means} = ${instead}`);
  const claiming = (claimName: string) =>
    withContainer({}, { pod: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }] } });

  test('is told of claims, and changes nothing', () => {
    expect(told(claiming('scrach'))).toEqual(['admitted']);
    expect(notesOf(claiming('scrach'))).toEqual([
      'ClaimUnknown: the estate has no claim "scrach" in the namespace "research" of one; did you mean "scratch"?; where nobody else makes it, its pods are admitted, and wait until there is one = those of the estate there: scratch and late; or put the PersistentVolumeClaim into the file',
    ]);
    expect(notesOf(claiming('models'))[0]).toContain('of one; robotics has one; where nobody else makes it');
    expect(notesOf(claiming('late'))[0]).toContain(
      'ClaimWaits: the bundle of one has the claim "late" only once stacks have told what it is made from',
    );
    expect(notesOf(claiming('scratch'))).toEqual([]);
  });

  test('is told of service accounts', () => {
    const as = (serviceAccountName: string) => notesOf(withContainer({}, { pod: { serviceAccountName } }));
    expect([as('trainer'), as('default')]).toEqual([[], []]);
    expect(as('nobody')).toEqual([
      'AccountUnknown: the estate has no service account "nobody" in the namespace "research" of one; where nobody else makes it, the job is admitted, and its pods are made only once there is one = those of the estate there: trainer; or put the ServiceAccount into the file',
    ]);
  });

  test('is not told of what stands in the same file', () => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'own', namespace: 'research' } };
    expect(notesOf(`${claiming('own')}\n---\n${JSON.stringify(claim)}`)).toEqual([]);
  });

  test('is told of runtimes of TrainJobs, unless they stand beside', () => {
    const job = (runtimeRef: object) =>
      JSON.stringify({
        apiVersion: 'trainer.kubeflow.org/v1alpha1',
        kind: 'TrainJob',
        metadata: { name: 'a', namespace: 'research', labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } },
        spec: { runtimeRef, trainer: { resourcesPerNode: { limits: { 'nvidia.com/gpu': 4 } } } },
      });
    const { outcome, notes } = verdictOf(job({ name: 'torch-distributed' }));
    expect([outcome, notes.map(({ code, at }) => [code, at?.join('.')])]).toEqual([
      'admitted',
      [['RuntimeNeeded', 'spec.runtimeRef.name']],
    ]);
    const runtime =
      'apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nmetadata: { name: ours, namespace: research }';
    expect(verdictOf(`${job({ kind: 'TrainingRuntime', name: 'ours' })}\n---\n${runtime}`).notes).toEqual([]);
  });
});

describe('what bundles of an estate have', () => {
  const { loaded, plan } = resolveEstate(join(ROOT, 'examples/queue.yaml'));
  const queue = planQueue(loaded.estate, plan);
  const surroundings = surroundingsOf(plan, queue);

  test('differs by cluster', () => {
    const levels = [...surroundings].map(([shard, { podSecurity }]) => [shard, podSecurity]);
    expect(Object.fromEntries(levels)).toEqual({
      ashburn: 'privileged',
      eastus2: 'privileged',
      hub: 'privileged',
      manassas: 'privileged',
      virginia: 'baseline',
    });
    const virginia = surroundings.get('virginia');
    expect(virginia?.claims.filter(({ namespace }) => namespace === 'training').map(({ name }) => name)).toEqual([
      'virginia-data',
    ]);
  });

  test('tells every worker of what none starts, and a Job without a queue the one that starts it', () => {
    const asks = (job: JobText) => {
      const [object] = checkManifest(jobText({ namespace: 'training', ...job }), 'job.yaml', queue, { surroundings });
      return object?.told?.verdict;
    };
    const five = asks({ limits: { 'nvidia.com/gpu': 4, 'rdma/ib': 5 } });
    expect(five?.clusters[0]?.reasons.map(({ worker, instead }) => [worker, instead])).toEqual([
      ['ashburn', 'a node has 0 of rdma/ib'],
      ['eastus2', 'a node has 4 of rdma/ib'],
    ]);
    const eight = asks({ queue: null, limits: { 'nvidia.com/gpu': 8, cpu: 180, memory: '64Gi' } });
    expect(eight?.reasons[0]?.instead).toMatch(/^write the label kueue\.x-k8s\.io\/queue-name: b300; queues of/);
    const tpus = asks({ queue: null, limits: { 'google.com/tpu': 40 } });
    expect(tpus?.reasons[0]?.instead).toMatch(/queue-name: tpu-v6e, though it does not start there as it is; queues/);
  });

  test('says that a job may go to the one worker on which its pods are never made', () => {
    const text = jobText({ namespace: 'training', pod: { hostIPC: true } });
    const inCluster = (podSecurity: Surroundings['podSecurity']) => ({ podSecurity, claims: [], accounts: [] });
    const verdictWith = (levels: Readonly<Record<string, Surroundings['podSecurity']>>) => {
      const given = new Map(Object.entries(levels).map(([shard, level]) => [shard, inCluster(level)]));
      return checkManifest(text, 'job.yaml', queue, { surroundings: given })[0]?.told?.verdict;
    };
    const one = verdictWith({ ashburn: 'baseline', eastus2: 'privileged' });
    expect(one?.outcome).toBe('depends');
    expect(
      one?.clusters.map(({ shard, reasons }) => [shard, reasons.map(({ code, worker }) => [code, worker])]),
    ).toEqual([['eastus2', [['WorkerHangs', 'ashburn']]]]);
    expect(one?.clusters[0]?.reasons[0]?.means).toMatch(
      /^the manager gives it to whichever worker admits it first, and ashburn may be that: there it is admitted, and its pods are never made/,
    );
    expect(verdictWith({ ashburn: 'baseline', eastus2: 'baseline' })?.outcome).toBe('hangs');
    expect(verdictWith({ ashburn: 'privileged', eastus2: 'privileged' })?.outcome).toBe('admitted');
  });

  test('keeps a job from pods that no node of a queue without standing nodes has', () => {
    const pod = { nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-h100-80gb' } };
    const outcome = (more: JobText) => {
      const text = jobText({ namespace: 'training', queue: 'b200', limits: { 'nvidia.com/gpu': 8 }, ...more });
      return checkManifest(text, 'job.yaml', queue)[0]?.told?.verdict.outcome;
    };
    const own = { nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-b200' } };
    expect([outcome({ pod }), outcome({ pod: own }), outcome({})]).toEqual(['hangs', 'depends', 'depends']);
  });
});
