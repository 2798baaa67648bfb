import type { ClusterQueuePlan, QueueSet } from '../../estate/plan/queue/types';
import { type Assigned, type Assignment, assign, type QueueContext, type Usage } from './assign';
import { type DomainTree, domainTree } from './domains';
import { isKnownLevel, KNOWN_LABELS, type Layout, nodesOf } from './nodes';
import type { NodeWish, Placed, Placement, PodSet, WorkloadPart } from './types';

/** Answers about one queue of one cluster; trees of nodes are made once. */
export class QueueView {
  private readonly trees = new Map<string, DomainTree | undefined>();

  constructor(
    readonly set: QueueSet,
    readonly queue: ClusterQueuePlan,
    private readonly layout: Layout,
  ) {}

  /** Whether the plan knows where nodes lie in all levels, so that both layouts are the same. */
  get isCertain(): boolean {
    const names = new Set(this.queue.flavors.map(({ flavor }) => flavor));
    const topologies = this.set.flavors.filter(({ name }) => names.has(name)).map(({ topology }) => topology);
    return this.set.topologies
      .filter(({ name }) => topologies.includes(name))
      .every(({ levels }) => levels.every(({ key }) => isKnownLevel(key)));
  }

  /** What comes of pod sets of these sizes, beside what the same job uses already. */
  assign(podSets: readonly PodSet[], counts: readonly number[], usage?: Usage): Assignment {
    return assign(this.context, podSets, counts, usage);
  }

  /** The same with as few pods as the job says where not all fit. */
  assignPart({ podSets }: WorkloadPart, usage?: Usage): Assignment {
    const counts = podSets.map(({ count }) => count);
    const [only] = podSets;
    const least = podSets.length === 1 ? only?.least : undefined;
    const found = assign(this.context, podSets, counts, usage, least);
    // Fewer pods than a slice are placed nowhere, which Kueue takes for a fit, cannot write down, and tries again without a word.
    const isNowhere = found.fits && found.assigned.some(({ count, pods }) => count > 0 && pods?.size === 0);
    if (!isNowhere) return found;
    const full = this.assign(podSets, counts, usage);
    return full.fits ? full : { ...full, says: '' };
  }

  private get context(): QueueContext {
    return {
      set: this.set,
      queue: this.queue,
      treeOf: (flavor) => this.treeOf(flavor),
      isDelayed: (flavor) => this.queue.workersCheck !== undefined || this.checksOf(flavor).length > 0,
    };
  }

  /** Checks that a flavor has to pass. */
  checksOf(flavor: string) {
    const names = this.queue.checks.filter(({ flavors }) => flavors.includes(flavor)).map(({ check }) => check);
    return this.set.checks.filter(({ name }) => names.includes(name));
  }

  /** The nodes of a flavor; undefined where it has no topology. */
  treeOf(name: string): DomainTree | undefined {
    if (this.trees.has(name)) return this.trees.get(name);
    const flavor = this.set.flavors.find((each) => each.name === name);
    const topology = this.set.topologies.find((each) => each.name === flavor?.topology);
    const tree = flavor && topology && domainTree(flavor, topology, nodesOf(flavor, topology, this.layout));
    this.trees.set(name, tree);
    return tree;
  }
}

/** The largest divisor of a number up to a limit. */
export function divisorBelow(count: number, limit: number): number {
  for (let size = Math.min(limit, count); size > 1; size--) if (count % size === 0) return size;
  return 1;
}

/** Where pods go, for reports: by groups of the pool. */
export function placementOf({ podSet, count, flavor, pods }: Assigned, set: QueueSet): Placement {
  const plan = set.flavors.find(({ name }) => name === flavor);
  const base = {
    podSet: podSet.name,
    pods: count,
    flavor,
    pool: plan?.pool ?? '',
    cluster: plan?.cluster ?? set.shard,
  };
  if (pods === undefined) return base;
  const groups = new Map<string, Placed>();
  for (const [{ node }, own] of pods) {
    const group = node?.group ?? '';
    const before = groups.get(group) ?? { group, pods: 0, nodes: 0 };
    groups.set(group, { group, pods: before.pods + own, nodes: before.nodes + 1 });
  }
  return { ...base, groups: [...groups.values()] };
}

/** Wishes without those about labels that only the cloud sets. */
export function knownWishes(podSet: PodSet): PodSet {
  const isKnown = (key: string) => KNOWN_LABELS.includes(key);
  const { selector, terms, tolerations } = podSet.nodes;
  const nodes: NodeWish = {
    selector: Object.fromEntries(Object.entries(selector).filter(([key]) => isKnown(key))),
    terms: terms.some((term) => term.every(({ key }) => !isKnown(key)))
      ? []
      : terms.map((term) => term.filter(({ key }) => isKnown(key))),
    tolerations,
  };
  return { ...podSet, nodes };
}

/** Whether a pod set wants something of nodes that only the cloud knows. */
export function wantsUnknown({ nodes: { selector, terms } }: PodSet): boolean {
  const keys = [...Object.keys(selector), ...terms.flat().map(({ key }) => key)];
  return keys.some((key) => !KNOWN_LABELS.includes(key));
}
