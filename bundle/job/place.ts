import { compareValues, type Domain, type DomainTree, type DomainWish, type Exclusions, fillCounts } from './domains';
import type { PodSet, Requests, SliceLayer, TopologyRequest } from './types';

/**
 * The placement of pods by topology, as Kueue does it (pkg/cache/scheduler/tas_flavor_snapshot.go of 0.19.2): what fits
 * is counted from the nodes up, the level is looked for from the wanted one up, and pods are dealt out from there down.
 */
export type Placing =
  | { readonly fits: true; readonly pods: ReadonlyMap<Domain, number>; readonly leaders: ReadonlyMap<Domain, number> }
  | { readonly fits: false; readonly says: string };

/** Pods that are placed together: workers, and a leader where there is one. */
export interface PlacingWish {
  readonly workers: PodSet;
  readonly leader?: PodSet;
  /** Pods to place of the workers. */
  readonly count: number;
}

interface State extends DomainWish {
  readonly leaderCount: number;
  readonly required: boolean;
  readonly free: boolean;
  readonly level: number;
  readonly layers: readonly SliceLayer[];
  readonly excluded: Exclusions;
}

/** What Kueue says of pods that ask for nothing. */
export const NOTHING_ASKED = 'Workload no longer fits after processing another workload';

/** Places pods on the nodes of a flavor; what other pods of the job take of nodes is given by their names. */
export function place(tree: DomainTree, wish: PlacingWish, taken: ReadonlyMap<string, Requests>): Placing {
  const state = stateOf(tree, wish, taken);
  if (typeof state === 'string') return { fits: false, says: state };
  const found = findLevel(tree, state, state.level);
  if (typeof found === 'string') return { fits: false, says: found };
  const leaves = descend(tree, state, found.level, found.domains);
  const pods = new Map(leaves.filter((leaf) => leaf.pods > 0).map((leaf) => [leaf, leaf.pods]));
  const leading = leaves.filter((leaf) => wish.leader !== undefined && leaf.leaders > 0);
  return { fits: true, pods, leaders: new Map(leading.map((leaf) => [leaf, leaf.leaders])) };
}

/** The level by which a pod set is placed; none where it says nothing of it. */
export function levelOf(tree: DomainTree, topology: TopologyRequest | undefined): string {
  const keys = tree.topology.levels.map(({ key }) => key);
  const fallback = (topology?.slices.length ?? 0) > 0 ? keys[0] : keys.at(-1);
  return topology?.required ?? topology?.preferred ?? fallback ?? '';
}

function stateOf(tree: DomainTree, wish: PlacingWish, taken: ReadonlyMap<string, Requests>): State | string {
  const keys = tree.topology.levels.map(({ key }) => key);
  const { topology, requests, nodes } = wish.workers;
  // Kueue counts that nothing fits nowhere, and says so in a misleading way.
  if (Object.keys(requests).length === 0) return NOTHING_ASKED;
  const layers = topology?.slices ?? [];
  const key = levelOf(tree, topology);
  const level = keys.indexOf(key);
  if (level === -1) return `no requested topology level: ${key}`;
  const size = layers[0]?.size ?? 1;
  const sliceKey = layers[0]?.topology ?? keys.at(-1) ?? '';
  const sliceLevel = keys.indexOf(sliceKey);
  if (sliceLevel === -1) return `no requested topology level for slices: ${sliceKey}`;
  if (level > sliceLevel) return `podset slice topology ${sliceKey} is above the podset topology ${key}`;
  const inner = innerSizes(keys, layers, sliceLevel);
  if (typeof inner === 'string') return inner;
  const own = { count: wish.count, size, sliceLevel, inner, requests, nodes };
  const asked: DomainWish = wish.leader === undefined ? own : { ...own, leader: wish.leader.requests };
  return {
    ...asked,
    leaderCount: wish.leader === undefined ? 0 : 1,
    required: topology?.required !== undefined,
    free: topology?.required === undefined && topology?.preferred === undefined,
    level,
    layers: inner.size > 0 ? layers : [],
    excluded: fillCounts(tree, asked, taken),
  };
}

function innerSizes(
  keys: readonly string[],
  layers: readonly SliceLayer[],
  outer: number,
): Map<number, number> | string {
  const sizes = new Map<number, number>();
  let above = outer;
  for (const { topology, size } of layers.slice(1)) {
    const level = keys.indexOf(topology);
    if (level === -1) return `no requested topology level for additional slice layer: ${topology}`;
    if (level <= above) {
      return `additional slice layer topology ${topology} must be at a lower level than ${keys[above] ?? ''}`;
    }
    for (let each = above + 1; each <= level; each++) sizes.set(each, size);
    above = level;
  }
  return sizes;
}

interface Found {
  readonly level: number;
  readonly domains: readonly Domain[];
}

function findLevel(tree: DomainTree, state: State, level: number): Found | string {
  const domains = tree.levels[level] ?? [];
  if (domains.length === 0) return `no topology domains at level: ${tree.topology.levels[level]?.key ?? ''}`;
  const sorted = sortedWithLeader(domains, state.free);
  const wanted = Math.floor(state.count / state.size);
  const fits = (domain: Domain | undefined) =>
    domain !== undefined && domain.slicesWithLeader >= wanted && domain.leaders >= state.leaderCount;
  if (state.free) {
    const one = sorted.find(
      (domain) =>
        domain.leaders >= state.leaderCount &&
        (state.leaderCount > 0 ? domain.slicesWithLeader : domain.slices) >= wanted,
    );
    if (one !== undefined) return { level, domains: [one] };
  }
  const [top] = sorted;
  if (fits(top)) {
    const best = state.free ? top : bestFit(sorted, wanted, state.leaderCount, 'slices');
    return { level, domains: best === undefined ? [] : [best] };
  }
  if (state.required) return notFit(tree, state, top?.slices ?? 0, wanted);
  if (level > 0 && !state.free) return findLevel(tree, state, level - 1);
  return spread(tree, state, { level, domains: sorted }, wanted);
}

/** Takes as many domains as it needs, those of the leader first. */
function spread(tree: DomainTree, state: State, { level, domains }: Found, wanted: number): Found | string {
  const results: Domain[] = [];
  let slices = wanted;
  let leaders = state.leaderCount;
  let sorted = leaderFirst(domains, state.count, state.leaderCount, state.size, 'slices');
  let index = 0;
  for (; leaders > 0 && (sorted[index]?.leaders ?? 0) > 0; index++) {
    let domain = sorted[index];
    if (domain === undefined) break;
    if (!state.free && domain.slicesWithLeader >= slices)
      domain = bestFit(sorted.slice(index), slices, leaders, 'slices') ?? domain;
    results.push(domain);
    leaders -= domain.leaders;
    slices -= domain.slicesWithLeader;
  }
  if (leaders > 0) return notFit(tree, state, state.leaderCount - leaders, wanted);
  sorted = sortedDomains(sorted.slice(index), state.free);
  for (let at = 0; slices > 0 && at < sorted.length; at++) {
    let domain = sorted[at];
    if (domain === undefined) break;
    if (!state.free && domain.slices >= slices) domain = bestFit(sorted.slice(at), slices, 0, 'slices') ?? domain;
    results.push(domain);
    slices -= domain.slices;
  }
  return slices > 0 ? notFit(tree, state, wanted - slices, wanted) : { level, domains: results };
}

/** Deals pods out from the domains that were found to nodes. */
function descend(tree: DomainTree, state: State, from: number, found: readonly Domain[]): readonly Domain[] {
  const last = tree.topology.levels.length - 1;
  let current = deal(found, state.count, state.leaderCount, state.size, state.free, 'slices');
  let level = from;
  for (; level < Math.min(last, state.sliceLevel); level++) {
    const lower = sortedDomains(
      current.flatMap(({ children }) => children),
      state.free,
    );
    current = deal(lower, state.count, state.leaderCount, state.size, state.free, 'slices');
  }
  for (; level < last; level++) {
    const size = level >= state.sliceLevel ? (state.inner.get(level + 1) ?? 1) : state.size;
    current = current.flatMap((domain) => {
      const lower = sortedDomains(domain.children, state.free);
      if (size > 1) {
        for (const child of lower) {
          child.slices = Math.floor(child.pods / size);
          child.slicesWithLeader = Math.floor(child.podsWithLeader / size);
        }
      }
      return deal(lower, domain.pods, domain.leaders, size, state.free, size > 1 ? 'slices' : 'pods');
    });
  }
  return current;
}

type Unit = 'slices' | 'pods';

const WITH_LEADER = { slices: 'slicesWithLeader', pods: 'podsWithLeader' } as const;

/** Gives domains their part of the pods, in their order, the last one by what it has room for. */
function deal(
  given: readonly Domain[],
  count: number,
  leaderCount: number,
  size: number,
  free: boolean,
  unit: Unit,
): readonly Domain[] {
  const domains = leaderFirst(given, count, leaderCount, size, unit);
  const step = unit === 'slices' ? size : 1;
  const results: Domain[] = [];
  let left = unit === 'slices' ? Math.floor(count / size) : count;
  let leaders = leaderCount;
  for (let index = 0; index < domains.length; index++) {
    let domain = domains[index];
    if (domain === undefined) break;
    const key = leaders > 0 ? WITH_LEADER[unit] : unit;
    if (!free && domain[key] >= left && domain.leaders >= leaders)
      domain = bestFit(domains.slice(index), left, leaders, unit) ?? domain;
    results.push(domain);
    const enough = domain[key] >= left && domain.leaders >= leaders;
    const part = Math.min(domain[key], left);
    domain.leaders = Math.min(domain.leaders, leaders);
    domain[unit] = part;
    domain.pods = part * step;
    if (enough) return results;
    leaders -= domain.leaders;
    left -= part;
  }
  return results;
}

/** The fullest domain that still takes what is needed, else the first. */
function bestFit(domains: readonly Domain[], needed: number, leaders: number, unit: Unit): Domain | undefined {
  const key = leaders > 0 ? WITH_LEADER[unit] : unit;
  let best: Domain | undefined;
  for (const domain of domains) {
    if (domain.leaders < leaders || domain[key] < needed) continue;
    if (best === undefined || domain[key] < best[key]) best = domain;
  }
  return best ?? domains[0];
}

/** Puts a domain first that can hold the leader without making the rest too small. */
function leaderFirst(
  domains: readonly Domain[],
  count: number,
  leaders: number,
  size: number,
  unit: Unit,
): readonly Domain[] {
  if (leaders === 0 || domains.length < 2) return domains;
  const needed = unit === 'slices' ? Math.floor(count / size) : count;
  const available = domains.reduce((sum, domain) => sum + domain[unit], 0);
  const index = domains.findIndex((domain) => {
    const lost = domain[unit] - domain[WITH_LEADER[unit]];
    return domain.leaders >= leaders && available - lost >= needed;
  });
  const domain = domains[index];
  return index <= 0 || domain === undefined ? domains : [domain, ...domains.filter((each) => each !== domain)];
}

function sortedWithLeader(domains: readonly Domain[], free: boolean): readonly Domain[] {
  return [...domains].sort(
    (one, other) =>
      other.leaders - one.leaders ||
      (one.slicesWithLeader - other.slicesWithLeader) * (free ? 1 : -1) ||
      one.podsWithLeader - other.podsWithLeader ||
      compareValues(one, other),
  );
}

/** The fullest first where pods may lie anywhere, else the emptiest. */
function sortedDomains(domains: readonly Domain[], free: boolean): readonly Domain[] {
  return [...domains].sort(
    (one, other) => (one.slices - other.slices) * (free ? 1 : -1) || one.pods - other.pods || compareValues(one, other),
  );
}

function notFit(tree: DomainTree, state: State, fits: number, wanted: number): string {
  const name = JSON.stringify(tree.topology.name);
  const stats = exclusions(tree, state);
  if (state.layers.length > 0) return `topology ${name} doesn't allow to fit${layersNotFit(tree, state)}${stats}`;
  const unit = state.size === 1 ? 'pod(s)' : 'slice(s)';
  return fits === 0
    ? `topology ${name} doesn't allow to fit any of ${wanted} ${unit}${stats}`
    : `topology ${name} allows to fit only ${fits} out of ${wanted} ${unit}${stats}`;
}

function layersNotFit(tree: DomainTree, state: State): string {
  const domains = tree.levels[state.level] ?? [];
  const [best] = [...domains].sort((one, other) => other.slices - one.slices || compareValues(one, other));
  if (best === undefined) return '';
  const keys = tree.topology.levels.map(({ key }) => key);
  const slices = (domain: Domain, level: number, target: number, size: number): number =>
    level === target
      ? Math.floor(domain.pods / size)
      : domain.children.reduce((sum, child) => sum + slices(child, level + 1, target, size), 0);
  return state.layers
    .map(({ topology, size }) => {
      const fit = slices(best, state.level, keys.indexOf(topology), size);
      return `; ${fit}/${Math.floor(state.count / size)} slice(s) fit on level ${topology}`;
    })
    .join('');
}

function exclusions(tree: DomainTree, { excluded }: State): string {
  if (excluded.size === 0) return '';
  const parts = [...excluded].map(([what, count]) => `${what}: ${count}`).sort();
  return `. Total nodes: ${tree.nodes.length}; excluded: ${parts.join(', ')}`;
}
