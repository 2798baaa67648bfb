import type { ClusterQueuePlan, QueueSet } from '../../estate/plan/queue/types';
import type { Domain, DomainTree } from './domains';
import { flavorMatches } from './node-match';
import { type Placing, place } from './place';
import { sum } from './pods';
import { formatQuantity } from './quantity';
import { borrowingHeight, coveredRequests, maximumCapacity } from './quota';
import type { PodSet, Requests, TopologyRequest } from './types';

/** Which flavor a pod set got, and where it lies. */
export interface Assigned {
  readonly podSet: PodSet;
  readonly count: number;
  readonly flavor: string;
  /** Pods by domain of the lowest level. @default none: the scheduler chooses nodes */
  readonly pods?: ReadonlyMap<Domain, number>;
}

/** What a queue makes of a workload. */
export type Assignment =
  | { readonly fits: true; readonly assigned: readonly Assigned[] }
  | {
      readonly fits: false;
      readonly code: RefusalCode;
      readonly says: string;
      readonly podSet: PodSet;
      readonly flavor?: string;
    };

/** Why no flavor does. */
export type RefusalCode =
  | 'Quota'
  | 'NodeSelector'
  | 'NoTopology'
  | 'OnlyTopology'
  | 'TopologyLevel'
  | 'Topology'
  | 'NoFlavor';

/** What a queue looks at. */
export interface QueueContext {
  readonly set: QueueSet;
  readonly queue: ClusterQueuePlan;
  /** The nodes of a flavor with a topology. */
  readonly treeOf: (flavor: string) => DomainTree | undefined;
  /** Whether pods are placed by other clusters, or once nodes are there. */
  readonly isDelayed: (flavor: string) => boolean;
}

interface Group {
  readonly members: readonly PodSet[];
}

/**
 * What Kueue does with a workload on a cluster that is otherwise empty (pkg/scheduler/flavorassigner of 0.19.2). Each
 * group of pod sets gets the first flavor that its quota allows; pods are placed afterwards, and where they do not fit,
 * the next time starts behind the flavors that were tried, all groups at once.
 *
 * @param least fewest pods of a job with one pod set, where it starts with fewer too
 */
export function assign(
  context: QueueContext,
  podSets: readonly PodSet[],
  counts: readonly number[],
  usage: Usage = NO_USAGE,
  least?: number,
): Assignment {
  const groups = groupsOf(podSets);
  const attempt = (sizes: readonly number[], starts: readonly number[]) => {
    const sized = new Map(podSets.map((podSet, index) => [podSet, sizes[index] ?? podSet.count]));
    const chosen = choose(context, groups, sized, starts, usage);
    return { result: chosen.refusal ?? placeAll(context, chosen.flavors, sized, usage), next: chosen.next };
  };
  const seen = new Set<string>();
  let starts = groups.map(() => 0);
  let first: Assignment | undefined;
  // What was tried once is not tried again: it would come out the same.
  while (!seen.has(starts.join(' '))) {
    seen.add(starts.join(' '));
    const { result, next } = attempt(counts, starts);
    if (result.fits) return result;
    first ??= result;
    const fewer = (count: number) => attempt([count], starts).result;
    const most = least === undefined ? undefined : largest(least, (counts[0] ?? 0) - 1, (count) => fewer(count).fits);
    if (most !== undefined) return fewer(most);
    starts = next;
  }
  return first ?? { fits: true, assigned: [] };
}

/** The largest number for which something holds that holds for all smaller ones; undefined where it holds for none. */
export function largest(least: number, most: number, holds: (count: number) => boolean): number | undefined {
  if (most < least || !holds(least)) return undefined;
  let low = least;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What a job uses already of a cluster. */
export interface Usage {
  /** By flavor and resource: `<flavor> <resource>`. */
  readonly quota: ReadonlyMap<string, number>;
  /** By node. */
  readonly nodes: ReadonlyMap<string, Requests>;
}

const NO_USAGE: Usage = { quota: new Map(), nodes: new Map() };

/** What is used once something more is assigned. */
export function usageWith({ quota, nodes }: Usage, queue: ClusterQueuePlan, assigned: readonly Assigned[]): Usage {
  const used = new Map(quota);
  const taken = new Map(nodes);
  for (const { podSet, count, flavor, pods } of assigned) {
    for (const [resource, value] of Object.entries(coveredRequests(queue, podSet.requests, count))) {
      used.set(`${flavor} ${resource}`, (used.get(`${flavor} ${resource}`) ?? 0) + value);
    }
    if (pods !== undefined) take(taken, pods, podSet.requests);
  }
  return { quota: used, nodes: taken };
}

/** A leader and its workers are one group; every other pod set is one of its own. */
function groupsOf(podSets: readonly PodSet[]): readonly Group[] {
  const groups = new Map<string, PodSet[]>();
  podSets.forEach((podSet, index) => {
    const key = podSet.topology?.group ?? `#${index}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [podSet]);
    else members.push(podSet);
  });
  return [...groups.values()].map((members) => ({ members }));
}

type Refusal = Extract<Assignment, { fits: false }>;

interface Chosen {
  /** Why a group has no flavor. @default all have one */
  readonly refusal?: Refusal;
  readonly flavors: readonly { readonly group: Group; readonly flavor: string }[];
  /** Where the next time begins, by group. */
  readonly next: number[];
}

function choose(
  context: QueueContext,
  groups: readonly Group[],
  sized: ReadonlyMap<PodSet, number>,
  starts: readonly number[],
  usage: Usage,
): Chosen {
  const used = new Map(usage.quota);
  const flavors: { group: Group; flavor: string }[] = [];
  const next = groups.map(() => 0);
  for (const [index, group] of groups.entries()) {
    const found = flavorFor(context, group, sized, starts[index] ?? 0, used);
    if ('says' in found) return { refusal: found, flavors, next };
    flavors.push({ group, flavor: found.flavor });
    next[index] = found.index === context.queue.flavors.length - 1 ? 0 : found.index + 1;
  }
  return { flavors, next };
}

/**
 * The flavor of a group: from one on the first whose quota is enough. On a manager that is the first whose own quota is
 * enough, else the one for which the queue borrows least far away. Who had to look through all of them starts at the first
 * the next time.
 */
function flavorFor(
  { set, queue }: QueueContext,
  { members }: Group,
  sized: ReadonlyMap<PodSet, number>,
  start: number,
  used: Map<string, number>,
): { readonly flavor: string; readonly index: number } | Refusal {
  const [podSet] = members;
  if (podSet === undefined) return { flavor: '', index: 0 };
  const requests = members
    .map((each) => coveredRequests(queue, each.requests, sized.get(each) ?? each.count))
    .reduce(sum, {});
  const reasons: FlavorRefusal[] = [];
  const last = queue.flavors.length - 1;
  let best: { readonly flavor: string; readonly height: number } | undefined;
  let index = start;
  for (; index <= last; index++) {
    const flavor = queue.flavors[index]?.flavor ?? '';
    const unfit = members.map((each) => unfitFlavor(set, queue, flavor, each)).find((each) => each !== undefined);
    const short = unfit ?? shortQuota(set, queue, flavor, requests, used);
    if (short !== undefined) {
      reasons.push(short);
      continue;
    }
    const height = heightFor(set, queue, flavor, requests, used);
    if (best === undefined || height < best.height) best = { flavor, height };
    // Only the manager, which places nothing, looks for a flavor of its own behind one for which it has to borrow.
    if (height === 0 || queue.workersCheck === undefined) break;
  }
  if (best === undefined) {
    const worst = reasons.find(({ code }) => code === 'Quota') ?? reasons[0] ?? { code: 'NoFlavor' as const };
    return { fits: false, code: worst.code, says: [...new Set(reasons.map(({ says }) => says))].join(', '), podSet };
  }
  for (const [resource, value] of Object.entries(requests)) {
    const key = `${best.flavor} ${resource}`;
    used.set(key, (used.get(key) ?? 0) + value);
  }
  return { flavor: best.flavor, index: Math.min(index, last) };
}

interface FlavorRefusal {
  readonly code: RefusalCode;
  readonly says: string;
}

function heightFor(
  set: QueueSet,
  queue: ClusterQueuePlan,
  flavor: string,
  requests: Requests,
  used: ReadonlyMap<string, number>,
): number {
  const heights = Object.entries(requests).map(([resource, value]) =>
    borrowingHeight(set, queue, flavor, resource, (used.get(`${flavor} ${resource}`) ?? 0) + value),
  );
  return Math.max(0, ...heights);
}

/** Whether all flavors of a queue have a topology, so that pods are placed by it also where they do not ask. */
function isTopologyOnly(set: QueueSet, queue: ClusterQueuePlan): boolean {
  return queue.flavors.every(({ flavor }) => set.flavors.find(({ name }) => name === flavor)?.topology !== undefined);
}

/** Whether a pod set says anything of a topology. */
function asks(topology: TopologyRequest | undefined): boolean {
  return topology !== undefined;
}

function unfitFlavor(
  set: QueueSet,
  queue: ClusterQueuePlan,
  name: string,
  podSet: PodSet,
): { readonly code: RefusalCode; readonly says: string } | undefined {
  const flavor = set.flavors.find((each) => each.name === name);
  if (flavor === undefined) return { code: 'NoFlavor', says: `flavor ${name} not found` };
  const quoted = JSON.stringify(name);
  if (asks(podSet.topology)) {
    const topology = set.topologies.find((each) => each.name === flavor.topology);
    if (topology === undefined)
      return { code: 'NoTopology', says: `Flavor ${quoted} does not support TopologyAwareScheduling` };
    const keys = topology.levels.map(({ key }) => key);
    const { required, preferred, slices = [] } = podSet.topology ?? {};
    const wanted = [required, preferred, ...slices.map((slice) => slice.topology)].filter((key) => key !== undefined);
    const isFalse =
      required === undefined &&
      preferred === undefined &&
      slices.length === 0 &&
      podSet.topology?.unconstrained === false;
    if (isFalse || wanted.some((key) => !keys.includes(key))) {
      return { code: 'TopologyLevel', says: `Flavor ${quoted} does not contain the requested level` };
    }
  } else if (flavor.topology !== undefined && !isTopologyOnly(set, queue)) {
    return { code: 'OnlyTopology', says: `Flavor ${quoted} supports only TopologyAwareScheduling` };
  }
  if (flavorMatches(flavor.nodeLabels, podSet.nodes)) return undefined;
  return { code: 'NodeSelector', says: `flavor ${name} doesn't match node affinity` };
}

function shortQuota(
  set: QueueSet,
  queue: ClusterQueuePlan,
  flavor: string,
  requests: Requests,
  used: ReadonlyMap<string, number>,
): { readonly code: RefusalCode; readonly says: string } | undefined {
  for (const [resource, value] of Object.entries(requests)) {
    const before = used.get(`${flavor} ${resource}`) ?? 0;
    const most = maximumCapacity(set, queue, flavor, resource);
    if (before + value <= most) continue;
    const print = (amount: number) => formatQuantity(resource, amount);
    const says = `insufficient quota for ${resource} in flavor ${flavor}, previously considered podsets requests (${print(before)}) + current podset request (${print(value)}) > maximum capacity (${print(most)})`;
    return { code: 'Quota', says };
  }
  return undefined;
}

/** Places all groups, flavor by flavor in the order of their names; pods of one take room from those after it. */
function placeAll(
  context: QueueContext,
  chosen: Chosen['flavors'],
  sized: ReadonlyMap<PodSet, number>,
  usage: Usage,
): Assignment {
  const assigned: Assigned[] = [];
  const taken = new Map(usage.nodes);
  const byName = [...chosen].sort((one, other) => (one.flavor < other.flavor ? -1 : one.flavor > other.flavor ? 1 : 0));
  for (const { group, flavor } of byName) {
    const members = group.members.map((podSet) => ({ podSet, count: sized.get(podSet) ?? podSet.count }));
    const placed = members.filter(({ count }) => count > 0);
    const tree = context.isDelayed(flavor) ? undefined : context.treeOf(flavor);
    if (tree === undefined || placed.length === 0) {
      assigned.push(...members.map((member) => ({ ...member, flavor })));
      continue;
    }
    const [one, other] = placed;
    const swapped = one !== undefined && other !== undefined && other.count > one.count;
    const workers = swapped ? other : one;
    const leader = swapped ? one : other;
    if (workers === undefined) continue;
    const result = place(
      tree,
      { workers: workers.podSet, count: workers.count, ...(leader && { leader: leader.podSet }) },
      taken,
    );
    if (!result.fits) return { fits: false, code: 'Topology', says: result.says, podSet: workers.podSet, flavor };
    assigned.push({ ...workers, flavor, pods: result.pods });
    take(taken, result.pods, workers.podSet.requests);
    if (leader === undefined) continue;
    assigned.push({ ...leader, flavor, pods: result.leaders });
    take(taken, result.leaders, leader.podSet.requests);
  }
  return { fits: true, assigned };
}

function take(taken: Map<string, Requests>, pods: Extract<Placing, { fits: true }>['pods'], requests: Requests): void {
  for (const [{ node }, count] of pods) {
    if (node === undefined) continue;
    const own = Object.fromEntries(
      Object.entries({ ...requests, pods: 1 }).map(([key, value]) => [key, value * count]),
    );
    taken.set(node.name, sum(taken.get(node.name) ?? {}, own));
  }
}
