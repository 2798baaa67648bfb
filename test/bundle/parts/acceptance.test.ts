import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { yamlText } from '../../../bundle/files';
import { checkManifest } from '../../../bundle/job/check';
import { acceptance } from '../../../bundle/parts/acceptance';
import { fabric } from '../../../bundle/parts/fabric';
import type { BundleContext, KubeObject } from '../../../bundle/types';
import { validateObject } from '../../../bundle/validate';
import { resolveEstate } from '../../../cli/app';
import { planQueue } from '../../../estate/plan/queue/plan-queue';
import type { QueuePlan, QueueSet } from '../../../estate/plan/queue/types';
import type { Plan, ShardPlan } from '../../../estate/plan/types';
import type { Estate } from '../../../estate/spec/schema';
import { ROOT } from '../../helpers/cli';
import { type EstateInput, estateOf, lockAndResolve } from '../../helpers/estates';

/** What of a job these tests look at. */
interface SeenJob extends KubeObject {
  readonly spec: {
    readonly completions: number;
    readonly template: {
      readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
      readonly spec: {
        readonly hostNetwork?: boolean;
        readonly nodeSelector: Readonly<Record<string, string>>;
        readonly resourceClaims?: readonly unknown[];
        readonly volumes?: readonly unknown[];
        readonly containers: readonly [
          {
            readonly image: string;
            readonly env?: readonly { readonly name: string; readonly value?: string }[];
            readonly resources: { readonly limits?: Readonly<Record<string, string>>; readonly claims?: unknown };
            readonly securityContext?: Readonly<Record<string, unknown>>;
          },
        ];
      };
    };
  };
}

interface Planned {
  readonly estate: Estate;
  readonly plan: Plan;
}

function contexts({ estate, plan }: Planned, edit: (set: QueueSet) => QueueSet): readonly BundleContext[] {
  const queue = planQueue(estate, plan);
  const shards: readonly ShardPlan[] = plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  return shards.flatMap((shard) => {
    const set = queue.sets.find((each) => each.shard === shard.key);
    const software = { shard: shard.key, components: [], owners: [] };
    return set === undefined ? [] : [{ plan, shard, queue, set: edit(set), software }];
  });
}

const objectsOf = (planned: Planned, edit: (set: QueueSet) => QueueSet = (set) => set): readonly KubeObject[] =>
  contexts(planned, edit).flatMap((context) => [...acceptance(context)]);

function contextOf(name: string): BundleContext {
  const { loaded, plan } = resolveEstate(join(ROOT, 'examples', name));
  const [context] = contexts({ estate: loaded.estate, plan }, (set) => set);
  if (context === undefined) throw new Error(`${name} has no cluster`);
  return context;
}

function exampleObjects(name: string): readonly KubeObject[] {
  const { loaded, plan } = resolveEstate(join(ROOT, 'examples', name));
  return objectsOf({ estate: loaded.estate, plan });
}

const jobsOf = (objects: readonly KubeObject[]) => objects.filter((object): object is SeenJob => object.kind === 'Job');

function jobNamed(objects: readonly KubeObject[], name: string): SeenJob {
  const found = jobsOf(objects).find((job) => job.metadata.name === name);
  if (found === undefined) throw new Error(`no job ${name} among ${jobsOf(objects).map((job) => job.metadata.name)}`);
  return found;
}

const containerOf = (job: SeenJob) => job.spec.template.spec.containers[0];
const envOf = (job: SeenJob) =>
  Object.fromEntries((containerOf(job).env ?? []).map(({ name, value }) => [name, value]));

/** Racks of 16 trays in service on Azure. */
const racks = (count: number): EstateInput => ({
  estate: 'v1',
  name: 'atlas',
  owner: { team: 'training', email: 'training@example.com', costCenter: 'cc-1' },
  accounts: {
    azure: {
      cloud: 'azure',
      subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
    },
  },
  sites: { east: { account: 'azure', region: 'eastus2', zones: ['1'] } },
  clusters: {
    gb: {
      site: 'east',
      pools: {
        train: { accelerator: 'gb300', racks: count, zone: '1', spareTraysPerRack: 2, capacity: { kind: 'dedicated' } },
      },
    },
  },
});
function planOf(count: number): Planned {
  const estate = estateOf(racks(count));
  return { estate, plan: lockAndResolve(estate).plan };
}

describe('jobs that accept a pool of racks', () => {
  const objects = objectsOf(planOf(3));

  test('go through the queue of the pool, in the namespace of its team, with names that pods have room behind', () => {
    for (const { metadata } of jobsOf(objects)) {
      expect(metadata).toMatchObject({ namespace: 'training', labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } });
      expect(metadata.name.length).toBeLessThanOrEqual(57);
    }
    expect(jobsOf(objects).map(({ metadata }) => metadata.name)).toEqual([
      'accept-train-labels',
      'accept-train-rack',
      'accept-train-too-large',
      'accept-train-domain',
      'accept-train-fabric',
    ]);
  });

  test('compare labels with the levels, the size and the domain of each rack', () => {
    expect(envOf(jobNamed(objects, 'accept-train-labels'))).toMatchObject({
      CLIQUE: 'required',
      FLAVOR: expect.stringMatching(/^gb-train-[0-9a-f]{8}$/),
      GROUP_NODES: '16',
      LEVELS: 'estate/group,kubernetes.io/hostname,estate/pool',
      PER_NODE: '4',
      POOL: 'train',
      QUOTA: 'exact',
      RESOURCE: 'nvidia.com/gpu',
    });
  });

  test('read nodes as an account that may read nodes and quotas and nothing else', () => {
    expect(objects.find(({ kind }) => kind === 'ClusterRole')?.rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
      { apiGroups: ['kueue.x-k8s.io'], resources: ['clusterqueues', 'cohorts'], verbs: ['get', 'list'] },
    ]);
    const others = jobsOf(objects).filter(({ metadata }) => metadata.name !== 'accept-train-labels');
    for (const { spec } of others) expect(spec.template.spec).toMatchObject({ automountServiceAccountToken: false });
  });

  test('take one rack whole, and are refused where they want a node more', () => {
    const rack = jobNamed(objects, 'accept-train-rack');
    const larger = jobNamed(objects, 'accept-train-too-large');
    expect([rack.spec.completions, larger.spec.completions]).toEqual([16, 17]);
    for (const job of [rack, larger]) {
      expect(job.spec.template.metadata.annotations).toEqual({
        'kueue.x-k8s.io/podset-required-topology': 'estate/group',
      });
      expect(containerOf(job).resources.limits).toEqual({ 'nvidia.com/gpu': '4' });
    }
    expect(larger.metadata.annotations?.['training-estate/expects']).toContain(
      '"allows to fit only 16 out of 17 pod(s)"',
    );
  });

  test('measure NVLink with a domain of their own, and the fabric without one', () => {
    const domain = jobNamed(objects, 'accept-train-domain');
    expect(domain.spec.completions).toBe(16);
    expect(envOf(domain)).toMatchObject({ NCCL_MNNVL_ENABLE: '1', FLOOR_GBPS: '500', RANKS_PER_NODE: '4' });
    expect(domain.spec.template.spec.resourceClaims).toEqual([
      { name: 'channel', resourceClaimTemplateName: 'accept-train-domain-channel' },
    ]);
    expect(objects.find(({ kind }) => kind === 'ComputeDomain')).toMatchObject({
      metadata: { name: 'accept-train-domain', namespace: 'training' },
      spec: { numNodes: 16, channel: { resourceClaimTemplate: { name: 'accept-train-domain-channel' } } },
    });
    const fabric = jobNamed(objects, 'accept-train-fabric');
    expect(fabric.spec.completions).toBe(2);
    expect(envOf(fabric)).toMatchObject({ NCCL_MNNVL_ENABLE: '0', HEAD: 'accept-train-fabric-0.acceptance' });
    expect(fabric.spec.template.spec.resourceClaims).toBeUndefined();
    expect(containerOf(fabric).resources.limits).toEqual({ 'nvidia.com/gpu': '4', 'rdma/ib': '4' });
  });

  test('are the same with a rack more', () => {
    expect(objectsOf(planOf(4))).toEqual(objects);
  });

  test('take no rack whole where their queue cannot have one', () => {
    const small = (set: QueueSet): QueueSet => ({
      ...set,
      queues: set.queues.map((queue) => ({
        ...queue,
        flavors: queue.flavors.map(({ flavor }) => ({
          flavor,
          quotas: [{ resource: 'nvidia.com/gpu', nominal: 32, borrowing: 0 }],
        })),
      })),
    });
    expect(jobsOf(objectsOf(planOf(3), small)).map(({ metadata }) => metadata.name)).toEqual([
      'accept-train-labels',
      'accept-train-fabric',
    ]);
  });
});

describe('what measures the fabric', () => {
  test('takes all EFA interfaces of a node on AWS', () => {
    const jobs = jobsOf(exampleObjects('aws.yaml')).filter(({ metadata }) => /-fabric$/.test(metadata.name));
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) {
      expect(Number(containerOf(job).resources.limits?.['vpc.amazonaws.com/efa'])).toBeGreaterThan(0);
      expect(envOf(job)).toMatchObject({ FI_PROVIDER: 'efa' });
      expect(containerOf(job).image).toMatch(/^public\.ecr\.aws\//);
      // Namespaces of AWS are baseline, which has no right to lock memory.
      expect(containerOf(job).securityContext).toBeUndefined();
    }
  });

  test('joins networks that the bundle makes on GKE, and loads gIB', () => {
    const jobs = jobsOf(exampleObjects('google.yaml')).filter(
      ({ spec }) => spec.template.metadata.annotations?.['networking.gke.io/interfaces'] !== undefined,
    );
    expect(jobs.length).toBeGreaterThan(0);
    const [job] = jobs;
    const interfaces = job?.spec.template.metadata.annotations?.['networking.gke.io/interfaces'] ?? '[]';
    const made = fabric(contextOf('google.yaml')).filter(({ kind }) => kind === 'Network');
    const names = (JSON.parse(interfaces) as { network: string }[]).map(({ network }) => network);
    expect(names[0]).toBe('default');
    expect(made.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(names.slice(1)));
    expect(job?.spec.template.spec.volumes).toContainEqual({
      name: 'gib',
      hostPath: { path: '/home/kubernetes/bin/gib' },
    });
  });

  test('uses the adapters of the node on Oracle Cloud, by the names that they have in its shape', () => {
    const jobs = jobsOf(exampleObjects('oracle.yaml')).filter(({ spec }) => spec.template.spec.hostNetwork === true);
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) {
      expect(containerOf(job).securityContext).toEqual({ privileged: true });
      expect(envOf(job).NCCL_IB_HCA).toMatch(/^=?(mlx5|ionic)_/);
    }
  });
});

describe.each(readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml')))(
  'the jobs of %s',
  (name) => {
    const objects = exampleObjects(name);

    test('are objects that Kubernetes and what is installed take', () => {
      const problems = objects.flatMap((object) =>
        validateObject(object).map((problem) => [object.metadata.name, problem]),
      );
      expect(problems).toEqual([]);
    });

    test('ask for cores and memory, since Kueue never admits a pod that asks for nothing', () => {
      for (const job of jobsOf(objects))
        expect(containerOf(job).resources).toMatchObject({
          requests: { cpu: expect.any(String), memory: expect.any(String) },
        });
    });
  },
);

test('file systems are measured against their tier, by nodes of every pool that mounts them', () => {
  const jobs = jobsOf(exampleObjects('frontier.yaml')).filter(({ metadata }) => metadata.name.includes('-files-'));
  expect(jobs.length).toBeGreaterThan(10);
  for (const job of jobs) {
    expect(Number(envOf(job).STORE_FLOOR_MBPS)).toBeGreaterThan(1000);
    expect(job.spec.template.spec.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: expect.stringMatching(/-scratch$/) },
    });
  }
});

test('a manager says by a job for each key of pools whether its queue reaches workers', () => {
  const asManager = (set: QueueSet): QueueSet => ({ ...set, role: 'manager' });
  const objects = objectsOf(planOf(2), asManager);
  expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([['Job', 'accept-train-reach-gb300']]);
  const [job] = jobsOf(objects);
  expect(job?.spec.template.spec.nodeSelector).toEqual({ 'estate/pool': 'train' });
  // Scripts lie in one cluster; MultiKueue copies jobs and nothing that they use.
  expect(job?.spec.template.spec.volumes).toBeUndefined();
});

describe('the verdict on jobs of the example of a queue', () => {
  const { loaded, plan } = resolveEstate(join(ROOT, 'examples/queue.yaml'));
  const told = contexts({ estate: loaded.estate, plan }, (set) => set)
    .filter(({ set }) => set.role !== 'manager')
    .flatMap((context) => {
      // Jobs of acceptance are applied in the cluster itself, past the manager.
      const { manager: _, ...queue } = context.queue;
      const alone: QueuePlan = { ...queue, sets: [{ ...context.set, role: 'alone' }] };
      const text = acceptance(context)
        .filter(({ kind }) => kind === 'Job')
        .map(yamlText)
        .join('---\n');
      return checkManifest(text, 'acceptance.yaml', alone).flatMap(({ told: one }) =>
        one === undefined ? [] : [{ name: one.job.name, ...one.verdict }],
      );
    });
  const codes = ({ reasons, clusters }: (typeof told)[number]) =>
    [...reasons, ...clusters.flatMap((cluster) => cluster.reasons)].map(({ code }) => code);

  test('is that no rack has room for those that are too large, and for nothing else', () => {
    expect(told.filter(({ outcome }) => outcome === 'never').map(({ name }) => name)).toEqual(
      told.map(({ name }) => name).filter((name) => name.endsWith('-too-large')),
    );
  });

  test('is that all others are admitted, as soon as there is what drivers and clouds make', () => {
    expect(told.filter(({ outcome }) => outcome === 'admitted').length).toBeGreaterThan(10);
    const others = told.filter(({ outcome }) => outcome !== 'admitted' && outcome !== 'never');
    // The template of an NVLink channel, the labels of a slice, and nodes that are started for the job.
    for (const one of others)
      for (const code of codes(one)) expect(['ClaimTemplate', 'CloudPlacement', 'NodesLater']).toContain(code);
  });
});
