import { formatHoldingChange, type Holding } from '../../diff/holdings';
import type { ReportedResource } from '../../diff/reported';
import { kindOf } from '../../diff/resource-kinds';
import { ACTIONS, describeAction } from '../../diff/words';
import { applyStep, stackOrder, stepsOf } from '../../estate/plan/order';
import { groupBy } from '../../estate/units';
import { reducedEdges, sortedEdges } from '../graph/edges';
import { cloudGroups } from '../graph/groups';
import type { Graph, GraphEdge, GraphNode } from '../graph/types';
import type { ToneName } from '../palette';
import { type ChangePage, stackFacets } from './model';

type Stack = ChangePage['report']['stacks'][number];

/** Entries of a stack that are told before the rest is counted. */
const MOST_ENTRIES = 4;

/**
 * The stacks that change, with what becomes of each of their entries, in the order in which they are applied.
 *
 * An edge leads from a stack to one that stands on it, also where stacks between them do not change.
 */
export function changeGraph(page: ChangePage): Graph {
  const { stacks } = page.report;
  const steps = stepsOf(stacks);
  const counted = heldInside(stacks);
  const nodes = stacks.map((stack): GraphNode => {
    const { cloud, layer } = stack;
    return {
      ...stackFacets(page, stack),
      id: stack.stack,
      title: stack.stack,
      lines: linesOf(stack, counted),
      tone: toneOf(stack),
      group: `cloud/${cloud}`,
      rank: steps.indexOf(applyStep(cloud, layer)),
      ...(stack.isLeft && { line: 'dashed' }),
    };
  });
  return {
    title: 'Stacks that change, in order of apply',
    description:
      'Each stack comes after those whose lines lead to it; a dashed border is a stack that leaves the estate.',
    direction: 'right',
    columns: steps.map((step) => (step === 'early-gateway' ? 'gateway' : step)),
    groups: cloudGroups(nodes),
    nodes,
    edges: sortedEdges(reducedEdges(edgesBetween(page)), nodes),
  };
}

/** What becomes of the entries of a stack, each with its path above it. */
function linesOf({ resources, outputs, isLeft }: Stack, counted: ReadonlySet<string>): readonly string[] {
  const entries = [...groupBy(resources, ({ key }) => key)].map(([key, members]) => [
    key,
    ...actionsOf(members, counted),
  ]);
  const rest = entries.length - MOST_ENTRIES;
  return [
    ...(isLeft ? ['leaves the estate'] : []),
    ...(rest > 1 ? [...entries.slice(0, MOST_ENTRIES), [`and ${rest} more entries`]] : entries).flat(),
    ...(resources.length === 0 && outputs.length > 0 ? ['outputs only'] : []),
  ];
}

/** Such as `2 created`, with what they hold on a line of its own. */
function actionsOf(resources: readonly ReportedResource[], counted: ReadonlySet<string>): readonly string[] {
  return ACTIONS.flatMap((action) => {
    const members = resources.filter((each) => each.action === action);
    if (members.length === 0) return [];
    const own = (each: ReportedResource, holdings: readonly Holding[]) =>
      isAround(each) ? holdings.filter(({ id }) => !counted.has(id)) : holdings;
    const had = members.flatMap((each) => own(each, each.holdings));
    const has = action === 'updated' ? members.flatMap((each) => own(each, each.becomes)) : had;
    const what = members.every(({ isTagChange }) => isTagChange) ? 'tags' : formatHoldingChange(had, has);
    return [`${members.length} ${describeAction(action)}`, ...(what === '' ? [] : [`  ${what}`])];
  });
}

/** Whether a resource holds what other resources hold themselves: a cluster its pools, a network all of its site. */
function isAround({ type }: ReportedResource): boolean {
  const { holds } = kindOf(type);
  return holds === 'cluster' || holds === 'site';
}

/** What pools and file systems that change hold: it is told there, and not of what is around them too. */
function heldInside(stacks: readonly Stack[]): ReadonlySet<string> {
  const inside = stacks.flatMap(({ resources }) => resources.filter((each) => !isAround(each)));
  return new Set(inside.flatMap(({ holdings }) => holdings.map(({ id }) => id)));
}

/** The gravest that happens in a stack. */
function toneOf({ resources, isLeft }: Stack): ToneName {
  const has = (...actions: readonly string[]) => resources.some(({ action }) => actions.includes(action));
  if (has('replaced', 'destroyed') || resources.some(({ refused }) => refused.length > 0)) return 'bad';
  return isLeft || has('updated', 'kept') ? 'warn' : 'good';
}

/** Pairs of changed stacks of which one stands on the other, before the change or after it. */
function edgesBetween({ report, before, after }: ChangePage): readonly GraphEdge[] {
  const changed = new Set(report.stacks.map(({ stack }) => stack));
  const orders = [before, after].flatMap((side) => (side === undefined ? [] : stackOrder(side.plan)));
  const below = groupBy(
    orders.flatMap(({ stack, after: earlier }) => earlier.map((from) => ({ stack, from }))),
    ({ stack }) => stack,
  );
  /** Changed stacks below a stack, nearest ones only. */
  const nearest = (stack: string): readonly string[] =>
    (below.get(stack) ?? []).flatMap(({ from }) => (changed.has(from) ? [from] : nearest(from)));
  return [...changed].flatMap((to) => [...new Set(nearest(to))].map((from): GraphEdge => ({ from, to })));
}
