import {
  NODE_COMMANDS,
  POOL_CHAPTERS,
  POOL_STEPS,
  type PoolChapter,
  type PoolStepRow,
  type PoolThing,
} from '../../catalog/pool-steps';
import { acceptanceJob, acceptanceQueue } from '../../plan/acceptance-jobs';
import { allShards } from '../../plan/all-shards';
import { identityOf } from '../../plan/identity';
import type { FlavorPlan, QueuePlan, QueueSet } from '../../plan/queue/types';
import type { SoftwarePlan } from '../../plan/software/types';
import type { Plan, PoolPlan, ShardPlan } from '../../plan/types';
import type { Estate } from '../../spec/schema';
import { counted } from '../../spec/words';
import { bundleCommands, clusterNames, clusterSteps } from '../first-apply/build';
import { DEFAULT_FILE } from '../first-apply/common';
import { type ApplyFiles, defined, filled, sourceOf, type Words } from '../first-apply/guide';
import { isDeploy, type Step } from '../first-apply/types';
import { bundleFolder, type ClusterRunbook, type Runbook, type RunbookChapter } from './types';

/** What chapters are called. */
const TITLES: Readonly<Record<PoolChapter, string>> = {
  'bring-up': 'Bring it up',
  accept: 'Accept its nodes',
  drain: 'Drain it, and open it again',
  upgrade: 'Upgrade it',
  replace: 'Replace a node, a tray or a rack',
  window: 'When its capacity ends',
};

/** What a runbook is made from. */
export interface RunbookInput {
  readonly plan: Plan;
  readonly queue: QueuePlan;
  /** @default no step tells of the software of nodes */
  readonly software?: SoftwarePlan;
  readonly files: ApplyFiles;
}

/** A pool by its keys: those that it has in the estate file, and those that it had first, which all names hang on. */
export interface WrittenPool {
  readonly cluster: string;
  readonly pool: string;
  /** `CLUSTER.POOL` as the estate file has it. */
  readonly written: string;
  /** `CLUSTER.POOL` as it was first. */
  readonly first: string;
}

/** All pools of an estate by both of their names, in the order of the file. */
export function writtenPools(estate: Pick<Estate, 'clusters'>): readonly WrittenPool[] {
  return Object.entries(estate.clusters).flatMap(([clusterKey, entry]) =>
    Object.entries(entry.pools).map(([poolKey, own]) => {
      const [cluster, pool] = [identityOf(clusterKey, entry), identityOf(poolKey, own)];
      return { cluster, pool, written: `${clusterKey}.${poolKey}`, first: `${cluster}.${pool}` };
    }),
  );
}

/** What somebody does by hand with a pool, in every cluster that has a part of it. */
export function poolRunbook(input: RunbookInput, named: WrittenPool): Runbook {
  const { plan } = input;
  const { cluster, pool, written, first } = named;
  const shards = allShards(plan);
  const parts = shards
    .filter((shard) => shard.cluster === cluster)
    .flatMap((shard) => shard.pools.filter(({ key }) => key === pool).map((own) => ({ shard, own })));
  return {
    title: `Pool ${pool} of cluster ${cluster}, estate ${plan.name}`,
    clusters: parts.flatMap(({ shard, own }) => {
      const part = partOf(input, shard, own);
      if (part === undefined || written === first) return part ?? [];
      const renamed = ['in the estate file', `${written}; labels, queues and flavors keep its first name`] as const;
      return { ...part, facts: [renamed, ...part.facts] };
    }),
  };
}

function partOf(input: RunbookInput, shard: ShardPlan, pool: PoolPlan): ClusterRunbook | undefined {
  const set = input.queue.sets.find((each) => each.shard === shard.key);
  const flavor = set?.flavors.find((each) => each.pool === pool.key);
  if (set === undefined || flavor === undefined) return undefined;
  const steps = clusterSteps(input.plan, input.files, shard.key);
  const deploy = steps.find(isDeploy)?.run[0] ?? 'npx estate runbook first-apply';
  const words = wordsOf(input, shard, pool, { set, flavor, deploy });
  const things = { ...thingsOf(shard, pool, { set, flavor }), driver: driversOf(input, shard, pool) };
  const find = (thing: PoolThing) => things[thing] ?? [];
  const chapters = POOL_CHAPTERS.map((chapter): RunbookChapter => {
    const own = POOL_STEPS.filter((row) => row.chapter === chapter).flatMap((row) => stepOf(row, words, find(row.of)));
    const before: readonly Step[] = chapter === 'bring-up' ? steps : [];
    const all = [...before, ...own].map((step) => ofEstate(step, input.files));
    return { chapter, title: TITLES[chapter], steps: all };
  });
  return {
    cluster: shard.key,
    facts: factsOf(shard, pool, { set, flavor }),
    chapters: chapters.filter((chapter) => chapter.steps.length > 0),
  };
}

/** Its commands name the estate file where it is not the one that they take by themselves. */
function ofEstate(step: Step, { estate }: ApplyFiles): Step {
  if (estate === DEFAULT_FILE) return step;
  const named = (commands: readonly string[]) => commands.map((line) => line.replace(/^npx /, `ESTATE=${estate} npx `));
  return { ...step, run: named(step.run), see: named(step.see) };
}

interface Queued {
  readonly set: QueueSet;
  readonly flavor: FlavorPlan;
}

/** Components whose pods nodes keep until somebody deletes them. */
function driversOf({ software }: RunbookInput, shard: ShardPlan, pool: PoolPlan): readonly Words[] {
  const components = software?.sets.find((each) => each.shard === shard.key)?.components ?? [];
  return components.flatMap(({ namespace, heldBy, pools }) =>
    heldBy === undefined || !pools.includes(pool.key) ? [] : [{ componentNamespace: namespace, heldBy }],
  );
}

/** What there is of each thing, with the words that tell one from another. */
function thingsOf(
  shard: ShardPlan,
  pool: PoolPlan,
  { set, flavor }: Queued,
): Readonly<Partial<Record<PoolThing, readonly Words[]>>> {
  const { machine, groups, capacity } = pool;
  const isRack = machine.scaleUpNodes > 1;
  const isWhole = isRack || machine.topologies !== undefined;
  const when = (holds: boolean): readonly Words[] => (holds ? [{}] : []);
  const window = 'window' in capacity ? capacity.window : undefined;
  const isBlock = capacity.kind === 'capacity-block';
  return {
    pool: [{}],
    rack: when(isRack),
    whole: when(isWhole),
    domain: when(isWhole && flavor.nodes > 1 && machine.accelerator !== undefined),
    fabric: when(machine.topologies === undefined && machine.scaleOutGbps > 0 && flavor.nodes > 1),
    files: shard.mounts.flatMap(({ kind, existing, key }) =>
      kind === 'lustre' && existing === undefined ? [{ filesJob: acceptanceJob(pool.key, 'files', key) }] : [],
    ),
    queue: set.queues
      .filter(({ flavors }) => flavors.some((each) => each.flavor === flavor.name))
      .map(({ name }) => ({ clusterQueue: name })),
    spares: when(groups.some(({ nodes, trays }) => trays > nodes)),
    window: when(window !== undefined),
    block: isBlock
      ? groups.flatMap(({ reservation }) => (reservation === undefined ? [] : [{ block: reservation }]))
      : [],
    [shard.cloud]: [{}],
  };
}

function wordsOf(
  { plan, files }: RunbookInput,
  shard: ShardPlan,
  { key, machine, groups, capacity, kubernetesVersion }: PoolPlan,
  { set, flavor, deploy }: Queued & { readonly deploy: string },
): Words {
  const window = 'window' in capacity ? capacity.window : undefined;
  const [first] = set.queues.filter(({ flavors }) => flavors.some((each) => each.flavor === flavor.name));
  const rackNodes = Math.max(...groups.map(({ nodes }) => nodes));
  const words = {
    ...clusterNames(plan, shard.key),
    cluster: shard.key,
    ...bundleCommands(plan, files, shard.key),
    pool: key,
    folder: bundleFolder(shard.key),
    namespace: acceptanceQueue(set, flavor)?.namespace ?? shard.workload.namespace,
    clusterQueue: first?.name ?? '',
    accelerator: flavor.accelerator,
    nodes: String(flavor.nodes),
    present: flavor.isAutoscaled ? 'nodes that are there' : `the ${flavor.nodes} nodes`,
    resource: flavor.resource,
    column: flavor.resource.replaceAll('.', '\\.'),
    perNode: flavor.accelerator === 'cpu' ? String(flavor.perNode.vcpus ?? '') : String(flavor.perNode.accelerators),
    groups: String(groups.length),
    unit: machine.topologies === undefined ? 'racks' : 'slices',
    rackNodes: String(rackNodes),
    tooMany: String(rackNodes + 1),
    more: String(rackNodes + 1),
    trays: String(Math.max(...groups.map(({ trays }) => trays))),
    labelsJob: acceptanceJob(key, 'labels'),
    // Of a pool that may be empty it waits for a node.
    labelsTime: flavor.isAutoscaled ? '24h' : '15m',
    rackJob: acceptanceJob(key, 'rack'),
    tooLargeJob: acceptanceJob(key, 'too-large'),
    domainJob: acceptanceJob(key, 'domain'),
    fabricJob: acceptanceJob(key, 'fabric'),
    version: shard.kubernetesVersion,
    poolVersion: kubernetesVersion,
    stack: shard.stacks.cluster,
    deploy,
    lastDay: window?.end ?? '',
  };
  const { scaleUp, terminate } = NODE_COMMANDS[shard.cloud];
  return { ...words, scaleUp: filled(scaleUp, words), terminate: filled(terminate, words) };
}

function stepOf(row: PoolStepRow, words: Words, things: readonly Words[]): readonly Step[] {
  if (things.length === 0) return [];
  const each = (texts: readonly string[] = []) =>
    [...new Set(things.flatMap((thing) => texts.map((text) => filled(text, { ...words, ...thing }))))].filter(
      (text) => text !== '',
    );
  const once = (text: string | undefined) => (text === undefined ? undefined : filled(text, words));
  const { id, title, why, run, see, done } = row;
  return [
    {
      step: id,
      title: filled(title, words),
      ...defined({ why: once(why) }),
      run: each(run),
      see: each(see),
      ...defined({ done: once(done) }),
      sources: [sourceOf(row)],
    },
  ];
}

function factsOf(
  shard: ShardPlan,
  { machine, groups, capacity, kubernetesVersion }: PoolPlan,
  { set, flavor }: Queued,
): ClusterRunbook['facts'] {
  const window = 'window' in capacity ? capacity.window : undefined;
  const queues = set.queues.filter(({ flavors }) => flavors.some((each) => each.flavor === flavor.name));
  return [
    ['stack', shard.stacks.cluster],
    ['machine', `${machine.type}, ${counted(flavor.nodes, 'node')} in ${counted(groups.length, 'group')}`],
    ['Kubernetes', kubernetesVersion],
    ['capacity', window === undefined ? capacity.kind : `${capacity.kind}, ${window.start} to ${window.end}`],
    ['flavor', flavor.name],
    ['queues', queues.map(({ name }) => name).join(', ') || 'none'],
    ['namespaces', set.namespaces.join(', ') || 'none'],
  ];
}
