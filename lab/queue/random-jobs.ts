import { TOPOLOGY } from '../../bundle/job/topology-request';
import type { KubeObject } from '../../bundle/types';
import type { FlavorPlan, QueuePlan, QueueSet, TopologyPlan } from '../../estate/plan/queue/types';

/** A job that was made up. */
export interface RandomJob {
  /** What is tried with it, for reports. */
  readonly title: string;
  readonly object: KubeObject;
}

/** Numbers that follow from a seed, so that a run can be done again. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (Math.max(least, most) - least + 1));
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  /** One of several, of which there is at least one. */
  of<T>(choices: readonly T[]): T {
    const found = choices[this.whole(0, choices.length - 1)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }
}

/** What a job is made up for: one queue of one cluster. */
interface Target {
  readonly set: QueueSet;
  readonly namespace: string;
  readonly queue: string;
  readonly flavors: readonly FlavorPlan[];
  readonly topologies: readonly TopologyPlan[];
}

/** Queues that jobs are given to, in clusters that place pods by themselves or through a manager. */
function targetsOf(plan: QueuePlan, set: QueueSet): readonly Target[] {
  void plan;
  return set.localQueues.flatMap(({ namespace, name, clusterQueue }) => {
    const queue = set.queues.find((each) => each.name === clusterQueue);
    const flavors = set.flavors.filter((flavor) => queue?.flavors.some((each) => each.flavor === flavor.name));
    const topologies = set.topologies.filter((each) => flavors.some(({ topology }) => topology === each.name));
    return flavors.length === 0 ? [] : [{ set, namespace, queue: name, flavors, topologies }];
  });
}

/** Makes up jobs for the queues of one cluster; the same seed gives the same jobs. */
export function randomJobs(plan: QueuePlan, set: QueueSet, count: number, seed: number): readonly RandomJob[] {
  const dice = new Dice(seed);
  const targets = targetsOf(plan, set);
  return Array.from({ length: count }, (_, index) => randomJob(dice, dice.of(targets), `random-${index}`, plan));
}

const KINDS = [
  'Job',
  'Job',
  'Job',
  'Job',
  'Job',
  'JobSet',
  'JobSet',
  'LeaderWorkerSet',
  'Deployment',
  'StatefulSet',
] as const;

function randomJob(dice: Dice, target: Target, name: string, plan: QueuePlan): RandomJob {
  const kind = dice.of(KINDS);
  const wrongQueue = dice.chance(0.03);
  const noQueue = !wrongQueue && kind !== 'LeaderWorkerSet' && dice.chance(0.02);
  const labels = {
    ...(!noQueue && { 'kueue.x-k8s.io/queue-name': wrongQueue ? `${target.queue}-x` : target.queue }),
    ...(dice.chance(0.1) && {
      'kueue.x-k8s.io/priority-class': dice.chance(0.2) ? 'none-such' : dice.of(plan.priorities).name,
    }),
  };
  const made = MAKERS[kind](dice, target, name);
  const metadata = {
    name,
    namespace: target.namespace,
    labels,
    ...(made.annotations && { annotations: made.annotations }),
  };
  const title = `${kind} in ${target.queue}${wrongQueue ? ', wrong queue' : noQueue ? ', no queue' : ''}: ${made.title}`;
  return { title, object: { apiVersion: made.apiVersion, kind, metadata, spec: made.spec } };
}

interface Made {
  readonly apiVersion: string;
  readonly spec: object;
  readonly title: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

type Maker = (dice: Dice, target: Target, name: string) => Made;

const MAKERS: Readonly<Record<(typeof KINDS)[number], Maker>> = {
  Job: (dice, target) => {
    const pods = podCount(dice, target);
    const { template, title } = randomTemplate(dice, target, pods);
    const least = pods > 2 && dice.chance(0.08) ? dice.whole(1, pods - 1) : undefined;
    return {
      apiVersion: 'batch/v1',
      spec: { ...jobSpec(pods, template), ...(dice.chance(0.1) && { completions: pods * 2 }) },
      title: `${pods} pods${least === undefined ? '' : `, at least ${least}`}${title}`,
      ...(least !== undefined && { annotations: { 'kueue.x-k8s.io/job-min-parallelism': String(least) } }),
    };
  },
  JobSet: (dice, target) => {
    const count = dice.whole(1, 3);
    const jobs = Array.from({ length: count }, (_, index) => {
      const replicas = dice.whole(1, 3);
      const pods = Math.max(1, Math.floor(podCount(dice, target) / replicas / count));
      const isDriver = count > 1 && index === 0 && dice.chance(0.5);
      const size = isDriver ? 1 : replicas * pods;
      const { template, title } = randomTemplate(dice, target, size, isDriver);
      const spec = jobSpec(isDriver ? 1 : pods, template);
      const job = { name: `part-${index}`, replicas: isDriver ? 1 : replicas, template: { spec } };
      return { job, title: `${isDriver ? 'driver' : `${replicas} x ${pods} pods`}${title}` };
    });
    return {
      apiVersion: 'jobset.x-k8s.io/v1alpha2',
      spec: { replicatedJobs: jobs.map(({ job }) => job) },
      title: jobs.map(({ title }) => title).join(' + '),
    };
  },
  LeaderWorkerSet: (dice, target) => {
    const size = dice.whole(1, 6);
    const replicas = dice.whole(1, 4);
    const group = dice.chance(0.4) && size > 1;
    const { template, title } = randomTemplate(dice, target, size, false, group ? 'grouped' : undefined);
    const leader = size > 1 && (group || dice.chance(0.3)) ? randomTemplate(dice, target, 1, true).template : undefined;
    const leaderTemplate = leader && group ? { ...leader, metadata: template.metadata } : leader;
    return {
      apiVersion: 'leaderworkerset.x-k8s.io/v1',
      // What its own webhook fills in, which labs do not run.
      spec: {
        replicas,
        startupPolicy: 'LeaderCreated',
        rolloutStrategy: { type: 'RollingUpdate' },
        leaderWorkerTemplate: { size, workerTemplate: template, ...(leaderTemplate && { leaderTemplate }) },
      },
      title: `${replicas} replicas of ${size}${leaderTemplate ? ' with leader' : ''}${title}`,
    };
  },
  Deployment: (dice, target, name) => {
    const replicas = dice.whole(1, 6);
    const { template, title } = randomTemplate(dice, target, 1, false, 'plain');
    return {
      apiVersion: 'apps/v1',
      spec: { replicas, ...selected(name, template) },
      title: `${replicas} pods${title}`,
    };
  },
  StatefulSet: (dice, target, name) => {
    const replicas = dice.whole(1, 8);
    const { template, title } = randomTemplate(dice, target, replicas, false, 'plain');
    return {
      apiVersion: 'apps/v1',
      spec: { replicas, serviceName: name, ...selected(name, template) },
      title: `${replicas} pods${title}`,
    };
  },
};

/** What chooses pods by a label of their own; pods that go on for ever. */
function selected(name: string, template: PodTemplate): object {
  const { restartPolicy: _policy, ...spec } = template.spec;
  const metadata = { ...template.metadata, labels: { app: name } };
  return { selector: { matchLabels: { app: name } }, template: { metadata, spec } };
}

function jobSpec(pods: number, template: PodTemplate): object {
  return { parallelism: pods, completions: pods, completionMode: 'Indexed', backoffLimit: 0, template };
}

/** Counts near what fits: of a group, of several, of all, and a little beside. */
function podCount(dice: Dice, { flavors }: Target): number {
  const flavor = dice.of(flavors);
  const group = dice.of(flavor.groups).nodes;
  const all = flavors.reduce((sum, { nodes }) => sum + nodes, 0);
  const near = dice.of([
    group,
    group * 2,
    group * 3,
    flavor.nodes,
    all,
    Math.ceil(all / 2),
    Math.ceil(flavor.nodes / 2),
    1,
  ]);
  return Math.min(MOST_PODS, Math.max(1, near + dice.of([-2, -1, 0, 0, 0, 1, 2])));
}

/** More would only take time. */
const MOST_PODS = 160;

interface PodTemplate {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

function randomTemplate(
  dice: Dice,
  target: Target,
  pods: number,
  isDriver = false,
  style?: 'plain' | 'grouped',
): { readonly template: PodTemplate; readonly title: string } {
  const flavor = dice.of(target.flavors);
  const wish = randomWish(dice, target, pods, style);
  const resources = randomRequests(dice, flavor, isDriver);
  const nodes = randomNodes(dice, target, flavor);
  const spec = {
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: 'none', resources: { requests: resources, limits: resources } }],
    ...(nodes && { nodeSelector: nodes }),
  };
  const asked = Object.entries(resources)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
  const on = nodes === undefined ? '' : ` on ${Object.entries(nodes).flat().join('=')}`;
  return { template: { metadata: { annotations: wish.annotations }, spec }, title: ` of ${asked}${on}${wish.title}` };
}

function randomRequests(
  dice: Dice,
  { perNode, resource }: FlavorPlan,
  isDriver: boolean,
): Readonly<Record<string, string>> {
  const { accelerators, vcpus = 8, memoryGiB = 16 } = perNode;
  if (isDriver || accelerators === 0) {
    const cpu = dice.of([1, 2, Math.ceil(vcpus / 2), vcpus - 1, vcpus + 1]);
    return {
      cpu: String(isDriver ? Math.min(2, vcpus) : cpu),
      memory: `${dice.of([1, 2, Math.ceil(memoryGiB / 3)])}Gi`,
    };
  }
  const count = dice.of([accelerators, accelerators, accelerators, Math.ceil(accelerators / 2), 1]);
  const far = dice.chance(0.04) ? accelerators + 1 : count;
  return {
    cpu: String(
      dice.of([
        1,
        Math.floor(vcpus / 4),
        Math.floor(vcpus / 2),
        Math.floor(vcpus * 0.9),
        ...(dice.chance(0.1) ? [vcpus + 1] : []),
      ]),
    ),
    memory: `${dice.of([1, Math.floor(memoryGiB / 4), Math.floor(memoryGiB / 2) + 1])}Gi`,
    [resource]: String(far),
  };
}

function randomNodes(
  dice: Dice,
  { set, flavors }: Target,
  flavor: FlavorPlan,
): Readonly<Record<string, string>> | undefined {
  if (dice.chance(0.12)) return { 'estate/pool': flavor.pool };
  if (dice.chance(0.04)) return { 'estate/pool': dice.of(set.flavors).pool };
  if (dice.chance(0.05)) return { 'estate/group': dice.of(dice.of(flavors).groups).id };
  if (dice.chance(0.03)) return { 'estate/group': 'nowhere' };
  return undefined;
}

interface Wish {
  readonly annotations: Readonly<Record<string, string>>;
  readonly title: string;
}

function randomWish(dice: Dice, { topologies }: Target, pods: number, style?: 'plain' | 'grouped'): Wish {
  const none = { annotations: {}, title: '' };
  if (topologies.length === 0) {
    return dice.chance(0.1)
      ? { annotations: { [TOPOLOGY.preferred]: 'estate/group' }, title: ', prefers a rack of none' }
      : none;
  }
  const keys = dice.of(topologies).levels.map(({ key }) => key);
  const key = dice.chance(0.03) ? 'nobody.example/level' : dice.of(keys);
  const which = dice.of(['required', 'preferred'] as const);
  if (style === 'grouped') {
    return {
      annotations: { [TOPOLOGY[which]]: key, [TOPOLOGY.group]: 'together' },
      title: `, together, ${which} ${key}`,
    };
  }
  const shape = dice.of(style === 'plain' ? PLAIN_SHAPES : SHAPES);
  const size = Math.max(1, dice.of([...divisors(pods), dice.whole(1, pods + 1), ...divisors(pods)]));
  const slices = { [TOPOLOGY.slice]: dice.of(keys), [TOPOLOGY.sliceSize]: String(size) };
  const said = `, slices of ${size} in ${slices[TOPOLOGY.slice]}`;
  if (shape === 'one') return { annotations: { [TOPOLOGY[which]]: key }, title: `, ${which} ${key}` };
  if (shape === 'free') return { annotations: { [TOPOLOGY.unconstrained]: 'true' }, title: ', unconstrained' };
  if (shape === 'slices') return { annotations: slices, title: said };
  if (shape === 'both')
    return { annotations: { [TOPOLOGY[which]]: key, ...slices }, title: `, ${which} ${key}${said}` };
  if (shape === 'layers') return layersWish(dice, keys, pods);
  return none;
}

const SHAPES = ['none', 'none', 'one', 'one', 'one', 'free', 'slices', 'slices', 'both', 'layers'] as const;
const PLAIN_SHAPES = ['none', 'none', 'one', 'free'] as const;

function layersWish(dice: Dice, keys: readonly string[], pods: number): Wish {
  const outer = dice.of(divisors(pods));
  const inner = dice.chance(0.85) ? dice.of(divisors(outer)) : dice.whole(1, outer);
  const layers =
    keys.length < 2
      ? [[keys[0], outer]]
      : [
          [keys.at(-2), outer],
          [keys.at(-1), inner],
        ];
  const text = JSON.stringify(layers.map(([topology, size]) => ({ topology, size })));
  return { annotations: { [TOPOLOGY.layers]: text }, title: `, layers ${text}` };
}

function divisors(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((size) => count % size === 0);
}
