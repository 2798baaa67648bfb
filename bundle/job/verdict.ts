import type { ClusterQueuePlan, QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import { adviceFor } from './advice';
import { type Assignment, type Usage, usageWith } from './assign';
import { divisorBelow, knownWishes, placementOf, QueueView, wantsUnknown } from './evaluate';
import { refusalsOf } from './refusals';
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
}

/**
 * What would come of a job on an estate that is otherwise empty: whether the webhook takes it, which queue, which flavors
 * and where its pods would lie, or why it never starts, in the words of Kueue 0.19.2.
 */
export function verdictOf(job: JobManifest, context: VerdictContext): Verdict {
  const refusals = refusalsOf(job, context);
  const [worst] = [...refusals].sort((one, other) => rank(other.outcome) - rank(one.outcome));
  if (worst !== undefined)
    return { outcome: worst.outcome, clusters: [], reasons: refusals.map(({ reason }) => reason) };
  const places = placesOf(job, context.queue);
  const clusters = places.map(({ set, queue }) => clusterVerdict(job, set, queue, context.queue));
  clusters.sort((one, other) => rank(one.outcome) - rank(other.outcome) || (one.shard < other.shard ? -1 : 1));
  return { outcome: clusters[0]?.outcome ?? 'never', clusters, reasons: [] };
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

function clusterVerdict(job: JobManifest, set: QueueSet, queue: ClusterQueuePlan, plan: QueuePlan): ClusterVerdict {
  const best = inLayout(job, set, queue, plan, true);
  if (best.outcome !== 'admitted' && best.outcome !== 'depends') return best;
  const isCertain = new QueueView(set, queue, 'apart').isCertain && !job.part.podSets.some(wantsUnknown);
  const worst = isCertain ? best : inLayout(job, set, queue, plan, false);
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
  plan: QueuePlan,
  favourable: boolean,
): ClusterVerdict {
  const part = favourable ? { ...given.part, podSets: given.part.podSets.map(knownWishes) } : given.part;
  const job = { ...given, part };
  const layout = favourable ? 'together' : 'apart';
  const view = new QueueView(set, queue, layout);
  const base = { shard: set.shard, clusterQueue: queue.name };
  const { assignment, running } = runCopies(view, part);
  if (!assignment.fits) {
    return { ...base, outcome: 'never', placements: [], reasons: [adviceFor(job, view, assignment)] };
  }
  if (set.role === 'manager') return onWorkers(job, view, assignment, plan, favourable);
  const placements = assignment.assigned.map((each) => placementOf(each, set));
  const held = heldPods(part, assignment);
  if (running < part.copies) return { ...base, outcome: 'hangs', placements, reasons: [copiesReason(part, running)] };
  if (held.length > 0) return { ...base, outcome: 'hangs', placements, reasons: held };
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

/** Assigns each copy of a part, until one does not fit any more. */
function runCopies(view: QueueView, part: WorkloadPart): { readonly assignment: Assignment; readonly running: number } {
  let usage: Usage | undefined;
  let first: Assignment | undefined;
  for (let copy = 0; copy < part.copies; copy++) {
    const assignment = view.assignPart(part, usage);
    first ??= assignment;
    if (!assignment.fits) return { assignment: copy === 0 ? assignment : first, running: copy };
    usage = usageWith(usage ?? { quota: new Map(), nodes: new Map() }, view.queue, assignment.assigned);
  }
  return { assignment: first ?? { fits: true, assigned: [] }, running: part.copies };
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
  plan: QueuePlan,
  favourable: boolean,
): ClusterVerdict {
  const base = { shard: view.set.shard, clusterQueue: view.queue.name };
  const placements = assignment.assigned.map((each) => placementOf(each, view.set));
  const check = view.set.checks.find(({ name }) => name === view.queue.workersCheck);
  const verdicts = (check?.kind === 'workers' ? check.shards : []).flatMap((shard): readonly ClusterVerdict[] => {
    const set = plan.sets.find((each) => each.shard === shard);
    const local = set?.localQueues.find(({ name, namespace }) => name === job.queue && namespace === job.namespace);
    const queue = set?.queues.find(({ name }) => name === local?.clusterQueue);
    return set === undefined || queue === undefined ? [] : [inLayout(job, set, queue, plan, favourable)];
  });
  // Where none starts it, the most telling reason is that of the cluster whose flavor it has.
  const isOwn = ({ shard }: ClusterVerdict) =>
    placements.some(({ cluster }) => cluster === clusterOf(plan, shard)) ? 0 : 1;
  const [best] = verdicts.sort((one, other) => rank(one.outcome) - rank(other.outcome) || isOwn(one) - isOwn(other));
  if (best !== undefined && best.outcome !== 'never') return { ...best, manager: view.set.shard };
  const reasons = (best?.reasons ?? []).map((reason) => ({
    ...reason,
    code: 'WorkerRefuses',
    means: `the manager takes it and waits without a word, since no worker ever starts it: ${reason.means}`,
  }));
  return { ...base, outcome: 'hangs', placements: [], reasons };
}

function clusterOf(plan: QueuePlan, shard: string): string | undefined {
  return plan.sets.find((set) => set.shard === shard)?.flavors.find((flavor) => flavor.shard === shard)?.cluster;
}
