import type { FlavorPlan, TopologyPlan } from '../../estate/plan/queue/types';
import { nodeMatches } from './node-match';
import type { NodeWish, Requests } from './types';

/** A node as far as the placement of pods looks at it. */
export interface PlacedNode {
  readonly name: string;
  /** Id of its group of the pool. */
  readonly group: string;
  /** Values of the labels of levels, widest first. */
  readonly values: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly room: Requests;
}

/** A part of a topology: everything below one value of a level, and at the end a node. Counts are of one placement. */
export interface Domain {
  readonly values: readonly string[];
  readonly children: readonly Domain[];
  /** Of the lowest level. */
  readonly node?: PlacedNode;
  pods: number;
  slices: number;
  podsWithLeader: number;
  slicesWithLeader: number;
  leaders: number;
}

/** The nodes of one flavor as a tree. */
export interface DomainTree {
  readonly topology: TopologyPlan;
  readonly flavor: FlavorPlan;
  readonly nodes: readonly PlacedNode[];
  readonly roots: readonly Domain[];
  /** Domains by level, in the order of their values. */
  readonly levels: readonly (readonly Domain[])[];
}

/** What a pod set wants of the domains of a tree. */
export interface DomainWish {
  readonly count: number;
  readonly size: number;
  readonly sliceLevel: number;
  /** Sizes of inner slices by level. */
  readonly inner: ReadonlyMap<number, number>;
  readonly requests: Requests;
  /** Of a leader that is placed with the pods. */
  readonly leader?: Requests;
  readonly nodes: NodeWish;
}

/** Why nodes were left out, by how Kueue tells it. */
export type Exclusions = Map<string, number>;

/** Builds the tree of the nodes of a flavor. */
export function domainTree(flavor: FlavorPlan, topology: TopologyPlan, nodes: readonly PlacedNode[]): DomainTree {
  const levels: Domain[][] = topology.levels.map(() => []);
  const build = (own: readonly PlacedNode[], level: number, path: readonly string[]): Domain[] => {
    const groups = new Map<string, PlacedNode[]>();
    for (const node of own) {
      const value = node.values[level] ?? '';
      const members = groups.get(value);
      if (members === undefined) groups.set(value, [node]);
      else members.push(node);
    }
    return [...groups]
      .sort(([one], [other]) => compare(one, other))
      .map(([value, members]) => {
        const values = [...path, value];
        const last = level === topology.levels.length - 1;
        const [node] = members;
        const children = last ? [] : build(members, level + 1, values);
        const counts = { pods: 0, slices: 0, podsWithLeader: 0, slicesWithLeader: 0, leaders: 0 };
        const domain: Domain = { values, children, ...(last && node && { node }), ...counts };
        levels[level]?.push(domain);
        return domain;
      });
  };
  return { topology, flavor, nodes, roots: build(nodes, 0, []), levels };
}

/** Counts what fits into each domain; what other pods of the same job take of nodes is given by their names. */
export function fillCounts(tree: DomainTree, wish: DomainWish, taken: ReadonlyMap<string, Requests>): Exclusions {
  const excluded: Exclusions = new Map();
  const exclude = (what: string) => excluded.set(what, (excluded.get(what) ?? 0) + 1);
  for (const leaf of tree.levels.at(-1) ?? []) countLeaf(leaf, wish, taken, exclude);
  for (const root of tree.roots) countParent(root, wish, 0);
  return excluded;
}

function countLeaf(
  leaf: Domain,
  wish: DomainWish,
  taken: ReadonlyMap<string, Requests>,
  exclude: (what: string) => void,
): void {
  Object.assign(leaf, { pods: 0, slices: 0, podsWithLeader: 0, slicesWithLeader: 0, leaders: 0 });
  const { node } = leaf;
  if (node === undefined) return;
  const missed = nodeMatches(node.labels, wish.nodes);
  if (missed !== undefined) {
    exclude(missed);
    return;
  }
  const left = remaining(node.room, taken.get(node.name));
  const [pods, limiting] = fitting(wish.requests, left);
  leaf.pods = pods;
  if (pods === 0) exclude(`resource ${JSON.stringify(limiting)}`);
  const withLeader = wish.leader !== undefined && fitting(wish.leader, left)[0] > 0;
  leaf.leaders = withLeader ? 1 : 0;
  leaf.podsWithLeader = fitting(wish.requests, withLeader ? remaining(left, wish.leader) : left)[0];
}

function remaining(room: Requests, taken: Requests = {}): Requests {
  const left = { ...room };
  for (const [resource, value] of Object.entries(taken)) left[resource] = (left[resource] ?? 0) - value;
  return left;
}

/** How often requests fit, and the resource that says so, the first by name of those that say the same. */
function fitting(requests: Requests, room: Requests): readonly [number, string] {
  let least = Number.POSITIVE_INFINITY;
  let limiting = '';
  for (const [resource, value] of Object.entries({ ...requests, pods: (requests.pods ?? 0) + 1 })) {
    const count = value === 0 ? 2 ** 31 - 1 : Math.max(0, Math.floor((room[resource] ?? 0) / value));
    if (count < least || (count === least && compare(resource, limiting) < 0)) [least, limiting] = [count, resource];
  }
  return [least, limiting];
}

function countParent(domain: Domain, wish: DomainWish, level: number): void {
  if (domain.children.length === 0) {
    if (level === wish.sliceLevel) {
      domain.slices = Math.floor(domain.pods / wish.size);
      domain.slicesWithLeader = Math.floor(domain.podsWithLeader / wish.size);
    }
    return;
  }
  const inner = wish.inner.get(level + 1) ?? 1;
  let pods = 0;
  let slices = 0;
  let leaders = 0;
  let podsLost = Number.POSITIVE_INFINITY;
  let slicesLost = Number.POSITIVE_INFINITY;
  for (const child of domain.children) {
    countParent(child, wish, level + 1);
    const own = whole(child.pods, inner);
    pods += own;
    slices += child.slices;
    leaders = Math.max(leaders, child.leaders);
    if (wish.leader !== undefined && child.leaders === 0) continue;
    podsLost = Math.min(podsLost, own - whole(child.podsWithLeader, inner));
    slicesLost = Math.min(slicesLost, child.slices - child.slicesWithLeader);
  }
  const leads = podsLost !== Number.POSITIVE_INFINITY;
  const podsWithLeader = leads ? pods - podsLost : 0;
  const at = level === wish.sliceLevel;
  Object.assign(domain, {
    pods,
    podsWithLeader,
    leaders,
    slices: at ? Math.floor(pods / wish.size) : slices,
    slicesWithLeader: at ? Math.floor(podsWithLeader / wish.size) : leads ? slices - slicesLost : 0,
  });
}

function whole(count: number, size: number): number {
  return Math.floor(count / size) * size;
}

/** Orders texts as Go does. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Orders domains by the values of their levels. */
export function compareValues(one: Domain, other: Domain): number {
  for (const [index, value] of one.values.entries()) {
    const order = compare(value, other.values[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
