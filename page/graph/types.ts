import type { Facets } from '../model';
import type { ToneName } from '../palette';

/** What of an estate is drawn as a graph; the first one where nobody says. */
export const GRAPH_VIEWS = ['network', 'stacks', 'racks'] as const;

/** A view of an estate as a graph. */
export type GraphView = (typeof GRAPH_VIEWS)[number];

/** What a graph is written as; the first one where nobody says. */
export const GRAPH_FORMATS = ['svg', 'mermaid', 'dot'] as const;

/** A language that a graph is written in. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** A graph of an estate, as plain data: writers turn it into text, the picture into SVG. */
export interface Graph {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What somebody has to know who does not see it. */
  readonly description: string;
  /** Where its edges lead. */
  readonly direction: 'right' | 'down';
  /** What stands in each column, by the ranks of nodes. @default columns have no heads */
  readonly columns?: readonly string[];
  /** Sorted as they are shown; a group stands behind the one that it lies in. */
  readonly groups: readonly GraphGroup[];
  /** Sorted as they are shown. */
  readonly nodes: readonly GraphNode[];
  /** Sorted by their ends. */
  readonly edges: readonly GraphEdge[];
}

/** A frame around nodes, or around other frames. */
export interface GraphGroup {
  /** Stable key of the estate, unique among groups and nodes: `cloud/aws`, `site/ohio`. */
  readonly id: string;
  readonly title: string;
  readonly tone: ToneName;
  /** Group that it lies in. @default none: it lies in no other */
  readonly parent?: string;
}

/** A box with text, and what a reader can filter it by. */
export interface GraphNode extends Facets {
  /** Stable key of the estate, unique among groups and nodes, never a position: the name of a stack, `site/ohio`. */
  readonly id: string;
  readonly title: string;
  /** Text below the title, line by line. */
  readonly lines: readonly string[];
  readonly tone: ToneName;
  /** Group that it lies in. @default none: it lies in no frame */
  readonly group?: string;
  /** Column that it stands in, from 0, in the direction of the graph. @default behind what leads to it */
  readonly rank?: number;
  /** How its border is drawn: dashed for what is not there yet. @default 'solid' */
  readonly line?: GraphLine;
}

/** A line between two nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** @default none */
  readonly label?: string;
  /** @default 'solid' */
  readonly line?: GraphLine;
  /** Whether it leads one way, or joins two that are alike. @default 'to' */
  readonly heads?: 'to' | 'none';
  /** @default 'soft' */
  readonly tone?: ToneName;
}

/** How a line is drawn. */
export type GraphLine = 'solid' | 'dashed' | 'dotted';
