import { PALETTE } from '../palette';
import type { Graph, GraphEdge, GraphGroup, GraphNode } from './types';

/** A graph in the language of Graphviz, on white. */
export function dotText(graph: Graph): string {
  const { title, description, direction, edges } = graph;
  const ranks = new Map(graph.nodes.map(({ id, rank }) => [id, rank]));
  return [
    `digraph ${quoted(title)} {`,
    `  graph [${attributes({
      rankdir: direction === 'right' ? 'LR' : 'TB',
      label: escaped(title),
      tooltip: escaped(description),
      labelloc: 't',
      fontname: FONT,
      fontsize: '14',
      bgcolor: PALETTE.ground.light,
      nodesep: '0.15',
      newrank: 'true',
    })}]`,
    `  node [${attributes({ shape: 'box', style: 'rounded', fontname: FONT, fontsize: '11', fontcolor: PALETTE.ink.light })}]`,
    `  edge [${attributes({ color: PALETTE.soft.light, fontname: FONT, fontsize: '10', arrowsize: '0.7' })}]`,
    ...framesOf(undefined, graph, '  '),
    ...edges.map((edge) => `  ${edgeText(edge, columnsBetween(ranks.get(edge.from), ranks.get(edge.to)))}`),
    '}',
  ].join('\n');
}

const FONT = 'Helvetica';

/** The groups in a group with what they hold, then its own nodes; of `undefined` what lies in none. */
function framesOf(parent: string | undefined, graph: Graph, indent: string): readonly string[] {
  const frameOf = ({ id, title, tone }: GraphGroup) => [
    // Only what begins so is drawn as a frame.
    `${indent}subgraph ${quoted(`cluster ${id}`)} {`,
    `${indent}  graph [${attributes({ label: escaped(title), color: PALETTE.rule.light, fontcolor: PALETTE[tone].light, labeljust: 'l', tooltip: escaped(title) })}]`,
    ...framesOf(id, graph, `${indent}  `),
    `${indent}}`,
  ];
  return [
    ...graph.groups.filter((group) => group.parent === parent).flatMap(frameOf),
    ...graph.nodes.filter(({ group }) => group === parent).map((node) => `${indent}${nodeText(node)}`),
  ];
}

function nodeText({ id, title, lines, tone, line = 'solid' }: GraphNode): string {
  // Each line of a label ends where it is said to which side it stands.
  const label = [title, ...lines].map((text) => `${escaped(text)}\\l`).join('');
  const all = {
    label,
    color: PALETTE[tone].light,
    tooltip: escaped(title),
    ...(line !== 'solid' && { style: `rounded,${line}` }),
  };
  return `${quoted(id)} [${attributes(all)}]`;
}

/** Over how many columns an edge leads: 1 where an end stands in none. */
function columnsBetween(from: number | undefined, to: number | undefined): number {
  return from === undefined || to === undefined ? 1 : to - from;
}

function edgeText({ from, to, label, line = 'solid', heads = 'to', tone }: GraphEdge, columns: number): string {
  const all = {
    ...(label !== undefined && { label: escaped(label) }),
    ...(line !== 'solid' && { style: line }),
    ...(heads === 'none' && { dir: 'none' }),
    ...(tone && { color: PALETTE[tone].light }),
    ...(columns > 1 && { minlen: String(columns) }),
    ...(columns < 1 && { constraint: 'false' }),
  };
  const more = Object.keys(all).length === 0 ? '' : ` [${attributes(all)}]`;
  return `${quoted(from)} -> ${quoted(to)}${more}`;
}

function attributes(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([name, value]) => `${name}=${quotedAsIs(value)}`)
    .join(', ');
}

/** A name between quotes, in which a backslash means nothing but before a quote. */
function quoted(name: string): string {
  return quotedAsIs(name.replace(/\\/g, '\\\\'));
}

function quotedAsIs(text: string): string {
  return `"${text.replace(/"/g, '\\"').replace(/\p{Cc}+/gu, ' ')}"`;
}

/** A text that is shown: its backslashes begin no sign of Graphviz, and its ampersands no character of HTML. */
function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/&/g, '&amp;');
}
