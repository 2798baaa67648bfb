import { hash8 } from '../../estate/name';
import { compareKeys, groupBy } from '../../estate/units';
import type { ToneName } from '../palette';
import { middleTone } from './tones';
import type { Graph, GraphEdge, GraphGroup, GraphNode } from './types';

/** The most that Mermaid draws as it is set up on GitHub and elsewhere; a diagram cannot ask for more itself. */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 } as const;

/** A graph as a flowchart of Mermaid. */
export function mermaidText(graph: Graph): string {
  const ids = idsOf(graph);
  const { direction, title, description, groups, nodes, edges } = graph;
  const lines = [
    `flowchart ${direction === 'right' ? 'LR' : 'TD'}`,
    `  accTitle: ${plainText(title)}`,
    `  accDescr: ${plainText(description)}`,
    ...framesOf(undefined, graph, ids, '  '),
    ...edges.map((edge) => `  ${edgeText(edge, ids)}`),
    ...classesOf(nodes, ids),
    ...(groups.length === 0 ? [] : [`  classDef frame fill:none,stroke:${middleTone('other')}`]),
    ...(groups.length === 0 ? [] : [`  class ${groups.map(({ id }) => ids(id)).join(',')} frame`]),
    ...colouredEdges(edges),
  ];
  return lines.join('\n');
}

/** Gives the name of a node or a group in the text. */
type Ids = (id: string) => string;

/**
 * Names that Mermaid takes: letters, digits and lines, each after the key that it stands for.
 *
 * Keys that would share one have a hash behind it. No name is a word of the language, since none has the mark in front.
 */
function idsOf({ groups, nodes }: Graph): Ids {
  const named = [
    ...groups.map(({ id }) => ({ id, name: `g_${id.replace(/[^a-zA-Z0-9]+/g, '_')}` })),
    ...nodes.map(({ id }) => ({ id, name: `n_${id.replace(/[^a-zA-Z0-9]+/g, '_')}` })),
  ];
  const names = new Map(
    [...groupBy(named, ({ name }) => name)].flatMap(([name, own]) =>
      own.map(({ id }): [string, string] => [id, own.length === 1 ? name : `${name}_${hash8(id)}`]),
    ),
  );
  return (id) => names.get(id) ?? `n_${hash8(id)}`;
}

/** The groups in a group with what they hold, then its own nodes; of `undefined` what lies in none. */
function framesOf(parent: string | undefined, graph: Graph, ids: Ids, indent: string): readonly string[] {
  const frameOf = ({ id, title }: GraphGroup) => [
    `${indent}subgraph ${ids(id)}["${labelText(title)}"]`,
    ...framesOf(id, graph, ids, `${indent}  `),
    `${indent}end`,
  ];
  return [
    ...graph.groups.filter((group) => group.parent === parent).flatMap(frameOf),
    ...graph.nodes.filter(({ group }) => group === parent).map((node) => `${indent}${nodeText(node, ids)}`),
  ];
}

function nodeText({ id, title, lines }: GraphNode, ids: Ids): string {
  // An end of a line, not its element: that would have numbers read once more, as what they stand for.
  return `${ids(id)}["${[title, ...lines].map(labelText).join('\n')}"]`;
}

/** What is written between two nodes, by how the line is drawn and whether it has a head. */
const ARROWS = {
  solid: { to: '-->', none: '---' },
  dashed: { to: '-.->', none: '-.-' },
  // There are no others.
  dotted: { to: '-.->', none: '-.-' },
} as const;

function edgeText({ from, to, label, line = 'solid', heads = 'to' }: GraphEdge, ids: Ids): string {
  const text = label === undefined ? '' : `|"${labelText(label)}"|`;
  return `${ids(from)} ${ARROWS[line][heads]}${text} ${ids(to)}`;
}

/** Nodes by their tones, and those that are dashed. */
function classesOf(nodes: readonly GraphNode[], ids: Ids): readonly string[] {
  const tones = [...groupBy(nodes, ({ tone }) => tone)].sort(([one], [other]) => compareKeys(one, other));
  const dashed = nodes.filter(({ line = 'solid' }) => line !== 'solid');
  const named = (own: readonly GraphNode[]) => own.map(({ id }) => ids(id)).join(',');
  return [
    ...tones.flatMap(([name, own]) => {
      const [{ tone } = { tone: 'other' as ToneName }] = own;
      return [`  classDef ${name} stroke:${middleTone(tone)},stroke-width:2px`, `  class ${named(own)} ${name}`];
    }),
    ...(dashed.length === 0 ? [] : ['  classDef waits stroke-dasharray:6 4', `  class ${named(dashed)} waits`]),
  ];
}

/** Colours of edges that have one: Mermaid knows them by their numbers alone. */
function colouredEdges(edges: readonly GraphEdge[]): readonly string[] {
  return edges.flatMap(({ tone }, index) =>
    tone === undefined ? [] : [`  linkStyle ${index} stroke:${middleTone(tone)}`],
  );
}

/** A text between quotes: each character that is no letter, digit or blank stands there as its number. */
function labelText(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `#${character.codePointAt(0)};`);
}

/** A text in a line of its own, which knows no numbers: without what could end or begin something. */
function plainText(text: string): string {
  return text.replace(/[\s#;%{}<>&"`\\\p{Cc}]+/gu, ' ').trim();
}
