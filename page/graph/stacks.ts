import { CLOUDS, type Cloud } from '../../estate/catalog';
import { pendingLinks } from '../../estate/plan/links/pending';
import type { PendingFact } from '../../estate/plan/links/types';
import type { Layer } from '../../estate/plan/names';
import { APPLY_STEPS, applyStep, baseOfLinks, type OrderedStack, stackOrder } from '../../estate/plan/order';
import type { Plan, SitePlan } from '../../estate/plan/types';
import { counted } from '../../estate/spec/words';
import type { EstatePage } from '../model';
import { reducedEdges, sortedEdges, uniqueEdges } from './edges';
import { cloudGroups, orNote } from './groups';
import type { Graph, GraphEdge, GraphNode } from './types';

/** A stack, as the graph shows it. */
interface Shown {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
  readonly site?: string;
  /** Path of the entry of the estate that it is made for. */
  readonly entry: string;
  /** Where it is applied. */
  readonly place: string;
  readonly after: readonly string[];
  /** What it is not made without. @default it is made */
  readonly missing?: readonly PendingFact[];
}

/**
 * The stacks of an estate in the order in which they are applied, by cloud.
 *
 * An edge leads from a stack to one that comes after it. Those that follow from others are left out, since the picture
 * would be full of them; tables have them all. Dashed are outputs that are not imported yet, and stacks that wait for them.
 *
 * @param facets who answers for an entry; where it lies is known anyway
 */
export function stacksGraph(plan: Plan, facets: EstatePage['facets'] = () => ({})): Graph {
  const made = stackOrder(plan);
  const shown = [...made.map(madeStack), ...waitingStacks(plan)];
  const known = new Set(shown.map(({ stack }) => stack));
  const steps = APPLY_STEPS.filter((step) => shown.some(({ cloud, layer }) => applyStep(cloud, layer) === step));
  const after = shown.flatMap(({ stack, after: earlier }) => earlier.map((from): GraphEdge => ({ from, to: stack })));
  const told = toldEdges(plan).filter(({ from, to }) => known.has(from) && known.has(to));
  const nodes = shown.map((stack): GraphNode => {
    const { cloud, layer, entry } = stack;
    return { ...facets(entry), ...nodeOf(stack, steps.indexOf(applyStep(cloud, layer))) };
  });
  const graph: Graph = {
    title: 'Stacks in order of apply',
    description: describe(made.length, shown.length - made.length, told.length),
    direction: 'right',
    columns: steps.map((step) => (step === 'early-gateway' ? 'gateway' : step)),
    groups: cloudGroups(nodes),
    nodes,
    edges: sortedEdges([...reducedEdges(after), ...told], nodes),
  };
  return orNote(graph, 'the estate has no stacks');
}

function madeStack(ordered: OrderedStack): Shown {
  const { stack, cloud, layer, account, region, site, after } = ordered;
  const place = region ?? `account ${account.key}`;
  return { stack, cloud, layer, entry: entryOf(ordered), place, after, ...(site && { site: site.key }) };
}

/** Path of the entry of the estate that a stack is made for: who answers for that answers for it. */
export function entryOf({ account, site, shard }: Pick<OrderedStack, 'account' | 'site' | 'shard'>): string {
  if (shard !== undefined) return `clusters.${shard.cluster}`;
  return site === undefined ? `accounts.${account.key}` : `sites.${site.key}`;
}

/** Halves of links whose stacks are made once other stacks have told what they are made from. */
function waitingStacks(plan: Plan): readonly Shown[] {
  const sites = new Map(
    CLOUDS.flatMap((cloud) => plan.sites(cloud).map((site): [string, SitePlan] => [site.key, site])),
  );
  return pendingLinks(plan).halves.flatMap(({ stack, site: key, missing }): Shown[] => {
    const site = sites.get(key);
    if (site === undefined) return [];
    const { cloud, region } = site;
    return [
      {
        stack,
        cloud,
        layer: 'link',
        site: key,
        entry: `sites.${key}`,
        place: region,
        after: baseOfLinks(site),
        missing,
      },
    ];
  });
}

/** Outputs that are not imported yet, from the stack that tells them to the one that they are told to. */
function toldEdges(plan: Plan): readonly GraphEdge[] {
  const { halves, incomplete, grants } = pendingLinks(plan);
  const edges = [...halves, ...incomplete, ...grants].flatMap(({ stack, missing }) =>
    missing.map(({ from }): GraphEdge => ({ from, to: stack, line: 'dashed' })),
  );
  return uniqueEdges(edges.filter(({ from, to }) => from !== to));
}

function nodeOf({ stack, cloud, place, site, missing = [] }: Shown, rank: number): GraphNode {
  return {
    id: stack,
    title: stack,
    lines: [place, ...(missing.length > 0 ? [`waits for ${counted(missing.length, 'output')}`] : [])],
    tone: cloud,
    group: `cloud/${cloud}`,
    rank,
    ...(missing.length > 0 && { line: 'dashed' }),
    cloud,
    ...(site !== undefined && { site }),
  };
}

function describe(made: number, waiting: number, told: number): string {
  return [
    `${counted(made, 'stack')}, each after those whose lines lead to it. Lines that follow from others are left out.`,
    ...(waiting > 0 ? [`${counted(waiting, 'stack')} more, with a dashed border, cannot be made yet.`] : []),
    ...(told > 0 ? ['Dashed lines are outputs that have to be imported first.'] : []),
  ].join(' ');
}
