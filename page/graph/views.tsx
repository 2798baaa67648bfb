import type { Plan } from '../../estate/plan/types';
import { groupRows, groupTotals } from '../../estate/report/groups';
import { StandaloneRacks } from '../pictures/racks';
import { dotText } from './dot';
import { mermaidText } from './mermaid';
import { networkGraph } from './network';
import { racksGraph } from './racks';
import { stacksGraph } from './stacks';
import { standalone, svgText } from './svg';
import type { Graph, GraphFormat, GraphView } from './types';

const GRAPHS: Readonly<Record<GraphView, (plan: Plan) => Graph>> = {
  network: networkGraph,
  stacks: stacksGraph,
  racks: racksGraph,
};

const WRITERS: Readonly<Record<GraphFormat, (graph: Graph) => string>> = {
  svg: svgText,
  mermaid: mermaidText,
  dot: dotText,
};

/** What has a picture of its own, which shows more than boxes with counts. */
const PICTURES: Partial<Readonly<Record<GraphView, (plan: Plan) => string | undefined>>> = { racks: racksSvg };

/** A view of an estate as a graph. */
export function graphOf(view: GraphView, plan: Plan): Graph {
  return GRAPHS[view](plan);
}

/** A view of an estate as text. */
export function graphText(view: GraphView, format: GraphFormat, plan: Plan): string {
  const picture = format === 'svg' ? PICTURES[view]?.(plan) : undefined;
  return picture ?? WRITERS[format](graphOf(view, plan));
}

/** Every rack, slice and group to scale; undefined where there is none. */
function racksSvg(plan: Plan): string | undefined {
  const groups = groupRows(plan);
  if (groups.length === 0) return undefined;
  const label = `Racks and groups of ${plan.name}: ${groupTotals(groups)}`;
  return standalone(<StandaloneRacks label={label} groups={groups} catalog={plan.catalog} prefix="racks" />);
}
