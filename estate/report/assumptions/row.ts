import type { Cloud, Sourced } from '../../catalog';
import { compareKeys } from '../../units';

/** What is assumed or estimated, by the part of an estate that it is of, in the order in which it is listed. */
export const ASSUMPTIONS = {
  power: 'Power',
  places: 'Places',
  machines: 'Machines',
  quotas: 'Quotas',
  stores: 'File systems',
  clusters: 'Clusters and networks',
  links: 'Links, copies and rights across clouds',
  queue: 'Queue',
  software: 'Software',
  prices: 'Prices',
  own: 'What the estate says itself',
} as const;

/** A part of an estate that figures are assumed of. */
export type AssumptionKind = keyof typeof ASSUMPTIONS;

/** A figure that an estate is planned with and that is assumed, estimated, or its own. */
export interface AssumptionRow {
  readonly kind: AssumptionKind;
  /** @default it is of no single cloud */
  readonly cloud?: Cloud;
  /** What the figure is of. */
  readonly what: string;
  readonly figure: string;
  /** What about it is assumed. */
  readonly assumed: string;
  readonly source: string;
  /** Month, or day, in which the source was read. */
  readonly checked: string;
  /** What of the estate it counts for, sorted. */
  readonly uses: readonly string[];
}

/** A figure of a row of the catalog, with what it counts for. */
export interface FigureOf {
  readonly cloud?: Cloud;
  readonly what: string;
  readonly figure: string;
  /** What is assumed, unless the row says so. @default only what the row says */
  readonly otherwise?: string;
  readonly uses: readonly string[];
}

/** A row of what is assumed about a fact: none where nothing counts it, or nothing about it is assumed. */
export function assumptionOf(
  kind: AssumptionKind,
  { source, checked, unverified }: Sourced,
  { otherwise, uses, ...figure }: FigureOf,
): readonly AssumptionRow[] {
  const assumed = unverified ?? otherwise;
  if (assumed === undefined || uses.length === 0) return [];
  return [{ kind, ...figure, assumed, source, checked, uses: [...new Set(uses)].sort(compareKeys) }];
}
