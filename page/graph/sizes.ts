/** Sizes that graphs are drawn in, in pixels. */
export const SIZES = {
  /** Size of titles, which are bold, and of text below them. */
  title: 13,
  text: 12,
  lineHeight: 16,
  /** Between the border of a node and its text. */
  padX: 11,
  padY: 7,
  /** Widest text of a node or an edge; what is longer is cut, and told in full by what appears on pointing at it. */
  mostText: 280,
  /** Between nodes, between columns, and around everything. */
  gap: 10,
  columnGap: 44,
  margin: 8,
  /** Heads of groups and of columns, and what is below the last node of a group. */
  head: 28,
  foot: 10,
} as const;
