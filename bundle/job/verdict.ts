import type { ClusterQueuePlan, QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import { adviceFor } from './advice';
import { podReasons, securityOf } from './after-admission';
import { type Assigned, type Assignment, type Usage, usageWith } from './assign';
import { divisorBelow, knownWishes, placementOf, QueueView, wantsUnknown } from './evaluate';
import { jobKind } from './kinds';
import { type Beside, clusterNotes, jobNotes } from './notes';
import { type QueueAdvice, refusalsOf } from './refusals';
import type { Surroundings } from './surroundings';
import {
  type ClusterVerdict,
  type JobManifest,
  OUTCOMES,
  type Outcome,
  type PodSet,
  type Reason,
  type Verdict,
  type WorkloadPart,
} from './types';

/** What the verdict looks at besides the job. */
export interface VerdictContext {
  readonly queue: QueuePlan;
  /** Device classes of templates of claims, by the name of the template: those that are written beside the job. */
  readonly templates: ReadonlyMap<string, readonly string[]>;
  /** What bundles have for pods besides queues, by shard. @default not known, and nothing is said of it */
  readonly surroundings?: ReadonlyMap<string, Surroundings>;
  /** What stands beside the job in its file. @default nothing */
  readonly beside?: Beside;
}

const ALONE: Beside = new Set();

/**
 * What would come of a job on an estate that is otherwise empty: whether the webhook takes it, which queue, which flavors
 * and where its pods would lie, or why it never starts, in the words of Kueue 0.19.2.
 */
export function verdictOf(job: JobManifest, context: VerdictContext): Verdict {
  const notes = jobNotes(job, context.beside ?? ALONE);
  const refusals = refusalsOf(job, context, (names) => queueFor(job, names, context));
  const [worst] = [...refusals].sort((one, other) => rank(other.outcome) - rank(one.outcome));
  if (worst !== undefined)
    return { outcome: worst.outcome, clusters: [], reasons: refusals.map(({ reason }) => reason), notes };
  const places = placesOf(job, context.queue);
  const clusters = places.map(({ set, queue }) => clusterVerdict(job, set, queue, context));
  clusters.sort((one, other) => rank(one.outcome) - rank(other.outcome) || (one.shard < other.shard ? -1 : 1));
  return { outcome: clusters[0]?.outcome ?? 'never', clusters, reasons: [], notes };
}

/** The queue of a namespace with which a job comes to the best: first those that count what it asks for. */
function queueFor(job: JobManifest, names: readonly string[], context: VerdictContext): QueueAdvice | undefined {
  const found = names.map((name) => {
    const named = { ...job, queue: name };
    const counts = placesOf(named, context.queue).some(({ queue: { covered } }) =>
      covered.some((resource) => resource !== 'pods' && job.part.podSets.some(({ requests }) => requests[resource])),
    );
    return { name, counts, outcome: verdictOf(named, context).outcome };
  });
  const counted = found.filter(({ counts }) => counts);
  const [best] = counted.sort((one, other) => rank(one.outcome) - rank(other.outcome));
  return best && { name: best.name, starts: rank(best.outcome) <= rank('depends') };
}

/** How bad an outcome is. */
export function rank(outcome: Outcome): number {
  return OUTCOMES.indexOf(outcome);
}

/** A queue that a job goes to, in the cluster that it is given to. */
export interface JobPlace {
  readonly set: QueueSet;
  readonly queue: ClusterQueuePlan;
}

/** Where a job can be given: to the manager, else to each cluster that has its queue; services to their cluster. */
export function placesOf(job: JobManifest, plan: QueuePlan): readonly JobPlace[] {
  return givenTo(plan).flatMap((set) => {
    const local = set.localQueues.find(({ name, namespace }) => name === job.queue && namespace === job.namespace);
    const queue = set.queues.find(({ name }) => name === local?.clusterQueue);
    return queue === undefined || (set.role === 'worker' && queue.kind === 'worker') ? [] : [{ set, queue }];
  });
}

/** Clusters that people give jobs to: workers of a manager get them from it. */
function givenTo(plan: QueuePlan): readonly QueueSet[] {
  return plan.sets.map((set) =>
    set.role === 'worker'
      ? {
          ...set,
          localQueues: set.localQueues.filter(({ clusterQueue }) =>
            set.queues.some(({ name, kind }) => name === clusterQueue && kind !== 'worker'),
          ),
        }
      : set,
  );
}

function clusterVerdict(
  job: JobManifest,
  set: QueueSet,
  queue: ClusterQueuePlan,
  context: VerdictContext,
): ClusterVerdict {
  const at = set.shard;
  const refused = jobKind(job.kind).isPod === true ? securityOf(job, at, context.surroundings?.get(at)) : [];
  if (refused.length > 0) return { shard: at, outcome: 'refused', placements: [], reasons: refused, notes: [] };
  const best = inLayout(job, set, queue, context, true);
  if (best.outcome !== 'admitted' && best.outcome !== 'depends') return best;
  const isCertain = new QueueView(set, queue, 'apart').isCertain && !job.part.podSets.some(wantsUnknown);
  const worst = isCertain ? best : inLayout(job, set, queue, context, false);
  if (worst.outcome === best.outcome) return worst;
  const [reason] = worst.reasons;
  const means = 'it starts only if the cloud puts nodes close together, or gives them labels, as the job wants';
  return {
    ...best,
    outcome: 'depends',
    reasons: [
      {
        code: 'CloudPlacement',
        says: reason?.says ?? '',
        means,
        instead: 'wish for levels and labels that the estate sets itself, such as estate/pool and estate/group',
        ...(reason?.at && { at: reason.at }),
      },
    ],
  };
}

/** A verdict where what only the cloud knows is all in favour of the job, or all against it. */
function inLayout(
  given: JobManifest,
  set: QueueSet,
  queue: ClusterQueuePlan,
  context: VerdictContext,
  favourable: boolean,
): ClusterVerdict {
  const part = favourable ? { ...given.part, podSets: given.part.podSets.map(knownWishes) } : given.part;
  const job = { ...given, part };
  const layout = favourable ? 'together' : 'apart';
  const view = new QueueView(set, queue, layout);
  const surroundings = context.surroundings?.get(set.shard);
  const notes = clusterNotes(job, set.shard, surroundings, context.beside ?? ALONE);
  const base = { shard: set.shard, clusterQueue: queue.name, notes };
  const { assignment, all, running } = runCopies(view, part);
  if (!assignment.fits) {
    return { ...base, outcome: 'never', placements: [], reasons: [adviceFor(job, view, assignment)] };
  }
  if (set.role === 'manager') return onWorkers(job, view, assignment, context, favourable);
  const placements = assignment.assigned.map((each) => placementOf(each, set));
  const held = heldPods(part, assignment);
  if (running < part.copies) return { ...base, outcome: 'hangs', placements, reasons: [copiesReason(part, running)] };
  const unmade = podReasons({ job, set, assigned: all, ...(surroundings && { surroundings }) });
  const hanging = [...held, ...unmade];
  if (hanging.length > 0) return { ...base, outcome: 'hangs', placements, reasons: hanging };
  const waits = assignment.assigned.filter(({ flavor }) => {
    const found = set.flavors.find(({ name }) => name === flavor);
    return found?.isAutoscaled === true || view.checksOf(flavor).length > 0;
  });
  const wants = part.podSets.filter(
    (podSet) =>
      waits.length > 0 ||
      (wantsUnknown(podSet) && assignment.assigned.some((each) => each.podSet === podSet && each.pods === undefined)),
  );
  if (waits.length === 0 && wants.length === 0) return { ...base, outcome: 'admitted', placements, reasons: [] };
  return { ...base, outcome: 'depends', placements, reasons: [laterReason(waits.length > 0)] };
}

function laterReason(waits: boolean): Reason {
  const means = waits
    ? 'its quota is there, and it starts once the cloud has made the nodes, which nobody promises'
    : 'whether nodes have the labels that it chooses them by is not known to the estate';
  return { code: waits ? 'NodesLater' : 'CloudLabels', says: '', means };
}

interface Copies {
  /** Of the first. */
  readonly assignment: Assignment;
  /** Of all that run. */
  readonly all: readonly Assigned[];
  readonly running: number;
}

/** Assigns each copy of a part, until one does not fit any more. */
function runCopies(view: QueueView, part: WorkloadPart): Copies {
  let usage: Usage | undefined;
  let first: Assignment | undefined;
  const all: Assigned[] = [];
  for (let copy = 0; copy < part.copies; copy++) {
    const assignment = view.assignPart(part, usage);
    first ??= assignment;
    if (!assignment.fits) return { assignment: copy === 0 ? assignment : first, all, running: copy };
    all.push(...assignment.assigned);
    usage = usageWith(usage ?? { quota: new Map(), nodes: new Map() }, view.queue, assignment.assigned);
  }
  return { assignment: first ?? { fits: true, assigned: [] }, all, running: part.copies };
}

function copiesReason({ title, copies, podSets }: WorkloadPart, running: number): Reason {
  const means = `only ${running} of ${copies} run at once, the rest waits for ever: ${title ?? 'each'} is queued by itself`;
  return {
    code: 'Copies',
    says: '',
    means,
    instead: `write at most ${running}`,
    ...(podSets[0] && { at: podSets[0].at }),
  };
}

/** Pods that Kueue leaves behind, since they do not fill a slice: it says nothing. */
function heldPods(part: WorkloadPart, assignment: Extract<Assignment, { fits: true }>): readonly Reason[] {
  return part.podSets.flatMap((podSet) => {
    const size = podSet.topology?.slices[0]?.size;
    const assigned = assignment.assigned.find((each) => each.podSet === podSet);
    if (size === undefined || assigned?.pods === undefined || assigned.count % size === 0) return [];
    return [sliceReason(podSet, assigned.count, size)];
  });
}

function sliceReason(podSet: PodSet, count: number, size: number): Reason {
  const left = count % size;
  const means = `the job is admitted and charged for all ${count} pods, and ${left} of them never start: slices of ${size} leave them over`;
  const instead = `write ${count - left} or ${count - left + size} pods, or a slice size that divides ${count}, such as ${divisorBelow(count, size)}`;
  return { code: 'SliceRemainder', says: '', means, instead, at: podSet.at };
}

/** The manager sends a job to all workers of its check, and the first to start it has it; each places it by itself. */
function onWorkers(
  job: JobManifest,
  view: QueueView,
  assignment: Extract<Assignment, { fits: true }>,
  context: VerdictContext,
  favourable: boolean,
): ClusterVerdict {
  const { queue: plan } = context;
  const base = { shard: view.set.shard, clusterQueue: view.queue.name, notes: [] };
  const placements = assignment.assigned.map((each) => placementOf(each, view.set));
  const check = view.set.checks.find(({ name }) => name === view.queue.workersCheck);
  const verdicts = (check?.kind === 'workers' ? check.shards : []).flatMap((shard): readonly ClusterVerdict[] => {
    const set = plan.sets.find((each) => each.shard === shard);
    const local = set?.localQueues.find(({ name, namespace }) => name === job.queue && namespace === job.namespace);
    const queue = set?.queues.find(({ name }) => name === local?.clusterQueue);
    return set === undefined || queue === undefined ? [] : [inLayout(job, set, queue, context, favourable)];
  });
  // Where none starts it, the most telling reason is that of the cluster whose flavor it has.
  const isOwn = ({ shard }: ClusterVerdict) =>
    placements.some(({ cluster }) => cluster === clusterOf(plan, shard)) ? 0 : 1;
  const [best, ...others] = verdicts.sort(
    (one, other) => rank(one.outcome) - rank(other.outcome) || isOwn(one) - isOwn(other),
  );
  const manager = view.set.shard;
  if (best === undefined || best.outcome === 'never') {
    return { ...base, outcome: 'hangs', placements: [], reasons: workerReasons(verdicts) };
  }
  const traps = others.filter(({ outcome }) => outcome === 'hangs');
  if (traps.length === 0 || best.outcome === 'hangs') return { ...best, manager };
  return { ...best, manager, outcome: 'depends', reasons: [...best.reasons, ...traps.flatMap(trapReasons)] };
}

/** Why no worker starts a job: of each worker, where they differ. */
function workerReasons(verdicts: readonly ClusterVerdict[]): readonly Reason[] {
  const all = verdicts.flatMap(({ shard, reasons }) => reasons.map((reason) => ({ ...reason, shard })));
  const told = (reason: Reason) => `${reason.means} ${reason.instead ?? ''}`;
  const isSame = new Set(all.map(told)).size <= 1;
  return (isSame ? all.slice(0, 1) : all).map(({ shard, ...reason }) => ({
    ...reason,
    code: 'WorkerRefuses',
    ...(!isSame && { worker: shard }),
    means: `the manager takes it and waits without a word, since no worker ever starts it: ${isSame ? '' : `in ${shard} `}${reason.means}`,
  }));
}

/** A worker that admits a job whose pods never run there may be the first, and then no other gets it. */
function trapReasons({ shard, reasons }: ClusterVerdict): readonly Reason[] {
  return reasons.map((reason) => ({
    ...reason,
    code: 'WorkerHangs',
    worker: shard,
    means: `the manager gives it to whichever worker admits it first, and ${shard} may be that: there ${reason.means}`,
  }));
}

function clusterOf(plan: QueuePlan, shard: string): string | undefined {
  return plan.sets.find((set) => set.shard === shard)?.flavors.find((flavor) => flavor.shard === shard)?.cluster;
}
