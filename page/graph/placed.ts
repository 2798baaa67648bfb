import type { Graph, GraphEdge, GraphGroup, GraphNode } from './types';

/** A place in a picture, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A graph with a place for everything. */
export interface Placed {
  readonly graph: Graph;
  readonly width: number;
  readonly height: number;
  readonly groups: readonly PlacedGroup[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Heads of columns. */
  readonly columns: readonly PlacedColumn[];
}

/** A group with its place, and its title as it fits. */
export interface PlacedGroup extends Box {
  readonly group: GraphGroup;
  readonly title: string;
}

/** A node with its place, and its texts as they fit into it. */
export interface PlacedNode extends Box {
  readonly node: GraphNode;
  readonly title: string;
  readonly lines: readonly string[];
}

/** An edge with the points that it leads through. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** Where its label stands, with the text as it fits. @default it has none */
  readonly label?: Box & { readonly text: string };
}

/** The head of a column by the middle of its text. */
export interface PlacedColumn extends Point {
  readonly title: string;
}
