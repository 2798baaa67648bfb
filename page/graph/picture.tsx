import { type ToneName, tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { round } from '../parts/picture';
import type { Box, Placed, PlacedEdge, PlacedGroup, PlacedNode } from './placed';
import { arrowHead, wayPath } from './route';
import { SIZES } from './sizes';
import type { Graph, GraphLine } from './types';

/** What a picture of a graph is made from. */
export interface GraphPictureProps {
  /** The graph with its places: `layoutOf`. */
  readonly placed: Placed;
  /** Beginning of the ids in it, unique on its page. */
  readonly id: string;
}

/** A graph as SVG, in the colours of what surrounds it: they are properties of CSS, by the names of the palette. */
export function GraphPicture({ placed, id }: GraphPictureProps) {
  const { graph, width, height, groups, columns, edges, nodes } = placed;
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      style={`max-width:${width}px`}
    >
      <title id={`${id}-title`}>{graph.title}</title>
      <desc id={`${id}-text`}>{graph.description}</desc>
      {groups.map((group) => (
        <GroupFrame {...group} />
      ))}
      {columns.map(({ title, x, y }) => (
        <Words text={title} x={x} y={y} colour="soft" anchor="middle" />
      ))}
      {edges.map((edge) => (
        <EdgeLine placed={edge} direction={graph.direction} titles={titles} />
      ))}
      {nodes.map((node) => (
        <NodeBox {...node} />
      ))}
    </svg>
  );
}

/** Width below which the texts of a picture are too small to be read. */
export function narrowestOf({ width }: Placed): number {
  return Math.ceil(width * SMALLEST);
}

/** Part of its own size at which a picture can be read still. */
const SMALLEST = 0.75;

function GroupFrame({ group, title, ...box }: PlacedGroup) {
  const fill = group.parent === undefined ? 'sheet' : 'band';
  return (
    <g>
      <rect {...rounded(box)} rx={6} fill={tone(fill)} stroke={tone('rule')} />
      <Words text={title} x={box.x + SIZES.padX} y={box.y + SIZES.head / 2} colour={group.tone} weight="bold" />
    </g>
  );
}

/** How lines are broken. */
const DASHES: Readonly<Record<GraphLine, string | undefined>> = { solid: undefined, dashed: '6 4', dotted: '2 3' };

function NodeBox({ node, title, lines, ...box }: PlacedNode) {
  const { cloud, site, owner } = node;
  const { x, y, width, height } = rounded(box);
  const middle = box.y + SIZES.padY + SIZES.lineHeight / 2;
  return (
    // What is empty would be a name without a value, which files of SVG must not have.
    <g {...facetAttributes({ cloud, site: site || undefined, owner: owner || undefined })}>
      <title>{[node.title, ...node.lines].join('\n')}</title>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={3}
        fill={tone('ground')}
        stroke={tone(node.tone)}
        stroke-dasharray={DASHES[node.line ?? 'solid']}
      />
      <rect x={x} y={y} width={4} height={height} rx={1.5} fill={tone(node.tone)} />
      <Words text={title} x={box.x + SIZES.padX} y={middle} colour="ink" weight="bold" />
      {lines.map((line, index) => (
        <Words text={line} x={box.x + SIZES.padX} y={middle + (index + 1) * SIZES.lineHeight} colour="soft" />
      ))}
    </g>
  );
}

interface EdgeLineProps extends Pick<Graph, 'direction'> {
  readonly placed: PlacedEdge;
  /** Titles of nodes by their ids. */
  readonly titles: ReadonlyMap<string, string>;
}

function EdgeLine({ placed: { edge, points, label }, direction, titles }: EdgeLineProps) {
  const { from, to, line = 'solid', heads = 'to', tone: colour = 'soft' } = edge;
  const [begin = from, end = to] = [titles.get(from), titles.get(to)];
  const says = edge.label === undefined ? '' : `: ${edge.label}`;
  return (
    <g>
      <title>{`${begin} ${heads === 'to' ? '→' : '–'} ${end}${says}`}</title>
      <path
        d={wayPath(points, direction)}
        fill="none"
        stroke={tone(colour)}
        stroke-width={1.25}
        stroke-dasharray={DASHES[line]}
      />
      {heads === 'to' && <polygon points={arrowHead(points, direction, 8)} fill={tone(colour)} />}
      {label && <rect {...rounded(label)} fill={tone('ground')} />}
      {label && (
        <Words
          text={label.text}
          x={label.x + label.width / 2}
          y={label.y + label.height / 2}
          colour="soft"
          anchor="middle"
        />
      )}
    </g>
  );
}

interface WordsProps {
  readonly text: string;
  /** Where it begins, or its middle. */
  readonly x: number;
  /** Middle of its line. */
  readonly y: number;
  readonly colour: ToneName;
  /** @default 'plain' */
  readonly weight?: 'plain' | 'bold';
  /** @default 'start' */
  readonly anchor?: 'start' | 'middle';
}

/** One line of text: bold ones are titles. */
function Words({ text, x, y, colour, weight = 'plain', anchor }: WordsProps) {
  const size = weight === 'bold' ? SIZES.title : SIZES.text;
  return (
    <text
      x={round(x)}
      y={round(y + size * 0.35)}
      font-size={size}
      font-weight={weight === 'bold' ? 600 : undefined}
      text-anchor={anchor}
      style={`fill:${tone(colour)}`}
    >
      {text}
    </text>
  );
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: round(x), y: round(y), width: round(width), height: round(height) };
}
